import {
  type Address,
  addressAfter,
  addressDistance,
  compareAddresses,
  formatAddress,
  formatPrefix,
  parsePrefix,
  prefixSize,
} from '../../base/addresses.ts';
import { nextFreeAddresses } from '../../capacity/models/subnet.ts';
import { subnetsOf } from '../../capacity/subnets.ts';
import type { Declaration, Entity } from '../../design/declaration.ts';
import { propsOf } from '../../design/things.ts';
import type { Completion } from './item.ts';

const OFFERED = 3;
/** Ranges for more members would be guesses. */
const MOST_MEMBERS = 256;

/** Free addresses of a network; for the members of a range as many in a row, dealt out. */
export function freeAddresses(network: Entity, members: number, isDealt: boolean): Completion[] {
  return subnetsOf(network).flatMap(({ subnet, uses }) => {
    const used = new Set(uses.flatMap(({ address }) => (address ? [address.value] : [])));
    const detail = `free in ${formatPrefix(subnet.prefix)}`;
    if (members > 1 || isDealt) {
      if (members > MOST_MEMBERS) return [];
      const run = inARow(nextFreeAddresses(subnet, used, members + 64), members);
      return run ? [addressItem(isDealt ? run : `each ${run}`, `${members} ${detail}`, 0)] : [];
    }
    return nextFreeAddresses(subnet, used, OFFERED).map((address, rank) =>
      addressItem(formatAddress(address), detail, rank),
    );
  });
}

/** So many addresses without a gap, as a range within the last part: `10.1.10.[11..14]`. */
function inARow(free: readonly Address[], count: number): string | undefined {
  for (let first = 0; first + count <= free.length; first++) {
    const [from, to] = [free[first], free[first + count - 1]];
    if (!from || !to || from.version !== 4 || addressDistance(from, to) !== BigInt(count - 1)) continue;
    const [start, end] = [formatAddress(from).split('.'), formatAddress(to).split('.')];
    if (start.slice(0, 3).join('.') !== end.slice(0, 3).join('.')) continue;
    return `${start.slice(0, 3).join('.')}.[${start[3]}..${end[3]}]`;
  }
  return undefined;
}

/** The first and the last address of the prefix that a subnet states: where gateways are. */
export function gatewayAddresses(prefixText: string): Completion[] {
  const prefix = parsePrefix(prefixText);
  if ('error' in prefix) return [];
  const [first] = nextFreeAddresses({ prefix: prefix.value, gateways: [], reserve: 0 }, new Set(), 1);
  return first ? [addressItem(formatAddress(first), `first of ${prefixText}`, 0)] : [];
}

function addressItem(text: string, detail: string, rank: number): Completion {
  return { label: text, kind: 'address', insert: text, detail, rank };
}

/** VLAN ids that no network has: the next above the highest in use, and the first gap below it. */
export function freeVlans(owner: Declaration): Completion[] {
  const used = new Set<number>();
  for (const network of owner.design.members('network')) {
    const vlan = propsOf(network).number('vlan')?.value;
    if (vlan !== undefined && vlan > 0 && vlan < 4095) used.add(vlan);
  }
  if (used.size === 0) return [{ label: '110', kind: 'value', insert: '110', detail: 'for example', rank: 0 }];
  const highest = Math.max(...used);
  const step = [...used].every((vlan) => vlan % 10 === 0) ? 10 : 1;
  const found: number[] = [];
  if (highest + step <= 4094) found.push(highest + step);
  for (let id = Math.min(...used) + step; id < highest && found.length < OFFERED; id += step)
    if (!used.has(id)) found.push(id);
  return found.map((id, rank) => ({ label: `${id}`, kind: 'value', insert: `${id}`, detail: 'free VLAN', rank }));
}

/** The next prefix behind the highest that a network has, of the same length; where all /24 end with a zero, ten further. */
export function nextPrefixes(owner: Declaration): Completion[] {
  const used = [...owner.design.members('network')]
    .flatMap((network) => subnetsOf(network))
    .flatMap(({ subnet: { prefix } }) => (prefix.network.version === 4 ? [prefix] : []));
  const [first, ...rest] = used;
  if (!first) return prefixItem(FIRST_PREFIX, 'for example');
  const highest = rest.reduce((a, b) => (compareAddresses(b.network, a.network) > 0 ? b : a), first);
  const isByTens = used.every(
    ({ network, length }) => length === 24 && Number(formatAddress(network).split('.')[2]) % 10 === 0,
  );
  const network = addressAfter(highest.network, prefixSize(highest) * (isByTens ? 10n : 1n));
  return network ? prefixItem(formatPrefix({ network, length: highest.length }), 'free') : [];
}

const FIRST_PREFIX = '10.1.10.0/24';

function prefixItem(text: string, detail: string): Completion[] {
  return [{ label: text, kind: 'address', insert: text, detail, rank: 1 }];
}
