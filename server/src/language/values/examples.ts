import type { Atom, Shape, Term } from '../schema/notation.ts';

/** Values as they are written, for words that have a usual one; `kind word` where it depends on the kind of block. */
const OF_WORD: Readonly<Record<string, string>> = {
  'vm memory': '8 GiB',
  'vm vcpu': '4',
  'vm disk': '40 GiB',
  'vm storage': '100 GiB',
  'vm snapshot': '20 GiB',
  'host memory': '512 GiB',
  'server memory': '32 GiB',
  'host cpu': '2 x 16 cores 2.9 GHz',
  'server cpu': '1 x 8 cores 2.4 GHz',
  'host nic': '2 x 10 Gbps',
  'server nic': '2 x 1 Gbps',
  'host hba': '2 x 16 Gbps',
  'host power': '350 W .. 800 W',
  'switch ports': '48 x 10 Gbps',
  'switch uplink': '4 x 100 Gbps',
  'array ports': '4 x 16 Gbps',
  'array disks': '24 x 1.8 TB',
  'array cache': '64 GiB',
  'array usable': '40 TiB',
  'array expansion': '20 TiB',
  'array iops': '50_000',
  'pool disks': '12 x 1.8 TB',
  'datastore capacity': '10 TiB',
  'image size': '40 GiB',
  'wan speed': '1 Gbps',
  'wan rtt': '20 ms',
  'site feed': '40 kW',
  'site pue': '1.5',
  'rack feed': '8 kW',
  'rack height': '42 U',
  'app sessions': '2_000',
  'app requests': '900/s',
  'team staff': '4',
  'team training': '2 x 3_200 EUR',
  'licence cost': '190 EUR/core/year',
  availability: '99.9 %',
  capex: '400_000 EUR',
  opex: '90_000 EUR/year',
  change: '5 %/day',
  cost: '18_500 EUR',
  cpu: '30 %',
  discount: '5 %/year',
  downtime: '500 ms',
  failover: '1 host',
  group: '8',
  height: '2 U',
  hit: '60 %',
  horizon: '36 months',
  iops: '120',
  latency: '200 ms',
  level: '3',
  loss: '0.1 %',
  mtu: '9000',
  net: '200 Mbps',
  over: '14 days',
  reads: '70 %',
  reserve: '20',
  retain: '30 days',
  rpo: '15 min',
  slack: '20 %',
  spares: '1',
  tariff: '0.25 EUR/kWh',
  timeout: '30 min',
  within: '10 min',
};

/** Shapes that are figures; all others are names, words and texts. */
const FIGURES: ReadonlySet<Atom> = new Set([
  'N',
  'DEC',
  'SIZE',
  'RATE',
  'FREQ',
  'TIME',
  'WATT',
  'PCT',
  'PER_S',
  'GROWTH',
  'MONEY',
  'COST',
  'FEE',
  'TARIFF',
]);

const OF_ATOM: Readonly<Record<Atom, string>> = {
  N: '4',
  DEC: '1.4',
  SIZE: '8 GiB',
  RATE: '10 Gbps',
  FREQ: '2.9 GHz',
  TIME: '30 days',
  WATT: '350 W',
  PCT: '25 %',
  PER_S: '900/s',
  GROWTH: '2 %/month',
  MONEY: '18_500 EUR',
  COST: '18_500 EUR',
  FEE: '190 EUR/core/year',
  TARIFF: '0.25 EUR/kWh',
  NAME: 'name',
  NAMES: 'name',
  REFS: 'name',
  KIND: 'host',
  ADDR: '10.1.10.1',
  PREFIX: '10.1.10.0/24',
  DATE: '2026-11-22',
  WINDOW: 'daily 22:00 .. 06:00',
  TEXT: '"text"',
  WORD: 'word',
  VERSION: '8.0',
  UTC: 'utc+1',
  CODE: 'EUR',
  RULE: 'host-cpu-overloaded',
  LIMIT: '75 %',
  VLAN: '110',
};

/** The usual figure of a word in a block of a kind, or of a clause of a word; undefined where there is none. */
export function usualValue(around: string, word: string, atom: Atom): string | undefined {
  if (!FIGURES.has(atom)) return undefined;
  for (const key of [`${around} ${word}`, word]) if (Object.hasOwn(OF_WORD, key)) return OF_WORD[key];
  return atom === 'GROWTH' || atom === 'PCT' ? OF_ATOM[atom] : undefined;
}

/** Each way to write a value, by an example. */
export function examplesOf(shape: Shape): readonly string[] {
  return shape.alternatives.map((terms) => terms.flatMap((term) => exampleOf(term) ?? []).join(' '));
}

function exampleOf(term: Term): string | undefined {
  switch (term.type) {
    case 'literal':
      return term.word;
    case 'choice':
      return term.words[0]?.replace(/^host$/, 'hosts');
    case 'span':
      return `${OF_ATOM[term.atom]} .. ${OF_ATOM[term.atom]}`;
    case 'optional':
      return term.terms.flatMap((inner) => exampleOf(inner) ?? []).join(' ');
    case 'atom':
      return OF_ATOM[term.atom];
    default:
      return undefined;
  }
}
