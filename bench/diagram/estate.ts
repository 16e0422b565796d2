import { Design } from '../../server/src/design/design.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { buildTopology } from '../../server/src/topology/build.ts';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';

const VMS_PER_HOST = 10;
const HOSTS_PER_CLUSTER = 32;
const SITES = 4;

/**
 * An estate to be drawn: four sites with WAN links between them, two spines each, clusters of 32 hosts on a pair of
 * leaves of their own, two arrays with eight datastores each, ten VMs on a host. `more` adds a host to the first cluster.
 */
function estateText(hosts: number, more = 0): string {
  const out = ['design estate { as-of 2026-11-22 }'];
  const clusters = Math.ceil(hosts / HOSTS_PER_CLUSTER);
  for (let s = 1; s <= SITES; s++) {
    out.push(`site s${s} {}`);
    out.push(`switch spine-${s}[1..2] at s${s} { ports 32 x 100 Gbps }`);
    for (const n of [1, 2])
      out.push(`array array-${s}${n} at s${s} { datastore ds-${s}${n}-[1..8] { capacity 400 TiB } }`);
  }
  for (let a = 1; a <= SITES; a++)
    for (let b = a + 1; b <= SITES; b++) out.push(`wan w${a}${b} between s${a}, s${b} { speed 10 Gbps; rtt 5 ms }`);
  for (let c = 0; c < clusters; c++) {
    const s = (c % SITES) + 1;
    const own = Math.min(HOSTS_PER_CLUSTER, hosts - c * HOSTS_PER_CLUSTER) + (c === 0 ? more : 0);
    out.push(
      `switch leaf-${c}[a,b] at s${s} { ports 48 x 25 Gbps; uplink 2 x 100 Gbps to spine-${s}1; uplink 2 x 100 Gbps to spine-${s}2 }`,
      `cluster prod-${c} at s${s} {`,
      `  mount ds-${s}1-[1..8], ds-${s}2-[1..8]`,
      `  vswitch vs0 { uplink nic1 to leaf-${c}a; uplink nic2 to leaf-${c}b }`,
    );
    for (let h = 0; h < own; h++) {
      const name = `esx-${c}-${String(h).padStart(2, '0')}`;
      out.push(
        `  host ${name} { cpu 2 x 16 cores 2.6 GHz; memory 1 TiB; nic nic[1..2] 25 Gbps; runs vm-${c}-${h}-[1..${VMS_PER_HOST}] }`,
      );
    }
    out.push('}');
    for (let h = 0; h < own; h++)
      out.push(
        `vm vm-${c}-${h}-[1..${VMS_PER_HOST}] { vcpu 4; memory 16 GiB; demand cpu ${20 + ((c * 7 + h * 3) % 30)} %; disk 80 GiB on ds-${s}${(h % 2) + 1}-${(h % 8) + 1} }`,
      );
  }
  return `${out.join('\n')}\n`;
}

export function estateGraph(hosts: number, more = 0): TopologyGraph {
  const parsed = parseFile(estateText(hosts, more));
  const uri = 'file:///estate.vdc';
  const design = new Design(uri, { file: (u) => (u === uri ? parsed : undefined), importUri: () => undefined });
  return buildTopology(design, { fileName: 'estate.vdc', findings: [] });
}
