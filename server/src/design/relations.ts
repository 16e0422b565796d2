import { derive, sameList } from '../base/reactive.ts';
import type { Claim } from './claim.ts';
import type { Declaration, Entity } from './declaration.ts';
import type { Design } from './design.ts';
import { type Reference, referencesIn } from './names.ts';
import { inTextOrder, locatedInOrder } from './order.ts';
import { type Layer, Props, referencesFor, type Stated } from './props.ts';
import { resolve, resolveAll } from './resolve.ts';

/** Functions from one thing of a design to others. They are remembered, and stale only when what they read changes. */
export type Relations = ReturnType<typeof relationsOf>;

/** Where a VM runs. */
export interface Placement {
  readonly host: Entity | undefined;
  /** The cluster whose pool it runs in, or that of its host. */
  readonly cluster: Entity | undefined;
  /** The statement that places it; undefined if it is unplaced. */
  readonly claim: Claim | undefined;
  /** Further statements that place it elsewhere. */
  readonly conflicts: readonly Claim[];
}

const UNPLACED: Placement = { host: undefined, cluster: undefined, claim: undefined, conflicts: [] };

export function relationsOf(design: Design) {
  const { names } = design;

  const find = (kinds: readonly string[], reference: Reference, entity: Entity): Entity | undefined => {
    const resolution = resolve(names, kinds, reference, { entity, declaration: entity.declaration });
    return 'found' in resolution ? resolution.found : undefined;
  };

  /** A class by name. Classes have a namespace of their own; of several the nearest scope's wins. */
  const classOf = (kind: string, reference: Reference, declaration: Declaration): Declaration | undefined => {
    const { classes } = names.read(kind, reference.name);
    if (classes.length < 2) return classes[0];
    const scope = reference.scope ?? declaration.scope;
    return classes.find((candidate) => candidate.scope === scope) ?? classes[0];
  };

  /** Classes named behind `:`, each followed by the classes it builds on. */
  const classesFrom = (declaration: Declaration, kind: string, seen: Set<Declaration>): Declaration[] => {
    const found: Declaration[] = [];
    for (const reference of referencesIn(declaration.head()?.sentence.clauses.get(':')?.value)) {
      const named = classOf(kind, reference, declaration);
      if (!named || seen.has(named)) continue;
      seen.add(named);
      found.push(named, ...classesFrom(named, kind, seen));
    }
    return found;
  };

  const layer = (source: Layer['source'], declaration: Declaration, from: Entity): Layer => ({
    source,
    declaration,
    body: declaration.body(),
    head: declaration.head(),
    from,
  });

  /** What an amendment, a block or a class adds, with the classes it names and what amends those. */
  const withClasses = (
    source: Layer['source'],
    declaration: Declaration,
    entity: Entity,
    seen: Set<Declaration>,
  ): Layer[] => {
    const layers = [layer(source, declaration, entity)];
    for (const named of classesFrom(declaration, entity.kind, seen)) {
      for (const name of named.names) {
        for (const amend of names.read(`class ${entity.kind}`, name).amends) layers.push(layer('amend', amend, entity));
      }
      layers.push(layer('class', named, entity));
    }
    return layers;
  };

  const ownLayers = (entity: Entity): Layer[] => {
    const seen = new Set<Declaration>();
    const layers: Layer[] = [];
    const { amends } = names.read(entity.kind, entity.name);
    for (const amend of amends) if (applies(amend, entity)) layers.push(...withClasses('amend', amend, entity, seen));
    layers.push(...withClasses('own', entity.declaration, entity, seen));
    return layers;
  };

  /** An amendment with `@` speaks only of things in that container or scope. */
  const applies = (amend: Declaration, entity: Entity): boolean => {
    const references = referencesIn(amend.head()?.sentence.subject, 1);
    const scoped = references.filter((reference) => reference.scope !== undefined);
    if (scoped.length === 0) return true;
    return scoped.some(
      (reference) => reference.name === entity.name && containers(entity).includes(reference.scope ?? ''),
    );
  };

  const containers = (entity: Entity): string[] => {
    const found: string[] = entity.declaration.scope === undefined ? [] : [entity.declaration.scope];
    for (let parent = entity.parent; parent; parent = parent.parent) found.push(parent.name);
    return found;
  };

  /** Things that a header clause such as `at`, `in`, `on` names; empty if it is not stated. */
  const named = (entity: Entity, clause: string, kinds: readonly string[]): Entity[] => {
    for (const { head } of ownLayers(entity)) {
      const value = head?.sentence.clauses.get(clause)?.value;
      if (!value) continue;
      const references = referencesFor(value, 0, entity.index);
      return resolveAll(names, kinds, references, { entity, declaration: entity.declaration });
    }
    return [];
  };

  const parentOf = (entity: Entity, kinds: readonly string[]): Entity | undefined => {
    for (let parent = entity.parent; parent; parent = parent.parent) if (kinds.includes(parent.kind)) return parent;
    return undefined;
  };

  const clusterOfHost = derive(
    (host: Entity): Entity | undefined => parentOf(host, ['cluster']) ?? named(host, 'in', ['cluster'])[0],
  );

  const appOfVm = derive((vm: Entity): Entity | undefined => parentOf(vm, ['app']) ?? named(vm, 'in', ['app'])[0]);

  const vmsOfClaim = (claim: Claim, vm: Entity): boolean => {
    const from = { entity: claim.within, declaration: claim.owner };
    const resolution = resolve(names, ['vm'], claim.vm, from);
    return 'found' in resolution && resolution.found === vm;
  };

  const targetOf = (claim: Claim): Entity | undefined => {
    if (!claim.on) return claim.within;
    const resolution = resolve(names, ['host', 'cluster'], claim.on, {
      entity: claim.within,
      declaration: claim.owner,
    });
    return 'found' in resolution ? resolution.found : undefined;
  };

  const placementOf = derive((vm: Entity): Placement => {
    const { claims } = names.read('vm', vm.name);
    const [only] = claims;
    if (!only) return UNPLACED;
    const mine =
      claims.length === 1 && vmsOfClaim(only, vm)
        ? [only]
        : locatedInOrder(claims.filter((claim) => vmsOfClaim(claim, vm)));
    const targets = mine.flatMap((claim) => {
      const target = targetOf(claim);
      return target ? [{ claim, target, rank: target.kind === 'cluster' ? 2 : claim.dealt ? 1 : 0 }] : [];
    });
    const rank = Math.min(...targets.map((candidate) => candidate.rank));
    const best = targets.filter((candidate) => candidate.rank === rank);
    const [first] = best;
    if (!first) return UNPLACED;
    const host = first.target.kind === 'host' ? first.target : undefined;
    const cluster = host ? clusterOfHost(host) : first.target;
    return { host, cluster, claim: first.claim, conflicts: best.slice(1).map((candidate) => candidate.claim) };
  });

  /** VMs on a host, or in the pool of a cluster, in the order in which the text places them. */
  const vmsOn = derive((holder: Entity): readonly Entity[] => {
    const { claims } = names.read(holder.kind, holder.name);
    const found = new Set<Entity>();
    for (const claim of locatedInOrder(claims)) {
      if (targetOf(claim) !== holder) continue;
      const resolution = resolve(names, ['vm'], claim.vm, { entity: claim.within, declaration: claim.owner });
      if (!('found' in resolution)) continue;
      const placement = placementOf(resolution.found);
      if (placement.claim && targetOf(placement.claim) === holder) found.add(resolution.found);
    }
    return [...found];
  }, sameList);

  /** Hosts of a cluster in text order. */
  const hostsOf = derive((cluster: Entity): readonly Entity[] => {
    const { inside } = names.read('cluster', cluster.name);
    return inTextOrder(inside.filter((host) => host.kind === 'host' && clusterOfHost(host) === cluster));
  }, sameList);

  const sitesOf = derive((entity: Entity): readonly Entity[] => {
    const stated = named(entity, 'at', ['site', 'rack']);
    if (stated.length > 0) return stated.flatMap((place) => (place.kind === 'rack' ? sitesOf(place) : [place]));
    const around = parentOf(entity, ['site']);
    if (around) return [around];
    const holder = parentOf(entity, ['rack', 'cluster', 'host', 'array', 'pool']) ?? holderOf(entity);
    return holder ? sitesOf(holder) : [];
  });

  const rackOf = derive((entity: Entity): Entity | undefined => {
    const [rack] = named(entity, 'at', ['rack']);
    return rack ?? parentOf(entity, ['rack']);
  });

  /** What something stands on where no block says so: host in a cluster, datastore on an array, VM on a host. */
  const holderOf = (entity: Entity): Entity | undefined => {
    if (entity.kind === 'host') return clusterOfHost(entity);
    if (entity.kind === 'vm') return placementOf(entity).host ?? placementOf(entity).cluster;
    return named(entity, 'on', ['array', 'pool', 'host', 'cluster', 'datastore'])[0];
  };

  /** What a datastore or image lies on. */
  const standsOn = derive(
    (entity: Entity): Entity | undefined =>
      parentOf(entity, ['datastore', 'pool', 'array', 'host', 'cluster']) ?? holderOf(entity),
  );

  /** Blocks that things inherit from, inner before outer. */
  const circles = (entity: Entity): Entity[] => {
    const found = new Set<Entity>();
    const add = (around: Entity | undefined) => {
      if (!around || found.has(around) || around === entity) return;
      found.add(around);
      for (const next of circles(around)) found.add(next);
    };
    if (entity.kind === 'vm') {
      add(appOfVm(entity));
      add(placementOf(entity).cluster);
    }
    if (entity.kind === 'host') add(clusterOfHost(entity));
    if (entity.kind === 'datastore') add(standsOn(entity));
    add(entity.parent);
    if (entity.kind !== 'site') for (const site of sitesOf(entity)) add(site);
    return [...found];
  };

  const assumptionLayers = (entity: Entity): Layer[] => {
    const layers: Layer[] = [];
    const around = new Map<Declaration, number>();
    for (const assume of design.assumptions()) {
      if (assume.kind !== entity.kind) continue;
      if (around.size === 0)
        for (const [order, circle] of circles(entity).entries()) around.set(circle.declaration, order);
      const { parent } = assume;
      const rank = parent?.word === 'file' ? Number.MAX_SAFE_INTEGER : parent ? around.get(parent) : undefined;
      if (rank !== undefined) layers.push({ ...layer('assume', assume, entity), rank } as Layer & { rank: number });
    }
    return (layers as (Layer & { rank: number })[]).sort((a, b) => a.rank - b.rank);
  };

  /** What holds for a thing, without what is only assumed. */
  const statedOf = (entity: Entity): Props => {
    const layers = ownLayers(entity);
    if (entity.kind === 'host') {
      const cluster = clusterOfHost(entity);
      if (cluster) for (const outer of ownLayers(cluster)) layers.push({ ...outer, source: 'cluster', from: entity });
    }
    return new Props(entity, layers);
  };

  const computeProps = (entity: Entity): Props => {
    const { layers } = statedOf(entity);
    return new Props(entity, design.assumptions().size > 0 ? [...layers, ...assumptionLayers(entity)] : layers);
  };
  const kept = derive(computeProps);
  /** What holds for a thing, assumptions last. VMs are many: theirs are made anew each time. */
  const propsOf = (entity: Entity): Props => (entity.kind === 'vm' ? computeProps(entity) : kept(entity));

  /** A word that passes inward: stated for the thing, or for the nearest container that states it. */
  const inherited = (entity: Entity, word: string): readonly Stated[] => {
    const own = propsOf(entity).list(word);
    if (own.length > 0) return own;
    for (const around of circles(entity)) {
      const outer = propsOf(around).list(word);
      if (outer.length > 0) return outer;
    }
    return [];
  };

  /** Things that a stated value refers to. */
  const referred = (stated: Stated, kinds: readonly string[], clause?: string, slot = 0): Entity[] => {
    const value = clause === undefined ? stated.sentence.subject : stated.sentence.clauses.get(clause)?.value;
    const references = referencesFor(value, slot, stated.index);
    return resolveAll(names, kinds, references, { entity: stated.layer.from, declaration: stated.layer.declaration });
  };

  const ownersOf = (entity: Entity): Entity[] => [
    ...new Set(inherited(entity, 'owner').flatMap((stated) => referred(stated, ['team']))),
  ];

  /** VMs of an application: those in its block, those that say `in` it, and its `members`. */
  const vmsOfApp = derive((app: Entity): readonly Entity[] => {
    const { inside } = names.read('app', app.name);
    const found = new Set(inside.filter((vm) => vm.kind === 'vm' && appOfVm(vm) === app));
    for (const stated of propsOf(app).list('members')) for (const vm of referred(stated, ['vm'])) found.add(vm);
    return inTextOrder([...found]);
  }, sameList);

  const appsByVm = derive((_plan: Declaration): ReadonlyMap<Entity, Entity> => {
    const apps = new Map<Entity, Entity>();
    for (const app of names.members('app')) {
      for (const stated of propsOf(app).list('members'))
        for (const vm of referred(stated, ['vm'])) if (!apps.has(vm)) apps.set(vm, app);
    }
    return apps;
  });

  /** The application of a VM, whichever way it is stated. */
  const appOf = (vm: Entity): Entity | undefined => {
    const own = appOfVm(vm);
    const [top] = design.tops();
    return own ?? (top ? appsByVm(top).get(vm) : undefined);
  };

  /** Blocks of a kind inside a thing or what holds for it: virtual switches of a host with those of its class and cluster. */
  const blocksIn = (
    entity: Entity,
    kind: string,
  ): readonly { readonly name: string; readonly layers: readonly Layer[] }[] => {
    const byName = new Map<string, Layer[]>();
    for (const outer of statedOf(entity).layers) {
      outer.declaration.version.read();
      for (const child of outer.declaration.children) {
        if (child.word !== kind) continue;
        for (const name of child.names) {
          const layers = byName.get(name) ?? [];
          layers.push({
            source: outer.source,
            declaration: child,
            body: child.body(),
            head: child.head(),
            from: entity,
          });
          byName.set(name, layers);
        }
      }
    }
    return [...byName].map(([name, layers]) => ({ name, layers }));
  };

  /** Datastores on a thing, or on what stands on it. */
  const datastoresIn = derive((holder: Entity): readonly Entity[] => {
    const { inside } = names.read(holder.kind, holder.name);
    return inTextOrder(inside.filter((item) => standsOn(item) === holder)).flatMap((item) =>
      item.kind === 'datastore' ? [item] : datastoresIn(item),
    );
  }, sameList);

  /** Datastores that a host reaches: those it mounts, and those on it, on its cluster, or on an array of either. */
  const datastoresOf = derive((host: Entity): readonly Entity[] => {
    const found = new Set<Entity>();
    for (const stated of propsOf(host).list('mount'))
      for (const datastore of referred(stated, ['datastore'])) found.add(datastore);
    for (const datastore of datastoresIn(host)) found.add(datastore);
    const cluster = clusterOfHost(host);
    if (cluster) for (const datastore of datastoresIn(cluster)) found.add(datastore);
    return [...found];
  }, sameList);

  return {
    appOf,
    blocksIn,
    circles,
    classOf,
    classesFrom,
    clusterOfHost,
    datastoresIn,
    datastoresOf,
    find,
    hostsOf,
    inherited,
    named,
    ownersOf,
    parentOf,
    placementOf,
    propsOf,
    rackOf,
    referred,
    sitesOf,
    standsOn,
    statedOf,
    targetOf,
    vmsOfApp,
    vmsOn,
  };
}
