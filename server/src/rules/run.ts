import type { Group } from '../base/bag.ts';
import { compareDates } from '../base/dates.ts';
import { derive } from '../base/reactive.ts';
import type { Span } from '../base/span.ts';
import type { Steps } from '../base/steps.ts';
import { hasEnded } from '../capacity/exists.ts';
import { asOf } from '../capacity/time.ts';
import { readVms } from '../capacity/vms-in-steps.ts';
import type { Declaration, Entity, Located } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { amendsOf } from '../design/layers.ts';
import type { Place } from '../design/place.ts';
import { NO_POLICY, policyFor } from '../design/policy.ts';
import { circles, propsOf } from '../design/things.ts';
import { RULES } from './index.ts';
import { type Maturity, maturityFrom } from './maturity.ts';
import { type Fix, limitsFor, type Related, type Rule, type Saying, type Severity } from './rule.ts';

/** What a rule found, ready to be shown. */
export interface Finding extends Omit<Saying, 'related'> {
  readonly rule: Rule;
  readonly entity: Entity;
  /** Where it stands, within the place of `at`. */
  readonly span: Span;
  /** The `ignore` that silences it. */
  readonly silencedBy: Located | undefined;
  readonly related: readonly RelatedPlace[];
  readonly fixes: () => readonly Fix[];
}

/** A place that a finding points to besides its own. Its statement is read when it is shown for the first time, not at each edit. */
class RelatedPlace {
  readonly place: Place;
  readonly message: string;
  private readonly at: Located;
  private known: Span | undefined;

  constructor({ at, span, message }: Related) {
    this.place = at.place;
    this.message = message;
    this.at = at;
    this.known = span;
  }

  get span(): Span {
    this.known ??= this.at.sentence.wordSpan;
    return this.known;
  }
}

/** A rule that failed on some thing. It is our mistake, and does not keep the others from being heard. */
export interface RuleFailure {
  readonly rule: Rule;
  readonly entity: Entity;
  readonly error: unknown;
}

interface Checked {
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

const NO_PLACES: readonly RelatedPlace[] = [];
const NOTHING: Checked = { findings: [], failures: [] };

const rulesByKind = new Map<string, readonly Rule[]>();
for (const rule of RULES)
  if (!rule.judgesMaturity) rulesByKind.set(rule.of, [...(rulesByKind.get(rule.of) ?? []), rule]);
const lastRules = RULES.filter((rule) => rule.judgesMaturity);

/** Everything the rules find at one thing. */
function checkAnew(entity: Entity): Checked {
  const rules = rulesByKind.get(entity.kind) ?? [];
  return checkWith(hasEnded(entity) ? rules.filter(({ judgesEnded }) => judgesEnded) : rules, entity);
}

function checkWith(rules: readonly Rule[], entity: Entity, maturity?: Maturity): Checked {
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  const hasPolicies = entity.design.policies().size > 0;
  for (const rule of rules) {
    try {
      const policy = hasPolicies ? policyFor(entity, rule.id) : NO_POLICY;
      if (policy.isOff) continue;
      for (const { saying, fixes } of rule.check(entity, limitsFor(rule, policy), maturity)) {
        const severity: Severity = policy.severity ?? saying.severity;
        const span = saying.span ?? saying.at.sentence.wordSpan;
        const related = saying.related?.map((place) => new RelatedPlace(place)) ?? NO_PLACES;
        const silencedBy = silenceFor(entity, rule.id);
        findings.push({ ...saying, severity, span, related, rule, entity, fixes, silencedBy });
      }
    } catch (error) {
      failures.push({ rule, entity, error });
    }
  }
  return findings.length + failures.length > 0 ? { findings, failures } : NOTHING;
}

const checkOnce = derive(checkAnew);

/**
 * Findings at one thing. Those of most things are remembered one by one; those of VMs, which are many and cheap to check,
 * with their group.
 */
function checkEntity(entity: Entity): Checked {
  return entity.kind === 'vm' ? checkAnew(entity) : checkOnce(entity);
}

const checkGroup = derive((group: Group<Place>): Checked => {
  const parts: Checked[] = [];
  for (const place of group.members())
    for (const declaration of place.declarations) checkDeclaration(declaration, parts);
  return merge(parts);
});

function checkDeclaration(declaration: Declaration, parts: Checked[]): void {
  for (const entity of declaration.entities) {
    if (!rulesByKind.has(entity.kind)) continue;
    const checked = checkEntity(entity);
    if (checked !== NOTHING) parts.push(checked);
  }
  // What stands in a long block has places of its own.
  for (const child of declaration.children) if (child.place === declaration.place) checkDeclaration(child, parts);
}

/** What the rules find at each thing of a design. */
const checkThings = derive((design: Design): Checked => merge(design.places.groups().map(checkGroup)));

/** How mature a design is, given what the rules find in it; undefined for one without hosts. */
export const maturityOf = derive((design: Design): Maturity | undefined => {
  const open = checkThings(design).findings.filter(({ silencedBy }) => !silencedBy);
  return maturityFrom(
    design,
    open.map(({ severity, rule: { painPoint } }) => ({ severity, painPoint })),
  );
});

/** What holds for the design as a whole, once all else is known. Only asked where the design states what it aims at. */
const checkLast = derive((design: Design): Checked => {
  const plan = design.plan();
  return plan && propsOf(plan).has('maturity') ? checkWith(lastRules, plan, maturityOf(design)) : NOTHING;
});

/** Everything the rules find in a design, silenced findings included. */
export const checkDesign = derive((design: Design): Checked => merge([checkThings(design), checkLast(design)]));

/** The same, in steps: what has changed is checked a few statements at a time. */
export function* checkInSteps(design: Design): Steps<Checked> {
  yield* readVms(design);
  for (const group of design.places.groups()) {
    checkGroup(group);
    yield;
  }
  return checkDesign(design);
}

function merge(parts: readonly Checked[]): Checked {
  const found = parts.filter((part) => part !== NOTHING);
  const [first] = found;
  if (!first || found.length === 1) return first ?? NOTHING;
  return { findings: found.flatMap((part) => part.findings), failures: found.flatMap((part) => part.failures) };
}

/** An `ignore` statement, read. */
export interface Silence {
  readonly located: Located;
  readonly owner: Declaration;
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  readonly hasReason: boolean;
  readonly isExpired: boolean;
}

export const silences = derive((design: Design): readonly Silence[] => {
  const found: Silence[] = [];
  const today = asOf(design);
  for (const owner of design.ignores()) {
    for (const located of owner.body()) {
      if (located.sentence.word !== 'ignore') continue;
      const part = located.sentence.subject?.parts[0];
      const items = part?.type === 'list' ? part.items : part ? [part] : [];
      const until = located.sentence.clauses.get('until')?.value?.parts[0];
      found.push({
        located,
        owner,
        rules: items.flatMap((item) =>
          item.type === 'word' ? [{ id: item.text, span: { from: item.from, to: item.to } }] : [],
        ),
        hasReason: hasReason(located),
        isExpired: until?.type === 'date' && today !== undefined && compareDates(until.date, today) < 0,
      });
    }
  }
  return found;
});

/** Whether a silence says why: a text of dots alone was put there to be filled in. */
function hasReason({ sentence }: Located): boolean {
  const reason = sentence.clauses.get('because')?.value?.parts[0];
  return reason?.type === 'text' && /[\p{L}\p{N}]/u.test(reason.text);
}

function silenceFor(entity: Entity, rule: string): Located | undefined {
  const all = silences(entity.design);
  if (all.length === 0) return undefined;
  const around = new Set([entity, ...circles(entity)].flatMap((circle) => [circle.declaration, ...amendsOf(circle)]));
  return all.find(
    (silence) =>
      silence.hasReason &&
      !silence.isExpired &&
      around.has(silence.owner) &&
      silence.rules.some(({ id }) => id === rule),
  )?.located;
}
