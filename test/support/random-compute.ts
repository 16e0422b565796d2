import { random } from './random.ts';

type Draw = ReturnType<typeof random>;

/**
 * A design about compute and its network: clusters that keep room by demand, shares, slots and empty hosts, reservations,
 * affinity of every kind, NUMA, TLS and adapters, addresses, VLANs, fabrics and growth. In canonical format; sizes are
 * drawn so that most rules of resource starvation meet both sides of their limits.
 */
export function randomCompute(seed: number): string {
  const draw = random(seed);
  const { below, pick } = draw;
  const chance = (share: number) => draw.next() < share;
  const hosts = 2 + below(4);
  const vms = 4 + below(14);
  const lines = ['design d {', '  as-of 2026-11-22'];
  if (chance(0.6)) lines.push(`  horizon ${pick([12, 24, 48])} months`);
  if (chance(0.6)) lines.push(`  growth ${growth(draw)}`);
  lines.push('}', '', 'team all', 'site here { owner all }', '');
  lines.push(...networks(draw), '', ...switches(draw), '');
  const hasAdc = chance(0.5);
  if (hasAdc) lines.push(`adc lb at here { owner all; networks net-1; tps ${pick(['500', '2_000'])}/s }`, '');
  lines.push(...cluster(draw, hosts, vms), '');
  for (let v = 1; v <= vms; v++) lines.push(vm(draw, v));
  if (chance(0.1))
    lines.push(
      '',
      `vm tiny-[01..${50 + below(4)}] { vcpu 1; memory 1 GiB }`,
      'runs tiny-* on h-1'.replace('tiny-*', 'tiny-[01..50]'),
    );
  lines.push('', ...apps(draw, vms, hasAdc));
  lines.push('', ...affinities(draw, hosts, vms));
  if (chance(0.2)) lines.push('', 'policy { vcpu-ratio-high warn 2; fabric-oversubscribed warn 1 }');
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function growth({ below, next, pick }: Draw): string {
  const clauses = [`vms ${pick(['1 %', '3 %', '2', '0.5'])}/month`];
  if (next() < 0.3) clauses.push(`cpu ${1 + below(3)} %/month`);
  if (next() < 0.2) clauses.push(`memory ${pick(['1 %', '4 GiB'])}/month`);
  return clauses.join(' ');
}

function networks({ below, next, pick }: Draw): string[] {
  const lines: string[] = [];
  for (let n = 1; n <= 3; n++) {
    const vlan = next() < 0.2 ? 101 : 100 + n;
    const second = next() < 0.15 ? 1 : n;
    const range = next() < 0.3 ? ` dhcp 10.${second}.0.8 .. 10.${second}.0.${11 + below(8)}` : '';
    const reserve = next() < 0.3 ? ` reserve ${below(6)}` : '';
    const gateway = next() < 0.1 ? '10.9.0.1' : `10.${second}.0.1`;
    const parts = [
      `vlan ${vlan}`,
      `subnet 10.${second}.0.0/${pick([26, 27, 28])} gateway ${gateway}${reserve}${range}`,
    ];
    if (next() < 0.2) parts.push(`growth vms ${pick(['1/month', '2 %/month'])}`);
    if (next() < 0.1) parts.push('vrf lab');
    lines.push(`network net-${n} at here { owner all; ${parts.join('; ')} }`);
  }
  return lines;
}

function switches({ next, pick }: Draw): string[] {
  const uplink = next() < 0.6 ? `; uplink ${pick([1, 2])} x ${pick(['1', '10'])} Gbps to core` : '';
  return [
    'switch core at here { owner all; ports 32 x 10 Gbps; trunk * }',
    `switch tor-[a,b] at here { owner all; ports 24 x 10 Gbps${uplink}; trunk * }`,
  ];
}

function cluster({ below, next, pick }: Draw, hosts: number, vms: number): string[] {
  const chance = (share: number) => next() < share;
  const lines = ['cluster c at here {', '  owner all'];
  lines.push(`  hypervisor ${pick(['esxi 8.0', 'kvm', 'hyper-v 2025'])}`, '  features live-migration, ha');
  const by = pick(['', '', ' by percent', ' by slots', ' by slots slot-memory 4 GiB', ' by dedicated']);
  if (chance(0.9)) lines.push(`  failover ${pick(['1 host', '1 host', '2 hosts', '30 %'])}${by}`);
  if (chance(0.3)) lines.push(`  workload ${pick(['critical', 'dev', 'vdi'])}`);
  if (chance(0.2)) lines.push(`  growth vms ${1 + below(3)} %/month`);
  lines.push('  vswitch vs0 {', '    owner all', '    uplink nic1 to tor-a');
  lines.push(`    uplink nic2 to tor-b${chance(0.2) ? ' standby' : ''}`);
  lines.push(`    carries net-1, net-2${chance(0.8) ? ', net-3' : ''}`, '  }', '  service migration on net-1');
  const placed: string[][] = Array.from({ length: hosts + 1 }, () => []);
  for (let v = 1; v <= vms; v++) placed[chance(0.1) ? hosts : below(hosts)]?.push(`v-${v}`);
  const cores = pick(['2 x 8', '2 x 8', '1 x 8', '4 x 4']);
  for (let h = 1; h <= hosts; h++) {
    const list = placed[h - 1] ?? [];
    lines.push(`  host h-${h} {`, `    cpu ${chance(0.8) ? cores : '1 x 6'} cores 2.4 GHz`);
    lines.push(
      `    memory ${chance(0.8) ? 128 : pick([64, 256])} GiB`,
      `    nic nic[1..2] ${pick([1, 10])} Gbps card 1`,
    );
    if (chance(0.15)) lines.push('    failover-host');
    if (chance(0.3)) lines.push('    tls-rate 1_000/s');
    if (chance(0.3)) lines.push(`    measured cpu ${10 + below(60)} %`);
    if (list.length > 0) lines.push(`    runs ${list.join(', ')}`);
    lines.push('  }');
  }
  const pooled = placed[hosts] ?? [];
  if (pooled.length > 0 && chance(0.5)) lines.push(`  runs ${pooled.join(', ')}`);
  lines.push('}');
  return lines;
}

function vm({ below, next, pick }: Draw, v: number): string {
  const chance = (share: number) => next() < share;
  const vcpus = pick([1, 2, 4, 8, 9, 12]);
  const parts = [
    `vcpu ${vcpus}${chance(0.15) && vcpus > 1 ? ' sockets 1' : ''}`,
    `memory ${pick([4, 8, 16, 32, 72])} GiB`,
  ];
  const net = 1 + below(3);
  const address = chance(0.3) ? ` address 10.${net}.0.${2 + below(40)}` : '';
  const adapter = chance(0.5) ? ` adapter ${pick(['vmxnet3', 'e1000', 'e1000e', 'virtio'])}` : '';
  parts.push(`nic net-${net}${address}${adapter}`);
  if (chance(0.8)) {
    const tls = chance(0.2) ? ` tls ${pick(['200', '3_000', '9_000'])}/s` : '';
    parts.push(`demand cpu ${5 + below(95)} % net ${pick([5, 50, 300, 1000])} Mbps${tls}`);
  }
  if (chance(0.25)) parts.push(`measured ready ${1 + below(14)} %`);
  if (chance(0.3))
    parts.push(`reserve ${pick(['memory 4 GiB', 'memory 16 GiB', 'memory 60 GiB', 'cpu 2 GHz memory 2 GiB'])}`);
  if (chance(0.1)) parts.push('hot-add cpu');
  if (chance(0.15)) parts.push('io-heavy');
  if (chance(0.1)) parts.push('state off');
  if (chance(0.05)) parts.push('until 2026-10-31');
  return `vm v-${v} { owner all; ${parts.join('; ')} }`;
}

function apps({ below, next }: Draw, vms: number, hasAdc: boolean): string[] {
  if (next() < 0.4) return [];
  const via = next() < 0.7 ? `; vip 10.1.0.${40 + below(20)} on net-1${hasAdc ? ' via lb' : ''}` : '';
  return [`app shop { owner all; members v-1, v-${vms}${via}; sessions ${100 * (1 + below(9))} state external }`];
}

function affinities({ below, next, pick }: Draw, hosts: number, vms: number): string[] {
  const lines: string[] = [];
  const two = () => {
    const first = 1 + below(vms);
    return `v-${first}, v-${(first % vms) + 1}`;
  };
  for (let k = below(4); k > 0; k--) {
    const wish = next() < 0.3 ? ' should' : '';
    const word = pick(['apart', 'together', 'keep']);
    const where =
      word === 'keep' ? ` ${pick(['on', 'off'])} h-${1 + below(hosts)}` : pick(['', ' by host', ' by site']);
    lines.push(`${word} ${two()}${where}${wish}`);
  }
  return lines;
}
