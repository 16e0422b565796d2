import { factorOf, formatNumber, formatQuantity } from '../../base/units.ts';
import { expansionOf } from '../../capacity/growth-steps.ts';
import { currencyOf, formatMoney } from '../../capacity/money.ts';
import { arrayPorts } from '../../capacity/san.ts';
import { arrayUse } from '../../capacity/storage.ts';
import type { Entity } from '../../design/declaration.ts';
import { replaceAt } from '../../design/edits.ts';
import { clauseNumber, partOf } from '../../design/props.ts';
import { propsOf } from '../../design/things.ts';
import type { Fix } from '../rule.ts';
import { isOwn } from '../shared/anchor.ts';

/** As many times the disks as a factor says, in whole RAID groups. */
export function moreDisks(holder: Entity, factor: number): Fix[] {
  const props = propsOf(holder);
  const [by, ...others] = props.list('disks');
  const count = by && partOf(by.sentence.subject, 0, by.index);
  if (!by || count?.type !== 'number' || others.length > 0 || !isOwn(holder, by)) return [];
  const spares = clauseNumber(by, 'spares')?.value ?? 0;
  const group = clauseNumber(by, 'group')?.value ?? 2;
  const data = Math.ceil(((count.value - spares) * factor) / group - 1e-9) * group;
  const total = data + spares;
  return total > count.value
    ? [{ title: `Use ${total} disks instead of ${count.value}`, edits: replaceAt(by.place, count, String(total)) }]
    : [];
}

/** Makes an array or a pool have so many usable bytes, by what its space follows from: `usable`, else its disks. */
export function moreSpace(holder: Entity, bytes: number): Fix[] {
  const props = propsOf(holder);
  const stated = props.one('usable');
  const { usable } = arrayUse(holder);
  const cost = usable ? expansionText(holder, bytes - usable.value) : '';
  if (!stated)
    return usable && usable.value > 0
      ? moreDisks(holder, bytes / usable.value).map((fix) => ({ ...fix, title: `${fix.title}${cost}` }))
      : [];
  const part = partOf(stated.sentence.subject, 0, stated.index);
  // Where disks are stated as well, the two have to agree.
  if (part?.type !== 'quantity' || props.has('disks') || !isOwn(holder, stated)) return [];
  const factor = factorOf(part.unit);
  const size = Math.ceil((bytes / factor) * 10 - 1e-9) / 10;
  return [
    {
      title: `Plan ${formatNumber(size)} ${part.unit} usable instead of ${formatNumber(part.value / factor)}${cost}`,
      edits: replaceAt(stated.place, part, `${size} ${part.unit}`),
    },
  ];
}

/** What further space costs by the steps in which its array grows; empty where it states none. */
function expansionText(holder: Entity, bytes: number): string {
  const array = holder.kind === 'array' ? holder : holder.parent;
  const { size, cost } = (array && expansionOf(array)) ?? {};
  if (!array || !size || cost === undefined || bytes <= 0) return '';
  const count = Math.ceil(bytes / size - 1e-9);
  const price = formatMoney(cost * count, currencyOf(array.design).code);
  return ` (${count === 1 ? 'one expansion' : `${count} expansions`} of ${formatQuantity(size, 'size')}, ${price} once)`;
}

/** As many times the ports of an array as a factor says, on each of its fabrics. */
export function morePorts(array: Entity, factor: number): Fix[] {
  const ports = arrayPorts(array);
  const counts = ports.map(({ by }) => partOf(by.sentence.subject, 0, by.index));
  // Of two kinds nobody but the plan chooses.
  if (ports.some(({ by, rate, kind }) => !isOwn(array, by) || rate !== ports[0]?.rate || kind !== ports[0].kind))
    return [];
  if (ports.length === 0) return [];
  const needed = ports.map(({ count }) => Math.ceil(count * factor - 1e-9));
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  return [
    {
      title: `Use ${sum(needed)} ports instead of ${sum(ports.map(({ count }) => count))}`,
      edits: ports.flatMap(({ by }, index) => {
        const part = counts[index];
        return part ? replaceAt(by.place, part, String(needed[index])) : [];
      }),
    },
  ];
}
