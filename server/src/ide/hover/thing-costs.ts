import { formatNumber } from '../../base/units.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { currencyOf, formatMoney } from '../../capacity/money.ts';
import { besideAt, costOver, storeShare } from '../../capacity/thing-costs.ts';
import type { Entity } from '../../design/declaration.ts';
import { hostsOf } from '../../design/placement.ts';
import { sitesOf } from '../../design/things.ts';
import type { Row } from './figures.ts';

/** Items of a sum that are listed, the dearest first. */
const MOST_ITEMS = 6;

/**
 * What a thing costs over the horizon of the plan, as pictures that are coloured by cost have it: payment by payment, and of a container
 * what stands in it. Empty without a price.
 */
export function costRows(thing: Entity): Row[] {
  const { design } = thing;
  const horizon = horizonOf(design);
  const label = `cost in ${formatNumber(horizon)} months`;
  const money = (amount: number): string => formatMoney(Math.round(amount), currencyOf(design).code);
  const inside = contentsOf(thing);
  const own = costOver(thing);
  const share = thing.kind === 'datastore' ? storeShare(thing) : undefined;
  const parts = own?.parts ?? [];
  const priced = inside.flatMap((one) => {
    const cost = costOver(one);
    return cost ? [{ one, amount: cost.amount }] : [];
  });
  if (parts.length + priced.length === 0 && !share) return [];
  const years = formatNumber(horizon / 12, 1);
  const items = [
    ...parts.map(({ label: name, amount, yearly }) => ({
      label: name,
      value: money(amount),
      how: yearly === undefined ? 'once' : `${money(yearly)} a year × ${years} years`,
    })),
    ...priced
      .toSorted((a, b) => b.amount - a.amount)
      .map(({ one, amount }) => ({ label: one.name, value: money(amount), how: `${one.kind}, all it costs` })),
    ...(share
      ? [
          {
            label: `part of ${share.array.name}`,
            value: money(share.amount),
            how: 'its cost ÷ usable space × capacity',
          },
        ]
      : []),
  ];
  const sum = (own?.amount ?? 0) + priced.reduce((total, { amount }) => total + amount, 0) + (share?.amount ?? 0);
  const missing = inside.filter((one) => BOUGHT.has(one.kind) && !costOver(one)).length;
  const [first] = parts;
  return [
    {
      label,
      text: `${missing > 0 ? '≥ ' : ''}${money(sum)}`,
      how:
        missing > 0
          ? `Σ of what is priced; ${missing} ${missing === 1 ? 'thing states' : 'things state'} no price`
          : 'Σ payments',
      items: items.slice(0, MOST_ITEMS),
      ...(items.length > MOST_ITEMS ? { more: items.length - MOST_ITEMS } : {}),
      ...(first?.by ? { by: first.by } : {}),
    },
  ];
}

/** Things without which a sum is only a part. */
const BOUGHT: ReadonlySet<string> = new Set(['host', 'switch', 'array']);

/** What stands in a cluster or at a site and is paid for by itself; what stands at several sites counts for the first. */
function contentsOf(thing: Entity): readonly Entity[] {
  if (thing.kind === 'cluster') return hostsOf(thing);
  if (thing.kind !== 'site') return [];
  const isHere = (one: Entity): boolean => sitesOf(one)[0] === thing;
  const { design } = thing;
  return [
    ...['host', 'cluster', 'switch', 'array', 'datastore'].flatMap((kind) => [...design.members(kind)].filter(isHere)),
    ...besideAt(thing, (one) => sitesOf(one)[0]),
  ];
}
