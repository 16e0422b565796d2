import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'switch-ports-exceeded';
const plan = (hosts: number, more = '', ports = 'ports 8 x 10 Gbps') => `switch tor-a { ${ports} }
cluster prod {
  host esx-[1..${hosts}] { nic 2 x 10 Gbps; hba 1 x 16 Gbps }
  vswitch dvs { uplink nic[1..2] to tor-a }
}
${more}`;

test('all ports may be taken; one cable more is an error', () => {
  assert.deepEqual(said(RULE, plan(4)), []);
  const core = 'switch core { uplink 1 x 10 Gbps to tor-a }';
  assert.deepEqual(said(RULE, plan(4, core)), [
    'error: 9 cables lead to tor-a and it has 8 ports: 1 find none. Plan a switch with more ports or a second one, and its price; or cable less of it here.',
  ]);
});

test('the fix plans as many ports as there are cables', () => {
  assert.equal(mended(RULE, plan(5)), plan(5, '', 'ports 10 x 10 Gbps'));
});

test('a port that carries a path as well is one cable; an HBA is a further one', () => {
  const paths = (name: string) => plan(4, `amend host esx-[1..4] { path ${name} to tor-a }`);
  assert.deepEqual(said(RULE, paths('nic1')), []);
  assert.match(said(RULE, paths('hba1'))[0] ?? '', /^error: 12 cables/);
});

test('ports of arrays count, and ports of all speeds together take them', () => {
  const array = 'array shelf { ports 4 x 10 Gbps to tor-a }';
  assert.match(said(RULE, plan(4, array))[0] ?? '', /^error: 12 cables/);
  assert.deepEqual(said(RULE, plan(4, array, 'ports 8 x 10 Gbps; ports 4 x 25 Gbps')), []);
});

test('without stated ports, or without the NICs of the hosts, nothing is said', () => {
  assert.deepEqual(said(RULE, plan(40, '', 'mtu 9000')), []);
  assert.deepEqual(said(RULE, plan(40).replace('nic 2 x 10 Gbps; ', '')), []);
});
