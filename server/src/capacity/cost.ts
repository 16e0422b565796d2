import { yearOf } from '../base/dates.ts';
import { derive, sameList } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { partOf, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import type { MoneyPart } from '../language/values/value.ts';
import { energyCost, POWERED_KINDS, statesPower } from './energy.ts';
import { licensedQuantity } from './licences.ts';
import { type Currency, currencyOf, inCurrency, isMoney, timesAYear } from './money.ts';
import { dateOf } from './time.ts';

/** Kinds of things that are bought, rented or paid; what is replaced (`server`) is not among them. */
export const PRICED_KINDS: readonly string[] = ['host', 'array', 'switch', 'adc', 'wan', 'licence', 'tool'];
/** Kinds that may state a cost beside those that should. */
const OTHER_KINDS: readonly string[] = ['team', 'site', 'rack', 'cluster', 'network', 'datastore', 'app'];

/** One payment of the plan. */
export interface CostLine {
  readonly entity: Entity;
  readonly by: Stated;
  readonly label: string;
  /** In the currency of totals; a year's worth if yearly. */
  readonly amount: number;
  readonly isYearly: boolean;
  /** Years in which the thing comes and goes. */
  readonly fromYear: number | undefined;
  readonly untilYear: number | undefined;
}

/** Every payment that can be reckoned, and whether some stated price could not be. */
export interface CostLines {
  readonly lines: readonly CostLine[];
  readonly isComplete: boolean;
  /** Things that state a price of which some could not be reckoned. */
  readonly unreckoned: ReadonlySet<Entity>;
  readonly currency: Currency;
}

export const costLinesOf = derive((design: Design): CostLines => {
  const currency = currencyOf(design);
  const lines: CostLine[] = [];
  const unreckoned = new Set<Entity>();
  for (const kind of [...PRICED_KINDS, ...OTHER_KINDS]) {
    for (const entity of design.members(kind)) {
      for (const by of costsOf(entity)) {
        const money = partOf(by.sentence.subject, 0, by.index);
        const line = isMoney(money) ? lineFor(entity, by, money, currency) : undefined;
        if (line) lines.push(line);
        else unreckoned.add(entity);
      }
    }
  }
  lines.push(...trainingLines(design, currency), ...energyLines(design, currency));
  return { lines, isComplete: unreckoned.size === 0, unreckoned, currency };
});

const costsOf = derive((entity: Entity): readonly Stated[] => propsOf(entity).list('cost'), sameList);

/** People to train, paid once. */
function trainingLines(design: Design, currency: Currency): CostLine[] {
  return [...design.members('team')].flatMap((team) => {
    const by = propsOf(team).one('training');
    const [people, price] = [0, 1].map((slot) => by && partOf(by.sentence.subject, slot, by.index));
    if (!by || people?.type !== 'number' || !isMoney(price)) return [];
    const each = inCurrency(price, currency);
    return each === undefined ? [] : [lineOf(team, by, people.value * each, false, `training of ${team.name}`)];
  });
}

function lineFor(entity: Entity, by: Stated, money: MoneyPart, currency: Currency): CostLine | undefined {
  const each = inCurrency(money, currency);
  const times = timesAYear(money);
  const quantity = entity.kind === 'licence' ? licensedQuantity(entity, money.each, times !== undefined) : 1;
  if (each === undefined || quantity === undefined) return undefined;
  return lineOf(entity, by, each * quantity * (times ?? 1), times !== undefined);
}

function lineOf(entity: Entity, by: Stated, amount: number, isYearly: boolean, label = entity.name): CostLine {
  const [from, until] = [dateOf(entity, 'from'), dateOf(entity, 'until')];
  return {
    entity,
    by,
    label,
    amount,
    isYearly,
    fromYear: from && yearOf(from),
    untilYear: until && yearOf(until),
  };
}

/** Energy of hosts, switches and arrays whose power and whose site's tariff are stated. */
function energyLines(design: Design, currency: Currency): CostLine[] {
  return POWERED_KINDS.flatMap((kind) =>
    [...design.members(kind)].flatMap((entity) => {
      if (!statesPower(entity)) return [];
      const by = propsOf(entity).one('power');
      const amount = energyCost(entity, currency);
      return by && amount !== undefined ? [lineOf(entity, by, amount, true, `energy of ${entity.name}`)] : [];
    }),
  );
}

/** The payments of each thing. */
const linesByEntity = derive((design: Design): ReadonlyMap<Entity, readonly CostLine[]> => {
  const found = new Map<Entity, CostLine[]>();
  for (const line of costLinesOf(design).lines) {
    const known = found.get(line.entity);
    if (known) known.push(line);
    else found.set(line.entity, [line]);
  }
  return found;
});

export function linesFor(entity: Entity): readonly CostLine[] {
  return linesByEntity(entity.design).get(entity) ?? [];
}

/** Things of a kind that are paid for and state no cost; `cost none` is a statement. */
export function unpricedOf(design: Design, kind: string): readonly Entity[] {
  return unpriced(design).get(kind) ?? [];
}

const unpriced = derive(
  (design: Design): ReadonlyMap<string, readonly Entity[]> =>
    new Map(PRICED_KINDS.map((kind) => [kind, [...design.members(kind)].filter((entity) => !statesCost(entity))])),
  (a, b) => PRICED_KINDS.every((kind) => sameList(a.get(kind) ?? [], b.get(kind) ?? [])),
);

const statesCost = derive((entity: Entity): boolean =>
  propsOf(entity).layers.some(({ body }) => body.some(({ word }) => word === 'cost')),
);

/** What is paid in a year, by item, dearest first. */
export interface YearCost {
  readonly year: number | undefined;
  readonly capex: number;
  readonly opex: number;
  readonly lines: readonly CostLine[];
}

/**
 * Capital and operating cost of one year. What is there from the start is bought in the first year of the plan; what has a `from`, in its year.
 * A thing is paid for in every year in which it is there at all. Undefined as year: a plan without dates.
 */
export function costIn(lines: readonly CostLine[], year: number | undefined, firstYear: number | undefined): YearCost {
  const here = lines.filter((line) => {
    if (year === undefined) return true;
    const start = Math.max(line.fromYear ?? firstYear ?? year, firstYear ?? year);
    if (line.untilYear !== undefined && line.untilYear < year) return false;
    return line.isYearly ? start <= year : start === year;
  });
  const sum = (isYearly: boolean) =>
    here.reduce((total, line) => total + (line.isYearly === isYearly ? line.amount : 0), 0);
  return { year, capex: sum(false), opex: sum(true), lines: here };
}

/** The items that cost most, those of one declaration taken together. */
export function driversOf(lines: readonly CostLine[], isYearly: boolean): readonly { label: string; amount: number }[] {
  const byDeclaration = new Map<unknown, { label: string; amount: number }>();
  for (const line of lines) {
    if (line.isYearly !== isYearly) continue;
    const known = byDeclaration.get(line.entity.declaration);
    const names = line.entity.declaration.names;
    const label = names.length > 1 ? `${names[0]} and ${names.length - 1} more` : line.entity.name;
    byDeclaration.set(line.entity.declaration, { label, amount: (known?.amount ?? 0) + line.amount });
  }
  return [...byDeclaration.values()].sort((a, b) => b.amount - a.amount);
}

/** What things of one declaration cost for one purpose: the hosts of a range, or the energy that they use. */
export interface CostItem {
  /** `esx-1 and 3 more`, `energy of esx-1 and 3 more`. */
  readonly label: string;
  /** The first of its statements. */
  readonly by: Stated;
  /** The first of its things. */
  readonly entity: Entity;
  readonly once: number;
  readonly yearly: number;
}

/** Payments item by item, the dearest first. */
export function costItems(lines: readonly CostLine[]): readonly CostItem[] {
  const items = new Map<unknown, Map<string, { -readonly [key in keyof CostItem]: CostItem[key] }>>();
  for (const { entity, label, by, amount, isYearly } of lines) {
    const purposes = items.get(entity.declaration) ?? new Map();
    items.set(entity.declaration, purposes);
    const purpose = label.replace(entity.name, '');
    const { names } = entity.declaration;
    const things = names.length > 1 ? `${names[0]} and ${names.length - 1} more` : entity.name;
    const item = purposes.get(purpose) ?? {
      label: label.replace(entity.name, () => things),
      by,
      entity,
      once: 0,
      yearly: 0,
    };
    if (isYearly) item.yearly += amount;
    else item.once += amount;
    purposes.set(purpose, item);
  }
  return [...items.values()]
    .flatMap((purposes) => [...purposes.values()])
    .sort((a, b) => b.once + b.yearly - a.once - a.yearly);
}
