import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type HintKind, inlayHints } from '../../server/src/ide/inlay-hints.ts';
import { editing } from './editing.ts';

/** The text with its hints, each in `‹ ›`. */
function hinted(text: string, ...kinds: readonly HintKind[]): string {
  const { workspace, uri, text: own } = editing(text);
  const wants = (kind: HintKind) => kinds.length === 0 || kinds.includes(kind);
  let written = '';
  let at = 0;
  for (const hint of inlayHints(workspace, uri, { from: 0, to: own.length }, wants)) {
    written += `${own.slice(at, hint.at)}‹${hint.label}›`;
    at = hint.at;
  }
  return written + own.slice(at);
}

/** Asserts that exactly the hints in `‹ ›` are shown. */
function shows(expected: string, ...kinds: readonly HintKind[]): void {
  assert.equal(hinted(expected.replace(/‹[^›]*›/g, ''), ...kinds), expected);
}

function tooltips(text: string, kind: HintKind): string[] {
  const { workspace, uri } = editing(text);
  const found = inlayHints(workspace, uri, { from: 0, to: text.length }, (other) => other === kind);
  return found.map(({ tooltip }) => tooltip());
}

const vms = 'vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 50 % }\n';

test('how busy a host is, behind its name', () => {
  shows(`host a‹53 % CPU · 53 % memory› { cpu 1 x 8 cores 2 GHz; memory 64 GiB; runs db-[1..2] }\n${vms}`, 'hostLoad');
});

test('a range of hosts: from the idlest to the busiest', () => {
  const cluster = `cluster c {
  host a-[1..3]‹0–53 % CPU› : h
  host b‹53 % CPU› : h { runs db-2 }
  host c : h
}
class host h { cpu 1 x 4 cores 2 GHz }
runs db-1 on a-2
`;
  shows(cluster + vms, 'hostLoad');
  assert.match(
    tooltips((cluster + vms).replace(/‹[^›]*›/g, ''), 'hostLoad')[0] ?? '',
    /\| a-2 \| 53 % CPU \|[\s\S]*\*\*host a-2\*\*/,
  );
});

test('nothing of hosts whose load or supply is not known', () => {
  shows(
    'host a { memory 64 GiB }\nhost b { runs v }\nhost c { memory 64 GiB; runs w }\nvm v { memory 4 GiB }\nvm w\n',
    'hostLoad',
  );
});

test('a load that is not known in full is at least that, one that is assumed about that', () => {
  const host = (sign: string) => `host a‹${sign} 27 % memory› { memory 64 GiB; system-memory 4 GiB; runs v, w }\n`;
  shows(`${host('≥')}vm v { memory 16 GiB }\nvm w\n`, 'hostLoad');
  shows(
    'host a‹≈ 26 % CPU› { cpu 1 x 4 cores 2 GHz; runs v }\nvm v { vcpu 2 }\nassume vm { demand cpu 50 % }\n',
    'hostLoad',
  );
});

test('classes and amendments of hosts have no load', () => {
  shows(
    'class host h { memory 4 GiB }\namend host a { memory 64 GiB }\nhost a‹2 % memory› { runs v }\nvm v { memory 1 GiB }\n',
    'hostLoad',
  );
});

test('members of a range that does not say how many', () => {
  shows(`vm a-[0..9]‹10 VMs›
vm b-[17..99]‹83 VMs›
vm c-[a,b]-[01..12]‹24 VMs›
vm d-[1,3..9]‹8 VMs›
`);
});

test('a range that counts from 1, and a few members, need no telling', () => {
  shows('vm a-[1..400]\nvm b-[001..020]\nvm c-[x,y,z]\nvm d-[7..9]\nvm "e-[10..99]"\n');
});

test('what a pattern matches, once in a statement', () => {
  shows(
    'vm sql-[1..3]\nvm web-[1..3]\napp a { members sql-*‹3 VMs›, web-*‹3 VMs›; apart sql-* by host }\ntool t { covers vm * }\n',
  );
  assert.deepEqual(tooltips('vm sql-[1..3]\napp a { members sql-* }\n', 'rangeMembers'), ['sql-1, sql-2, sql-3']);
});

test('how many fall to each where a list is dealt out, and does not come out one to one', () => {
  shows(`cluster c-[1..4]
host h-[1..100] in each c-[1..4]‹25 hosts each› { runs each v-[1..250]‹2–3 VMs each› }
vm v-[1..250] { nic each n-[1..2]‹125 VMs each› }
network n-[1..2]
vm w-[1..4] { nic each n-[1..2]‹2 VMs each› }
vm x-[1..2] { nic each n-[1..2] }
`);
});

test('what an assumption fills in, where the text does not state it', () => {
  shows(
    `assume vm { demand cpu 20 % iops 50; memory 4 GiB }
vm a‹assumed: demand cpu 20 % iops 50, memory 4 GiB›
vm b { memory 8 GiB; demand cpu 5 % }‹assumed: demand iops 50›
vm c {‹assumed: demand cpu 20 %›
  memory 1 GiB
  measured iops 30
}
vm d { memory 1 GiB; demand cpu 1 % iops 1 }
`,
    'assumedFigures',
  );
});

test('the tooltip of an assumption names the line that it comes from', () => {
  assert.deepEqual(tooltips('vm a\nassume vm { memory 4 GiB }\n', 'assumedFigures'), [
    '- `memory 4 GiB` assumed, [line 2](main.vdc#L2)',
  ]);
});

test('an assumption of a site does not reach beyond it', () => {
  shows(
    'site s { assume host { power 1 W .. 2 W } }\nhost a at s‹assumed: power 1 W .. 2 W›\nhost b\n',
    'assumedFigures',
  );
});

test('what is left of the memory of a host where that rests on an assumption, once for a class', () => {
  shows('class host h { memory 64 GiB‹≈ 60 GiB for VMs› }\nhost a : h\nhost b : h\n', 'assumedFigures');
  shows('class host h { memory 64 GiB }\nhost a { memory 64 GiB; system-memory 2 GiB }\n', 'assumedFigures');
  const [arithmetic = ''] = tooltips('host a { memory 64 GiB }\n', 'assumedFigures');
  assert.match(
    arithmetic,
    /usable memory \*\*60 GiB\*\* = installed − system memory\n.*\n {2}- system memory \*\*4 GiB\*\* assumed: /,
  );
});

test('hosts of a class that differ leave it without a hint', () => {
  shows('class host h { memory 64 GiB }\nhost a : h { hypervisor esxi 8.0 }\nhost b : h\n', 'assumedFigures');
});

test('only what stands in the span is told', () => {
  const text = 'vm a-[0..9]\nvm b-[0..9]\nvm c-[0..9]\n';
  const { workspace, uri } = editing(text);
  const from = text.indexOf('vm b');
  assert.deepEqual(
    inlayHints(workspace, uri, { from, to: from + 11 }).map(({ at }) => at),
    [from + 11],
  );
});

test('an edit in another file changes what is told here', () => {
  const { workspace } = editing(
    '//- a.vdc\nimport "b.vdc"\nhost h { memory 64 GiB; runs v }\n//- b.vdc\nvm v { memory 6 GiB }\n',
  );
  const labels = () =>
    inlayHints(workspace, 'a.vdc', { from: 0, to: 80 }, (kind) => kind === 'hostLoad').map(({ label }) => label);
  assert.deepEqual(labels(), ['10 % memory']);
  workspace.replaceText('b.vdc', 'vm v { memory 12 GiB }\n');
  assert.deepEqual(labels(), ['20 % memory']);
});

test('broken and empty text', () => {
  shows('');
  shows(`host a { memory 64 Gi
host b‹≥ 27 % memory› { memory 64 GiB‹≈ 60 GiB for VMs›; runs w-[0..7]‹8 VMs›, v
vm v { memory 16 GiB }
vm w-[0..7‹8 VMs›
`);
  const half = readFileSync(new URL('../../examples/half-typed.vdc', import.meta.url), 'utf8');
  assert.equal(hinted(half).replace(/‹[^›]*›/g, ''), half);
});
