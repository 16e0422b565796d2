import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { finish } from '../../server/src/base/steps.ts';
import { planForWish } from '../../server/src/ide/plans/ask.ts';
import { rvtools } from '../../server/src/importers/rvtools/index.ts';
import { printStatements } from '../../server/src/language/make/print.ts';
import { applied, compared, opened, planned } from './planning.ts';

const WORKBOOK = path.resolve(import.meta.dirname, '../../../shared/data/rvtools/SizingWorkshop-RVTools.xlsx');
const skip = existsSync(WORKBOOK) ? false : `the sample workbook is not at ${path.relative(process.cwd(), WORKBOOK)}`;

async function estate(): Promise<string> {
  const name = path.basename(WORKBOOK);
  const { statements } = await rvtools.read([{ name, bytes: readFileSync(WORKBOOK) }]);
  return printStatements(statements);
}

test('an estate of 805 VMs: its fullest host cannot be relieved at 4 vCPU per core, and why', { skip }, async () => {
  const text = `${await estate()}\npolicy { cluster-vcpu-ratio-high warn 7 }\n`;
  const plan = planned(text, 'vcpu-ratio-high', 'vmprod3-02');
  assert.equal(plan.kind, 'no-plan');
  assert.match(
    plan.reason,
    /^No moves can relieve vmprod3-02\. .*4:1 are allowed.* lack room for \d+ vCPU\. 2 more hosts/,
  );
  assert.equal(plan.addition?.hosts, 2);
});

test('with the limit that a policy sets, two moves relieve it', { skip }, async () => {
  const text = `${await estate()}\npolicy { vcpu-ratio-high warn 8 }\n`;
  const plan = planned(text, 'vcpu-ratio-high', 'vmprod3-02');
  assert.equal(plan.kind, 'plan');
  assert.match(plan.title, /^Move \S+ and \S+ to vmprod3-18: vCPU per core of vmprod3-02 8\.88:1 → 7\.88:1$/);
  const after = applied(text, plan, 'vcpu-ratio-high');
  const [before, now] = [text.split('\n'), after.split('\n')];
  assert.equal(now.length, before.length);
  const changed = now.filter((line, index) => line !== before[index]);
  assert.ok(changed.length <= 3 && changed.every((line) => line.startsWith('    runs ')), changed.join('\n'));
});

test('its largest cluster is balanced in every measure that the workbook states, with a tenth of its VMs', {
  skip,
}, async () => {
  const text = await estate();
  const { workspace, project } = opened(text);
  const plan = finish(planForWish(workspace, project, { kind: 'rebalance', cluster: 'cluster:Cluster2' }));
  assert.equal(plan.kind, 'plan');
  assert.deepEqual(
    plan.balance.map(({ label }) => label),
    ['CPU', 'memory', 'active memory', 'vCPU per core'],
  );
  for (const { label, before, after } of plan.balance)
    assert.ok(after < before * 0.95, `${label} ${before} → ${after}`);
  assert.ok(plan.moves.length <= 75, plan.title);
  assert.deepEqual(plan.accepted, []);
  const after = applyEdits(text, plan.edits);
  assert.deepEqual(compared(after, text).added, []);
  // A reviewer reads lists of what runs where, and of them no more than the hosts have.
  const [was, is] = [new Set(text.split('\n')), new Set(after.split('\n'))];
  const changed = [...is].filter((line) => !was.has(line));
  assert.ok(
    changed.every((line) => /^ +(?:runs |host )/.test(line)),
    changed.join('\n'),
  );
  assert.ok(changed.length <= 2 * plan.moves.length && is.size - was.size < 22, `${changed.length} lines`);
});

test('its memory is relieved by one move, onto a host with room', { skip }, async () => {
  const text = await estate();
  const plan = planned(text, 'host-memory-overcommitted', 'vmprod3-02');
  assert.equal(plan.kind, 'plan');
  assert.equal(plan.moves.length, 1);
  assert.match(plan.title, /: memory of vmprod3-02 101 % → \d\d(\.\d)? %$/);
  applied(text, plan, 'host-memory-overcommitted');
});
