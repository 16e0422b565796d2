import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Address,
  formatAddress,
  formatPrefix,
  type Prefix,
  parseAddress,
  parsePrefix,
} from '../../../server/src/base/addresses.ts';
import {
  isUsableAddress,
  nextFreeAddresses,
  overlappingPrefixes,
  type Subnet,
  subnetCapacity,
  usableAddresses,
  widerPrefix,
} from '../../../server/src/capacity/models/subnet.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if ('error' in parsed) assert.fail(parsed.error);
  return parsed.value;
}

function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if ('error' in parsed) assert.fail(parsed.error);
  return parsed.value;
}

const range = (from: string, to: string) => ({ from: address(from), to: address(to) });

const plain = (text: string): Subnet => ({ prefix: prefix(text), gateways: [], reserve: 0 });

describe('usable addresses', () => {
  const sizes: readonly (readonly [text: string, usable: bigint])[] = [
    ['10.0.0.0/24', 254n],
    ['10.0.0.0/30', 2n],
    ['10.0.0.0/31', 2n],
    ['10.0.0.1/32', 1n],
    ['0.0.0.0/0', 2n ** 32n - 2n],
    ['2001:db8::/64', 2n ** 64n - 1n],
    ['2001:db8::/127', 2n],
    ['2001:db8::1/128', 1n],
  ];
  for (const [text, usable] of sizes)
    test(`${text}: ${usable}`, () => assert.equal(usableAddresses(prefix(text)), usable));

  test('network and broadcast address are for nobody', () => {
    assert.ok(!isUsableAddress(prefix('10.0.0.0/24'), address('10.0.0.0')));
    assert.ok(!isUsableAddress(prefix('10.0.0.0/24'), address('10.0.0.255')));
    assert.ok(isUsableAddress(prefix('10.0.0.0/24'), address('10.0.0.1')));
    assert.ok(isUsableAddress(prefix('10.0.0.0/31'), address('10.0.0.0')));
    assert.ok(!isUsableAddress(prefix('10.0.0.0/24'), address('10.0.1.1')));
    assert.ok(!isUsableAddress(prefix('2001:db8::/64'), address('2001:db8::')));
    assert.ok(isUsableAddress(prefix('2001:db8::/64'), address('2001:db8::ffff:ffff:ffff:ffff')));
  });
});

describe('capacity of a subnet', () => {
  test('gateways, DHCP and reserve are taken off', () => {
    const capacity = subnetCapacity({
      prefix: prefix('10.1.10.0/24'),
      gateways: [address('10.1.10.1'), address('10.1.10.2'), address('10.1.10.3')],
      reserve: 20,
      dhcp: range('10.1.10.100', '10.1.10.199'),
    });
    assert.deepEqual(capacity, { usable: 254n, gateways: 3n, dhcp: 100n, reserve: 20n, available: 131n });
  });

  test('nothing is taken off twice, or from elsewhere', () => {
    const capacity = subnetCapacity({
      prefix: prefix('10.1.10.0/24'),
      gateways: [address('10.1.10.1'), address('10.1.10.1'), address('10.9.9.9')],
      reserve: 0,
      dhcp: range('10.1.9.0', '10.1.11.255'),
    });
    assert.deepEqual(capacity, { usable: 254n, gateways: 1n, dhcp: 254n, reserve: 0n, available: 0n });
  });

  test('a reserve larger than the subnet leaves nothing, not less', () => {
    assert.equal(subnetCapacity({ ...plain('10.0.0.0/29'), reserve: 20 }).available, 0n);
  });
});

describe('a wider prefix', () => {
  const subnet: Subnet = { ...plain('10.1.10.0/24'), gateways: [address('10.1.10.1')], reserve: 20 };

  test('is the longest that holds all', () => {
    assert.equal(formatPrefix(widerPrefix(subnet, 233)?.prefix ?? prefix('::/0')), '10.1.10.0/24');
    assert.deepEqual(widerPrefix(subnet, 234), { prefix: prefix('10.1.10.0/23'), available: 489n, overlaps: [] });
  });

  test('keeps to a limit', () => {
    assert.equal(widerPrefix(subnet, 233, [], 0.75)?.prefix.length, 23);
  });

  test('says what it runs into', () => {
    const taken = [prefix('10.1.11.0/24'), prefix('10.1.12.0/24')];
    assert.deepEqual(widerPrefix(subnet, 234, taken)?.overlaps, [prefix('10.1.11.0/24')]);
  });

  test('does not exist beyond the address space', () => assert.equal(widerPrefix(subnet, 2 ** 33), undefined));
});

describe('addresses in use', () => {
  test('free ones skip gateways, DHCP and those in use', () => {
    const subnet: Subnet = {
      prefix: prefix('10.0.0.0/28'),
      gateways: [address('10.0.0.1')],
      reserve: 5,
      dhcp: range('10.0.0.4', '10.0.0.11'),
    };
    const used = new Set([address('10.0.0.3').value, address('10.0.0.12').value]);
    assert.deepEqual(nextFreeAddresses(subnet, used, 9).map(formatAddress), ['10.0.0.2', '10.0.0.13', '10.0.0.14']);
    assert.deepEqual(nextFreeAddresses(subnet, used, 1).map(formatAddress), ['10.0.0.2']);
    assert.deepEqual(nextFreeAddresses(subnet, used, 0), []);
  });

  test('the search ends with the address space', () => {
    const subnet = { ...plain('255.255.255.254/31'), dhcp: range('255.255.255.255', '255.255.255.255') };
    assert.deepEqual(nextFreeAddresses(subnet, new Set(), 9).map(formatAddress), ['255.255.255.254']);
  });

  test('a wide IPv6 subnet is not walked', () => {
    const subnet = { ...plain('2001:db8::/64'), dhcp: range('2001:db8::1', '2001:db8::ffff:ffff:ffff') };
    assert.deepEqual(nextFreeAddresses(subnet, new Set(), 1).map(formatAddress), ['2001:db8:0:0:1::']);
  });
});

describe('overlapping prefixes', () => {
  test('nested, equal and apart', () => {
    const list = ['10.1.10.0/24', '10.1.0.0/16', '10.2.0.0/16', '10.1.10.128/25', '10.2.0.0/16', '::/0'].map(prefix);
    assert.deepEqual(overlappingPrefixes(list), [
      [0, 1],
      [0, 3],
      [1, 3],
      [2, 4],
    ]);
    assert.deepEqual(overlappingPrefixes([]), []);
  });
});
