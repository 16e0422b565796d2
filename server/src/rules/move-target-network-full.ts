import { liveHosts } from '../capacity/cluster.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad, hostSupply } from '../capacity/host.ts';
import { cpuDemandOn, hostUse } from '../capacity/load.ts';
import { networksOf } from '../capacity/reach.ts';
import { networkAfterMove, type TargetNetwork } from '../capacity/target-network.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import { vmFacts } from '../capacity/vm.ts';
import { waveOf } from '../capacity/waves.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { clusterOfHost, placementOf } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { addToList, referenceText, viewpointOf } from '../design/reference-text.ts';
import { datastoresOf, propsOf } from '../design/things.ts';
import { defineRule, type Fix, grade } from './rule.ts';
import { nameOf, subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

type Full = Crowded | CutOff;

/** VMs that are to move to where nothing carries a network of theirs. */
interface CutOff {
  readonly kind: 'cut-off';
  readonly to: Stated;
  readonly target: Entity;
  readonly network: Entity;
  readonly vms: readonly Entity[];
  readonly isLive: boolean;
  readonly better: Entity | undefined;
}

interface Crowded {
  readonly kind: 'crowded';
  readonly to: Stated;
  readonly target: Entity;
  readonly network: TargetNetwork;
  readonly cpu: Figure | undefined;
  /** Another host of the cluster that has room for all of them. */
  readonly better: Entity | undefined;
}

export const moveTargetNetworkFull = defineRule<Full>({
  id: 'move-target-network-full',
  title: 'VMs are to move to a host that has no network left for them',
  painPoint: 'application-awareness',
  owners: ['network', 'application', 'server'],
  benefit: 'A move ends on a host that can also carry the traffic of what it takes',
  why: 'A host that is chosen because its CPU is free may have its network cards full already, or not carry the network of a VM at all: then the VM is cut off as soon as it is there. What moves there then waits for packets, and so does everything that was there before. Sending and receiving are reckoned apart. For a move to a cluster an even spread over its hosts is assumed. VMs that run there already and those that state no traffic add nothing.',
  formula:
    '(traffic on the virtual switch + traffic of the VMs that come) ÷ Σ rate of active uplinks; or networks of the VMs − networks that the target carries',
  inputs: [
    'wave.moves',
    'wave.to',
    'vm.nic',
    'vm.demand',
    'vm.measured',
    'host.runs',
    'vswitch.uplink',
    'vswitch.carries',
    'vswitch.teaming',
    'host.nic',
    'host.cpu',
  ],
  limitOf: 'share of what the active uplinks of the target carry',
  limitUnit: 'share',
  limits: { warning: 0.8, error: 1 },
  source: {
    text: 'vSphere DRS avoids hosts above 80 % when it places a VM, as a secondary source gives it; 100 % is what there is',
    evidence: 'recalled',
  },
  covers: ['AA03'],
  of: 'wave',
  examples: {
    fires: {
      text: `network web
cluster prod {
  vswitch vs0 { uplink nic1; carries web }
  host esx-1 { nic nic1 1 Gbps; runs cart }
  host esx-2 { nic nic1 1 Gbps; runs video }
  host esx-3 { nic nic1 1 Gbps }
}
vm cart { nic web; demand net 300 Mbps }
vm video { nic web; demand net 700 Mbps }
wave night { moves cart; to esx-2 }`,
    },
    silent: {
      text: `network web
cluster prod {
  vswitch vs0 { uplink nic1; carries web }
  host esx-1 { nic nic1 1 Gbps; runs cart }
  host esx-2 { nic nic1 1 Gbps; runs video }
  host esx-3 { nic nic1 1 Gbps }
}
vm cart { nic web; demand net 300 Mbps }
vm video { nic web; demand net 700 Mbps }
wave night { moves cart; to esx-3 }`,
    },
  },
  find: (wave, limits) => {
    const { to: target, things, method } = waveOf(wave);
    const to = propsOf(wave).one('to');
    if (!to || !target || target.kind === 'datastore') return [];
    const vms = things.filter(({ kind }) => kind === 'vm');
    const hosts = target.kind === 'cluster' ? liveHosts(target) : [target];
    const isHost = target.kind === 'host';
    const better = isHost ? betterFor(vms, target, limits) : undefined;
    const cutOff = cutOffAt(vms, hosts).map(
      ([own, cut]): CutOff => ({
        kind: 'cut-off',
        to,
        target,
        network: own,
        vms: cut,
        isLive: method === 'live',
        better,
      }),
    );
    const network = networkAfterMove(vms, hosts);
    if (!network || !grade(network.after.value, limits)) return cutOff;
    return [...cutOff, { kind: 'crowded', to, target, network, cpu: isHost ? hostUse(target).cpu : undefined, better }];
  },
  say: (fact, limits, wave) => {
    if (fact.kind === 'cut-off') return cutOffText(fact, wave);
    const { to, target, network, cpu, better } = fact;
    const { name, before, after, vms } = network;
    const now = before ? `, now ${formatFigure(before)} used,` : '';
    const free = cpu && cpu.value < after.value ? ` Its CPU is ${formatFigure(cpu)} busy, but that is not all.` : '';
    return {
      severity: grade(after.value, limits) ?? 'warning',
      message: `Wave ${wave.name} moves ${namesOf(vms)} to ${target.name}, where ${name}${now} would carry ${formatFigure(after)} of its uplinks: packets wait and are dropped.${free} Move ${better ? `to ${better.name}` : 'elsewhere'}, or add an uplink.`,
      at: to,
      span: subjectOf(to).span,
      figures: [after],
      related: vms.slice(0, 8).flatMap((vm) => {
        const at = nameOf(vm);
        const { tx = 0, rx = 0 } = vmFacts(vm);
        return at && Math.max(tx, rx) > 0
          ? [{ ...at, message: `${vm.name}: ${formatFigure({ value: Math.max(tx, rx), unit: 'rate' })}` }]
          : [];
      }),
    };
  },
  fix: (fact) => {
    const { to, better } = fact;
    const carrying = fact.kind === 'cut-off' ? carriedBy(fact) : [];
    const part = to.sentence.subject?.parts[0];
    const text = better && referenceText(better, viewpointOf(to));
    return part && text !== undefined
      ? [
          { title: `Move to ${better?.name} instead`, edits: replaceAt(to.place, part, text), isPreferred: true },
          ...carrying,
        ]
      : carrying;
  },
});

/** VMs by a network of theirs that none of some hosts carries; nothing where one of these does not say what it carries. */
function cutOffAt(vms: readonly Entity[], hosts: readonly Entity[]): readonly (readonly [Entity, readonly Entity[]])[] {
  const carried = hosts.map(networksOf);
  const found = new Map<Entity, Entity[]>();
  if (hosts.length === 0 || carried.includes(undefined)) return [];
  for (const vm of vms) {
    const { host } = placementOf(vm);
    if (host && hosts.includes(host)) continue;
    for (const { network } of vmFacts(vm).nics)
      if (network && !carried.some((networks) => networks?.has(network)))
        found.set(network, [...(found.get(network) ?? []), vm]);
  }
  return [...found];
}

function cutOffText({ to, target, network, vms, isLive, better }: CutOff, wave: Entity) {
  const they = vms.length === 1 ? 'it is' : 'they are';
  return {
    severity: 'error',
    message: `Wave ${wave.name} moves ${namesOf(vms)} to ${target.name}, where nothing carries ${network.name}: ${they} cut off from it ${isLive ? 'while running' : 'once started there'}. Carry ${network.name} there, or move ${better ? `to ${better.name}` : 'elsewhere'}.`,
    at: to,
    span: subjectOf(to).span,
    related: vms.slice(0, 8).flatMap((vm) => {
      const at = nameOf(vm);
      return at ? [{ ...at, message: `${vm.name} is on ${network.name}` }] : [];
    }),
  } as const;
}

/** The first virtual switch of a host that is moved to, or of a cluster, carries the network as well. */
function carriedBy({ target, network }: CutOff): Fix[] {
  const [host] = target.kind === 'cluster' ? liveHosts(target) : [target];
  const [carries] = host ? switchesOf(host).flatMap(({ props }) => props.list('carries')) : [];
  const edits = carries ? addToList(carries, network) : [];
  return edits.length > 0 ? [{ title: `Carry ${network.name}`, edits }] : [];
}

/** The host of the same cluster that is least busy afterwards, of those that reach networks and disks of all VMs and have the CPU. */
function betterFor(vms: readonly Entity[], target: Entity, limits: Parameters<typeof grade>[1]): Entity | undefined {
  const cluster = clusterOfHost(target);
  let best: { readonly host: Entity; readonly share: number } | undefined;
  for (const host of cluster ? liveHosts(cluster) : []) {
    if (host === target || vms.some((vm) => placementOf(vm).host === host || !reaches(vm, host))) continue;
    const after = networkAfterMove(vms, [host])?.after.value;
    const cpu = cpuAfter(vms, host);
    if (after === undefined || grade(after, limits) || (cpu !== undefined && cpu > 0.75)) continue;
    if (!best || after < best.share) best = { host, share: after };
  }
  return best?.host;
}

function reaches(vm: Entity, host: Entity): boolean {
  const { nics, disks, home } = vmFacts(vm);
  const carried = networksOf(host);
  const mounted = datastoresOf(host);
  const stores = [home, ...disks.map(({ datastore }) => datastore)];
  return (
    carriesLoad(host) &&
    nics.every(({ network }) => !network || carried?.has(network)) &&
    stores.every((store) => !store || mounted.includes(store))
  );
}

function cpuAfter(vms: readonly Entity[], host: Entity): number | undefined {
  const { cpu } = hostUse(host);
  const { clock, cpu: supply } = hostSupply(host);
  if (!cpu || !supply) return undefined;
  const added = vms.reduce((total, vm) => total + (cpuDemandOn(vmFacts(vm), clock, undefined) ?? 0), 0);
  return cpu.value + added / supply.value;
}
