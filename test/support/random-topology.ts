import { random } from './random.ts';

type Draw = ReturnType<typeof random>;

/** How large a random topology is: from one host without anything to an estate of a thousand. */
export interface Size {
  /** Hosts of a cluster are drawn below this. */
  readonly hosts?: number;
  readonly sites?: number;
}

/** Names that are as they come, long, foreign, or wide. A name is an identifier of the language, so no spaces. */
const STEMS = [
  'prod',
  'vmware-production-cluster-with-a-long-name',
  'dmz',
  'büro-süd',
  'a',
  '数据中心-東京',
  'WWWWMMMM',
  'DE-FRA-01-EQX-CAGE-17-ROW-B',
];

/**
 * A design about where things stand and how they are wired: sites with WAN links between them, spines over leaves,
 * switches in pairs or more, several fabrics, racks, arrays, stretched and empty clusters, hosts without a cluster,
 * VMs on hosts, on clusters and nowhere. What it says need not be wise.
 */
export function randomTopology(seed: number, size: Size = {}): string {
  const draw = random(seed);
  const { below, next } = draw;
  const sites = size.sites ?? (next() < 0.1 ? 0 : 1 + below(next() < 0.3 ? 9 : 3));
  const lines: string[] = ['design d { as-of 2026-11-22 }', 'team server', 'team network', ''];
  for (let s = 1; s <= Math.max(1, sites); s++) {
    const at = sites === 0 ? '' : ` at ${siteName(s)}`;
    if (sites > 0) lines.push(`site ${siteName(s)} {}`);
    lines.push(...siteLines(draw, s, at, size.hosts ?? 9), '');
  }
  lines.push(...wans(draw, sites));
  if (next() < 0.3) lines.push(`vm lost-[1..${1 + below(20)}] { vcpu 1; memory 4 GiB }`);
  return `${lines.join('\n')}\n`;
}

const siteName = (s: number): string => `s${s}-${STEMS[s % STEMS.length]}`;

function siteLines(draw: Draw, s: number, at: string, most: number): string[] {
  const { below, next, pick } = draw;
  const chance = (share: number): boolean => next() < share;
  const lines: string[] = [];
  const named = (kind: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${kind}-${s}${i + 1}`);
  const cores = named('core', pick([0, 0, 1, 2, 4]));
  const spines = named('spine', pick([0, 0, 2, 4]));
  for (const core of cores) lines.push(`switch ${core}${at} { ports 32 x 100 Gbps }`);
  for (const spine of spines) lines.push(`switch ${spine}${at} { ports 32 x 100 Gbps${uplinks(draw, cores, '100')} }`);
  const leaves = named('leaf', pick([0, 1, 2, 2, 2, 4, 6]));
  for (const leaf of leaves) {
    const up = spines.length > 0 ? spines : cores;
    const rows = [`ports 48 x ${pick([10, 25])} Gbps${uplinks(draw, up, '40', chance(0.7))}`];
    lines.push(`switch ${leaf}${at} { ${rows.join('; ')} }`);
  }
  const fabrics = named('san', pick([0, 0, 1, 2, 2, 4]));
  for (const fabric of fabrics) lines.push(`switch ${fabric}${at} { type fc; ports 24 x 32 Gbps }`);
  const racks = named('rack', pick([0, 0, 1, 3, 8]));
  for (const rack of racks) lines.push(`rack ${rack}${at} { height 42 U }`);
  const stores: string[] = [];
  for (const array of named('array', pick([0, 0, 1, 2, 3]))) {
    const own = Array.from({ length: below(12) }, (_, i) => `${array}-lun-${i + 1}`);
    stores.push(...own);
    lines.push(`array ${array}${at} {`);
    for (const fabric of fabrics) if (chance(0.8)) lines.push(`  ports ${1 + below(4)} x 32 Gbps to ${fabric}`);
    for (const store of own) lines.push(`  datastore ${store} { capacity ${1 + below(40)} TiB }`);
    lines.push('}');
  }
  const net = `net-${s}`;
  lines.push(`network ${net}${at} { vlan ${100 + s} }`);
  const clusters = pick([0, 1, 1, 2, 3, 6]);
  for (let c = 1; c <= clusters; c++) {
    const name = `${pick(STEMS)}-${s}${c}`;
    const racked = racks.length > 0 && chance(0.7);
    const first = below(Math.max(1, leaves.length - 1));
    const pair = leaves.slice(first, first + pick([1, 2, 2, 2, 3, 4]));
    const ports = Math.max(2, pair.length);
    const count = chance(0.1) ? 0 : 1 + below(most);
    const ranges: string[] = [];
    lines.push(`cluster ${name}${at} {`, '  hypervisor esxi 8.0');
    if (chance(0.6)) lines.push('  failover 1 host');
    for (const store of stores) if (chance(0.4)) lines.push(`  mount ${store}`);
    if (pair.length > 0) {
      const ups = pair.map((leaf, i) => `uplink nic${i + 1} to ${leaf}${i > 1 && chance(0.3) ? ' standby' : ''}`);
      lines.push(`  vswitch vs0 { ${ups.join('; ')}; carries ${net} }`);
    }
    for (let h = 1; h <= count; h++) {
      const id = `${name}-h${h}`;
      const rack = racked && chance(0.95) ? ` at ${racks[below(racks.length)]}` : '';
      const body = [
        `cpu 2 x ${pick([8, 16, 32])} cores 2.${below(9)} GHz`,
        `memory ${pick([128, 512, 2048])} GiB`,
        `nic nic[1..${ports}] 25 Gbps`,
      ];
      if (fabrics.length > 0) {
        body.push(`hba hba[1..${fabrics.length}] 32 Gbps`);
        fabrics.forEach((fabric, i) => {
          if (chance(0.9)) body.push(`path hba${i + 1} to ${fabric}`);
        });
      }
      const vms = pick([0, 1, 3, 8, 9, 24, 60]);
      if (vms > 0) body.push(`runs vm-${s}-${c}-${h}-[1..${vms}]`);
      lines.push(`  host ${id}${rack} { ${body.join('; ')} }`);
      if (vms > 0) ranges.push(`vm-${s}-${c}-${h}-[1..${vms}]`);
    }
    lines.push('}');
    for (const range of ranges) {
      const store = stores.length > 0 && chance(0.7) ? ` on ${pick(stores)}` : '';
      const demand = chance(0.8) ? `; demand cpu ${5 + below(90)} %` : '';
      lines.push(
        `vm ${range} { vcpu ${1 + below(8)}; memory ${2 + below(30)} GiB; nic ${net}; disk 40 GiB${store}${demand} }`,
      );
    }
    if (chance(0.3)) {
      const pool = `pool-${s}-${c}-[1..${1 + below(90)}]`;
      lines.push(`vm ${pool} { vcpu 2; memory 4 GiB }`, `runs ${pool} on ${name}`);
    }
  }
  if (chance(0.3)) lines.push(`host alone-${s}-[1..${1 + below(4)}]${at} { cpu 1 x 8 cores 2 GHz; memory 64 GiB }`);
  return lines;
}

function uplinks({ below }: Draw, to: readonly string[], rate: string, all = true): string {
  const chosen = all ? to : to.slice(0, 1 + below(Math.max(1, to.length)));
  return chosen.map((name) => `; uplink ${1 + below(4)} x ${rate} Gbps to ${name}`).join('');
}

function wans({ below, next }: Draw, sites: number): string[] {
  const lines: string[] = [];
  for (let a = 1; a <= sites; a++)
    for (let b = a + 1; b <= sites; b++)
      if (next() < 2.5 / sites)
        lines.push(
          `wan w${a}-${b} between ${siteName(a)}, ${siteName(b)} { speed ${1 + below(40)} Gbps; rtt ${1 + below(90)} ms }`,
        );
  return lines;
}
