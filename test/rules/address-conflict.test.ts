import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'address-conflict';
const lan = (rest: string, subnet = '10.1.0.0/24 gateway 10.1.0.1') => `network lan { subnet ${subnet} }\n${rest}`;

test('an address that two have: the later one gets the next free one', () => {
  const text = lan('vm a { nic lan address 10.1.0.2 }\nvm b { nic lan address 10.1.0.2 }');
  assert.deepEqual(said(rule, text), [
    'error: 10.1.0.2 is given to a and b: whoever answers first wins. Give b an address of its own.',
  ]);
  assert.match(mended(rule, text), /vm b { nic lan address 10\.1\.0\.3 }/);
});

test('services of one host may share its adapter, and with it the address; hosts may not', () => {
  const hosts = (second: string) => `network lan { subnet 10.1.0.0/24 }
host h { service management on lan address 10.1.0.3; service migration on lan address ${second} }
host i { service management on lan address 10.1.0.4 }`;
  assert.deepEqual(said(rule, hosts('10.1.0.3')), []);
  assert.match(said(rule, hosts('10.1.0.4'))[0] ?? '', /10\.1\.0\.4 is given to h and i/);
});

test('addresses of applications and services count as well', () => {
  const text = lan(`vm a { nic lan address 10.1.0.2 }
host h { service management on lan address 10.1.0.3 }
app shop { vip 10.1.0.3 on lan }`);
  assert.match(said(rule, text)[0] ?? '', /10\.1\.0\.3 is given to shop and h/);
});

test('the last usable address is in the subnet, the broadcast address and the next subnet are not', () => {
  assert.deepEqual(said(rule, lan('vm a { nic lan address 10.1.0.254 }')), []);
  assert.match(
    said(rule, lan('vm a { nic lan address 10.1.0.255 }'))[0] ?? '',
    /is the broadcast address of 10\.1\.0\.0\/24/,
  );
  const outside = lan('vm a { nic lan address 10.1.1.7 }');
  assert.match(
    said(rule, outside)[0] ?? '',
    /^error: 10\.1\.1\.7 of a is not in 10\.1\.0\.0\/24, so a reaches nobody on lan/,
  );
  assert.match(mended(rule, outside), /address 10\.1\.0\.2 }/);
});

test('a machine on the address of the gateway', () => {
  assert.match(said(rule, lan('vm a { nic lan address 10.1.0.1 }'))[0] ?? '', /10\.1\.0\.1 of a is the gateway/);
});

test('a gateway outside its subnet', () => {
  const text = lan('', '10.1.0.0/24 gateway 10.2.0.1');
  assert.match(said(rule, text)[0] ?? '', /^error: The gateway 10\.2\.0\.1 is not in 10\.1\.0\.0\/24/);
  assert.match(mended(rule, text), /gateway 10\.1\.0\.1 }/);
});

test('overlapping subnets, unless they are routed apart', () => {
  const two = (vrf: string) => `network a { subnet 10.1.0.0/16 }\nnetwork b { ${vrf}subnet 10.1.7.0/24 }`;
  assert.match(said(rule, two(''))[0] ?? '', /^error: 10\.1\.7\.0\/24 of b overlaps 10\.1\.0\.0\/16 of a/);
  assert.deepEqual(said(rule, two('vrf lab; ')), []);
});

test('a network without a subnet, and a network that does not exist, say nothing', () => {
  assert.deepEqual(said(rule, 'network lan\nvm a { nic lan address 10.1.0.2 }'), []);
  assert.deepEqual(found(rule, lan('vm a { nic lann address 10.1.0.1 }')), []);
});

test('one VLAN for two networks of a site with subnets of their own', () => {
  const two = (rest = '') => `site here
site there
network web at here { vlan 110; subnet 10.1.0.0/24 }
network app at here { vlan 110; subnet 10.2.0.0/24${rest} }`;
  assert.deepEqual(said(rule, two()), [
    'warning: app and web are both VLAN 110 at here, with subnets of their own: what is meant as two networks is one. Give one another VLAN, or state vrf if their switches are apart.',
  ]);
  assert.deepEqual(said(rule, two('; vrf lab')), []);
  assert.deepEqual(said(rule, two().replace('vlan 110; subnet 10.2', 'vlan 111; subnet 10.2')), []);
  assert.deepEqual(said(rule, two().replace('network app at here', 'network app at there')), []);
  assert.deepEqual(said(rule, two().replace('; subnet 10.2.0.0/24', '')), []);
  assert.deepEqual(said(rule, two().replaceAll('vlan 110', 'vlan 0')), []);
});
