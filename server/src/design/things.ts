import { derive, sameList } from '../base/reactive.ts';
import { isPattern } from '../language/values/names.ts';
import type { Declaration, Entity } from './declaration.ts';
import type { Design } from './design.ts';
import { layerOf, named, ownLayers, parentOf } from './layers.ts';
import type { Reference } from './names.ts';
import { inTextOrder } from './order.ts';
import { appOfVm, clusterOfHost, placementOf } from './placement.ts';
import { type Layer, Props, referencesFor, type Stated } from './props.ts';
import { resolve, resolveAll } from './resolve.ts';

/** What things stand on and in, the outermost first: each stands on earlier ones alone, so that no mistake in a text goes in circles. */
const HOLDERS = ['site', 'rack', 'cluster', 'host', 'array', 'pool', 'datastore'];

/** Those of some kinds that a thing may stand on or in. */
function below(entity: Entity, kinds: readonly string[]): readonly string[] {
  const rank = HOLDERS.indexOf(entity.kind);
  return rank < 0 ? kinds : kinds.filter((kind) => HOLDERS.indexOf(kind) < rank);
}

export const sitesOf = derive((entity: Entity): readonly Entity[] => {
  const stated = named(entity, 'at', below(entity, ['site', 'rack']));
  if (stated.length > 0) return stated.flatMap((place) => (place.kind === 'rack' ? sitesOf(place) : [place]));
  const around = parentOf(entity, ['site']);
  if (around) return [around];
  const holder = parentOf(entity, below(entity, ['rack', 'cluster', 'host', 'array', 'pool'])) ?? holderOf(entity);
  return holder ? sitesOf(holder) : [];
});

export const rackOf = derive((entity: Entity): Entity | undefined => {
  const [rack] = named(entity, 'at', ['rack']);
  return rack ?? parentOf(entity, ['rack']);
});

/** What something stands on where no block says so: host in a cluster, datastore on an array, VM on a host. */
const holderOf = (entity: Entity): Entity | undefined => {
  if (entity.kind === 'host') return clusterOfHost(entity);
  if (entity.kind === 'vm') return placementOf(entity).host ?? placementOf(entity).cluster;
  return named(entity, 'on', below(entity, ['array', 'pool', 'host', 'cluster', 'datastore']))[0];
};

/** What a datastore or image lies on. */
export const standsOn = derive(
  (entity: Entity): Entity | undefined =>
    holderOf(entity) ?? parentOf(entity, below(entity, ['datastore', 'pool', 'array', 'host', 'cluster'])),
);

/** Blocks that things inherit from, inner before outer. */
export const circles = (entity: Entity): Entity[] => {
  const found = new Set<Entity>([entity]);
  const add = (around: Entity | undefined) => {
    if (!around || found.has(around)) return;
    found.add(around);
    addAround(around);
  };
  const addAround = (thing: Entity) => {
    if (thing.kind === 'vm') {
      add(appOfVm(thing));
      add(placementOf(thing).cluster);
    }
    if (thing.kind === 'host') add(clusterOfHost(thing));
    if (thing.kind === 'datastore') add(standsOn(thing));
    add(thing.parent);
    if (thing.kind !== 'site') for (const site of sitesOf(thing)) add(site);
  };
  addAround(entity);
  found.delete(entity);
  return [...found];
};

/**
 * How far out from a thing a policy or an assumption stands, given the blocks around the thing; undefined if it does not
 * hold there. Top levels are outermost, those of imported files after the design's own.
 */
export const distanceOf = (
  { parent, design }: Declaration,
  around: ReadonlyMap<Declaration, number>,
): number | undefined => {
  if (parent?.word !== 'file') return parent && around.get(parent);
  return parent.uri === design.root ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER;
};

const assumptionLayers = (entity: Entity): Layer[] => {
  const layers: Layer[] = [];
  const around = new Map<Declaration, number>();
  for (const assume of entity.design.assumptions()) {
    if (assume.kind !== entity.kind) continue;
    if (around.size === 0)
      for (const [order, circle] of circles(entity).entries()) around.set(circle.declaration, order);
    const rank = distanceOf(assume, around);
    if (rank !== undefined) layers.push({ ...layerOf('assume', assume, entity), rank } as Layer & { rank: number });
  }
  return (layers as (Layer & { rank: number })[]).sort((a, b) => a.rank - b.rank);
};

/** What holds for a thing, without what is only assumed. */
export const statedOf = (entity: Entity): Props => {
  const layers = ownLayers(entity);
  if (entity.kind === 'host') {
    const cluster = clusterOfHost(entity);
    if (cluster)
      for (const outer of ownLayers(cluster))
        layers.push({ ...outer, source: 'cluster', from: entity, index: cluster.index });
  }
  return new Props(entity, layers);
};

const computeProps = (entity: Entity): Props => {
  const { layers } = statedOf(entity);
  return new Props(entity, entity.design.assumptions().size > 0 ? [...layers, ...assumptionLayers(entity)] : layers);
};

const kept = derive(computeProps);

/** What holds for a thing, assumptions last. VMs are many: theirs are made anew each time. */
export const propsOf = (entity: Entity): Props => (entity.kind === 'vm' ? computeProps(entity) : kept(entity));

/** A word that passes inward: stated for the thing, or for the nearest container that states it. */
export const inherited = (entity: Entity, word: string): readonly Stated[] => {
  const own = propsOf(entity).list(word);
  if (own.length > 0) return own;
  for (const around of circles(entity)) {
    const outer = propsOf(around).list(word);
    if (outer.length > 0) return outer;
  }
  return [];
};

/** Things that a stated value refers to. */
export const referred = (stated: Stated, kinds: readonly string[], clause?: string, slot = 0): Entity[] => {
  const value = clause === undefined ? stated.sentence.subject : stated.sentence.clauses.get(clause)?.value;
  const references = referencesFor(value, slot, stated.index);
  return resolveAll(stated.layer.declaration.design.names, kinds, references, {
    entity: stated.layer.from,
    declaration: stated.layer.declaration,
  });
};

/** Whether every name in a value is known. A list with an unknown name says nothing of what is not in it. */
export const isComplete = (stated: Stated, kinds: readonly string[], clause?: string, slot = 0): boolean => {
  const value = clause === undefined ? stated.sentence.subject : stated.sentence.clauses.get(clause)?.value;
  const { from: entity, declaration } = stated.layer;
  const references = referencesFor(value, slot, stated.index);
  return references.every(
    (reference) =>
      isPattern(reference.name) || 'found' in resolve(entity.design.names, kinds, reference, { entity, declaration }),
  );
};

export const find = (kinds: readonly string[], reference: Reference, entity: Entity): Entity | undefined => {
  const resolution = resolve(entity.design.names, kinds, reference, { entity, declaration: entity.declaration });
  return 'found' in resolution ? resolution.found : undefined;
};

/** Teams that answer for a thing; a team answers for itself. */
export const ownersOf = (entity: Entity): Entity[] =>
  entity.kind === 'team'
    ? [entity]
    : [...new Set(inherited(entity, 'owner').flatMap((stated) => referred(stated, ['team'])))];

/** VMs of an application: those in its block, those that say `in` it, and its `members`. */
export const vmsOfApp = derive((app: Entity): readonly Entity[] => {
  const inside = app.design.names.inside('app', app.name);
  const found = new Set(inside.filter((vm) => vm.kind === 'vm' && appOfVm(vm) === app));
  for (const stated of propsOf(app).list('members')) for (const vm of referred(stated, ['vm'])) found.add(vm);
  return inTextOrder([...found]);
}, sameList);

const appsByVm = derive((design: Design): ReadonlyMap<Entity, Entity> => {
  const apps = new Map<Entity, Entity>();
  for (const app of design.members('app')) {
    for (const stated of propsOf(app).list('members'))
      for (const vm of referred(stated, ['vm'])) if (!apps.has(vm)) apps.set(vm, app);
  }
  return apps;
});

/** The application of a VM, whichever way it is stated. */
export const appOf = (vm: Entity): Entity | undefined => {
  const own = appOfVm(vm);
  return own ?? appsByVm(vm.design).get(vm);
};

/** Blocks of a kind inside a thing or what holds for it: virtual switches of a host with those of its class and cluster. */
export const blocksIn = (
  entity: Entity,
  kind: string,
): readonly { readonly name: string; readonly layers: readonly Layer[] }[] => {
  const byName = new Map<string, Layer[]>();
  for (const outer of statedOf(entity).layers) {
    outer.declaration.read();
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
          ...(outer.index === undefined ? {} : { index: outer.index }),
        });
        byName.set(name, layers);
      }
    }
  }
  return [...byName].map(([name, layers]) => ({ name, layers }));
};

/** Datastores on a thing, or on what stands on it. */
export const datastoresIn = derive((holder: Entity): readonly Entity[] => {
  const inside = holder.design.names.inside(holder.kind, holder.name);
  return inTextOrder(inside.filter((item) => item.kind !== 'host' && standsOn(item) === holder)).flatMap((item) =>
    item.kind === 'datastore' ? [item] : datastoresIn(item),
  );
}, sameList);

/** Datastores that a cluster mounts on its hosts. */
const mountedBy = derive(
  (cluster: Entity): readonly Entity[] =>
    propsOf(cluster)
      .list('mount')
      .flatMap((stated) => referred(stated, ['datastore'])),
  sameList,
);

/** Datastores that all hosts of a cluster reach: those that it mounts on them, and those on it. */
export const datastoresOfCluster = derive(
  (cluster: Entity): readonly Entity[] => [...new Set([...mountedBy(cluster), ...datastoresIn(cluster)])],
  sameList,
);

/**
 * Datastores that a host reaches: those it mounts, and those on it, on its cluster, or on an array of either. Hosts without
 * any of their own have the list of their cluster, the very same one.
 */
export const datastoresOf = derive((host: Entity): readonly Entity[] => {
  const cluster = clusterOfHost(host);
  const mounts = propsOf(host).list('mount');
  const isShared = cluster !== undefined && mounts[0]?.layer.source === 'cluster';
  const own = datastoresIn(host);
  if (isShared && own.length === 0) return datastoresOfCluster(cluster);
  const mounted = isShared ? mountedBy(cluster) : mounts.flatMap((stated) => referred(stated, ['datastore']));
  return [...new Set([...mounted, ...own, ...(cluster ? datastoresIn(cluster) : [])])];
}, sameList);
