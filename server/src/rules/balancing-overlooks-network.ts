import { liveHosts } from '../capacity/cluster.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import { cpuDemandOn, hostUse, runningOn } from '../capacity/load.ts';
import { balancingSeesNetwork, platformOf } from '../capacity/platforms/index.ts';
import { networksOf } from '../capacity/reach.ts';
import { networkAfterMove, type TargetNetwork } from '../capacity/target-network.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { nameOf, subjectOf } from './shared/anchor.ts';

interface Blind {
  readonly drs: Stated;
  readonly platform: string;
  readonly source: Entity;
  readonly target: Entity;
  readonly cpu: Figure;
  readonly vm: Entity;
  readonly network: TargetNetwork;
}

/** Balancing has no reason to move anything between hosts whose CPU differs by less: ours. */
const LEAST_DIFFERENCE = 0.1;

export const balancingOverlooksNetwork = defineRule<Blind>({
  id: 'balancing-overlooks-network',
  title: 'Balancing moves VMs to the host with free CPU and a full network',
  painPoint: 'application-awareness',
  owners: ['network', 'application', 'server'],
  benefit: 'VMs are not moved from a host without CPU to one without network',
  why: 'Automatic balancing that looks at CPU and memory alone sends VMs to the host with the most free CPU, whatever its network cards carry. Whether it does depends on the platform and its version: vSphere spares hosts with a full network since 6.5 when it places a VM. Only said of platforms and versions that are known not to, of hosts that state CPU and network, and where the CPU differs enough for a move.',
  formula:
    '(traffic on the host with the least busy CPU + traffic of the VM with most CPU on the busiest one) ÷ its active uplinks',
  inputs: [
    'cluster.drs',
    'host.hypervisor',
    'host.runs',
    'host.cpu',
    'vm.vcpu',
    'vm.demand',
    'vm.measured',
    'vm.nic',
    'vswitch.uplink',
    'vswitch.carries',
    'host.nic',
  ],
  limitOf: 'share of what the active uplinks of the target carry',
  limitUnit: 'share',
  limits: { warning: 0.8 },
  source: {
    text: 'what balancing looks at: facts of each platform by version, recalled; 80 % as vSphere DRS takes it since 6.5',
    evidence: 'recalled',
  },
  covers: ['AA03'],
  of: 'cluster',
  examples: {
    fires: {
      text: `network web
cluster prod {
  hypervisor esxi 6.0
  features live-migration
  drs full
  vswitch vs0 { uplink nic1; carries web }
  host esx-1 { cpu 16 cores 2 GHz; nic nic1 1 Gbps; runs cart-[1..4] }
  host esx-2 { cpu 16 cores 2 GHz; nic nic1 1 Gbps; runs video }
}
vm cart-[1..4] { vcpu 4; nic web; demand cpu 60 % net 150 Mbps }
vm video { vcpu 2; nic web; demand cpu 10 % net 750 Mbps }`,
    },
    silent: {
      text: `network web
cluster prod {
  hypervisor esxi 8.0
  features live-migration
  drs full
  vswitch vs0 { uplink nic1; carries web }
  host esx-1 { cpu 16 cores 2 GHz; nic nic1 1 Gbps; runs cart-[1..4] }
  host esx-2 { cpu 16 cores 2 GHz; nic nic1 1 Gbps; runs video }
}
vm cart-[1..4] { vcpu 4; nic web; demand cpu 60 % net 150 Mbps }
vm video { vcpu 2; nic web; demand cpu 10 % net 750 Mbps }`,
    },
  },
  find: (cluster, limits) => {
    const drs = propsOf(cluster).one('drs');
    const mode = propsOf(cluster).word('drs');
    if (!drs || (mode !== 'partial' && mode !== 'full')) return [];
    const hosts = liveHosts(cluster);
    const [first] = hosts;
    const running = first && hostSupply(first);
    if (!running || balancingSeesNetwork(running) !== false) return [];
    const uses = hosts.map((host) => ({ host, cpu: hostUse(host).cpu }));
    if (uses.length < 2 || uses.some(({ cpu, host }) => !cpu && runningOn(host).length > 0)) return [];
    uses.sort((a, b) => (a.cpu?.value ?? 0) - (b.cpu?.value ?? 0));
    const [target, source] = [uses[0], uses.at(-1)];
    if (!target?.cpu || !source?.cpu || source.cpu.value - target.cpu.value < LEAST_DIFFERENCE) return [];
    const vm = likeliest(source.host, target.host, source.cpu.value - target.cpu.value);
    const network = vm && networkAfterMove([vm], [target.host]);
    if (!vm || !network || !grade(network.after.value, limits)) return [];
    const platform = platformOf(running.hypervisor)?.name ?? '';
    const name = running.version === undefined ? platform : `${platform} ${running.version}`;
    return [{ drs, platform: name, source: source.host, target: target.host, cpu: target.cpu, vm, network }];
  },
  say: ({ drs, platform, source, target, cpu, vm, network }, limits, cluster) => {
    const { name, after } = network;
    const related = [target, source, vm].flatMap((thing) => {
      const at = nameOf(thing);
      return at ? [{ ...at, message: `${thing.kind} ${thing.name}` }] : [];
    });
    return {
      severity: grade(after.value, limits) ?? 'warning',
      message: `Balancing of ${platform} looks at CPU and memory: it moves VMs of ${cluster.name} to ${target.name} (CPU ${formatFigure(cpu)}), where ${name} would carry ${formatFigure(after)} of its uplinks with ${vm.name}. Add an uplink there, or let people choose: drs manual.`,
      at: drs,
      span: subjectOf(drs).span,
      figures: [after],
      related,
    };
  },
  fix: ({ drs }) => {
    const part = drs.sentence.subject?.parts[0];
    return part
      ? [{ title: 'Let people choose the host: drs manual', edits: replaceAt(drs.place, part, 'manual') }]
      : [];
  },
});

/** The VM with most CPU whose move would make two hosts more alike, and whose networks the target carries. */
function likeliest(source: Entity, target: Entity, difference: number): Entity | undefined {
  const { clock, cpu } = hostSupply(source);
  const carried = networksOf(target);
  let best: { readonly vm: Entity; readonly demand: number } | undefined;
  for (const vm of runningOn(source)) {
    const facts = vmFacts(vm);
    const demand = cpuDemandOn(facts, clock, undefined);
    if (demand === undefined || !cpu || demand / cpu.value >= difference) continue;
    if (!facts.nics.some(({ network }) => network && carried?.has(network))) continue;
    if (!best || demand > best.demand) best = { vm, demand };
  }
  return best?.vm;
}
