import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatDate, type PlanDate, parseDayOrMonth } from '../../server/src/base/dates.ts';
import { clusterExhaustion, subnetExhaustions } from '../../server/src/capacity/forecast.ts';
import { dayAfter } from '../../server/src/capacity/growth.ts';
import { datastoreUse } from '../../server/src/capacity/storage.ts';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { random } from '../support/random.ts';
import { growingDesign } from '../support/random-growth.ts';

const URI = 'main.vdc';

function day(text: string): PlanDate {
  const parsed = parseDayOrMonth(text);
  assert.ok('value' in parsed);
  return parsed.value;
}

function workspaceOf(text: string, at?: PlanDate): Workspace {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.evaluateAt(at);
  workspace.openText(URI, text);
  return workspace;
}

function shown(workspace: Workspace): string[] {
  return diagnosticsOf(workspace, URI).map(
    ({ from, to, severity, code, message }) => `${from}-${to} ${severity} ${code}: ${message}`,
  );
}

const codes = (text: string, at?: string) =>
  diagnosticsOf(workspaceOf(text, at === undefined ? undefined : day(at)), URI).map(({ code }) => code);

const plan = (rest: string, growth = 'vms 3 %/month') => `design plan { as-of 2026-11-22; growth ${growth} }\n${rest}`;

test('what ends has ended, what comes has come, snapshots have aged, silences are over', () => {
  const text = plan(`cluster c {
  failover none
  host h {
    memory 64 GiB
    runs trial, later
  }
}
vm trial { until 2027-01-31; memory 8 GiB; snapshot s 4 GiB taken 2026-11-21 }
vm later { from 2027-01-01; memory 60 GiB }
datastore d { ignore datastore-overfull because "until it moves" until 2027-03-01; capacity 1 TiB; measured used 990 GiB }`);
  assert.deepEqual(codes(text), []);
  assert.deepEqual(codes(text, '2026-12-24'), ['evaluated-at', 'snapshot-stale']);
  assert.deepEqual(codes(text, '2027-02'), ['evaluated-at', 'vm-expired']);
  assert.deepEqual(codes(text, '2027-04'), ['evaluated-at', 'vm-expired', 'ignore-expired', 'datastore-overfull']);
});

test('further VMs load the cluster and the network, but no host; what each asks for more loads its host', () => {
  const text = (growth: string) =>
    plan(
      `network web { subnet 10.1.0.0/28 }
cluster c {
  failover none
  host h-[1..2] { cpu 8 cores 2 GHz; memory 64 GiB }
}
vm a-[1..8] { nic web; memory 12 GiB; demand cpu 1 GHz }
runs a-[1..4] on h-1
runs a-[5..8] on h-2`,
      growth,
    );
  const found = (growth: string) => codes(text(growth), '2029-06').filter((code) => code !== 'evaluated-at');
  assert.deepEqual(found('vms 2 %/month'), ['subnet-exhausted']);
  assert.deepEqual(found('cpu 5 %/month'), ['host-cpu-overloaded']);
  assert.deepEqual(found('memory 2 %/month'), ['host-memory-overcommitted']);
});

test('growth fills the disks that are promised, and promises no less than it has filled', () => {
  const text = plan(
    `cluster c { host h { memory 64 GiB } }
datastore d { capacity 10 TiB; measured used 1 TiB }
vm a { disk 2 TiB thin on d }
runs a on h`,
    'disk 100 GiB/month',
  );
  const use = (at: string) => {
    const [d] = workspaceOf(text, day(at)).projectOf(URI)?.design.names.read('datastore', 'd').entities ?? [];
    assert.ok(d);
    const { used, provisioned, promised } = datastoreUse(d);
    const gib = (n: number | undefined): number => Math.round((n ?? 0) / 2 ** 30);
    return { used: gib(used?.value), promised: gib(provisioned?.value), how: provisioned?.isAtLeast, share: promised };
  };
  const soon = use('2027-05-22');
  assert.deepEqual([soon.used, soon.promised, soon.how], [1624, 2048, false]);
  const late = use('2028-11-22');
  assert.deepEqual([late.used, late.promised, late.how], [3424, 3424, true]);
  assert.ok(late.share && late.share.value > 0.3 && late.share.isAtLeast);
});

test('an amount that the design states is dealt over its VMs', () => {
  const text = plan(
    `cluster c {
  failover none
  host h-[1..2] { cpu 10 cores 1 GHz }
}
vm a-[1..2] { demand cpu 1 GHz }
runs a-1 on h-1
runs a-2 on h-2`,
    'cpu 1 GHz/month',
  );
  const at = (when: string) => codes(text, when).filter((code) => code === 'host-cpu-overloaded').length;
  // Each host has half a gigahertz more a month, and 5 % of overhead; 7.5 GHz are the limit.
  assert.equal(at('2027-11-22'), 0);
  assert.equal(at('2027-12-22'), 1);
});

test('an amount grows what is asked for in a window once, in whichever unit it is stated', () => {
  const peak = (usual: string, busy: string) =>
    codes(
      plan(
        `cluster c {
  failover none
  host h { cpu 30 cores 1 GHz }
}
vm a { vcpu 4; demand cpu ${usual}; demand cpu ${busy} during daily 09:00..17:00 }
runs a on h`,
        'cpu 1 GHz/month',
      ),
      '2027-11-22',
    ).filter((code) => code === 'host-cpu-overloaded').length;
  // 3 + 12 GHz of 30 are half of it, 10 + 12 with the overhead more than three quarters.
  for (const usual of ['50 %', '2 GHz']) {
    assert.deepEqual([peak(usual, '3 GHz'), peak(usual, '10 GHz')], [0, 1]);
    assert.equal(peak(usual, '100 %'), 0);
  }
});

test('a day that cannot be taken is said at its place', () => {
  const message = (text: string, at: string) => diagnosticsOf(workspaceOf(text, day(at)), URI)[0]?.message ?? '';
  assert.match(message(plan(''), '2026-01'), /^2026-01-01 is before the as-of of the design, 2026-11-22/);
  assert.match(message('design plan\n', '2027-01'), /nothing grows until then: the design states no as-of/);
  assert.match(message('vm a\n', '2027-01'), /Add as-of/);
  assert.equal(message(plan(''), '2026-11-22'), '');
});

test('days and months are read; other texts are not', () => {
  assert.equal(formatDate(day('2027-06')), '2027-06-01');
  assert.equal(formatDate(day('2027-06-15')), '2027-06-15');
  const wrong = (text: string) => {
    const parsed = parseDayOrMonth(text);
    return 'error' in parsed ? parsed.error : formatDate(parsed.value);
  };
  assert.match(wrong('soon'), /^"soon" is no day; write a day such as 2027-06-15 or a month such as 2027-06$/);
  assert.match(wrong('2027-13'), /there is no month 13/);
  assert.match(wrong('2027-02-30'), /February 2027 has 28 days/);
  assert.match(wrong(''), /is no day/);
});

test('a forecast holds: the day after it the thing is full, the day before it is not', () => {
  let forecasts = 0;
  for (let seed = 0; seed < 60; seed++) {
    const text = growingDesign(seed);
    const design = workspaceOf(text).projectOf(URI)?.design;
    assert.ok(design);
    const isFull = (what: string, days: number, months: number) => {
      const found = dayAfter(design, months);
      assert.ok(found);
      const later = workspaceOf(text, { day: found.day + days }).projectOf(URI)?.design;
      assert.ok(later);
      const [kind = '', name = '', of = ''] = what.split(' ');
      const [entity] = later.names.read(kind, name).entities;
      assert.ok(entity);
      const now =
        kind === 'cluster'
          ? clusterExhaustion(entity)[of as 'cpu' | 'memory']?.months
          : subnetExhaustions(entity)[0]?.months;
      return now === 0;
    };
    const check = (what: string, months: number | undefined) => {
      if (months === undefined || months < 0.5) return;
      forecasts++;
      assert.ok(!isFull(what, -4, months), `seed ${seed}: ${what} is full before its day`);
      assert.ok(isFull(what, 4, months), `seed ${seed}: ${what} is not full after its day`);
    };
    for (const cluster of design.members('cluster')) {
      check(`cluster ${cluster.name} cpu`, clusterExhaustion(cluster).cpu?.months);
      // The overhead of ESXi for a VM grows a little slower than its memory: 4 days cover it.
      check(`cluster ${cluster.name} memory`, clusterExhaustion(cluster).memory?.months);
    }
    for (const network of design.members('network'))
      check(`network ${network.name}`, subnetExhaustions(network)[0]?.months);
  }
  assert.ok(forecasts > 60, `only ${forecasts} forecasts`);
});

test('changing the day and the text, in any order, shows what a fresh start shows', () => {
  for (let seed = 100; seed < 115; seed++) {
    const { below, next, pick } = random(seed);
    let text = growingDesign(seed);
    let at: PlanDate | undefined;
    const workspace = workspaceOf(text);
    const other = growingDesign(seed + 500).split('\n');
    for (let step = 0; step < 10; step++) {
      if (next() < 0.4) {
        const when = pick(['', '2026-01', '2027-06-15', '2029-03']);
        at = when === '' ? undefined : day(when);
        workspace.evaluateAt(at);
      } else {
        const lines = text.split('\n');
        const line = below(lines.length);
        const from = lines.slice(0, line).reduce((sum, content) => sum + content.length + 1, 0);
        const to = from + (lines[line]?.length ?? 0);
        const edit = { from, to, text: next() < 0.6 ? (other[below(other.length)] ?? '') : '' };
        text = text.slice(0, from) + edit.text + text.slice(to);
        workspace.edit(URI, [edit]);
      }
      assert.deepEqual(shown(workspace), shown(workspaceOf(text, at)), `seed ${seed}, step ${step}`);
    }
  }
});

test('a design at its own day is as it was', () => {
  const text = readFileSync(new URL('../../examples/shopping-cart.vdc', import.meta.url), 'utf8');
  const workspace = workspaceOf(text, day('2030-01'));
  workspace.evaluateAt(undefined);
  assert.deepEqual(shown(workspace), shown(workspaceOf(text)));
});
