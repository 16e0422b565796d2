import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { topologyInSteps } from '../../server/src/ide/topology.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { random } from '../support/random.ts';
import { topologyOf } from '../support/topology.ts';

const EXAMPLES = new URL('../../examples/', import.meta.url);
const texts = new Map(
  readdirSync(EXAMPLES)
    .filter((name) => name.endsWith('.vdc'))
    .map((name) => [name, readFileSync(new URL(name, EXAMPLES), 'utf8')]),
);

/** Pieces that people type, paste, and leave half-finished. */
const TYPED = [
  '{',
  '}',
  ';',
  '\n',
  ' ',
  '"',
  '//',
  '4',
  '[',
  ']',
  ',',
  'x',
  '@',
  ': ',
  'none',
  '  runs web-1\n',
  'vm new-1 { vcpu 2; memory 4 GiB }\n',
];

function workspaceWith(root: string, text: string): Workspace {
  const workspace = new Workspace({ resolve: (from, path) => posix.join(posix.dirname(from), path) });
  workspace.openText(root, text);
  for (let wanted = workspace.wanted(); wanted.length > 0; wanted = workspace.wanted()) {
    for (const uri of wanted) workspace.provide(uri, texts.get(uri));
  }
  return workspace;
}

/** Everything shown, as one line each. */
function shown(workspace: Workspace, uri: string): string[] {
  return diagnosticsOf(workspace, uri).map(
    ({ from, to, severity, code, message, related }) =>
      `${from}-${to} ${severity} ${code}: ${message} ${related.map((place) => `${place.uri} ${place.from} ${place.message}`).join(' | ')}`,
  );
}

/** Edits at random places: typing, deleting, and moving lines around. */
function edits(text: string, seed: number): { from: number; to: number; text: string } {
  const { below, next, pick } = random(seed);
  const from = below(text.length + 1);
  const kind = next();
  if (kind < 0.45) return { from, to: from, text: pick(TYPED) };
  if (kind < 0.7) return { from, to: Math.min(text.length, from + 1 + below(8)), text: '' };
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const lineEnd = text.indexOf('\n', from) + 1 || text.length;
  if (kind < 0.85) return { from: lineStart, to: lineEnd, text: '' };
  return { from: lineStart, to: lineStart, text: text.slice(lineStart, lineEnd) };
}

for (const [name, original] of texts) {
  if (name === 'ten-thousand.vdc' || name === 'vdi-farm.vdc') continue;
  test(`${name}: what is shown after each edit is what a fresh start shows`, () => {
    for (let run = 0; run < 6; run++) {
      let text = original;
      const workspace = workspaceWith(name, text);
      for (let step = 0; step < 14; step++) {
        const edit = edits(text, run * 1_000 + step * 7 + name.length);
        const before = text;
        text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
        workspace.edit(name, [edit]);
        assert.equal(workspace.text(name), text);
        const fresh = workspaceWith(name, text);
        const [now, anew] = [shown(workspace, name), shown(fresh, name)];
        const differing = {
          only: now.filter((line) => !anew.includes(line)),
          missing: anew.filter((line) => !now.includes(line)),
        };
        const where = `run ${run}, step ${step}: ${JSON.stringify(edit)} near ${JSON.stringify(before.slice(edit.from - 60, edit.to + 40))}`;
        assert.deepEqual({ where, ...differing }, { where, only: [], missing: [] });
        assert.deepEqual(now, anew, where);
        // A picture that was begun before the next edit leaves nothing behind that is out of date.
        if (step % 3 === 0) assert.deepEqual(topologyOf(workspace, name), topologyOf(fresh, name), where);
        else topologyInSteps(workspace, name).next();
      }
    }
  });
}

test('the same long block is read anew in every place that it stands in', () => {
  const rows = Array.from({ length: 60 }, (_, i) => `    // line ${i} of those that make this a long block\n`).join('');
  const machine = `  vm web-1 {\n    vcpu 2\n    memory 4 GiB\n${rows}  }\n`;
  const workspace = workspaceWith('twice.vdc', `app shop {\n${machine}}\nhost h-1 {\n${machine}}\n`);
  const codes = diagnosticsOf(workspace, 'twice.vdc').map((finding) => finding.code);
  assert.deepEqual(codes, ['word-misplaced']);
});

/** What `runs` may say of some VMs. */
const PLACED = ['a-1', 'a-2', 'a-[1..3]', 'a-[2..3]', 'b', 'b, a-1', 'a-1, b', 'each a-[1..3]', 'b on h-2', 'nobody'];

/** Hosts that place VMs on one line, in a block, and dealt over a range; and VMs that are placed by the cluster. */
const placing = (runs: readonly string[]): string =>
  [
    'class vm small { vcpu 2; memory 4 GiB; demand cpu 90 % }',
    'vm a-[1..3] : small; vm b : small',
    'cluster c {',
    `  ${runs[0]}`,
    `  host h-1 { cpu 1 x 2 cores 2 GHz; memory 16 GiB; ${runs[1]} }`,
    '  host h-2 {',
    '    cpu 1 x 2 cores 2 GHz',
    `    ${runs[2]}`,
    '    memory 8 GiB',
    '    vswitch v { uplink nic1 }',
    '  }',
    `  host h-[3..5] { cpu 1 x 1 cores 2 GHz; memory 8 GiB; ${runs[3]} }`,
    '}',
    '',
  ].join('\n');

test('VMs that are placed elsewhere, in another order, twice or nowhere: as a fresh start shows', () => {
  const { below, pick, next } = random(7);
  let runs = ['', 'runs a-[1..3]', 'runs b', ''];
  const workspace = workspaceWith('placing.vdc', placing(runs));
  for (let step = 0; step < 150; step++) {
    const at = below(runs.length);
    const text = placing(runs);
    runs = runs.map((said, index) => (index === at ? (next() < 0.25 ? '' : `runs ${pick(PLACED)}`) : said));
    // The whole line, or what is other in it: both are how people edit.
    const after = placing(runs);
    let from = 0;
    while (from < after.length && text[from] === after[from]) from++;
    let tail = 0;
    while (tail < Math.min(text.length, after.length) - from && text.at(-1 - tail) === after.at(-1 - tail)) tail++;
    workspace.edit('placing.vdc', [{ from, to: text.length - tail, text: after.slice(from, after.length - tail) }]);
    assert.equal(workspace.text('placing.vdc'), after);
    const fresh = workspaceWith('placing.vdc', after);
    const where = `step ${step}: ${JSON.stringify(runs)}`;
    assert.deepEqual(shown(workspace, 'placing.vdc'), shown(fresh, 'placing.vdc'), where);
    assert.deepEqual(topologyOf(workspace, 'placing.vdc'), topologyOf(fresh, 'placing.vdc'), where);
  }
});

test('a range of ten thousand VMs that nobody declared comes, is passed on, and goes', () => {
  const text = 'cluster c {\n  host a { runs db[1..10000]-1 }\n  host b { runs v }\n}\nvm v\n';
  const workspace = workspaceWith('long.vdc', text);
  for (const change of [
    (now: string) => now.replace('host b', 'host b2'),
    (now: string) => now.replace('cluster c', 'cluster d'),
    (now: string) => now.replace('[1..10000]', '[1..3]'),
  ]) {
    const before = workspace.text('long.vdc') ?? '';
    const after = change(before);
    workspace.edit('long.vdc', [{ from: 0, to: before.length, text: after }]);
    assert.deepEqual(shown(workspace, 'long.vdc'), shown(workspaceWith('long.vdc', after), 'long.vdc'));
  }
});

test('a class that is suggested for a slip is so no longer once it has another name', () => {
  const workspace = workspaceWith('classes.vdc', 'class vm big { }\nvm a : bigg\n');
  assert.match(shown(workspace, 'classes.vdc').join(), /did you mean big\?/);
  workspace.edit('classes.vdc', [{ from: 9, to: 12, text: 'small' }]);
  const after = 'class vm small { }\nvm a : bigg\n';
  assert.deepEqual(shown(workspace, 'classes.vdc'), shown(workspaceWith('classes.vdc', after), 'classes.vdc'));
});
