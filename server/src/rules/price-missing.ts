import { budgetsOf } from '../capacity/budget.ts';
import { PRICED_KINDS, unpricedOf } from '../capacity/cost.ts';
import type { Entity } from '../design/declaration.ts';
import { joined } from '../language/wording.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Unpriced {
  /** Kinds of which something has no price. */
  readonly kinds: readonly { readonly kind: string; readonly things: readonly Entity[]; readonly all: number }[];
  readonly anchor: Anchor;
  readonly hasBudget: boolean;
}

const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  switch: ['switch', 'switches'],
  adc: ['delivery controller', 'delivery controllers'],
  wan: ['WAN link', 'WAN links'],
};

export const priceMissing = defineRule<Unpriced>({
  id: 'price-missing',
  title: 'Things that have to be paid for have no price',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'The budget covers what the plan needs, not only what somebody thought of',
  why: 'Costs that nobody has written down are the ones that break a budget: switches, storage, licences and tools grow with the number of VMs. Said once, of every kind of thing if the design states a budget and some price, else of kinds of which some things have a price and others have none. What is paid for already is stated as `cost none`.',
  formula: 'hosts, arrays, switches, delivery controllers, WAN links, licences and tools without `cost`',
  inputs: ['any.cost', 'design.budget'],
  severity: 'warning',
  source: { text: 'our choice: every price counts once a budget is stated', evidence: 'ours' },
  covers: ['UC05'],
  of: 'design',
  unmendable: 'Only the offer has the price.',
  examples: {
    fires: {
      text: `design d { currency EUR; budget capex 40_000 EUR }
host esx-[1..2] { cost 9_800 EUR; memory 256 GiB }
array msa { usable 10 TiB }`,
    },
    silent: {
      text: `design d { currency EUR; budget capex 40_000 EUR }
host esx-[1..2] { cost 9_800 EUR; memory 256 GiB }
array msa { usable 10 TiB; cost none }`,
    },
  },
  find: (plan) => {
    const { design } = plan;
    const isBegun = PRICED_KINDS.some((kind) => unpricedOf(design, kind).length < design.members(kind).size);
    const hasBudget = isBegun && budgetsOf(plan).length > 0;
    const kinds = PRICED_KINDS.flatMap((kind) => {
      const things = unpricedOf(design, kind);
      const all = design.members(kind).size;
      return things.length > 0 && (hasBudget || things.length < all) ? [{ kind, things, all }] : [];
    });
    const first = kinds[0]?.things[0];
    const anchor = first && nameOf(first);
    return anchor ? [{ kinds, anchor, hasBudget }] : [];
  },
  say: ({ kinds, anchor, hasBudget }) => {
    const things = kinds.flatMap((one) => one.things);
    const names = [...new Set(things.map((thing) => thing.name))];
    const [one] = kinds;
    const who =
      kinds.length === 1 && one
        ? things.length === 1
          ? `${nameFor(one.kind, 1)} ${names[0]}`
          : `${things.length} of ${one.all} ${nameFor(one.kind, 2)} (${listed(names)})`
        : joined(
            kinds.map(({ kind, things: own }) => `${own.length} ${nameFor(kind, own.length)}`),
            'and',
          );
    return {
      severity: hasBudget ? 'warning' : 'info',
      message: `${who[0]?.toUpperCase()}${who.slice(1)} ${things.length === 1 ? 'has' : 'have'} no price, so ${hasBudget ? 'the budget is compared with less than' : 'totals are less than'} what will be paid. State cost, or cost none for what is paid already.`,
      ...anchor,
      related: [...new Map(things.map((thing) => [thing.declaration, thing])).values()].slice(1, 9).flatMap((thing) => {
        const at = nameOf(thing);
        return at ? [{ ...at, message: `${thing.name} has no price` }] : [];
      }),
    };
  },
});

function nameFor(kind: string, count: number): string {
  const [singular, plural] = NAMES[kind] ?? [kind, `${kind}s`];
  return count === 1 ? singular : plural;
}
