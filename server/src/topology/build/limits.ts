import { derive } from '../../base/reactive.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { policyFor } from '../../design/policy.ts';
import { DEFAULT_THRESHOLDS, type Thresholds, type TopologyGraph } from '../graph.ts';

/** Limits that classes of loads follow from. */
export type Limits = TopologyGraph['thresholds'];

/** The rule whose limits a gauge's classes follow: what is amber or red here is what that rule finds. */
export const LIMIT_RULES: Readonly<Record<keyof Limits, string>> = {
  cpu: 'host-cpu-overloaded',
  memory: 'host-memory-overcommitted',
  network: 'uplinks-overloaded',
  storage: 'array-iops-exceeded',
  space: 'datastore-overfull',
  addresses: 'subnet-exhausted',
};

/** Promised over capacity from which a rule speaks, and the rule. */
export const PROMISE_RULE = 'datastore-overpromised';
export const PROMISE_LIMIT = 1.5;

/** The limits that hold at a thing: those of the nearest policy, else our own. */
export function limitsAt(entity: Entity): Limits {
  if (entity.design.policies().size === 0) return DEFAULT_THRESHOLDS;
  const of = (gauge: keyof Limits): Thresholds => {
    const policy = policyFor(entity, LIMIT_RULES[gauge]);
    const own = DEFAULT_THRESHOLDS[gauge];
    const warn = policy.warn?.value ?? own.warn;
    return { warn, err: Math.max(warn, policy.error?.value ?? own.err) };
  };
  return {
    cpu: of('cpu'),
    memory: of('memory'),
    network: of('network'),
    storage: of('storage'),
    space: of('space'),
    addresses: of('addresses'),
  };
}

/** The limits of the design as a whole, for its legend. */
export const limitsOf = derive((design: Design): Limits => {
  const plan = design.plan() ?? [...design.members('site')][0] ?? [...design.members('host')][0];
  return plan ? limitsAt(plan) : DEFAULT_THRESHOLDS;
});

export const promiseLimit = (store: Entity): number => policyFor(store, PROMISE_RULE).warn?.value ?? PROMISE_LIMIT;
