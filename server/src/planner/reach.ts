import { affinitiesOf } from '../capacity/affinity.ts';
import { exists } from '../capacity/exists.ts';
import { featuresOf, wordsOf } from '../capacity/features.ts';
import { hostSupply, isFailoverHost } from '../capacity/host.ts';
import { licencesOf } from '../capacity/licences.ts';
import { networksOf } from '../capacity/reach.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost, isVacated, placementOf } from '../design/placement.ts';
import { hasFailed } from '../design/supposed.ts';
import { appOf, datastoresOf, propsOf, referred } from '../design/things.ts';

/** Devices that are a part of the host. */
const TYING_DEVICES: Readonly<Record<string, string>> = {
  usb: 'a USB device of its host',
  passthrough: 'a device of its host passed through',
  sriov: 'an SR-IOV function of its host',
  serial: 'a serial port of its host',
  'shared-bus': 'a shared SCSI bus',
};

/** Why a host takes no VMs; undefined if it does. */
export function closedReason(host: Entity): string | undefined {
  if (hasFailed(host)) return 'has failed';
  if (!exists(host)) return "is not there on the plan's day";
  if (isVacated(host)) return 'runs none, as an amendment says';
  const state = propsOf(host).word('state') ?? 'on';
  if (state !== 'on') return state === 'off' ? 'is switched off' : `is in ${state}`;
  return isFailoverHost(host) ? 'is kept empty for failover' : undefined;
}

/** Why a VM cannot leave its host, wherever to. */
export function boundReason(vm: Entity): string | undefined {
  const { claim, conflicts } = placementOf(vm);
  if (conflicts.length > 0) return `${vm.name} is placed more than once`;
  if (claim?.located.sentence.clauses.get('on')?.value?.each && !claim.dealt)
    return `${vm.name} is dealt out with "on each"`;
  if (!vmFacts(vm).mayBeTied) return undefined;
  const props = propsOf(vm);
  for (const stated of props.list('devices')) {
    const device = wordsOf(stated).find((word) => TYING_DEVICES[word]);
    if (device) return `${vm.name} uses ${TYING_DEVICES[device]}`;
  }
  return props.has('pinned') ? `${vm.name} is pinned to cores of its host` : undefined;
}

/** Why a VM may not run on a host though there is room; undefined if it may. What is not stated bars nothing. */
export function barTo(vm: Entity, home: Entity, host: Entity): string | undefined {
  return (
    ruleBar(vm, host) ??
    cpuBar(home, host) ??
    networkBar(vm, home, host) ??
    storageBar(vm, home, host) ??
    licenceBar(vm, home, host)
  );
}

/** The same for a VM that runs nowhere yet: a host lacks what another one that it could run on has. */
export function newcomerBar(vm: Entity, host: Entity, peers: readonly Entity[]): string | undefined {
  const ruled = ruleBar(vm, host);
  if (ruled !== undefined) return ruled;
  const { home, disks, nics } = vmFacts(vm);
  const carried = networksOf(host);
  for (const { network } of nics) {
    if (!network || carried?.has(network)) continue;
    if (carried || peers.some((peer) => networksOf(peer)?.has(network)))
      return `does not carry network ${network.name}`;
  }
  for (const datastore of new Set([home, ...disks.map((disk) => disk.datastore)])) {
    if (!datastore || datastoresOf(host).includes(datastore)) continue;
    if (peers.some((peer) => datastoresOf(peer).includes(datastore)))
      return `does not reach datastore ${datastore.name}`;
  }
  return undefined;
}

/** Why a rule of the plan keeps a VM off a host. */
function ruleBar(vm: Entity, host: Entity | undefined): string | undefined {
  for (const rule of affinitiesOf(vm)) {
    if (rule.kind !== 'keep') continue;
    if (rule.on.length > 0 && !(host && rule.on.includes(host))) return `${vm.name} is kept on other hosts`;
    if (host && rule.off.includes(host)) return `${vm.name} is kept off it`;
  }
  return undefined;
}

function cpuBar(home: Entity, host: Entity): string | undefined {
  const [from, to] = [hostSupply(home), hostSupply(host)];
  if (from.vendor && to.vendor && from.vendor !== to.vendor) return `has a CPU of another vendor (${to.vendor})`;
  const cluster = clusterOfHost(host);
  const hasBaseline = cluster !== undefined && featuresOf(cluster).has('evc');
  if (from.generation && to.generation && from.generation !== to.generation && !hasBaseline)
    return `has another CPU generation (${to.generation}), and the cluster states no evc`;
  return undefined;
}

/** A network that the present host carries and the other one does not. */
function networkBar(vm: Entity, home: Entity, host: Entity): string | undefined {
  const here = networksOf(home);
  const there = networksOf(host);
  for (const { network } of vmFacts(vm).nics) {
    if (!network || there?.has(network)) continue;
    if (here?.has(network) || there) return `does not carry network ${network.name}`;
  }
  return undefined;
}

/** A datastore that the present host reaches and the other one does not. */
function storageBar(vm: Entity, home: Entity, host: Entity): string | undefined {
  const { home: store, disks } = vmFacts(vm);
  const stores = new Set([store, ...disks.map((disk) => disk.datastore)]);
  for (const datastore of stores) {
    if (!datastore || !datastoresOf(home).includes(datastore)) continue;
    if (!datastoresOf(host).includes(datastore)) return `does not reach datastore ${datastore.name}`;
  }
  return undefined;
}

/** A licence that the VM or its application needs and that the present host has. */
function licenceBar(vm: Entity, home: Entity, host: Entity): string | undefined {
  const here = licencesOf(home);
  if (here.length === 0) return undefined;
  const there = new Set(licencesOf(host).map(({ licence }) => licence));
  const app = appOf(vm);
  for (const holder of app ? [vm, app] : [vm]) {
    for (const licence of propsOf(holder)
      .list('licences')
      .flatMap((by) => referred(by, ['licence']))) {
      if (!there.has(licence) && here.some((own) => own.licence === licence)) return `has no licence ${licence.name}`;
    }
  }
  return undefined;
}
