import { formatAddress, formatPrefix } from '../../base/addresses.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { widerPrefix } from '../../capacity/models/subnet.ts';
import { type SubnetUse, subnetsIn } from '../../capacity/subnets.ts';
import { monthsAhead } from '../../capacity/time.ts';
import { type Entity, statementKey } from '../../design/declaration.ts';
import { replaceAt } from '../../design/edits.ts';
import type { Fix } from '../rule.ts';

/** Widens a subnet until its machines take at most a share of its addresses, now, and all of them at the end of the horizon; nothing where that runs into another one. */
export function widening(subnet: SubnetUse, network: Entity, share: number): Fix[] {
  if (subnet.by.sentence.subject?.each) return [];
  const { design } = network;
  const { prefix } = subnet.subnet;
  const taken = subnetsIn(design)
    .filter((other) => other.vrf === subnet.vrf && statementKey(other.by) !== statementKey(subnet.by))
    .map((other) => other.subnet.prefix);
  const later = subnet.neededAfter?.(monthsAhead(design) + horizonOf(design)) ?? 0;
  const wider = widerPrefix(subnet.subnet, Math.max(subnet.needed.value, later * share), taken, share);
  const span = subnet.by.sentence.subject?.parts[0];
  if (!wider || !span || wider.overlaps.length > 0) return [];
  const text = formatPrefix(wider.prefix);
  const moved = formatAddress(wider.prefix.network) !== formatAddress(prefix.network) ? ', which begins earlier' : '';
  return [
    {
      title: `Widen to ${text}${moved}: ${wider.available} addresses for machines`,
      edits: replaceAt(subnet.by.place, span, text),
      isPreferred: true,
    },
  ];
}
