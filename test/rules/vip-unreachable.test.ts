import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const RULE = 'vip-unreachable';
interface Plan {
  readonly legs?: string;
  readonly back?: string;
  readonly vip?: string;
}
const plan = ({
  legs = ' { networks front }',
  back = 'subnet 10.1.20.0/24',
  vip = 'via lb pool web-[1..2] monitor "GET /health"',
}: Plan) => `network front { subnet 10.1.10.0/24 gateway 10.1.10.1 }
network back { ${back} }
adc lb${legs}
app shop {
  vip 10.1.10.50 on front ${vip}
  vm web-[1..2] { nic back }
}`;

test('members on a network without a leg and without a gateway', () => {
  assert.deepEqual(said(RULE, plan({})), [
    'warning: lb has no leg on back, which no gateway leads to either: web-1 and web-2 get no users of shop. Add back to its networks, or state who routes it.',
  ]);
});

test('a leg, a gateway, a router or an unknown subnet reaches them', () => {
  assert.deepEqual(said(RULE, plan({ legs: ' { networks front, back }' })), []);
  assert.deepEqual(said(RULE, plan({ back: 'subnet 10.1.20.0/24 gateway 10.1.20.1' })), []);
  assert.deepEqual(said(RULE, plan({ back: 'subnet 10.1.20.0/24; routed-by lb' })), []);
  assert.deepEqual(said(RULE, plan({ back: 'vlan 20' })), []);
});

test('an address on a network where the controller has no leg', () => {
  assert.match(
    said(RULE, plan({ legs: ' { networks back }' }))[0] ?? '',
    /^warning: lb should answer 10\.1\.10\.50 on front/,
  );
});

test('a controller without members', () => {
  assert.match(said(RULE, plan({ vip: 'via lb monitor "GET /"' }))[0] ?? '', /names no members/);
});

test('nothing is said of a controller whose networks are not stated, or not known', () => {
  assert.deepEqual(said(RULE, plan({ legs: '' })), []);
  assert.deepEqual(said(RULE, plan({ legs: ' { networks frnt }' })), []);
});

test('the fix adds the leg', () => {
  assert.equal(mended(RULE, plan({})), plan({ legs: ' { networks front, back }' }));
  assert.deepEqual(found(RULE, plan({ vip: 'via lb monitor "GET /"' }))[0]?.fixes(), []);
});
