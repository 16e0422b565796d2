import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotate, fixture } from '../support/fixture.ts';
import { casesOf } from './cases.ts';
import { fixed, plain, problemsOf, read } from './read.ts';

const GIB = 2 ** 30;
const YEAR = 365.2425 * 86_400;

/** The values of a statement, the subject's first: bare where the part is plain, with its unit gone. */
function values(kind: string, text: string): unknown[] {
  const { sentences, problems } = read(text, kind);
  assert.deepEqual(problems, [], text);
  const [sentence] = sentences;
  assert.ok(sentence, text);
  const all = [sentence.subject, ...[...sentence.clauses.values()].map((clause) => clause.value)];
  return all.flatMap((value) => (value === undefined ? [] : value.none ? ['none'] : value.parts.map(brief)));
}

function brief(part: Parameters<typeof plain>[0] | undefined): unknown {
  if (part === undefined) return undefined;
  if (part.type === 'list') return part.items.map(brief);
  if (part.type === 'span') return [brief(part.low), '..', brief(part.high)];
  if (part.type === 'number' || part.type === 'quantity' || part.type === 'per-second') return part.value;
  if (part.type === 'word' || part.type === 'text') return part.text;
  if (part.type === 'name') return part.scope === undefined ? part.text : [part.text, '@', part.scope];
  return plain(part);
}

const right: readonly (readonly [kind: string, text: string, values: readonly unknown[]])[] = [
  ['vm', 'vcpu 4', [4]],
  ['app', 'sessions 12_000 state external timeout 30 s', [12_000, 'external', 30]],
  ['site', 'pue 1.4', [1.4]],
  ['vm', 'memory 64 GiB', [64 * GIB]],
  ['vm', 'memory 64GiB', [64 * GIB]],
  ['vm', 'memory 4 GiB .. 16 GiB startup 8 GiB', [[4 * GIB, '..', 16 * GIB], 8 * GIB]],
  ['vm', 'disk data 1.8 TB thin on gold-1', ['data', 1.8e12, 'gold-1']],
  ['vm', 'disk 40 GiB, thin', [undefined, 40 * GIB]],
  ['wan', 'speed 10 Gbps', [1e10]],
  ['wan', 'speed 400 MB/s', [3.2e9]],
  ['host', 'cpu 2 x 16 cores 2.9 GHz numa 2', [2, 16, 2.9e9, 2]],
  ['host', 'cpu 16 cores', [undefined, 16, undefined]],
  ['host', 'nic vmnic[0..1] 25 Gbps card 2', [['vmnic[0..1]'], undefined, 2.5e10, '2']],
  ['host', 'nic 4 x 10 Gbps', [undefined, 4, 1e10]],
  ['host', 'power 350 W .. 1.4 kW', [[350, '..', 1400]]],
  ['host', 'power 350 .. 800 W', [[350, '..', 800]]],
  ['host', 'height 2 U', [2]],
  ['array', 'disks 48 x 1.8 TB media hdd raid 5 group 8', [48, 1.8e12, 'hdd', '5', 8]],
  ['design', 'horizon 3 years', [3 * YEAR]],
  ['app', 'requests 900/s', [900]],
  ['vm', 'demand cpu 35 % net 400 Mbps during weekdays 07:45 .. 08:30', [0.35, 4e8, window(465, 510)]],
  ['vm', 'demand cpu 2.4 GHz', [2.4e9]],
  ['design', 'growth vms 2 %/month', [{ type: 'growth', dimension: 'share', amount: 0.02, seconds: YEAR / 12 }]],
  ['design', 'growth vms 3/month', [{ type: 'growth', dimension: undefined, amount: 3, seconds: YEAR / 12 }]],
  ['host', 'cost 18_500 USD', [money(18_500, undefined, undefined)]],
  ['host', 'cost 900 USD/year for "support"', [money(900, undefined, YEAR), 'support']],
  ['licence', 'cost 190 USD/core/year', [money(190, 'core', YEAR)]],
  ['site', 'tariff 0.11 USD/kWh', [money(0.11, 'kWh', undefined)]],
  ['file', 'vm web-[1..4], "Aster Queen" : large in shop', [['web-[1..4]', 'Aster Queen'], ['large'], 'shop']],
  ['host', 'runs dc01@berlin, "a b"@"Site A", sql-*', [[['dc01', '@', 'berlin'], ['a b', '@', 'Site A'], 'sql-*']]],
  [
    'switch',
    'trunk web, app to prod, dmz',
    [
      ['web', 'app'],
      ['prod', 'dmz'],
    ],
  ],
  ['switch', 'trunk web, app, to prod', [['web', 'app'], ['prod']]],
  ['switch', 'trunk *', [['*']]],
  ['network', 'vlan 4095', [4095]],
  ['network', 'subnet none', ['none']],
  ['cluster', 'failover 1 host by demand', [1, 'host', 'demand']],
  ['cluster', 'failover 25 %', [0.25]],
  ['cluster', 'failover none', ['none']],
  ['backup', 'retain 12 copies', [12]],
  ['backup', 'retain 14 days', [14 * 86_400]],
  ['licence', 'vms unlimited', []],
  ['licence', 'owned 64 cores', [64, 'cores']],
  ['vm', 'os windows-server-2022', ['windows-server-2022']],
  ['vm', 'os "Some Linux"', ['Some Linux']],
  ['design', 'currency EUR', ['EUR']],
  ['site', 'timezone utc+1', [{ type: 'utc', minutes: 60 }]],
  ['host', 'hypervisor esxi 8.0.2 edition standard build 22380479', ['esxi', '8.0.2', 'standard', 22380479]],
  ['vm', 'ft', []],
  ['policy', 'host-cpu-overloaded warn 70 %', [{ type: 'limit', value: 0.7, dimension: 'share', unit: '%' }]],
];

function window(from: number, to: number): unknown {
  const { sentences } = read(`window weekdays ${clock(from)} .. ${clock(to)}`, 'wave');
  const part = sentences[0]?.subject?.parts[0];
  return part && plain(part);
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function money(amount: number, each: string | undefined, seconds: number | undefined): unknown {
  return { type: 'money', amount, currency: 'USD', each, seconds };
}

for (const [kind, text, expected] of right) {
  test(`${kind}: ${text}`, () => assert.deepEqual(values(kind, text), expected));
}

for (const name of ['wrong-numbers', 'wrong-names', 'wrong-statements', 'jargon', 'words-begun']) {
  for (const { kind, marked, fixed: wanted } of casesOf(name)) {
    const { text } = fixture(marked);
    test(`wrong in ${kind}: ${text.trim()}`, () => {
      assert.equal(annotate(text, problemsOf(text, kind)).trimEnd(), marked);
      if (wanted === undefined) return;
      assert.equal(fixed(text, kind).trimEnd(), wanted);
      assert.deepEqual(problemsOf(wanted, kind), []);
    });
  }
}
