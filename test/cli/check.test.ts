import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { HEALTHY, OVERLOADED, world } from './world.ts';

test('a healthy design is content: exit code 0, and what it holds', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': HEALTHY });
  assert.deepEqual(await vdc('check plan.vdc'), {
    code: 0,
    out: `plan.vdc: 2 VMs (2 on, 0 off): 8 vCPU, 32 GiB of memory, disk not stated
  on 1 host: 8 cores, 64 GiB of memory
  not judged, as too little is stated: disk space; IOPS; network load; addresses

No findings
`,
    err: '',
  });
});

test('a finding of severity error: exit code 1, the line it points at, and what it means', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': OVERLOADED });
  const { code, out, err } = await vdc('check plan.vdc');
  assert.deepEqual([code, err], [1, '']);
  const [head, message, line, marks, related] = out.split('\n');
  assert.match(head ?? '', /^plan\.vdc:1:\d+ error host-cpu-overloaded$/);
  assert.match(message ?? '', /^ {2}esx-01 .*126 %/);
  assert.equal(line, '  1 | host esx-01 {');
  assert.match(marks ?? '', /^ {4}\| +\^+$/);
  assert.match(related ?? '', /^ {4}= plan\.vdc:7:\d+ db-1 /);
  assert.match(out, /\n1 finding: 1 error\n {2}resource starvation +1\n$/);
});

test('the marks stand under what they mean', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': 'host esx-01 { cpu 1 x 8 cores 2.0 GHz; memory 64 }\n' });
  const { out } = await vdc('check plan.vdc');
  const [, , line = '', marks = ''] = out.split('\n');
  assert.equal(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), '64');
});

test('a finding far to the right of a long line is shown with the part of the line around it', async (t) => {
  const filler = Array.from({ length: 60 }, (_, n) => `note "remark ${n}"`).join('; ');
  const { vdc } = world(t, { 'plan.vdc': `host esx-01 { ${filler}; memory 64 }\n` }, { columns: 80 });
  const { out } = await vdc('check plan.vdc');
  const lines = out.split('\n');
  const marks = lines.findIndex((line) => /^ +\| +\^\^$/.test(line));
  const line = lines[marks - 1] ?? '';
  assert.ok(line.length <= 82, line);
  assert.equal(line.slice(lines[marks]?.indexOf('^'), (lines[marks]?.lastIndexOf('^') ?? 0) + 1), '64');
});

test('mistakes in the text are findings, too', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': 'design plan { horizon 36 }\n' });
  const { code, out } = await vdc('check plan.vdc --format json');
  const [finding] = JSON.parse(out).findings;
  assert.equal(code, 1);
  assert.deepEqual(
    { ...finding, message: '' },
    {
      rule: 'unit-missing',
      painPoint: null,
      severity: 'error',
      message: '',
      file: 'plan.vdc',
      range: { start: { line: 1, column: 23 }, end: { line: 1, column: 25 } },
      entity: null,
      figures: [],
      related: [],
    },
  );
});

test('warnings alone do not fail a check', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': OVERLOADED.replace('60 %', '38 %') });
  const { code, out } = await vdc('check plan.vdc');
  assert.equal(code, 0);
  assert.match(out, /1 finding: 1 warning/);
});

test('colours only where they are shown', async (t) => {
  const coloured = await world(t, { 'plan.vdc': OVERLOADED }, { colours: true }).vdc('check plan.vdc');
  const plain = await world(t, { 'plan.vdc': OVERLOADED }).vdc('check plan.vdc');
  assert.ok(coloured.out.includes('\u001b[31merror\u001b[0m'));
  assert.ok(!plain.out.includes('\u001b'));
});

test('what a file says to a terminal is shown, not obeyed', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': 'host esx-01 { memory \u001b]0;owned\u0007 }\n' });
  const { out } = await vdc('check plan.vdc');
  assert.ok(!out.includes('\u001b') && !out.includes('\u0007'), out);
  assert.ok(out.includes('\u241b'), out);
});

test('a folder is every design below it; a file that another imports is part of that one', async (t) => {
  const { vdc } = world(t, {
    'a/main.vdc': 'import "parts/hardware.vdc"\nhost esx-01 : r640 { runs db }\nvm db { vcpu 2; memory 4 GiB }\n',
    'a/parts/hardware.vdc': 'class host r640 { cpu 2 x 8 cores 2.6 GHz; memory 128 GiB }\n',
    'b/other.vdc': HEALTHY,
    'b/node_modules/third.vdc': 'nonsense\n',
    'b/.hidden/fourth.vdc': 'nonsense\n',
    'b/readme.md': 'nonsense\n',
  });
  const { code, out } = await vdc('check . --format json');
  const { files, summary, findings } = JSON.parse(out);
  assert.deepEqual([code, findings], [0, []]);
  assert.deepEqual(
    summary.designs.map(({ file, vms, hosts, cores }: Record<string, unknown>) => [file, vms, hosts, cores]),
    [
      ['a/main.vdc', 1, 1, 16],
      ['b/other.vdc', 2, 1, 8],
    ],
  );
  assert.deepEqual(files, ['a/main.vdc', 'a/parts/hardware.vdc', 'b/other.vdc']);
});

test('files that import each other are one design', async (t) => {
  const { vdc } = world(t, {
    'a.vdc': 'import "b.vdc"\nsite one\n',
    'b.vdc': 'import "a.vdc"\nsite two\n',
  });
  const { summary } = JSON.parse((await vdc('check . --format json')).out);
  assert.deepEqual(
    summary.designs.map(({ file }: { file: string }) => file),
    ['a.vdc'],
  );
});

test('a mistake in a file that two designs import is told once', async (t) => {
  const { vdc } = world(t, {
    'a.vdc': 'import "shared.vdc"\n',
    'b.vdc': 'import "shared.vdc"\n',
    'shared.vdc': 'design plan { horizon 36 }\n',
  });
  const { findings, summary } = JSON.parse((await vdc('check a.vdc b.vdc --format json')).out);
  assert.deepEqual([findings.length, summary.designs.length], [1, 2]);
});

test('an import that cannot be read is a finding at the import', async (t) => {
  const { vdc } = world(t, {
    'plan.vdc': 'import "gone.vdc"\nimport "/etc/hostname"\nimport "notes.txt"\n',
    'notes.txt': 'no design\n',
  });
  const { code, out } = await vdc('check plan.vdc --format json');
  assert.equal(code, 1);
  assert.deepEqual(
    JSON.parse(out).findings.map(({ rule, range }: { rule: string; range: { start: { line: number } } }) => [
      rule,
      range.start.line,
    ]),
    [
      ['import-unreadable', 1],
      ['import-unreadable', 2],
      ['import-unreadable', 3],
    ],
  );
});

test('standard input is a design, too', async (t) => {
  const { vdc } = world(t, { 'hardware.vdc': 'class host r640 { cpu 1 x 4 cores 2 GHz }\n' });
  const { code, out } = await vdc('check -', 'import "hardware.vdc"\nhost esx-01 : r640\ndesign plan { horizon 36 }\n');
  assert.equal(code, 1);
  assert.match(out, /^<stdin>:3:23 error unit-missing/);
  assert.match(out, /4 cores/);
});

test('one file that cannot be read hides no findings of the others', async (t) => {
  const { vdc } = world(t, { 'bytes.vdc': new Uint8Array([0xff]), 'plan.vdc': OVERLOADED });
  const { code, out, err } = await vdc('check . --format json');
  assert.deepEqual([code, err], [2, 'vdc check: bytes.vdc is not UTF-8 text; save it as UTF-8\n']);
  assert.deepEqual([JSON.parse(out).files, JSON.parse(out).findings.length], [['plan.vdc'], 1]);
});

const cannotBeRead: readonly (readonly [what: string, line: string, says: RegExp])[] = [
  ['a file that is not there', 'check gone.vdc', /^vdc check: gone\.vdc: there is no such file or folder\n$/],
  ['a folder without designs', 'check empty', /empty: there is no \.vdc file in this folder or below it/],
  ['a file that is no text', 'check bytes.vdc', /bytes\.vdc is not UTF-8 text/],
  ['links that lead in a circle', 'check loop.vdc', /loop\.vdc: its links lead in a circle/],
  ['nothing named', 'check', /name a design.*\nUsage: vdc check /],
  ['an unknown format', 'check plan.vdc --format xml', /--format is pretty, json, sarif, github, junit, not "xml"/],
  ['an unknown option', 'check plan.vdc --fast', /Unknown option '--fast'/],
  ['an unknown command', 'chekc plan.vdc', /there is no command "chekc"; did you mean check\?/],
  ['a design without a command', 'plan.vdc', /there is no command "plan\.vdc"; "vdc check plan\.vdc" checks a design/],
  ['an inventory without a command', 'a.xlsx', /"vdc import a\.xlsx -o estate\.vdc" makes a design of an inventory/],
  [
    'a workbook',
    'check book.xlsx',
    /book\.xlsx is a workbook or another archive and no design; "vdc import book\.xlsx/,
  ],
  ['no command', '', /Usage: vdc <command>/],
];
for (const [what, line, says] of cannotBeRead) {
  test(`${what} is said in words, with exit code 2`, async (t) => {
    const { vdc, folder } = world(t, {
      'plan.vdc': HEALTHY,
      'empty/readme.md': '',
      'bytes.vdc': new Uint8Array([0xff, 0xfe, 0x41, 0x00]),
      'book.xlsx': new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe]),
    });
    symlinkSync(path.join(folder, 'loop.vdc'), path.join(folder, 'loop.vdc'));
    const { code, out, err } = await vdc(line);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, says);
    assert.ok(!/\n\s+at /.test(err), err);
  });
}

const GROWING = `design plan { as-of 2026-11-22; growth cpu 4 %/month }
host esx-01 { cpu 1 x 8 cores 2.0 GHz; memory 64 GiB; runs db }
vm db { vcpu 8; memory 32 GiB; demand cpu 50 % }
`;

test('--at evaluates at a later day, and says so', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': GROWING });
  assert.doesNotMatch((await vdc('check plan.vdc')).out, /Evaluated|host-cpu/);
  const later = await vdc('check plan.vdc --at 2027-11');
  assert.match(later.out, /^Evaluated at 2027-11-01\n/);
  assert.match(later.out, /warning host-cpu-overloaded/);
  const { at, findings } = JSON.parse((await vdc('check plan.vdc --at 2027-11-15 --format json')).out);
  assert.equal(at, '2027-11-15');
  assert.equal(findings.length, 1);
  assert.equal(JSON.parse((await vdc('check plan.vdc --format json')).out).at, null);
});

test('--at takes a day that the design can be evaluated at: exit code 2 for any other', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': GROWING, 'bare.vdc': 'vm a\n' });
  const wrong = await vdc('check plan.vdc --at tomorrow');
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /--at: "tomorrow" is no day; write a day such as 2027-06-15 or a month such as 2027-06/);
  const before = await vdc('check plan.vdc --at 2026-01');
  assert.equal(before.code, 2);
  assert.match(before.err, /plan\.vdc: 2026-01-01 is before the as-of of the design, 2026-11-22/);
  assert.doesNotMatch(before.out, /Evaluated/);
  const bare = await vdc('check bare.vdc --at 2027-01');
  assert.equal(bare.code, 2);
  assert.match(bare.err, /bare\.vdc: .*no as-of to start from/);
});

test('the maturity of a design with clusters is told in a line, and whole in JSON', async (t) => {
  const { vdc } = world(t, {
    'plan.vdc': 'cluster prod { features ha; failover none; host esx-[1..2] }\n',
    'bare.vdc': 'vm a\n',
  });
  const { out } = await vdc('check plan.vdc');
  assert.match(
    out,
    /\n {2}maturity: stage 1 of 5 as stated, .*; next, network: every network states its VLAN \(and 2 more\)\n/,
  );
  const { summary } = JSON.parse((await vdc('check plan.vdc bare.vdc --format json')).out);
  const [bare, plan] = summary.designs.sort((a: { file: string }, b: { file: string }) => (a.file < b.file ? -1 : 1));
  assert.equal(bare.maturity, null);
  const { stage, cappedBy, dimensions, next } = plan.maturity;
  assert.deepEqual([stage, cappedBy, next.length], [1, null, 3]);
  assert.deepEqual(dimensions[0], {
    name: 'servers',
    isCore: true,
    score: 2,
    next: 'every cluster states what may fail, and holds it',
  });
});
