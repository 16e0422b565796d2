import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hover } from '../../server/src/ide/hover.ts';
import { editing } from './editing.ts';

/** Rows of the card at the cursor, as label and words. */
function rows(marked: string): Map<string, string> {
  const { workspace, uri, offset } = editing(marked);
  const lines = (hover(workspace, uri, offset)?.markdown ?? '').split('\n').filter((line) => line.startsWith('| '));
  return new Map(
    lines.map((line) => {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [cells[0] ?? '', cells.slice(1).filter(Boolean).join(' ').replaceAll('\u202f', ' ')];
    }),
  );
}

const plan = `design d {
  as-of 2026-01-01
  currency EUR
  growth vms 3 %/month
}
site hq { tariff 0.20 EUR/kWh; pue 1.5; feed 2 kW }
rack r1 at hq { height 10 U }
licence vvs { product esxi; cost 10 EUR/core/year }
class vm db { memory 12 GiB }
cluster prod {
  failover 1 host
  host esx-[1..3] at r1 { cpu 2 x 12 cores; memory 64 GiB; power 100 W .. 500 W; height 2 U; licences vvs; cost 9_000 EUR }
  runs db-[1..8]
}
vm db-[1..8] : db
array vmax at hq { usable 1000 GiB; cost 20_000 EUR; cost 1_000 EUR/year }
switch tor { ports 4 x 10 Gbps; cost none }
`;
const at = (text: string) => rows(plan.replace(text, `${text.slice(0, 2)}$0${text.slice(2)}`));

test('a cluster tells what a VM costs, what the next one would, and what a failure is kept for', () => {
  const found = at('prod {');
  // 3 × 9000 once; 3 × 32 cores × 10 and 3 × 100 W × 1.5 × 8.76 × 0.20 = 262.80 a year each.
  assert.equal(found.get('cost per VM'), '3375 EUR once and 219 EUR a year; hosts and licences alone');
  assert.equal(found.get('kept for a failure'), '9000 EUR once and 583 EUR a year');
  assert.match(
    found.get('next db') ?? '',
    /^no further host; the one after about \d more needs a host like esx-3: 9000 EUR once and 583 EUR a year$/,
  );
});

test('the VM that finds no room is told what it costs', () => {
  const found = rows(plan.replaceAll('db-[1..8]', 'db-[1..10]').replace('prod {', 'pr$0od {'));
  assert.equal(found.get('next db'), 'needs a host like esx-3: 9000 EUR once and 583 EUR a year');
});

test('a design tells what its years cost, with the hosts that growth needs', () => {
  const found = rows(plan.replace('design d', 'design d$0'));
  assert.equal(found.get('costs in 2026'), '47 000 EUR once and 2748 EUR a year');
  assert.match(found.get('costs in 2027') ?? '', /^9000 EUR once and \d+ EUR a year, with 1 host for growth$/);
  assert.match(found.get('costs of 5 years') ?? '', /^\d+ \d+ EUR$/);
});

test('without growth the years repeat what is paid every year; without prices nothing is told', () => {
  const still = rows(plan.replace('  growth vms 3 %/month\n', '').replace('design d', 'design d$0'));
  assert.equal(still.get('costs in 2030'), '2748 EUR a year');
  assert.equal(still.get('costs of 5 years'), '60 742 EUR');
  assert.deepEqual(
    [...rows('design d$0 { as-of 2026-01-01 }\nhost esx-1\n').keys()].filter((one) => one.startsWith('costs')),
    [],
  );
});

test('an array tells its price per usable GiB', () => {
  assert.equal(at('vmax at').get('cost per usable GiB'), '20 EUR once and 1 EUR a year');
});

test('a site, a rack, a switch and a licence tell what is taken of them', () => {
  assert.equal(at('hq { tariff').get('energy a year'), '3942 kWh with cooling, 788 EUR');
  assert.match(at('hq { tariff').get('feed') ?? '', /75 % .* 1\.5 of 2 kW/);
  assert.match(at('r1 at hq {').get('rack units') ?? '', /^60 %/);
  const cabled = plan
    .replace('failover 1 host', 'failover 1 host; vswitch v { uplink nic1 to tor }')
    .replace('cpu 2', 'nic 1 x 10 Gbps; cpu 2');
  assert.equal(rows(cabled.replace('switch tor', 'switch to$0r')).get('ports'), '3 of 4 cabled');
  assert.deepEqual(
    ['charged for', 'costs'].map((label) => at('vvs { product').get(label)),
    ['96 cores', '960 EUR a year'],
  );
});

test('a team tells what it costs with what it owns, against its budgets', () => {
  const text = `design d { as-of 2026-11-22; currency EUR }
team net$0work { budget capex 12_000 EUR opex 3_000 EUR/year }
switch tor-[a,b] { owner network; cost 4_500 EUR; cost 120 EUR/month }
switch core { owner network }`;
  const found = rows(text);
  assert.equal(found.get('costs in 2026'), 'at least 9000 EUR once and 2880 EUR a year');
  assert.match(found.get('capex budget 2026') ?? '', /75 % .*at least 9000 EUR of 12.000 EUR/);
  assert.match(found.get('opex budget 2026') ?? '', /96 % .*at least 2880 EUR of 3000 EUR/);
});
