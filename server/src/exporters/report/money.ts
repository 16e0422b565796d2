import { formatNumber } from '../../base/units.ts';
import type { Cost } from '../../capacity/models/unit-cost.ts';
import { currencyOf, formatMoney } from '../../capacity/money.ts';
import type { Design } from '../../design/design.ts';

export function money(design: Design, amount: number): string {
  return formatMoney(amount, currencyOf(design).code);
}

/** In a chart there is room for three digits: `12.5 k`, `1.2 M`. */
export function shortMoney(amount: number): string {
  const [factor, sign] = amount >= 999_500 ? [1e6, ' M'] : amount >= 9_995 ? [1e3, ' k'] : [1, ''];
  const value = amount / factor;
  return `${formatNumber(value, factor > 1 && value < 100 ? 1 : 0)}${sign}`;
}

/** `12 000 EUR once and 800 EUR a year`. */
export function costText(design: Design, { once, yearly }: Cost): string {
  const parts = [
    ...(once > 0 ? [`${money(design, once)} once`] : []),
    ...(yearly > 0 ? [`${money(design, yearly)} a year`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'nothing';
}
