import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const rule = 'array-fan-in-high';
const fabric = (hosts: number, ports = 'ports 2 x 16 Gbps to san') => `switch san { type fc }
array a {
  ${ports}
}
host h-[1..${hosts}] { hba hba1 16 Gbps; path hba1 to san }`;

test('seven to one is silent, more is a warning', () => {
  assert.deepEqual(said(rule, fabric(14)), []);
  assert.deepEqual(said(rule, fabric(15)), [
    'warning: Ports of 15 hosts share those of a 7.5:1, 240 Gbps on 32 Gbps; 7:1 is the most that is usual. When everything starts or is saved at once, it jams there. Use more or faster ports on the array.',
  ]);
});

test('hosts on other fabrics, and hosts that are off, do not count', () => {
  const other = fabric(15)
    .replace('switch san {', 'switch lone { type fc }\nswitch san {')
    .replace('path hba1 to san', 'path hba1 to lone');
  assert.deepEqual(said(rule, other), []);
  assert.deepEqual(said(rule, fabric(15).replace('hba hba1', 'state off; hba hba1')), []);
});

test('paths straight to the array count', () => {
  assert.equal(said(rule, fabric(15, 'ports 2 x 16 Gbps').replace('path hba1 to san', 'path hba1 to a')).length, 1);
});

test('without ports or adapters nothing is known; a policy may allow more', () => {
  assert.deepEqual(said(rule, fabric(90, 'protocol fc')), []);
  assert.deepEqual(said(rule, fabric(90).replace('hba hba1 16 Gbps', 'hba hba1')), []);
  assert.deepEqual(said(rule, `${fabric(15)}\npolicy { array-fan-in-high warn 10 }`), []);
});

test('more ports on the array mend it', () => {
  assert.match(mended(rule, fabric(15)), /ports 3 x 16 Gbps to san/);
});
