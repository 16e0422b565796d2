import type { Group } from '../base/bag.ts';
import { derive, sameList } from '../base/reactive.ts';
import { sumIfKnown } from '../base/sum.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { clusterOfHost, hostsOf } from '../design/placement.ts';
import { clauseNumber, clauseText, partOf, type Stated } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import type { MoneyPart } from '../language/values/value.ts';
import { failoverDemand, liveHosts, lostHosts } from './cluster.ts';
import { exists } from './exists.ts';
import { hostSupply } from './host.ts';
import { type CoreFloors, ESXI_FLOORS, type LicensedHost, licensedCores, WINDOWS_FLOORS } from './models/licence.ts';
import { timesAYear } from './money.ts';
import { residentsOf, residentsWhere } from './residents.ts';
import { vmFacts } from './vm.ts';

/** A licence as the design states it. */
export interface LicenceFacts {
  readonly product: string | undefined;
  readonly edition: string | undefined;
  readonly floors: CoreFloors;
  /** Guests that one full set covers; `Infinity` for unlimited, undefined if it covers none by number. */
  readonly guests: number | undefined;
  readonly owned: { readonly count: number; readonly unit: string } | undefined;
}

const FLOORS: Readonly<Record<string, CoreFloors>> = { esxi: ESXI_FLOORS, 'windows-server': WINDOWS_FLOORS };

export const licenceFacts = derive((licence: Entity): LicenceFacts => {
  const props = propsOf(licence);
  const by = props.one('product');
  const product = props.word('product');
  const minimum = props.one('minimum');
  const vms = props.one('vms');
  const owned = props.one('owned');
  const count = props.number('owned')?.value;
  const unit = owned && partOf(owned.sentence.subject, 1, 0);
  return {
    product,
    edition: by && clauseText(by, 'edition'),
    floors: minimum ? floorsIn(minimum) : (FLOORS[product ?? ''] ?? {}),
    guests:
      vms?.sentence.statement.args[0]?.text === 'unlimited' ? Number.POSITIVE_INFINITY : props.number('vms')?.value,
    owned: count === undefined || unit?.type !== 'word' ? undefined : { count, unit: unit.text },
  };
});

function floorsIn(minimum: Stated): CoreFloors {
  return {
    perSocket: clauseNumber(minimum, 'per-socket')?.value,
    perHost: clauseNumber(minimum, 'per-host')?.value,
    perOrder: clauseNumber(minimum, 'per-order')?.value,
  };
}

/** Licences that a host states, or its cluster for it. */
export const licencesOf = derive((host: Entity): readonly { readonly licence: Entity; readonly by: Stated }[] =>
  propsOf(host)
    .list('licences')
    .flatMap((by) => referred(by, ['licence']).map((licence) => ({ licence, by }))),
);

const hostsByLicence = derive((design: Design): ReadonlyMap<Entity, readonly Entity[]> => {
  const found = new Map<Entity, Entity[]>();
  for (const host of design.members('host')) {
    if (!exists(host)) continue;
    for (const { licence } of licencesOf(host)) found.set(licence, [...(found.get(licence) ?? []), host]);
  }
  return found;
});

/** Hosts that a licence is paid for: those that state it; for one that only applications or VMs need, those it may be used `on`. */
export function hostsOfLicence(licence: Entity): readonly Entity[] {
  const stating = hostsByLicence(licence.design).get(licence);
  if (stating) return stating;
  const on = propsOf(licence)
    .list('on')
    .flatMap((by) => referred(by, ['host', 'cluster']));
  return [...new Set(on.flatMap((target) => (target.kind === 'cluster' ? hostsOf(target) : [target])))].filter(exists);
}

export function licensedHost(host: Entity): LicensedHost {
  const { sockets, cores } = hostSupply(host);
  return { sockets, cores };
}

/**
 * How many of what its price is per a licence is needed for: charged cores, sockets, hosts, VMs; 1 for a price in all. Standard editions that
 * cover a number of guests are charged once per full set. What is owned already is not bought again. Undefined if hardware is not stated.
 */
export function licensedQuantity(licence: Entity, each: MoneyPart['each'], isYearly: boolean): number | undefined {
  const facts = licenceFacts(licence);
  const hosts = hostsOfLicence(licence);
  const owned = (unit: string) => (!isYearly && facts.owned?.unit === unit ? facts.owned.count : 0);
  switch (each) {
    case 'core': {
      const quantity = coresCharged(hosts, facts);
      return quantity === undefined ? undefined : Math.max(0, quantity - owned('cores'));
    }
    case 'socket': {
      const sockets = sumIfKnown(hosts.map((host) => hostSupply(host).sockets));
      return sockets === undefined ? undefined : Math.max(0, sockets - owned('sockets'));
    }
    case 'host':
      return Math.max(0, hosts.length - owned('hosts'));
    case 'vm':
      return Math.max(0, vmsWith(licence) - owned('vms'));
    default:
      return 1;
  }
}

/** Cores charged on hosts, every host once for each full set of guests that it needs. */
function coresCharged(hosts: readonly Entity[], facts: LicenceFacts): number | undefined {
  const { perOrder, ...floors } = facts.floors;
  let total = 0;
  for (const host of hosts) {
    const charged = licensedCores([licensedHost(host)], floors)?.charged;
    if (charged === undefined) return undefined;
    total += charged * setsFor(host, facts.guests);
  }
  return hosts.length > 0 ? Math.max(total, perOrder ?? 0) : 0;
}

/** Full sets that a host needs of a licence that covers a number of guests. */
export function setsFor(host: Entity, covered: number | undefined): number {
  if (covered === undefined || !Number.isFinite(covered) || covered <= 0) return 1;
  return Math.max(1, Math.ceil((windowsGuestsOf(host) ?? 0) / covered));
}

const vmsByLicence = derive((group: Group<Entity>): ReadonlyMap<Entity, number> => {
  const found = new Map<Entity, number>();
  for (const vm of group.members()) {
    if (!exists(vm)) continue;
    for (const by of propsOf(vm).list('licences'))
      for (const licence of referred(by, ['licence'])) found.set(licence, (found.get(licence) ?? 0) + 1);
  }
  return found;
}, sameCounts);

function sameCounts(a: ReadonlyMap<Entity, number>, b: ReadonlyMap<Entity, number>): boolean {
  return a.size === b.size && [...a].every(([licence, count]) => b.get(licence) === count);
}

const parkedByLicence = derive((group: Group<Entity>): ReadonlyMap<Entity, readonly Entity[]> => {
  const found = new Map<Entity, Entity[]>();
  for (const vm of group.members()) {
    const { state } = vmFacts(vm);
    if ((state !== 'off' && state !== 'suspended') || !exists(vm)) continue;
    for (const by of propsOf(vm).list('licences')) {
      for (const licence of referred(by, ['licence'])) {
        const known = found.get(licence);
        if (known) known.push(vm);
        else found.set(licence, [vm]);
      }
    }
  }
  return found;
}, sameLists);

function sameLists(a: ReadonlyMap<Entity, readonly Entity[]>, b: ReadonlyMap<Entity, readonly Entity[]>): boolean {
  return a.size === b.size && [...a].every(([licence, vms]) => sameList(vms, b.get(licence) ?? []));
}

/** VMs that hold a licence of their own and do not run. */
export function parkedWith(licence: Entity): readonly Entity[] {
  return licence.design.names.groups('vm').flatMap((group) => parkedByLicence(group).get(licence) ?? []);
}

function vmsWith(licence: Entity): number {
  return licence.design.names.groups('vm').reduce((total, group) => total + (vmsByLicence(group).get(licence) ?? 0), 0);
}

/** The product of licences of Windows Server. */
export const WINDOWS_SERVER = 'windows-server';

const isGuestLicence = (licence: Entity): boolean => licenceFacts(licence).product === WINDOWS_SERVER;

/** Windows guests on a host, or in the pool of a cluster, that neither state a licence of theirs nor run where one is stated. */
export const unlicensedGuests = derive((holder: Entity): readonly Entity[] => {
  const hosts = holder.kind === 'host' ? [holder] : liveHosts(holder);
  const isCovered = (host: Entity) =>
    licencesOf(host).some(({ licence }) => isGuestLicence(licence)) || guestLicensed(host.design).has(host);
  if (hosts.length > 0 && hosts.every(isCovered)) return [];
  return residentsWhere(
    residentsOf(holder),
    ({ exists: isThere, state, isWindowsServer }, vm) =>
      isThere &&
      state !== 'template' &&
      isWindowsServer &&
      !propsOf(vm)
        .list('licences')
        .some((by) => referred(by, ['licence']).length > 0),
  ).vms;
}, sameList);

/** Hosts that a licence of Windows Server says it is used on. */
const guestLicensed = derive(
  (design: Design): ReadonlySet<Entity> =>
    new Set([...design.members('licence')].filter(isGuestLicence).flatMap(hostsOfLicence)),
);

/**
 * The most Windows guests that each host may ever run: its own and, where the cluster survives the loss of hosts, those
 * that move to it. They are taken to spread evenly over the hosts left. Undefined if the guests run on no stated host.
 */
export const windowsGuestsOf = derive((host: Entity): number | undefined => {
  const cluster = clusterOfHost(host);
  const own = windowsOn(host);
  if (!cluster) return own;
  const hosts = liveHosts(cluster);
  const pooled = windowsOn(cluster);
  const all = hosts.reduce((sum, one) => sum + windowsOn(one), pooled);
  const lost = lostCount(cluster, hosts);
  const left = hosts.length - lost;
  if (left < 1) return undefined;
  // A host carries its own guests even if they are more than an even share of all.
  return Math.max(own, lost > 0 || pooled > 0 ? Math.ceil(all / left) : own);
}, Object.is);

/** How many hosts may be lost together, whose guests the others take: of a share so many as make it up. */
function lostCount(cluster: Entity, hosts: readonly Entity[]): number {
  const demand = failoverDemand(cluster);
  if (!demand || demand.kind === 'none') return 0;
  if (demand.kind === 'hosts') return demand.count;
  if (demand.kind === 'percent') return Math.min(hosts.length - 1, Math.ceil(demand.share * hosts.length - 1e-9));
  return lostHosts(cluster, hosts, demand.kind, demand.count).length;
}

const windowsOn = derive(
  (holder: Entity): number =>
    residentsOf(holder).facts.filter(({ exists: isThere, isWindowsServer }) => isThere && isWindowsServer).length,
  Object.is,
);

/** Cores of a host that a licence charges by its minimum and that are not there. */
export interface FloorWaste {
  readonly licence: Entity;
  readonly charged: number;
  readonly physical: number;
  readonly wasted: number;
}

/** The dearest waste among the licences per core of a host; undefined if there is none, or the CPU is not stated. */
export const floorWasteOf = derive((host: Entity): FloorWaste | undefined => {
  let worst: FloorWaste | undefined;
  for (const { licence } of licencesOf(host)) {
    if (!exists(host) || !costOfCores(licence, 1)) continue;
    const { perOrder: _, ...floors } = licenceFacts(licence).floors;
    const cores = licensedCores([licensedHost(host)], floors);
    if (cores && cores.wasted > (worst?.wasted ?? 0)) worst = { licence, ...cores };
  }
  return worst;
});

/** What a licence charges for some cores; undefined if it is not charged per core. A yearly price comes before one that is paid once. */
export function costOfCores(
  licence: Entity,
  cores: number,
): { readonly amount: number; readonly currency: string; readonly isYearly: boolean } | undefined {
  const prices = propsOf(licence)
    .list('cost')
    .flatMap((by) => {
      const money = partOf(by.sentence.subject, 0, by.index);
      if (money?.type !== 'money' || money.each !== 'core') return [];
      const times = timesAYear(money);
      return [{ amount: money.amount * cores * (times ?? 1), currency: money.currency, isYearly: times !== undefined }];
    });
  return prices.find(({ isYearly }) => isYearly) ?? prices[0];
}
