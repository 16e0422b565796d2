import { parkedWith } from '../capacity/licences.ts';
import { currencyOf, formatMoney, inCurrency, isMoney, timesAYear } from '../capacity/money.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { nameOf, subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Parked {
  readonly vms: readonly Entity[];
  readonly by: Stated;
  /** Of all of them, in the currency of totals. */
  readonly amount: number;
  readonly isYearly: boolean;
}

export const licencesOnParkedVms = defineRule<Parked>({
  id: 'licences-on-parked-vms',
  title: 'Licences are paid for VMs that are switched off',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'application', 'management'],
  benefit: 'A licence goes to a VM that works before another one is bought',
  why: 'Licences per VM are bought with each VM and given back by nobody. Whoever switches a VM off keeps what it was licensed with, and the next VM is licensed anew. Templates are left out, as they need no licence until they are cloned. Only licences with a price per VM are looked at; those per host or core do not care what runs.',
  formula: 'VMs that are off and name the licence × its price per VM',
  inputs: ['vm.licences', 'vm.state', 'licence.cost', 'licence.owned', 'any.from', 'any.until'],
  limitOf: 'VMs that are off and hold the licence',
  limits: { info: 0 },
  source: { text: 'our choice; whether a licence may move is for its terms to say', evidence: 'ours' },
  covers: ['UC04', 'UC11'],
  of: 'licence',
  unmendable: 'Its owner knows whether a VM is needed again; the terms of a licence say whether it may move.',
  examples: {
    fires: {
      text: `licence rhel { product rhel; cost 350 EUR/vm/year }
vm app-[1..4] { licences rhel }
vm old { licences rhel; state off }`,
    },
    silent: {
      text: `licence rhel { product rhel; cost 350 EUR/vm/year }
vm app-[1..4] { licences rhel }
vm old { state off }`,
    },
  },
  find: (licence, limits) => {
    const prices = propsOf(licence)
      .list('cost')
      .filter((by) => priceOf(by)?.each === 'vm');
    if (prices.length === 0) return [];
    const vms = parkedWith(licence);
    const currency = currencyOf(licence.design);
    return prices.slice(0, 1).flatMap((by) => {
      const money = priceOf(by);
      const each = money && inCurrency(money, currency);
      if (!money || each === undefined || each <= 0 || !grade(vms.length, limits)) return [];
      const times = timesAYear(money);
      return [{ vms, by, amount: each * (times ?? 1) * vms.length, isYearly: times !== undefined }];
    });
  },
  say: ({ vms, by, amount, isYearly }, limits, licence) => {
    const { code } = currencyOf(licence.design);
    const one = vms.length === 1;
    const money = formatMoney(amount, code ?? priceOf(by)?.currency);
    return {
      severity: grade(vms.length, limits) ?? 'info',
      message: `${counted(vms.length, 'VM')} (${namesOf(vms)}) ${one ? 'is' : 'are'} off and ${one ? 'holds' : 'hold'} ${licence.name}, worth ${money}${isYearly ? ' a year' : ''}. Delete ${one ? 'it' : 'them'}, or take the licence back before another one is bought.`,
      ...subjectOf(by),
      figures: [{ label: 'VMs that are off', unit: 'count', value: vms.length, origin: 'derived', isAtLeast: false }],
      related: vms.slice(0, 6).flatMap((vm) => {
        const at = nameOf(vm);
        return at ? [{ ...at, message: `${vm.name} is off` }] : [];
      }),
    };
  },
});

function priceOf(by: Stated) {
  const part = partOf(by.sentence.subject, 0, by.index);
  return isMoney(part) ? part : undefined;
}
