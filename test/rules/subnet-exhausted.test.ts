import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'subnet-exhausted';
const web = (vms: number, clauses = 'gateway 10.1.0.1 reserve 9') => `network web { subnet 10.1.0.0/27 ${clauses} }
vm a-[1..${vms}] { nic web }`;

test('three quarters are silent, one more is a warning, above nine tenths an error', () => {
  assert.deepEqual(said(rule, web(15)), []);
  assert.deepEqual(said(rule, web(16)), [
    'warning: 10.1.0.0/27 of web is 80 % taken: 16 of 20 addresses for machines. 4 addresses are left; widen the prefix, or move machines to another network.',
  ]);
  assert.match(said(rule, web(18))[0] ?? '', /^warning/);
  assert.match(said(rule, web(19))[0] ?? '', /^error/);
  assert.match(said(rule, web(21))[0] ?? '', /The next machine gets none/);
});

test('the fix is the next wider prefix that is free', () => {
  assert.match(mended(rule, web(20)), /subnet 10\.1\.0\.0\/26 gateway 10\.1\.0\.1 reserve 9 }/);
  const taken = `${web(20)}\nnetwork next { subnet 10.1.0.32/27 }`;
  assert.deepEqual(
    found(rule, taken).flatMap((finding) => finding.fixes()),
    [],
  );
  assert.match(mended(rule, taken.replace('32/27', '32/27; vrf lab')), /10\.1\.0\.0\/26/);
});

test('machines without an address of their own draw on the DHCP range', () => {
  const range = 'gateway 10.1.0.1 dhcp 10.1.0.11 .. 10.1.0.20';
  assert.deepEqual(said(rule, web(7, range)), []);
  assert.match(said(rule, web(8, range))[0] ?? '', /^warning: The DHCP range of web is 80 % taken: 8 of 10/);
});

test('templates have no address, machines that are off keep theirs', () => {
  assert.deepEqual(said(rule, web(18).replace('{ nic web }', '{ nic web; state template }')), []);
  assert.equal(said(rule, web(18).replace('{ nic web }', '{ nic web; state off }')).length, 1);
});

test('two services of a host on one network share an adapter', () => {
  const text = `network infra { subnet 10.2.0.0/29 }
cluster c {
  service management on infra
  service migration on infra
  host h-[1..4]
}`;
  assert.deepEqual(said(rule, text), []);
});

test('an address alone puts an adapter on the network whose subnet holds it', () => {
  const text = web(15).concat('\nvm b { nic address 10.1.0.9 }');
  assert.match(said(rule, text)[0] ?? '', /16 of 20/);
});
