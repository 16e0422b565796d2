import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { applyEdits, type TextEdit } from '../../server/src/base/span.ts';
import { hunksOf } from '../../server/src/cli/formats/diff.ts';
import { formatText } from '../../server/src/language/format.ts';
import { random } from '../support/random.ts';
import { HEALTHY, world } from './world.ts';

/** Its subnet has a safe remedy, its host a plan. */
const MENDABLE = `network lan { vlan 10; subnet 10.0.0.0/29 gateway 10.0.0.1 }

class host h {
  cpu 1 x 10 cores 2.0 GHz
  memory 128 GiB
}
class vm small { vcpu 1; memory 4 GiB; demand cpu 100 %; nic lan }
vm a-[1..8] : small

cluster prod {
  failover none
  host esx-1 : h { runs a-[1..8] }
  host esx-2 : h
}
`;

const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');

test('what has one safe remedy is shown as a diff, and nothing is written', async (t) => {
  const { vdc, folder } = world(t, { 'plan.vdc': MENDABLE });
  const { code, out } = await vdc('fix plan.vdc');
  assert.equal(code, 0);
  assert.match(out, /^Widen to 10\.0\.0\.0\/2\d/m);
  assert.match(out, /^ {2}error subnet-exhausted: /m);
  assert.match(
    out,
    /^--- plan\.vdc\n\+\+\+ plan\.vdc\n@@ -1,4 \+1,4 @@\n-network lan .*\/29 .*\n\+network lan .*\/2\d .*\n \n class host h \{\n/m,
  );
  assert.match(out, /1 fix shown; --write writes them\. 1 error, 1 warning, 0 info → 0 errors, 1 warning, 0 info/);
  assert.match(out, /Moving VMs may mend 1 of host-cpu-overloaded: vdc fix --rule host-cpu-overloaded/);
  assert.equal(read(folder, 'plan.vdc'), MENDABLE);
});

test('with --write the file is what the diff says, in the one format', async (t) => {
  const { vdc, folder } = world(t, { 'plan.vdc': MENDABLE });
  assert.equal((await vdc('fix plan.vdc --write')).code, 0);
  const after = read(folder, 'plan.vdc');
  assert.equal(after.replace(/\/2\d /, '/29 '), MENDABLE);
  assert.equal(formatText(after), after);
  assert.match((await vdc('fix plan.vdc --write')).out, /^Nothing has one safe remedy\./);
});

test('a rule that moving VMs mends is mended by a plan, with its moves and figures', async (t) => {
  const { vdc, folder } = world(t, { 'plan.vdc': MENDABLE });
  const { code, out } = await vdc('fix plan.vdc --rule host-cpu-overloaded --write');
  // The subnet is as it was: an error is left.
  assert.equal(code, 1);
  assert.match(out, /^Move a-1 to esx-2: CPU of esx-1 84 % → 73\.5 %/);
  assert.match(out, /^ +VM +from +to +copies.*\n +1 +a-1 +esx-1 +esx-2 +4 GiB/m);
  assert.match(out, /^ +esx-2 +none → 10\.5 %/m);
  assert.equal(
    read(folder, 'plan.vdc'),
    MENDABLE.replace('a-[1..8] }', 'a-[2..8] }').replace('host esx-2 : h', 'host esx-2 : h { runs a-1 }'),
  );
});

test('what no plan can mend is said, with the reason', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': MENDABLE.replace('  host esx-2 : h\n', '') });
  const { code, out } = await vdc('fix plan.vdc --rule host-cpu-overloaded');
  assert.equal(code, 1);
  assert.match(out, /^Not mended: plan\.vdc\n {2}warning host-cpu-overloaded: [\s\S]*\n {2}there is no other host/);
});

test('where a remedy does not go far enough, or there is none, that is what is said', async (t) => {
  const promised = `cluster prod {
  failover none
  host esx-[1..2] { cpu 1 x 4 cores; memory 999 GiB }
  runs v-[1..90]
}
vm v-[1..90] { vcpu 2; memory 1 GiB; measured cpu 10 MHz ready 11 % }
`;
  const { vdc } = world(t, { 'plan.vdc': promised });
  assert.match(
    (await vdc('fix plan.vdc --rule cluster-vcpu-ratio-high')).out,
    /no fix that is known goes far enough here; the message says what would/,
  );
  const { out } = await vdc('fix plan.vdc --rule cpu-ready-high');
  assert.doesNotMatch(out, /no fix that is known|no edit of the text/);
  assert.match(out, /Not mended: plan\.vdc\n.* cpu-ready-high: /);
});

test('JSON holds each fix with its finding, its plan and its diff', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': MENDABLE });
  const { version, isWritten, fixes, left, findings } = JSON.parse(
    (await vdc('fix plan.vdc --rule host-cpu-overloaded --format json')).out,
  );
  assert.deepEqual([version, isWritten, left], [1, false, []]);
  const [{ title, finding, plan, diff }] = fixes;
  assert.equal(title, 'Move a-1 to esx-2: CPU of esx-1 84 % → 73.5 %');
  assert.deepEqual(
    [finding.rule, finding.severity, finding.entity],
    ['host-cpu-overloaded', 'warning', 'host:prod/esx-1'],
  );
  assert.deepEqual(plan.moves[0], {
    step: 1,
    vm: 'a-1',
    from: 'esx-1',
    to: 'esx-2',
    method: 'live',
    bytes: 4 * 2 ** 30,
    seconds: null,
    isAtLeast: true,
    downtimeSeconds: null,
    sessions: null,
    teams: [],
    start: null,
    end: null,
  });
  assert.ok(diff.startsWith('--- plan.vdc\n+++ plan.vdc\n@@ '));
  assert.deepEqual([findings.before.warning, findings.after.warning], [1, 0]);
});

test('standard input is answered on standard output, the report on the other one', async (t) => {
  const { vdc } = world(t);
  const { code, out, err } = await vdc('fix - --write', MENDABLE);
  assert.equal(code, 0);
  assert.equal(out.replace(/\/2\d /, '/29 '), MENDABLE);
  assert.match(err, /^Widen to/);
});

test('a mistake in the text that has one correction is mended, too, and imported files are', async (t) => {
  const { vdc, folder } = world(t, {
    'main.vdc': 'import "parts.vdc"\nhost b : big\n',
    'parts.vdc': 'class host big { memory 64 GB; memroy 4 GiB }\n',
  });
  const { out } = await vdc('fix main.vdc --write');
  assert.match(out, /fix(?:es)? written/);
  assert.ok(!read(folder, 'parts.vdc').includes('memroy'), read(folder, 'parts.vdc'));
});

test('wrong calls are told apart from designs that are well', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': HEALTHY });
  assert.deepEqual(await vdc('fix plan.vdc'), { code: 0, out: 'Nothing has one safe remedy.\n', err: '' });
  const wrong = await vdc('fix plan.vdc --rule host-cpu-overlaoded');
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /there is no rule "host-cpu-overlaoded"; did you mean host-cpu-overloaded\?/);
  assert.equal((await vdc('fix')).code, 2);
  assert.equal((await vdc('fix gone.vdc')).code, 2);
});

describe('a diff', () => {
  /** Applies hunks as `patch` does. */
  const patched = (text: string, hunks: readonly string[]): string => {
    const lines = text.split('\n');
    let shift = 0;
    for (const hunk of hunks) {
      const [head = '', ...body] = hunk.split('\n');
      const [, from = '', size = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(head) ?? [];
      const start = Number(from) - (size === '0' ? 0 : 1) + shift;
      const old = body.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
      assert.deepEqual(lines.slice(start, start + Number(size)), old);
      const now = body.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
      lines.splice(start, Number(size), ...now);
      shift += now.length - Number(size);
    }
    return lines.join('\n');
  };

  test('leads from the old text to the new one, whatever the edits', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const { below, pick } = random(seed * 104_729);
      const text = Array.from({ length: 1 + below(30) }, (_, k) => `line ${k % 7}`).join('\n') + pick(['', '\n']);
      const edits: TextEdit[] = [];
      for (let at = below(10); at <= text.length; at += 1 + below(60)) {
        const to = Math.min(text.length, at + below(25));
        edits.push({ from: at, to, text: pick(['', 'x', 'a\nb', '\n', 'line 3\n']) });
        at = to;
      }
      const hunks = hunksOf(text, edits);
      const after = applyEdits(text, edits);
      // A missing line end at the end is no line of its own.
      assert.equal(patched(text, hunks).replace(/\n$/, ''), after.replace(/\n$/, ''), `seed ${seed}`);
      if (after === text) assert.deepEqual(hunks, []);
    }
  });
});
