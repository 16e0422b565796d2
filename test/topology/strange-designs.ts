import type { TopologyGraph } from '../../server/src/topology/graph.ts';
import { graphOfText } from './designs.ts';

const HOST = 'cpu 2 x 16 cores 2 GHz; memory 512 GiB';
const numbers = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Branches with lines to the n-th site: the first is a head office, one in the middle is below some and above others. */
const spread = (branches: number, hub: number): string => {
  const sites = numbers(branches + 1);
  const rest = sites.filter((n) => n !== hub);
  return [
    ...sites.map((n) => `site s${n} {}\ncluster c${n} at s${n} { host h${n}-[1..${n === hub ? 12 : 2}] { ${HOST} } }`),
    ...rest.map((n) => `wan w${n} between s${hub}, s${n} { speed 100 Mbps; rtt 20 ms }`),
  ].join('\n');
};

const TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  'only networks': 'site a {}\nnetwork web at a { vlan 110; subnet 10.1.0.0/24 }',
  'no hosts': 'site a {}\narray x at a { datastore ds { capacity 10 TiB } }\nswitch sw at a { ports 24 x 10 Gbps }',
  'one host': `site a {}\ncluster c at a { host h { ${HOST}; runs v } }\nvm v { vcpu 2; memory 4 GiB; demand cpu 50 % }`,
  'two hosts and one VM': `cluster c { host h-[1..2] { ${HOST} } }\nvm v { vcpu 2; memory 4 GiB }\nruns v on h-1`,
  'an array of sixty datastores beside one of one': `site a {}
switch t-[a,b] at a { ports 48 x 25 Gbps }
array x at a { datastore ds-[01..60] { capacity 10 TiB } }
array y at a { datastore small { capacity 1 TiB } }
array z at a {}
cluster c at a {
  mount ds-*
  vswitch v0 { uplink n1 to t-a; uplink n2 to t-b }
  host h-[1..9] { ${HOST}; nic n[1..2] 25 Gbps }
}`,
  'a hundred VLANs on one host': `site a {}
network lan-[001..100] at a { subnet 10.1.0.0/24 }
${numbers(100)
  .map((n) => `amend network lan-${String(n).padStart(3, '0')} { vlan ${99 + n} }`)
  .join('\n')}
switch t-[a,b] at a { ports 48 x 25 Gbps; trunk lan-* }
cluster c at a {
  vswitch v0 { uplink n1 to t-a; uplink n2 to t-b; carries lan-* }
  host h { ${HOST}; nic n[1..2] 25 Gbps; runs v }
}
vm v { vcpu 2; memory 4 GiB; nic lan-001 }`,
  'three hundred VMs on a host': `cluster c {
  host h-1 { ${HOST}; runs v-[001..300] }
  host h-2 { ${HOST} }
}
vm v-[001..300] { vcpu 1; memory 1 GiB; demand cpu 10 % }`,
  'forty branches of the first site': spread(40, 1),
  'ten branches of one in their middle': spread(10, 6),
  'five branches of the last': spread(5, 6),
  'a site that is far larger than those beside it': `${spread(3, 1)}
${numbers(6)
  .map((n) => `cluster more-${n} at s1 { host m${n}-[01..24] { ${HOST} } }`)
  .join('\n')}`,
  'wide letters, letters from the right, pictures and very long names': `site "東京第一データセンター" {}
site "مركز بيانات القاهرة" {}
switch "スイッチ-甲" at "東京第一データセンター" { ports 48 x 10 Gbps }
array "ストレージ装置一号機" at "東京第一データセンター" {
  datastore "金のデータストア-1" { capacity 10 TiB }
  datastore "🚀 rocket store 🚀" { capacity 10 TiB }
}
cluster "本番クラスタ" at "東京第一データセンター" {
  mount "金のデータストア-1"
  vswitch v0 { uplink n1 to "スイッチ-甲" }
  host "仮想化ホスト-零一" { ${HOST}; nic n1 10 Gbps; runs "購買システム本番サーバ-01", "🐘 postgres" }
  host "مضيف-٠٣" { ${HOST}; nic n1 10 Gbps; runs "خادم قاعدة البيانات" }
  host "an-extremely-long-host-name.with.a.domain.example.corporation.com" { ${HOST}; nic n1 10 Gbps }
}
vm "購買システム本番サーバ-01", "🐘 postgres", "خادم قاعدة البيانات" { vcpu 4; memory 32 GiB; demand cpu 90 %; disk 8 TiB on "金のデータストア-1" }
wan "東京-القاهرة" between "東京第一データセンター", "مركز بيانات القاهرة" { speed 1 Gbps; rtt 200 ms }`,
};

/** Designs that nobody draws on a slide. */
export const STRANGE: readonly (readonly [name: string, graph: TopologyGraph])[] = Object.entries(TEXTS).map(
  ([name, text]) => [name, graphOfText(`design d {}\n${text}`)],
);
