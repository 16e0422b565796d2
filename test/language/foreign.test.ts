import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignText } from '../../server/src/language/foreign.ts';
import { formatText } from '../../server/src/language/format.ts';
import { problemsOf } from './read.ts';

const FOREIGN: readonly (readonly [what: string, text: string])[] = [
  ['a table', 'VM,Powerstate,CPUs,Memory\nsrv-1,poweredOn,4,8192\n'],
  ['a table', '"VM";"Powerstate";"CPUs; virtual";"Memory"\r\n"srv; 1";on;4;8192\r\n'],
  ['a table', '\ufeffName\tState\tCPU\tRAM\nsrv-1\ton\t4\t8192\n'],
  ['JSON', '{\n  "vms": []\n}\n'],
  ['JSON', '[{"Name":"a"}]'],
  ['XML', '<?xml version="1.0"?>\n<domain/>'],
  ['XML', '<domain type="kvm">'],
  ['a workbook', 'PK\u0003\u0004...'],
];

for (const [what, text] of FOREIGN) {
  test(`${JSON.stringify(text.slice(0, 30))} is ${what}, and is not formatted`, () => {
    assert.equal(foreignText(text), what);
    assert.equal(formatText(text), text);
  });
}

for (const text of [
  '',
  '// a, b, c, d\n// e, f, g, h\n',
  'team a; team b; team c; team d\nteam e; team f; team g; team h\n',
  'runs a,b,c,d on h\nruns e,f,g,h on i\n',
  'rns a, b, c, d\nrns e, f, g, h\n',
  '{ vcpu 4 }\n',
  'vm a {\n',
  '<<<<<<< HEAD\nvm a\n',
]) {
  test(`${JSON.stringify(text)} is a design, whole or not`, () => assert.equal(foreignText(text), undefined));
}

test('lines that a merge leaves are named, and stay where tools look for them', () => {
  const text = 'vm a {\n<<<<<<< HEAD\nvcpu 4\n=======\n  memory  8 GiB\n>>>>>>> theirs\n}\n';
  const message = 'both sides of a merge stand here: keep one of them, and take this line away';
  assert.deepEqual(
    problemsOf(text).map((problem) => problem.message),
    [message, message, message],
  );
  const formatted = 'vm a {\n<<<<<<< HEAD\n  vcpu 4\n=======\n  memory 8 GiB\n>>>>>>> theirs\n}\n';
  assert.equal(formatText(text), formatted);
});
