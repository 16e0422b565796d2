import { derive } from '../../base/reactive.ts';
import { formatQuantity } from '../../base/units.ts';
import { carriesLoad, hostSupply, portsOf } from '../../capacity/host.ts';
import { cpuDemandOn, hostLoad, hostUse, memoryDemandOn, runningOn } from '../../capacity/load.ts';
import { missingNetworks, networksOf } from '../../capacity/reach.ts';
import { datastoreUse } from '../../capacity/storage.ts';
import { networkUse, switchesOf } from '../../capacity/uplinks.ts';
import { vmFacts } from '../../capacity/vm.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import { vmsOn } from '../../design/placement.ts';
import { propsOf, rackOf, statedOf } from '../../design/things.ts';
import { classify, type Gauge, type HostNode, type LoadClass, type VmCell } from '../graph.ts';
import { gaugeFrom, idleGauge, unknownGauge } from './gauges.ts';
import { limitsAt } from './limits.ts';
import { indexesOf, ownerOf, tiesOf } from './networks.ts';
import { outlookOf } from './outlook.ts';
import { portNodes } from './ports.ts';

/** VMs as cells, reckoned for a host of this clock and hypervisor. */
export function cellsOf(
  holder: Entity,
  vms: readonly Entity[],
  clock?: number,
  hypervisor?: string,
): readonly VmCell[] {
  const running = new Set(runningOn(holder));
  const overhead = holder.kind === 'host' ? propsOf(holder).number('cpu-overhead')?.value : undefined;
  return vms.map((vm) => cellOf(vm, running.has(vm), clock, hypervisor, overhead));
}

export function cellOf(vm: Entity, isOn: boolean, clock?: number, hypervisor?: string, overhead?: number): VmCell {
  const facts = vmFacts(vm);
  const cpu = cpuDemandOn(facts, clock, overhead);
  const memory = memoryDemandOn(facts, hypervisor);
  const owner = ownerOf(vm);
  const storage = worstStore(vm);
  return {
    id: entityId(vm),
    name: vm.name,
    ...(cpu === undefined ? {} : { cpu: Math.round(cpu) }),
    ...(memory === undefined ? {} : { memory: Math.round(memory) }),
    ...(facts.iops === undefined ? {} : { iops: Math.round(facts.iops) }),
    ...(isOn ? {} : { off: true }),
    ...(facts.isCpuAssumed ? { assumed: true } : {}),
    ...(owner === undefined ? {} : { owner }),
    ...(storage === undefined ? {} : { storage }),
    ...(facts.vcpus === undefined ? {} : { vcpus: facts.vcpus }),
    ...(facts.memory === undefined ? {} : { size: Math.round(facts.memory) }),
    ...tiesOf(vm, facts),
  };
}

const storeClass = derive((store: Entity): LoadClass | undefined => {
  const share = datastoreUse(store).share;
  return share && classify(share.value, limitsAt(store).space);
});

const ORDER: readonly LoadClass[] = ['calm1', 'calm2', 'calm3', 'warning', 'critical', 'over'];

/** The fullest of the datastores a VM is on. */
function worstStore(vm: Entity): LoadClass | undefined {
  const { home, disks } = vmFacts(vm);
  let worst: LoadClass | undefined;
  for (const store of new Set([home, ...disks.map((d) => d.datastore)])) {
    const own = store && storeClass(store);
    if (own && (!worst || ORDER.indexOf(own) > ORDER.indexOf(worst))) worst = own;
  }
  return worst;
}

/** A host as a node, without its findings. */
export const hostNode = derive((host: Entity): HostNode => {
  const supply = hostSupply(host);
  const use = hostUse(host);
  const idle = runningOn(host).length === 0;
  const t = limitsAt(host);
  const orIdle = (gauge: Gauge | undefined, capacity: number | undefined): Gauge =>
    gauge ?? (idle && capacity !== undefined && capacity > 0 ? idleGauge(capacity) : unknownGauge(capacity));
  const owner = ownerOf(host);
  const rack = rackOf(host);
  const ports = portNodes(host);
  return {
    kind: 'host',
    id: entityId(host),
    name: host.name,
    ...captionOf(host),
    gauges: {
      cpu: orIdle(gaugeFrom(use.cpu, t.cpu), supply.cpu?.value),
      memory: orIdle(gaugeFrom(use.memory, t.memory), supply.memory?.value),
      network: orIdle(gaugeFrom(networkUse(host), t.network), rateOf(host, 'nic')),
      storage: orIdle(storagePath(host), rateOf(host, 'hba')),
    },
    vms: cellsOf(host, vmsOn(host), supply.clock, supply.hypervisor),
    ...outlookOf(host),
    ...networksAt(host),
    ...(ports.length > 0 ? { ports } : {}),
    ...(rack ? { rack: { id: entityId(rack), name: rack.name } } : {}),
    ...(owner === undefined ? {} : { owner }),
  };
});

function networksAt(host: Entity): Pick<HostNode, 'lacks' | 'carries'> {
  const lacks = indexesOf(missingNetworks(host).map(({ network }) => network));
  const isCabled = switchesOf(host).some(({ uplinks }) => uplinks.some(({ physicalSwitch }) => physicalSwitch));
  const carries = isCabled ? [] : indexesOf(networksOf(host) ?? []);
  return { ...(lacks.length > 0 ? { lacks } : {}), ...(carries.length > 0 ? { carries } : {}) };
}

const rateOf = (host: Entity, word: 'nic' | 'hba'): number | undefined => {
  const rates = portsOf(host, word).flatMap((p) => p.rate ?? []);
  return rates.length > 0 ? rates.reduce((a, b) => a + b, 0) : undefined;
};

/** Disk traffic of the VMs over the rate of the host's storage ports. */
function storagePath(host: Entity): Gauge | undefined {
  const capacity = rateOf(host, 'hba');
  const load = hostLoad(host).throughput;
  if (!load || capacity === undefined) return undefined;
  const share = load.value / capacity;
  return {
    value: load.value,
    capacity,
    share,
    state: load.isAtLeast ? 'atLeast' : 'stated',
    class: classify(share, limitsAt(host).storage),
  };
}

function captionOf(host: Entity): { readonly caption?: string } {
  const supply = hostSupply(host);
  const className = statedOf(host).layers.find((l) => l.source === 'class')?.declaration.names[0];
  const state = propsOf(host).word('state');
  const parts = [
    carriesLoad(host) ? undefined : (state ?? 'not there yet'),
    className,
    supply.cores === undefined ? undefined : `${supply.cores} cores`,
    supply.installedMemory === undefined ? undefined : sizeText(supply.installedMemory),
  ].filter((p) => p !== undefined);
  return parts.length > 0 ? { caption: parts.join(' · ') } : {};
}

export const sizeText = (bytes: number): string => formatQuantity(bytes, 'size').replace(' ', '\u202f');
