import type { Group } from '../base/bag.ts';
import { addDays, addMonths, type PlanDate } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import { SECONDS_PER_YEAR } from '../base/units.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { appOfVm, placementOf } from '../design/placement.ts';
import { partOf, type Stated } from '../design/props.ts';
import { circles, propsOf } from '../design/things.ts';
import { compoundPerMonth, type Growth } from './models/growth.ts';
import { asOf } from './time.ts';

const SECONDS_PER_MONTH = SECONDS_PER_YEAR / 12;

/** How far forecasts look where the design does not say: 36 months, ours. */
const DEFAULT_HORIZON = 36;

export type Growing = 'vms' | 'cpu' | 'memory' | 'disk' | 'net' | 'sessions';
const WORDS: readonly Growing[] = ['vms', 'cpu', 'memory', 'disk', 'net', 'sessions'];

/** A growth, the statement of it, and the thing that states it. */
export interface StatedGrowth {
  readonly growth: Growth;
  readonly by: Stated;
  readonly within: Entity;
  readonly isOwn: boolean;
}

type Growths = ReadonlyMap<Growing, Omit<StatedGrowth, 'isOwn'>>;
const NONE: Growths = new Map();

function growthsIn(entity: Entity): Growths {
  const props = propsOf(entity);
  if (!props.has('growth')) return NONE;
  const found = new Map<Growing, Omit<StatedGrowth, 'isOwn'>>();
  for (const what of WORDS) {
    const by = props.withClause('growth', what);
    const part = by && partOf(by.sentence.clauses.get(what)?.value, 0, by.index);
    if (!by || part?.type !== 'growth') continue;
    const months = part.seconds / SECONDS_PER_MONTH;
    const growth: Growth =
      part.dimension === 'share'
        ? { kind: 'compound', perMonth: compoundPerMonth(part.amount, months) }
        : { kind: 'linear', perMonth: part.amount / months };
    found.set(what, { growth, by, within: entity });
  }
  return found;
}

/** What a container and those around it state, the nearest of each kind; without the design's. */
const growthsAround = derive((container: Entity): Growths => {
  const found = new Map<Growing, Omit<StatedGrowth, 'isOwn'>>();
  for (const around of [container, ...circles(container)])
    for (const [what, stated] of growthsIn(around)) if (!found.has(what)) found.set(what, stated);
  return found.size > 0 ? found : NONE;
});

const planGrowths = derive((plan: Entity): Growths => growthsIn(plan));

/** Growth that is stated for a thing, or for the nearest container, or for the design; undefined if nothing states it. */
export function growthOf(entity: Entity, what: Growing): StatedGrowth | undefined {
  const plan = entity.design.plan();
  const found = growthsAround(entity).get(what) ?? (plan && planGrowths(plan).get(what));
  return found && { ...found, isOwn: found.within === entity };
}

/**
 * How a figure of one VM grows; `vms` is how its number grows: it stands for so many of its mix. A share holds for each VM. An amount that
 * a container states is that of all its VMs, each of which has the same part in it. `statesOwn`: the VM has a `growth` itself.
 */
export function vmGrowth(vm: Entity, what: Growing, statesOwn: boolean): Growth | undefined {
  const own = statesOwn ? growthsIn(vm).get(what) : undefined;
  if (own) return own.growth;
  const plan = vm.design.plan();
  const found = (growsInParts(vm.design) ? aroundVm(vm, what) : undefined) ?? (plan && planGrowths(plan).get(what));
  return found && dealt(found.growth, found.within, 'vm');
}

function aroundVm(vm: Entity, what: Growing): Omit<StatedGrowth, 'isOwn'> | undefined {
  const app = appOfVm(vm);
  const { cluster } = placementOf(vm);
  return [app, cluster, vm.parent].flatMap((around) => (around && growthsAround(around).get(what)) ?? [])[0];
}

/** Whether a site, cluster or application states a growth of its own; if none does, nobody needs to ask where a VM belongs. */
export const growsInParts = derive((design: Design): boolean =>
  ['site', 'cluster', 'app'].some((kind) => [...design.members(kind)].some((entity) => propsOf(entity).has('growth'))),
);

/** How the content of a datastore grows. An amount that is stated around several is dealt over them, the same to each. */
export function datastoreGrowth(datastore: Entity): StatedGrowth | undefined {
  const found = growthOf(datastore, 'disk');
  if (!found || found.isOwn) return found;
  const growth = dealt(found.growth, found.within, 'datastore');
  return growth && { ...found, growth };
}

/** How the sessions of an application grow. An amount that is stated around several is dealt over them, the same to each. */
export function sessionGrowth(app: Entity): Growth | undefined {
  const found = growthOf(app, 'sessions');
  return found && (found.isOwn ? found.growth : dealt(found.growth, found.within, 'app'));
}

/** The part of a growth that falls to one of the things of a kind in a container. */
function dealt(growth: Growth, within: Entity, kind: keyof typeof COUNTS): Growth | undefined {
  if (growth.kind === 'compound') return growth;
  const count = COUNTS[kind](within);
  return count > 0 ? { kind: 'linear', perMonth: growth.perMonth / count } : undefined;
}

const counting = (kind: string) =>
  derive((within: Entity): number => {
    const { design } = within;
    if (within === design.plan()) return design.members(kind).size;
    let count = 0;
    for (const group of design.names.groups(kind)) count += countsByContainer(group).get(within) ?? 0;
    return count;
  }, Object.is);

const COUNTS = { vm: counting('vm'), datastore: counting('datastore'), app: counting('app') };

/** Things by each container that they are in. */
const countsByContainer = derive((group: Group<Entity>): ReadonlyMap<Entity, number> => {
  const counts = new Map<Entity, number>();
  for (const thing of group.members())
    for (const around of circles(thing)) counts.set(around, (counts.get(around) ?? 0) + 1);
  return counts;
});

/** How many months forecasts look ahead: `horizon` of the design, else 36. */
export function horizonOf(design: Design): number {
  const plan = design.plan();
  const stated = plan && propsOf(plan).number('horizon');
  return stated ? stated.value / SECONDS_PER_MONTH : DEFAULT_HORIZON;
}

/** The day some months after the one that a design is judged by; undefined if it states none. */
export function dayAfter(design: Design, months: number): PlanDate | undefined {
  const today = asOf(design);
  if (!today || !Number.isFinite(months)) return undefined;
  const whole = Math.floor(months);
  const start = addMonths({ day: today.day }, whole);
  const length = addMonths({ day: today.day }, whole + 1).day - start.day;
  return addDays(start, Math.floor((months - whole) * length));
}
