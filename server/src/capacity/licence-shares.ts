import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import type { MoneyPart } from '../language/values/value.ts';
import { licenceFacts, licencesOf, licensedHost, setsFor } from './licences.ts';
import { licensedCores } from './models/licence.ts';
import { currencyOf, inCurrency, isMoney, timesAYear } from './money.ts';

/** What licences charge for one host. */
export interface HostLicences {
  /** In the currency of totals; a year's worth if yearly. */
  readonly costs: readonly { readonly licence: Entity; readonly amount: number; readonly isYearly: boolean }[];
  /** Whether every price of a licence on it could be reckoned. Prices per VM or in all are not a host's. */
  readonly isComplete: boolean;
}

/** What is owned already is not taken off, as it may serve any host; nor is an order minimum put on. */
export const hostLicences = derive((host: Entity): HostLicences => {
  const currency = currencyOf(host.design);
  const costs: { licence: Entity; amount: number; isYearly: boolean }[] = [];
  let isComplete = true;
  for (const { licence } of licencesOf(host)) {
    for (const by of propsOf(licence).list('cost')) {
      const money = partOf(by.sentence.subject, 0, by.index);
      if (!isMoney(money)) continue;
      const quantity = quantityOn(host, licence, money.each);
      const each = inCurrency(money, currency);
      const times = timesAYear(money);
      if (quantity === undefined || each === undefined) isComplete = false;
      else if (quantity > 0)
        costs.push({ licence, amount: each * quantity * (times ?? 1), isYearly: times !== undefined });
    }
  }
  return { costs, isComplete };
});

function quantityOn(host: Entity, licence: Entity, each: MoneyPart['each']): number | undefined {
  const { floors, guests } = licenceFacts(licence);
  const { perOrder: _, ...own } = floors;
  switch (each) {
    case 'core': {
      const charged = licensedCores([licensedHost(host)], own)?.charged;
      return charged === undefined ? undefined : charged * setsFor(host, guests);
    }
    case 'socket':
      return licensedHost(host).sockets;
    case 'host':
      return 1;
    default:
      return 0;
  }
}
