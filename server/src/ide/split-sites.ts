import { replications } from '../capacity/copies.ts';
import { runningOn } from '../capacity/load.ts';
import { runningMembers } from '../capacity/sessions.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { named } from '../design/layers.ts';
import { hostsOf, placementOf } from '../design/placement.ts';
import { propsOf, referred, sitesOf } from '../design/things.ts';
import { listed } from '../rules/shared/wording.ts';
import type { LostNote } from '../topology/graph.ts';

/** Sites that reach each other over the lines that the text states, and over those that are left. */
interface Between {
  /** Whether the loss has parted two sites that were joined. */
  readonly isParted: (a: Entity, b: Entity) => boolean;
  /** Lines that still join two sites, over others if need be. */
  readonly isJoined: (a: Entity, b: Entity) => boolean;
}

function between(design: Design, failed: ReadonlySet<string>): Between {
  const partsOf = (isThere: (thing: Entity) => boolean): ReadonlyMap<Entity, Entity> => {
    const parts = new Map<Entity, Entity>();
    const rootOf = (site: Entity): Entity => {
      const up = parts.get(site);
      return up === undefined || up === site ? site : rootOf(up);
    };
    for (const wan of design.members('wan')) {
      if (!isThere(wan)) continue;
      const [first, ...others] = named(wan, 'between', ['site']).filter(isThere);
      for (const other of first ? others : []) if (first) parts.set(rootOf(other), rootOf(first));
    }
    return new Map([...design.members('site')].map((site) => [site, rootOf(site)]));
  };
  const before = partsOf(() => true);
  const after = partsOf((thing) => !failed.has(entityId(thing)));
  const isJoined = (a: Entity, b: Entity): boolean => after.get(a) === after.get(b);
  return { isJoined, isParted: (a, b) => a !== b && before.get(a) === before.get(b) && !isJoined(a, b) };
}

/**
 * What depended on lines between sites that are gone: copies, jobs, clusters and networks that stretch over them, applications that ask
 * others. A site that has failed itself is not parted from the others: it is gone.
 */
export function splitSites(design: Design, failed: ReadonlySet<string>): readonly LostNote[] {
  const lines = [...design.members('wan')].filter((wan) => failed.has(entityId(wan)));
  const isGone = (thing: Entity): boolean => failed.has(entityId(thing));
  const notes: LostNote[] = [];
  const sites = between(design, failed);
  const copies = new Map<string, { readonly to: Entity; readonly sources: Entity[] }>();
  for (const { source, to, via, mode } of replications(design)) {
    if (isGone(source)) continue;
    const why = isGone(to)
      ? `${to.name} is lost`
      : via && isGone(via)
        ? `${via.name}, which it goes over, is lost${isStillJoined(source, to, sites) ? '; another line joins the sites, but is not stated as its way' : ''}`
        : !via && sitesOf(source).some((a) => sitesOf(to).some((b) => sites.isParted(a, b)))
          ? 'no line is left between their sites'
          : undefined;
    if (why === undefined) continue;
    const effect = mode === 'sync' ? 'writes wait, or go on without the mirror' : 'the copy falls behind';
    const end = `no longer replicated to ${to.name}: ${why}; ${effect}`;
    const known = copies.get(end) ?? { to, sources: [] };
    copies.set(end, known);
    known.sources.push(source);
  }
  for (const [end, { to, sources }] of copies) {
    const [first] = sources;
    const who = sources.length === 1 ? `${first?.name} is` : `${first?.name} and ${sources.length - 1} more are`;
    notes.push({ ...noteOf('replication', [...sources, to], `${who} ${end}`), copies: sources.length });
  }
  for (const kind of ['backup', 'wave'] as const) {
    for (const job of design.members(kind)) {
      const via = propsOf(job).one('via');
      const line = via && referred(via, ['wan']).find(isGone);
      if (line)
        notes.push(noteOf('job', [], `${kind} ${job.name} cannot run: ${line.name}, which it goes over, is lost`));
    }
  }
  if (lines.length === 0) return notes;
  notes.push(...stretched(design, isGone, sites), ...asked(design, isGone, sites));
  return notes;
}

const noteOf = (kind: LostNote['kind'], what: readonly Entity[], why: string): LostNote => ({
  kind,
  what: what.map(entityId),
  vms: 0,
  why,
});

const isStillJoined = (a: Entity, b: Entity, { isJoined }: Between): boolean =>
  sitesOf(a).some((here) => sitesOf(b).some((there) => here !== there && isJoined(here, there)));

/** Two of some sites that are parted; undefined where all still reach each other. */
function partedOf(list: readonly Entity[], { isParted }: Between): readonly [Entity, Entity] | undefined {
  for (const [index, a] of list.entries()) for (const b of list.slice(index + 1)) if (isParted(a, b)) return [a, b];
  return undefined;
}

function stretched(design: Design, isGone: (thing: Entity) => boolean, sites: Between): LostNote[] {
  const notes: LostNote[] = [];
  for (const cluster of design.members('cluster')) {
    const hosts = hostsOf(cluster).filter((host) => !isGone(host));
    const own = [...new Set(hosts.flatMap((host) => sitesOf(host).slice(0, 1)))];
    const parted = partedOf(own, sites);
    if (!parted) continue;
    const ends = listed(own.map(({ name }) => name));
    notes.push(
      noteOf('split', [cluster], `cluster ${cluster.name} is split: its hosts at ${ends} do not reach each other`),
    );
  }
  for (const network of design.members('network')) {
    const own = sitesOf(network).filter((site) => !isGone(site));
    if (!partedOf(own, sites)) continue;
    const at = new Map<Entity, number>();
    for (const host of design.members('host')) {
      const [site] = sitesOf(host);
      if (!site || isGone(host) || !own.includes(site)) continue;
      const count = runningOn(host).filter((vm) => vmFacts(vm).nics.some((nic) => nic.network === network)).length;
      if (count > 0) at.set(site, (at.get(site) ?? 0) + count);
    }
    // With VMs on one side alone nobody misses the other.
    if (!partedOf([...at.keys()], sites)) continue;
    const words = listed([...at].map(([site, count]) => `${count} at ${site.name}`));
    notes.push(
      noteOf('split', [network], `network ${network.name} is split: its VMs (${words}) do not reach each other`),
    );
  }
  return notes;
}

/** Applications that ask others at sites that they do not reach any more. */
function asked(design: Design, isGone: (thing: Entity) => boolean, sites: Between): LostNote[] {
  const siteOf = (vm: Entity): Entity | undefined => {
    const { host, cluster } = placementOf(vm);
    const holder = host ?? cluster;
    const own = holder && !isGone(holder) ? sitesOf(holder) : [];
    return own.length === 1 ? own[0] : undefined;
  };
  return [...design.members('app')].flatMap((app) =>
    propsOf(app)
      .list('depends-on')
      .flatMap((by) =>
        referred(by, ['app']).flatMap((other): LostNote[] => {
          const there = runningMembers(other).map(siteOf);
          const isCut = (vm: Entity): boolean => {
            const here = siteOf(vm);
            return (
              here !== undefined &&
              there.length > 0 &&
              there.every((site) => site !== undefined && sites.isParted(here, site))
            );
          };
          const cut = runningMembers(app).filter(isCut);
          const [first] = cut;
          if (!first) return [];
          const who = cut.length === 1 ? first.name : `${cut.length} VMs`;
          return [
            noteOf('split', [app], `${app.name} does not reach ${other.name}: no line is left from ${who} to its site`),
          ];
        }),
      ),
  );
}
