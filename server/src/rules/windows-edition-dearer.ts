import { liveHosts } from '../capacity/cluster.ts';
import type { Figure } from '../capacity/figure.ts';
import { costOfCores, licenceFacts, licencesOf, licensedHost, windowsGuestsOf } from '../capacity/licences.ts';
import {
  breakEvenGuests,
  type EditionTerms,
  editionCost,
  GUESTS_PER_STANDARD_SET,
} from '../capacity/models/licence.ts';
import { formatMoney } from '../capacity/money.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import type { Stated } from '../design/props.ts';
import { defineRule } from './rule.ts';

interface Dearer {
  readonly by: Stated;
  readonly now: Entity;
  readonly instead: Entity;
  readonly cost: number;
  readonly other: number;
  readonly currency: string;
  readonly isYearly: boolean;
  readonly guests: number;
  readonly hosts: number;
  /** The least number of guests on a host for which Datacenter costs less. */
  readonly from: number | undefined;
}

export const windowsEditionDearer = defineRule<Dearer>({
  id: 'windows-edition-dearer',
  title: 'The other edition of Windows Server would cost less',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'Windows guests are licensed by the edition that is cheaper for them',
  why: 'Standard is paid again for every two guests that a host may ever run, Datacenter once for any number. A host counts the guests that come to it when another host fails. Compared with the prices that the design states for both editions; nothing is said if one is missing.',
  formula:
    'cores charged × price × (Standard: ⌈guests ÷ guests per set⌉, Datacenter: 1), summed over the hosts; guests with the loss of hosts that the cluster must survive',
  inputs: [
    'vm.os',
    'host.runs',
    'host.cpu',
    'host.licences',
    'cluster.failover',
    'licence.product',
    'licence.cost',
    'licence.vms',
    'licence.minimum',
  ],
  severity: 'warning',
  source: {
    text: 'terms of Windows Server as secondary sources agree on them; the arithmetic is ours',
    evidence: 'recalled',
  },
  covers: ['UC03'],
  of: 'cluster',
  examples: {
    fires: {
      text: `licence std { product windows-server edition standard; cost 70 USD/core; vms 2 }
licence dc { product windows-server edition datacenter; cost 400 USD/core; vms unlimited }
cluster prod {
  licences std
  failover 1 host
  host esx-[1..2] { cpu 1 x 16 cores }
  runs w-[1..20]
}
vm w-[1..20] { os windows-server-2022 }`,
    },
    silent: {
      text: `licence std { product windows-server edition standard; cost 70 USD/core; vms 2 }
licence dc { product windows-server edition datacenter; cost 400 USD/core; vms unlimited }
cluster prod {
  licences std
  failover 1 host
  host esx-[1..2] { cpu 1 x 16 cores }
  runs w-[1..6]
}
vm w-[1..6] { os windows-server-2022 }`,
    },
  },
  find: (cluster) => {
    const hosts = liveHosts(cluster);
    const [first] = hosts;
    const used = first && licencesOf(first).find(({ licence }) => editionOf(licence) !== undefined);
    const edition = used && editionOf(used.licence);
    if (!used || !edition) return [];
    const wanted = edition === 'standard' ? 'datacenter' : 'standard';
    const others = [...cluster.design.members('licence')].filter((licence) => editionOf(licence) === wanted);
    const [instead] = others;
    if (!instead || others.length > 1) return [];
    const own = costOfCores(used.licence, 1);
    const other = costOfCores(instead, 1);
    if (!own || !other || own.currency !== other.currency || own.isYearly !== other.isYearly) return [];
    const terms = { now: termsOf(used.licence, own.amount), other: termsOf(instead, other.amount) };
    let cost = 0;
    let otherCost = 0;
    let guests = 0;
    for (const host of hosts) {
      if (!licencesOf(host).some(({ licence }) => licence === used.licence)) return [];
      const count = windowsGuestsOf(host);
      if (count === undefined) return [];
      const [before, after] = [terms.now, terms.other].map((of) => editionCost(licensedHost(host), count, of));
      if (before === undefined || after === undefined) return [];
      cost += before;
      otherCost += after;
      guests = Math.max(guests, count);
    }
    if (guests === 0 || otherCost >= cost) return [];
    const { currency, isYearly } = own;
    return [
      {
        by: used.by,
        now: used.licence,
        instead,
        cost,
        other: otherCost,
        currency,
        isYearly,
        guests,
        hosts: hosts.length,
        from: datacenterPaysFrom(first, edition === 'standard' ? [terms.now, terms.other] : [terms.other, terms.now]),
      },
    ];
  },
  say: ({ by, now, instead, cost, other, currency, isYearly, guests, hosts, from }) => {
    const yearly = isYearly ? ' a year' : '';
    const pays = from === undefined ? '' : ` At these prices Datacenter pays from ${from} guests on a host.`;
    const saved: Figure = {
      label: `saved in ${currency}`,
      unit: 'count',
      value: cost - other,
      origin: 'derived',
      isAtLeast: false,
      formula: `${formatMoney(cost, currency)} − ${formatMoney(other, currency)}`,
    };
    return {
      severity: 'warning',
      message: `${now.name} costs ${formatMoney(cost, currency)}${yearly} for up to ${guests} Windows guests ${hosts === 1 ? 'on one host' : `on each of ${hosts} hosts`}; ${instead.name} would cost ${formatMoney(other, currency)}.${pays} Change the edition and save ${formatMoney(cost - other, currency)}${yearly}.`,
      at: by,
      span: spanOf(by, now),
      figures: [saved],
      related: [now, instead].flatMap((licence) => {
        const at = licence.declaration.head();
        return at ? [{ at, message: `price of ${licence.name}` }] : [];
      }),
    };
  },
  fix: ({ by, now, instead }) => {
    const span = spanOf(by, now);
    if (!span) return [];
    return [
      { title: `License with ${instead.name}`, edits: replaceAt(by.place, span, instead.name), isPreferred: true },
    ];
  },
});

function editionOf(licence: Entity): 'standard' | 'datacenter' | undefined {
  const { product, edition } = licenceFacts(licence);
  return product === 'windows-server' && (edition === 'standard' || edition === 'datacenter') ? edition : undefined;
}

/** Where the licence is named, if it is named by itself. */
function spanOf(by: Stated, licence: Entity) {
  const part = by.sentence.subject?.parts[0];
  const items = part?.type === 'list' ? part.items : part ? [part] : [];
  return items.find((item) => item.type === 'name' && item.text === licence.name);
}

function termsOf(licence: Entity, price: number): EditionTerms {
  const { floors, guests } = licenceFacts(licence);
  const usual = editionOf(licence) === 'standard' ? GUESTS_PER_STANDARD_SET : Number.POSITIVE_INFINITY;
  return { price, floors, guestsPerSet: guests ?? usual };
}

function datacenterPaysFrom(host: Entity, editions: readonly EditionTerms[]): number | undefined {
  const [standard, datacenter] = editions;
  if (!standard || !datacenter || Number.isFinite(datacenter.guestsPerSet)) return undefined;
  const [set, any] = [standard, datacenter].map((terms) => editionCost(licensedHost(host), 1, terms));
  return set === undefined || any === undefined ? undefined : breakEvenGuests(set, any, standard.guestsPerSet);
}
