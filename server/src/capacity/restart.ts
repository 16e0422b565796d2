import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { propsOf, referred } from '../design/things.ts';
import { runningMembers } from './sessions.ts';

/** Words of `restart`, the first to start first. */
const RESTARTS = ['highest', 'high', 'medium', 'low', 'lowest', 'never'] as const;
export type Restart = (typeof RESTARTS)[number];

/** When an application is started again after a failure: with the first of its VMs. */
export interface RestartOrder {
  readonly restart: Restart;
  /** The statement of the application; undefined where it states none, or its VMs state their own. */
  readonly by: Stated | undefined;
  /** Whether its VMs decide, and not the application as a whole. */
  readonly isOfVms: boolean;
}

const ownRestart = derive((vm: Entity): string | undefined => propsOf(vm).word('restart'));

/** Undefined for an application without running VMs, which nothing here starts. */
export const restartOf = derive((app: Entity): RestartOrder | undefined => {
  const members = runningMembers(app);
  if (members.length === 0) return undefined;
  const by = propsOf(app).one('restart');
  const own = asRestart(propsOf(app).word('restart')) ?? 'medium';
  let first: RestartOrder | undefined;
  for (const vm of members) {
    const stated = asRestart(ownRestart(vm));
    const order = { restart: stated ?? own, by: stated ? undefined : by, isOfVms: stated !== undefined };
    if (!first || isLater(first.restart, order.restart)) first = order;
  }
  return first;
});

function asRestart(word: string | undefined): Restart | undefined {
  return RESTARTS.find((known) => known === word);
}

/** Whether the first starts after the second, or not at all while the second does. */
export function isLater(first: Restart, second: Restart): boolean {
  return RESTARTS.indexOf(first) > RESTARTS.indexOf(second);
}

/** What an application depends on, statement by statement. */
export const dependenciesOf = derive((app: Entity): readonly { readonly to: Entity; readonly by: Stated }[] =>
  propsOf(app)
    .list('depends-on')
    .flatMap((by) => referred(by, ['app']).map((to) => ({ to, by }))),
);

/** The shortest way by which an application depends on itself, itself first; undefined if there is none. */
export const circleOf = derive((app: Entity): readonly Entity[] | undefined => {
  const cameFrom = new Map<Entity, Entity>();
  const queue = [app];
  for (let at = queue.shift(); at; at = queue.shift()) {
    for (const { to } of dependenciesOf(at)) {
      if (to === app) return wayTo(at, cameFrom);
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  return undefined;
});

function wayTo(last: Entity, cameFrom: ReadonlyMap<Entity, Entity>): Entity[] {
  const way = [last];
  for (let at = cameFrom.get(last); at; at = cameFrom.get(at)) way.unshift(at);
  return way;
}
