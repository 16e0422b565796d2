import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Address,
  addressAfter,
  addressDistance,
  compareAddresses,
  formatAddress,
  formatPrefix,
  lastAddressOf,
  type Prefix,
  parseAddress,
  parseMac,
  parsePrefix,
  prefixesOverlap,
  prefixHolds,
  prefixHoldsPrefix,
  prefixOf,
  prefixSize,
  rangeHolds,
  rangeOf,
  rangeSize,
} from '../../server/src/base/addresses.ts';
import type { Parsed } from '../../server/src/base/parsed.ts';

function read<T>(parsed: Parsed<T>): T {
  if ('error' in parsed) assert.fail(parsed.error);
  return parsed.value;
}

function errorOf(parsed: Parsed<unknown>): string {
  if ('value' in parsed) assert.fail('expected an error');
  return parsed.error;
}

const address = (text: string): Address => read(parseAddress(text));
const prefix = (text: string): Prefix => read(parsePrefix(text));

describe('addresses', () => {
  test('IPv4 is a number, IPv6 a bigint', () => {
    assert.deepEqual(address('10.1.10.5'), { version: 4, value: 0x0a010a05 });
    assert.deepEqual(address('255.255.255.255'), { version: 4, value: 0xffffffff });
    assert.deepEqual(address('2001:db8::1'), { version: 6, value: 0x20010db8_00000000_00000000_00000001n });
  });

  test('an address survives printing and reading', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const one = address(text);
        assert.deepEqual(address(formatAddress(one)), one);
      }),
    );
  });

  test('IPv6 is printed in its shortest form', () => {
    assert.equal(formatAddress(address('2001:0DB8:0:0:0:0:0:0001')), '2001:db8::1');
  });

  const wrong: readonly (readonly [text: string, message: string])[] = [
    ['10.1.10.0/24', '10.1.10.0/24 is a prefix; an address has no length'],
    ['10.1.10.5/24', 'an address has no length: 10.1.10.5 instead of 10.1.10.5/24'],
    ['10.1.300.4', '10.1.300.4: 300 is more than 255'],
    ['10.1.10', '10.1.10: an IPv4 address has four numbers, such as 10.1.10.5'],
    ['10.1.10.', '10.1.10.: an IPv4 address has four numbers, such as 10.1.10.5'],
    ['10.1.010.5', '10.1.010.5: numbers in an address have no leading zero; did you mean 10.1.10.5?'],
    ['web-1', 'web-1 is no address; an address looks like 10.1.10.5 or 2001:db8::1'],
    ['', 'nothing is no address; an address looks like 10.1.10.5 or 2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0: an address in a design has no zone; leave out %eth0'],
    ['1::2::3', '1::2::3 is no address; IPv6 has eight groups of up to four hexadecimal digits, or :: for zeros'],
    ['00:50:56:aa:00:01', '00:50:56:aa:00:01 is a MAC address; an IP address looks like 10.1.10.5 or 2001:db8::1'],
  ];
  for (const [text, message] of wrong) {
    test(`not an address: "${text}"`, () => assert.equal(errorOf(parseAddress(text)), message));
  }

  test('counting forwards and backwards stops at the ends of the address space', () => {
    assert.deepEqual(addressAfter(address('10.0.0.255'), 1), address('10.0.1.0'));
    assert.deepEqual(addressAfter(address('2001:db8::ffff'), 1n), address('2001:db8::1:0'));
    assert.equal(addressAfter(address('255.255.255.255'), 1), undefined);
    assert.equal(addressAfter(address('::'), -1), undefined);
    assert.equal(addressDistance(address('10.0.0.250'), address('10.0.1.4')), 10n);
    assert.equal(addressDistance(address('10.0.0.1'), address('::1')), undefined);
  });

  test('IPv4 comes before IPv6, each by value', () => {
    const sorted = ['10.0.0.2', '::1', '9.255.0.0', '10.0.0.10'].map(address).sort(compareAddresses).map(formatAddress);
    assert.deepEqual(sorted, ['9.255.0.0', '10.0.0.2', '10.0.0.10', '::1']);
  });
});

describe('prefixes', () => {
  const wrong: readonly (readonly [text: string, message: string])[] = [
    ['10.1.10.5/24', '10.1.10.5/24 is an address; the prefix is 10.1.10.0/24'],
    ['2001:db8::1/64', '2001:db8::1/64 is an address; the prefix is 2001:db8::/64'],
    ['10.1.10.0/33', '/33: an IPv4 prefix is 0 to 32 long'],
    ['10.1.10.0/', '/: an IPv4 prefix is 0 to 32 long'],
    ['2001:db8::/129', '/129: an IPv6 prefix is 0 to 128 long'],
    ['10.1.10.0', 'a prefix has a length: 10.1.10.0/24 for example'],
    ['10.1.10.0/255.255.255.0', 'a prefix has a length, not a mask: 10.1.10.0/24'],
    ['10.1.10/24', '10.1.10: an IPv4 address has four numbers, such as 10.1.10.5'],
    ['web/24', 'web/24 is no prefix; a prefix looks like 10.1.10.0/24'],
  ];
  for (const [text, message] of wrong) {
    test(`not a prefix: "${text}"`, () => assert.equal(errorOf(parsePrefix(text)), message));
  }

  test('the whole address space and a single address are prefixes', () => {
    assert.equal(prefixSize(prefix('0.0.0.0/0')), 2n ** 32n);
    assert.equal(prefixSize(prefix('::/0')), 2n ** 128n);
    assert.equal(prefixSize(prefix('10.0.0.1/32')), 1n);
    assert.equal(formatAddress(lastAddressOf(prefix('0.0.0.0/0'))), '255.255.255.255');
    assert.equal(formatAddress(lastAddressOf(prefix('2001:db8::/64'))), '2001:db8::ffff:ffff:ffff:ffff');
  });

  test('host bits are cut off', () => {
    assert.equal(formatPrefix(prefixOf(address('192.168.7.9'), 22)), '192.168.4.0/22');
    assert.equal(formatPrefix(prefixOf(address('2001:db8:1:2:3::4'), 48)), '2001:db8:1::/48');
  });

  test('a prefix holds its first and last address and nothing beside them', () => {
    for (const text of ['10.1.10.0/24', '2001:db8::/120', '0.0.0.0/0', '128.0.0.0/1']) {
      const one = prefix(text);
      assert.ok(prefixHolds(one, one.network));
      assert.ok(prefixHolds(one, lastAddressOf(one)));
      const next = addressAfter(lastAddressOf(one), 1);
      assert.ok(next === undefined || !prefixHolds(one, next));
      const before = addressAfter(one.network, -1);
      assert.ok(before === undefined || !prefixHolds(one, before));
    }
    assert.ok(!prefixHolds(prefix('0.0.0.0/0'), address('::1')));
  });

  test('overlap is one holding the other, either way round', () => {
    assert.ok(prefixesOverlap(prefix('10.1.0.0/16'), prefix('10.1.10.0/24')));
    assert.ok(prefixesOverlap(prefix('10.1.10.0/24'), prefix('10.1.0.0/16')));
    assert.ok(!prefixesOverlap(prefix('10.1.10.0/24'), prefix('10.1.11.0/24')));
    assert.ok(!prefixesOverlap(prefix('0.0.0.0/0'), prefix('::/0')));
    assert.ok(prefixHoldsPrefix(prefix('10.1.10.0/24'), prefix('10.1.10.0/24')));
    assert.ok(!prefixHoldsPrefix(prefix('10.1.10.0/24'), prefix('10.1.0.0/16')));
  });
});

describe('ranges', () => {
  test('both ends belong to a range', () => {
    const range = read(rangeOf(address('10.0.0.100'), address('10.0.0.199')));
    assert.equal(rangeSize(range), 100n);
    assert.ok(rangeHolds(range, address('10.0.0.100')));
    assert.ok(rangeHolds(range, address('10.0.0.199')));
    assert.ok(!rangeHolds(range, address('10.0.0.200')));
    assert.ok(!rangeHolds(range, address('::1')));
  });

  test('a range runs upward in one version', () => {
    assert.equal(
      errorOf(rangeOf(address('10.0.0.9'), address('10.0.0.1'))),
      'the range runs downward: 10.0.0.9 .. 10.0.0.1',
    );
    assert.equal(
      errorOf(rangeOf(address('10.0.0.9'), address('::1'))),
      '10.0.0.9 .. ::1: both ends are IPv4, or both IPv6',
    );
  });
});

describe('MAC addresses', () => {
  test('three ways of writing are one value', () => {
    for (const text of ['00:50:56:AA:00:01', '00-50-56-aa-00-01', '0050.56aa.0001']) {
      assert.equal(read(parseMac(text)), '00:50:56:aa:00:01');
    }
  });

  for (const text of ['00:50:56:aa:00', '00:50-56:aa:00:01', '00:50:56:aa:00:0g', '']) {
    test(`not a MAC address: "${text}"`, () => assert.match(errorOf(parseMac(text)), /six bytes in hexadecimal/));
  }
});
