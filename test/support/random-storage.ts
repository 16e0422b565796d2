import { random } from './random.ts';

/**
 * A design whose storage says something of every kind: arrays with pools, RAID groups and ports, fabrics and paths,
 * datastores, thin disks, snapshots, images and clones, files, growth, boots, backups, replicas, waves and servers to
 * convert. In canonical format; sizes and rates are drawn so that most storage rules meet both sides of their limits.
 */
export function randomStorage(seed: number): string {
  const draw = random(seed);
  const { below, pick } = draw;
  const chance = (share: number) => draw.next() < share;
  const protocol = pick(['fc', 'fc', 'iscsi', 'nfs']);
  const stores = 2 + below(3);
  const hosts = 1 + below(3);
  const vms = 3 + below(8);
  const lines = ['design d {', '  as-of 2026-11-22'];
  if (chance(0.5)) lines.push(`  growth disk ${pick(['2 %', '20 GiB', '9 %'])}/month`);
  lines.push('}', '', 'team storage', 'site here', 'site there');
  const distance = `rtt ${pick([5, 40, 180])} ms${chance(0.3) ? '; loss 0.05 %' : ''}${chance(0.3) ? '; tcp-window 256 KiB' : ''}`;
  lines.push(
    `wan line between here, there { owner storage; speed ${pick(['100 Mbps', '1 Gbps', '10 Gbps'])}; ${distance} }`,
  );
  for (const network of ['lan', 'live', 'disks']) lines.push(`network ${network} at here { owner storage }`);
  lines.push(`switch san-[a,b] at here { owner storage; type ${protocol === 'fc' ? 'fc' : 'ethernet'} }`, '');
  lines.push(...arrays(draw, protocol, stores), '');
  lines.push(...images(draw), '');
  lines.push(...cluster(draw, { protocol, stores, hosts, vms }), '');
  const replaced = chance(0.5) ? 2 : 0;
  if (replaced > 0) lines.push(`server old-[1..2] { disk ${pick(['data ', ''])}900 GB used ${100 + below(700)} GB }`);
  for (let v = 1; v <= vms; v++) lines.push(vm(draw, v, stores, v <= replaced ? `old-${v}` : undefined));
  lines.push('', ...jobs(draw, vms, stores));
  if (chance(0.2)) lines.push('', 'policy { datastore-overfull warn 60 % error 70 % }');
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

type Draw = ReturnType<typeof random>;

function arrays({ below, next, pick }: Draw, protocol: string, stores: number): string[] {
  const chance = (share: number) => next() < share;
  const disks = () => {
    const raid = pick(['5', '6', '10']);
    const group = chance(0.5) ? ` group ${pick([4, 6, 8])}` : '';
    const spares = chance(0.3) ? ` spares ${1 + below(2)}` : '';
    return `disks ${4 + below(24)} x ${pick(['1.8', '4', '7.68'])} TB media hdd raid ${raid}${group}${spares} iops ${pick([75, 150, 5_000])}`;
  };
  const lines = ['array main at here {', '  owner storage', `  protocol ${protocol}`];
  if (chance(0.6)) lines.push(`  ${disks()}`);
  if (chance(0.3)) lines.push(`  usable ${10 + below(60)} TiB`);
  if (chance(0.7)) lines.push(`  ports ${1 + below(4)} x ${pick([1, 8, 16])} Gbps to san-a`);
  if (chance(0.5)) lines.push(`  ports ${1 + below(4)} x ${pick([1, 8, 16])} Gbps to san-b`);
  if (chance(0.3)) lines.push(`  queue ${pick([64, 512, 2048])}`);
  if (chance(0.3)) lines.push(`  measured used ${5 + below(40)} TiB latency ${5 + below(30)} ms`);
  if (chance(0.5))
    lines.push(`  replicates to second mode ${pick(['sync', 'async rpo 1 h'])} change ${1 + below(9)} TB/day via line`);
  for (let s = 1; s <= stores; s++) {
    const facts = [`capacity ${2 + below(9)} TiB`];
    if (chance(0.5)) facts.push('thin');
    if (chance(0.4)) facts.push(`type ${pick(['vmfs', 'nfs'])}`);
    if (chance(0.4)) facts.push(`measured used ${1 + below(8)} TiB latency ${1 + below(40)} ms`);
    if (chance(0.2)) facts.push(`slack ${pick([5, 20, 40])} %`);
    if (chance(0.3)) facts.push(`file "left/${s}.vmdk" size ${1 + below(40)} GB last-used 2024-02-03`);
    if (chance(0.2)) facts.push(`max-vms ${1 + below(6)}`);
    lines.push(`  datastore ds-${s} { ${facts.join('; ')} }`);
  }
  lines.push('}', `array second at there { owner storage; usable ${2 + below(40)} TiB }`);
  return lines;
}

function images({ below, next, pick }: Draw): string[] {
  const chance = (share: number) => next() < share;
  const clones = 2 + below(30);
  const lines = [`image gold-[1,2] on ds-1 { size ${20 + below(60)} GiB; last-used 2026-${pick(['01', '10'])}-15 }`];
  if (chance(0.5)) lines.push('amend image gold-1 { superseded-by gold-2 }');
  lines.push(
    `image clone-[1..${clones}] of gold-2 on ds-1 { size 60 GiB; unique ${1 + below(50)} GiB${chance(0.3) ? '; linked' : ''} }`,
  );
  if (chance(0.4)) lines.push(`image old on ds-2 { type parked; size ${below(900)} GiB }`);
  return lines;
}

interface Counts {
  readonly protocol: string;
  readonly stores: number;
  readonly hosts: number;
  readonly vms: number;
}

function cluster({ below, next, pick }: Draw, { protocol, stores, hosts, vms }: Counts): string[] {
  const chance = (share: number) => next() < share;
  const lines = ['cluster c at here {', '  owner storage', '  failover none'];
  lines.push(`  hypervisor ${pick(['esxi 8.0', 'kvm', 'hyper-v 2025'])}`);
  lines.push(`  features live-migration${chance(0.5) ? ', storage-migration' : ''}${chance(0.3) ? ', nioc' : ''}`);
  if (chance(0.5)) lines.push(`  drs full level ${pick([3, 5])}`);
  lines.push(`  mount ds-[1..${stores}]${chance(0.3) ? ` queue ${pick([32, 128])}` : ''}`);
  lines.push(`  vswitch vs0 { owner storage; uplink nic1, nic2; carries lan, live, disks }`);
  lines.push(`  service migration on live${chance(0.3) ? ' limit 2 Gbps' : ''}`);
  if (protocol !== 'fc') lines.push(`  service storage on ${pick(['disks', 'lan'])}`);
  if (chance(0.8)) lines.push('  path hba1 to san-a');
  if (chance(0.6)) lines.push(`  path hba2 to san-${pick(['a', 'b'])}`);
  if (chance(0.5)) {
    const mix = `iops ${pick([50, 150, 400])} reads ${pick([30, 65])} %`;
    lines.push(`  boot vm-[1..${vms}] within 10 min ${mix}${chance(0.5) ? ` data ${1 + below(9)} GB` : ''}`);
  }
  const rate = pick([1, 10]);
  lines.push(`  host h-[1..${hosts}] {`, '    cpu 2 x 16 cores 2.4 GHz', '    memory 2 TiB');
  lines.push(`    nic nic[1..2] ${rate} Gbps`, `    hba hba[1..2] ${pick([1, 8, 16])} Gbps`, '  }');
  lines.push(`  runs vm-[1..${vms}] on h-1`, '}');
  return lines;
}

function vm({ below, next, pick }: Draw, index: number, stores: number, server: string | undefined): string {
  const chance = (share: number) => next() < share;
  const parts = [`vcpu 2`, `memory ${pick([8, 32, 256])} GiB`];
  if (chance(0.6)) parts.push(`os ${pick(['windows-server-2022', 'windows-11', 'rhel-9'])}`);
  const size = 20 + below(1_500);
  const thin = chance(0.5) ? ` thin${chance(0.7) ? ` used ${1 + below(size)} GiB` : ''}` : '';
  parts.push(`disk ${pick(['', 'data ', 'os '])}${size} GiB${thin}`, `datastore ds-${1 + below(stores)}`, 'nic lan');
  if (server) parts.push(`replaces ${server}`);
  if (chance(0.15)) parts.push('from 2027-03-01');
  if (chance(0.15)) parts.push('state off');
  const snapshots = chance(0.3) ? 1 + below(5) : 0;
  for (let s = 1; s <= snapshots; s++) {
    const taken = chance(0.5) ? ` taken 2026-${pick(['09-01', '11-21'])}` : '';
    parts.push(`snapshot s${s} ${1 + below(120)} GiB${taken}${chance(0.2) ? ' limit 30 GiB' : ''}`);
  }
  if (chance(0.8)) {
    const traffic = chance(0.7) ? ` throughput ${pick([20, 200, 600])} MB/s` : '';
    parts.push(`demand net ${pick([10, 400])} Mbps iops ${10 + below(900)} reads ${below(101)} %${traffic}`);
  }
  return `vm vm-${index} { ${parts.join('; ')} }`;
}

function jobs({ below, next, pick }: Draw, vms: number, stores: number): string[] {
  const chance = (share: number) => next() < share;
  const lines: string[] = [];
  for (const [job, window] of [
    ['nightly', 'daily 22:00 .. 23:00'],
    ['other', pick(['daily 22:00 .. 23:00', 'sunday 01:00 .. 09:00'])],
  ] as const) {
    if (chance(0.3)) continue;
    const method = chance(0.5) ? 'method incremental; change 5 %/day; ' : chance(0.5) ? 'change 5 %/day; ' : '';
    const to = pick(['second', `ds-${stores}`]);
    const covers = `covers vm vm-[1..${1 + below(vms)}]`;
    lines.push(
      `backup ${job} { owner storage; ${covers}; ${method}window ${window}; retain ${pick(['3 copies', '30 copies', '2 weeks'])}; to ${to}; via line }`,
    );
  }
  if (chance(0.6)) {
    const method = pick(['live', 'cold', 'warm']);
    lines.push(
      `wave first { moves vm-[1..2]; via line; method ${method}; parallel ${1 + below(4)}; window saturday 22:00 .. 06:00 }`,
    );
  }
  return lines;
}
