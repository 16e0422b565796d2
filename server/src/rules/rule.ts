import type { Span } from '../base/span.ts';
import type { Dimension } from '../base/units.ts';
import type { Figure } from '../capacity/figure.ts';
import type { Entity, Located } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { type Limit, NO_POLICY, type RulePolicy } from '../design/policy.ts';
import type { Maturity } from './maturity.ts';

/** The seven ways in which virtual data centres fail. */
export const PAIN_POINTS = [
  'resource-starvation',
  'application-awareness',
  'unanticipated-costs',
  'unused-features',
  'overflowing-storage',
  'congested-storage-network',
  'management-complexity',
] as const;
export type PainPoint = (typeof PAIN_POINTS)[number];

export type Severity = 'info' | 'warning' | 'error';
/** The paper's groups of people. */
export type Team = 'network' | 'application' | 'server' | 'storage' | 'management';

/** How a claim is known: read in a source that is named, taken from somewhere that was not checked, or our own proposal. */
export type Evidence = 'verified' | 'recalled' | 'ours';

export interface LimitSource {
  /** Where the limits come from, in one sentence. */
  readonly text: string;
  readonly evidence: Evidence;
}

/** Limits in base units; a value above one has its severity, or below one where `limitOf` speaks of the least. */
export type Limits = Readonly<Partial<Record<Severity, number>>>;

/** A documented piece of design text. It is run by a test. */
export interface Example {
  readonly text: string;
  readonly note?: string;
}

/** What a rule says of one thing. */
export interface Saying {
  readonly severity: Severity;
  /** What is wrong, by how much, why it matters, what would mend it. */
  readonly message: string;
  /** The smallest text that explains it. */
  readonly at: Located;
  /** Within the place of `at`; its sentence's word by default. */
  readonly span?: Span | undefined;
  readonly related?: readonly Related[] | undefined;
  readonly figures?: readonly Figure[] | undefined;
  /** Ids of the links that it is about, beside the thing itself: see `linkId`. */
  readonly links?: readonly string[] | undefined;
  /** What it points at has had its day: editors strike it through. */
  readonly isOutdated?: boolean;
}

export interface Related {
  readonly at: Located;
  readonly span?: Span | undefined;
  readonly message: string;
}

/** A remedy as text edits. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  /** The obvious remedy. */
  readonly isPreferred?: boolean;
}

/**
 * One rule is one file: what it is about, examples that are run, what it looks for, how it says it, how it is mended.
 * `find` returns facts and words nothing; it returns nothing where an input is unknown, and never invents one.
 */
export interface RuleDefinition<F> {
  /** Kebab case, subject and problem; also the name of the file, of the page and in a policy. */
  readonly id: string;
  readonly title: string;
  readonly painPoint: PainPoint;
  /** Teams that have to act. */
  readonly owners: readonly Team[];
  readonly benefit: string;
  /** One paragraph: when this hurts, and when it does not. */
  readonly why: string;
  readonly formula: string;
  /** Words of the language that it reads: `vm.vcpu`. */
  readonly inputs: readonly string[];
  /** What the limits are of, for the documentation: `share of the host's CPU`. Undefined for rules without limits. */
  readonly limitOf?: string;
  /** What kind of amount the limits are; plain numbers without it. */
  readonly limitUnit?: Dimension;
  readonly limits?: Limits;
  /** Severity of rules without limits. */
  readonly severity?: Severity;
  readonly source: LimitSource;
  /** The check of the domain catalogue that it covers: `RS02`. */
  readonly covers: readonly string[];
  readonly examples: { readonly fires: Example; readonly silent: Example };
  /** `plan`: mended by moving VMs, which the planner does. */
  readonly remedy?: 'plan';
  /** Why no edit of the text mends it, for a rule that has neither. */
  readonly unmendable?: string;
  /**
   * Kind of thing that it looks at; `design` for the plan as a whole. There may be a hundred thousand VMs: a rule of
   * VMs asks `vmFacts` first, and for statements only where those give cause.
   */
  readonly of: string;
  /** It speaks of what has ended. No other rule is asked about things whose `until` has passed. */
  readonly judgesEnded?: true;
  /** It judges the stage that follows from what the other rules find, and is asked after them, for the design alone. */
  readonly judgesMaturity?: true;
  readonly find: (entity: Entity, limits: Limits, maturity?: Maturity) => readonly F[];
  readonly say: (fact: F, limits: Limits, entity: Entity) => Saying;
  readonly fix?: (fact: F, entity: Entity, limits: Limits) => readonly Fix[];
}

/** A rule as the others see it: what it finds is its own business. */
export interface Rule extends Omit<RuleDefinition<unknown>, 'find' | 'say' | 'fix'> {
  readonly check: (
    entity: Entity,
    limits: Limits,
    maturity?: Maturity,
  ) => readonly { readonly saying: Saying; readonly fixes: () => readonly Fix[] }[];
  readonly hasFix: boolean;
}

export function defineRule<F>(definition: RuleDefinition<F>): Rule {
  const { find, say, fix, ...rest } = definition;
  return {
    ...rest,
    hasFix: fix !== undefined || rest.remedy !== undefined,
    check: (entity, limits, maturity) => {
      const facts = find(entity, limits, maturity);
      // Nearly always: a rule of VMs is asked ten thousand times.
      if (facts.length === 0) return NOTHING;
      return facts.map((fact) => ({
        saying: say(fact, limits, entity),
        fixes: () => fix?.(fact, entity, limits) ?? [],
      }));
    },
  };
}

const NOTHING: readonly never[] = [];

const NO_LIMITS: Limits = {};

/** Whether a rule can have a limit of a dimension; undefined is that of plain numbers, and of counted words. */
export function isLimitOf({ limitOf, limitUnit }: Pick<Rule, 'limitOf' | 'limitUnit'>, dimension?: Dimension): boolean {
  return limitOf !== undefined && limitUnit === dimension;
}

/** The limits that hold at a thing: those of the nearest policies, else the rule's own. Limits of something else do not count. */
export function limitsFor(rule: Pick<Rule, 'id' | 'limits' | 'limitOf' | 'limitUnit'>, policy: RulePolicy): Limits {
  if (policy === NO_POLICY) return rule.limits ?? NO_LIMITS;
  const own = rule.limits ?? {};
  const pick = (stated: Limit | undefined, fallback: number | undefined) =>
    stated && isLimitOf(rule, stated.dimension) ? stated.value : fallback;
  const info = pick(policy.info, own.info);
  const warning = pick(policy.warn, own.warning);
  const error = pick(policy.error, own.error);
  return {
    ...(info === undefined ? {} : { info }),
    ...(warning === undefined ? {} : { warning }),
    ...(error === undefined ? {} : { error }),
  };
}

/** The severity of a value that should not exceed the limits; undefined if it exceeds none. */
export function grade(value: number | undefined, limits: Limits): Severity | undefined {
  if (value === undefined) return undefined;
  // A sum of floats may miss a limit that it meets exactly.
  const above = (limit: number | undefined) => limit !== undefined && value > limit * (1 + 1e-9);
  if (above(limits.error)) return 'error';
  if (above(limits.warning)) return 'warning';
  return above(limits.info) ? 'info' : undefined;
}

/** What a value has to come down to so that it exceeds no limit. Undefined without limits. */
export function leastLimit(limits: Limits): number | undefined {
  const all = Object.values(limits);
  return all.length > 0 ? Math.min(...all) : undefined;
}

/** What a value has to come up to so that it is less than no limit. Undefined without limits. */
export function greatestLimit(limits: Limits): number | undefined {
  const all = Object.values(limits);
  return all.length > 0 ? Math.max(...all) : undefined;
}

/** The same for a value that should not be less than the limits. */
export function gradeBelow(value: number | undefined, limits: Limits): Severity | undefined {
  if (value === undefined) return undefined;
  const below = (limit: number | undefined) => limit !== undefined && value < limit * (1 - 1e-9);
  if (below(limits.error)) return 'error';
  if (below(limits.warning)) return 'warning';
  return below(limits.info) ? 'info' : undefined;
}
