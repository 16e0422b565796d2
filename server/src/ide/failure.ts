import type { Steps } from '../base/steps.ts';
import { formatQuantity } from '../base/units.ts';
import { featuresOf } from '../capacity/features.ts';
import { carriesLoad } from '../capacity/host.ts';
import { runningOn } from '../capacity/load.ts';
import type { FailoverDimension } from '../capacity/models/failover.ts';
import type { Remedy } from '../capacity/restart-remedies.ts';
import { type NoPlace, type RestartMove, restartsIn } from '../capacity/restarts.ts';
import { arrayOf } from '../capacity/storage.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clusterOfHost, hostsOf } from '../design/placement.ts';
import { rackOf, sitesOf, standsOn } from '../design/things.ts';
import type { Supposed } from '../design/worlds.ts';
import { listed } from '../rules/shared/wording.ts';
import type { Failure, LostNote, StrandedVm } from '../topology/graph.ts';
import { endsOf, entityCalled, linksOfBundle } from './links.ts';
import { splitSites } from './split-sites.ts';
import { type CutOff, cutOff, pathlessArrays, Wiring } from './ways-on.ts';

/** What becomes of a design when some of its things fail. */
export interface Outcome {
  readonly supposed: Supposed;
  /** Without the findings, which only the design after it can tell. */
  readonly failure: Omit<Failure, 'findings'>;
}

/** Hosts of which it is told what each of them lacks for a VM without a place. */
const MOST_ROOMS = 6;

/**
 * Where VMs restart, which find no place and what is cut off when things fail. Restarts are packed as the verdict on a cluster's
 * failover is. `ids` are those of nodes and links; what the design does not have is passed over.
 */
export function* outcomeInSteps(design: Design, ids: readonly string[]): Steps<Outcome> {
  const failed = failedThings(design, new Set(ids));
  const wiring = new Wiring(design, failed);
  const has = (thing: Entity): boolean => failed.has(entityId(thing));
  const placed = new Map<Entity, Entity | undefined>();
  const stranded: StrandedVm[] = [];
  const moves: RestartMove[] = [];
  const shifts: RestartMove[] = [];
  const remedies: string[] = [];
  const hosts = [...design.members('host')].filter(carriesLoad);
  const gone = hosts.filter(has);
  const down = new Set<Entity>();
  const strand = (vm: Entity, why: string, rest: Partial<StrandedVm> = {}): void => {
    down.add(vm);
    placed.set(vm, undefined);
    stranded.push({ vm: entityId(vm), name: vm.name, needs: needsOf(vm), why, ...rest });
  };
  for (const host of hosts) {
    yield;
    const pathless = pathlessArrays(host, failed, wiring);
    for (const vm of runningOn(host)) {
      const store = storesOf(vm).find((own) => has(own) || pathless.has(arrayOf(own)));
      if (!store) continue;
      const array = arrayOf(store);
      const site = sitesOf(host).find((own) => ids.includes(entityId(own)));
      if (site && has(host)) {
        strand(vm, `${site.name} is lost with its storage`);
        continue;
      }
      strand(
        vm,
        has(store) ? `on datastore ${store.name}, which is lost` : `${host.name} has no path left to ${array?.name}`,
      );
    }
  }
  for (const cluster of design.members('cluster')) {
    for (const vm of runningOn(cluster)) {
      const store = storesOf(vm).find(has);
      if (store) strand(vm, `on datastore ${store.name}, which is lost`);
    }
  }
  const clusters = new Set(gone.flatMap((host) => clusterOfHost(host) ?? []));
  for (const cluster of clusters) {
    yield;
    const found = restartsIn(cluster, gone, down);
    moves.push(...found.moves);
    shifts.push(...found.shifts);
    if (found.remedy) remedies.push(remedyWords(found.remedy, 'all of them'));
    for (const { vms, why } of found.noPlace)
      for (const vm of vms) if (!down.has(vm)) strand(vm, ...noPlaceOf(vm, why));
    if (hostsOf(cluster).every(has))
      for (const vm of runningOn(cluster)) if (!down.has(vm)) strand(vm, `no host of ${cluster.name} is left`);
  }
  for (const host of gone) {
    if (clusterOfHost(host)) continue;
    for (const vm of runningOn(host))
      if (!down.has(vm)) strand(vm, `${host.name} is in no cluster that would restart it`);
  }
  for (const { vm, to } of [...moves, ...shifts]) placed.set(vm, to);
  yield;
  const cut = cutOff(hosts, failed, wiring);
  const lost = [...cut.notes, ...splitSites(design, failed)];
  const told = ({ vm, from, to }: RestartMove) => ({ vm: entityId(vm), from: entityId(from), to: entityId(to) });
  const byHand = [...clusters].filter((cluster) => featuresOf(cluster).size > 0 && !featuresOf(cluster).has('ha'));
  return {
    supposed: { failed, placed },
    failure: {
      failed: ids.filter((id) => failed.has(id)),
      summary: summaryOf(moves, shifts, stranded.length, cut, lost, byHand),
      moves: moves.map(told),
      shifts: shifts.map(told),
      stranded,
      ...(remedies.length > 0 ? { remedies } : {}),
      lost,
    },
  };
}

/** Ids of everything that fails with some things: what stands in a site, rack or cluster, what lies on an array or in a host. */
function failedThings(design: Design, ids: ReadonlySet<string>): ReadonlySet<string> {
  const links = [...ids].filter((id) => isLink(design, id));
  const failed = new Set([...links, ...links.flatMap((id) => linksOfBundle(design, id))]);
  const isInside = (thing: Entity): boolean => {
    const sites = sitesOf(thing);
    if (sites.length > 0 && sites.every((site) => ids.has(entityId(site)))) return true;
    const rack = rackOf(thing);
    if (rack && ids.has(entityId(rack))) return true;
    const cluster = thing.kind === 'host' ? clusterOfHost(thing) : undefined;
    return cluster !== undefined && ids.has(entityId(cluster));
  };
  for (const kind of ['site', 'cluster', 'host', 'switch', 'array', 'wan']) {
    for (const thing of design.members(kind))
      if (ids.has(entityId(thing)) || (kind !== 'wan' && kind !== 'site' && isInside(thing)))
        failed.add(entityId(thing));
  }
  for (const store of design.members('datastore')) {
    const under = standsOn(store);
    const array = arrayOf(store);
    const isUnder = (thing: Entity | undefined): boolean => thing !== undefined && failed.has(entityId(thing));
    if (ids.has(entityId(store)) || isUnder(under) || isUnder(array) || (!under && isInside(store)))
      failed.add(entityId(store));
  }
  return failed;
}

function isLink(design: Design, id: string): boolean {
  const ends = endsOf(id);
  if (!ends || !entityCalled(design, ends[1])) return false;
  return entityCalled(design, ends[0]) !== undefined || linksOfBundle(design, id).some((link) => link !== id);
}

const storesOf = (vm: Entity): readonly Entity[] => {
  const { home, disks } = vmFacts(vm);
  return [...new Set([home, ...disks.map((disk) => disk.datastore)])].filter((store) => store !== undefined);
};

const UNITS = { cpu: 'frequency', memory: 'size', network: 'rate' } as const;
const WORDS: Readonly<Record<FailoverDimension, string>> = { cpu: 'CPU', memory: 'memory', network: 'network' };

const amount = (value: number, dimension: FailoverDimension): string =>
  formatQuantity(value, UNITS[dimension]).replace(' ', '\u202f');

function needsOf(vm: Entity): string {
  const { vcpus, memory } = vmFacts(vm);
  return [vcpus === undefined ? '' : `${vcpus} vCPU`, memory === undefined ? '' : amount(memory, 'memory')]
    .filter(Boolean)
    .join(' · ');
}

/** Why a VM has no place, and what each host has for it. */
function noPlaceOf(vm: Entity, why: NoPlace): [string, Partial<StrandedVm>] {
  switch (why.kind) {
    case 'tied':
      return [why.by, {}];
    case 'alone':
      return ['no other host of its cluster carries load', {}];
    case 'unknown':
      return ['where it would restart cannot be said: demand or capacity is not stated', {}];
    case 'apart':
      return [`each host left runs one that ${vm.name} must be apart from`, {}];
    case 'room': {
      const { dimension, needed, free, rooms, remedy } = why;
      const word = WORDS[dimension];
      const [most] = rooms;
      const short = most ? needed - most.free : needed;
      const text =
        free >= needed
          ? `enough ${word} in sum (${amount(free, dimension)} free), not on any one host`
          : `not enough ${word}: ${amount(free, dimension)} free in sum`;
      return [
        text,
        {
          ...(most ? { shortBy: `${amount(short, dimension)} on ${most.host.name}` } : {}),
          ...(remedy ? { remedy: remedyWords(remedy) } : {}),
          room: {
            measure: dimension,
            needed,
            hosts: rooms
              .slice(0, MOST_ROOMS)
              .map(({ host, free: left }) => ({ host: entityId(host), name: host.name, free: left })),
          },
        },
      ];
    }
  }
}

/** What an amount that mends is rounded up to: whole GiB, a tenth of a GHz or Gbps. */
const STEPS: Readonly<Record<FailoverDimension, number>> = { cpu: 1e8, memory: 2 ** 30, network: 1e8 };

/** `16 GiB more usable memory on esx-04 would hold it`. */
function remedyWords(remedy: Remedy, what = 'it'): string {
  const places = new Map<string, string[]>();
  for (const { dimension, more, hosts } of remedy) {
    const step = STEPS[dimension];
    const names = hosts.slice(0, 2).map(({ name }) => name);
    const rest = hosts.length - names.length;
    const where = [...names, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
    const on = hosts.length > 1 ? `on any of ${where}` : `on ${where}`;
    const words = `${amount(Math.ceil(more / step - 1e-9) * step, dimension)} more usable ${WORDS[dimension]}`;
    places.set(on, [...(places.get(on) ?? []), words]);
  }
  return `${listed([...places].map(([on, parts]) => `${listed(parts)} ${on}`))} would hold ${what}`;
}

function cutOffWords({ vms: { size }, perhaps }: CutOff): string {
  const known = `${counted(size, 'VM')} ${size === 1 ? 'is' : 'are'} cut off`;
  if (perhaps.size === 0) return known;
  return size > 0
    ? `${known}, and up to ${perhaps.size} more`
    : `up to ${counted(perhaps.size, 'VM')} ${perhaps.size === 1 ? 'is' : 'are'} cut off`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `4 VMs restart on 3 hosts, 1 has no place`. */
function summaryOf(
  moves: readonly RestartMove[],
  shifts: readonly RestartMove[],
  stranded: number,
  cut: CutOff,
  lost: readonly LostNote[],
  byHand: readonly Entity[],
): string {
  const parts: string[] = [];
  const receivers = new Set(moves.map(({ to }) => to)).size;
  if (moves.length > 0)
    parts.push(
      `${counted(moves.length, 'VM')} ${moves.length === 1 ? 'restarts' : 'restart'} on ${counted(receivers, 'host')}`,
    );
  if (shifts.length > 0) parts.push(`${shifts.length} ${shifts.length === 1 ? 'moves' : 'move'} to make room`);
  if (stranded > 0)
    parts.push(
      moves.length > 0
        ? `${stranded} ${stranded === 1 ? 'has' : 'have'} no place`
        : `${counted(stranded, 'VM')} ${stranded === 1 ? 'goes' : 'go'} down`,
    );
  if (cut.vms.size + cut.perhaps.size > 0) parts.push(cutOffWords(cut));
  const kindOf = (kind: LostNote['kind']): number => lost.filter((note) => note.kind === kind).length;
  const copies = lost.reduce((sum, note) => sum + (note.copies ?? 0), 0);
  const [splits, jobs] = [kindOf('split'), kindOf('job')];
  if (copies > 0) parts.push(`${counted(copies, 'replication')} ${copies === 1 ? 'stops' : 'stop'}`);
  if (splits > 0) parts.push(`${counted(splits, 'thing')} over sites ${splits === 1 ? 'falls' : 'fall'} apart`);
  if (jobs > 0) parts.push(`${counted(jobs, 'job')} cannot run`);
  if (parts.length === 0) parts.push('no VM moves or stops');
  if (moves.length > 0 && byHand.length > 0)
    parts.push(
      `by hand, since ${byHand.map(({ name }) => name).join(', ')} ${byHand.length === 1 ? 'states' : 'state'} no ha`,
    );
  return parts.join(', ');
}
