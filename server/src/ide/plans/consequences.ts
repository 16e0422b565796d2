import { type Course, UNWATCHED } from '../../base/course.ts';
import type { Steps } from '../../base/steps.ts';
import { entityId } from '../../design/declaration.ts';
import { type FileEdit, placeText } from '../../design/edits.ts';
import type { Severity } from '../../rules/rule.ts';
import { checkDesign, checkInSteps, type Finding } from '../../rules/run.ts';
import { mistakesIn } from '../diagnostics.ts';
import { type Badness, byFile, fromTheEnd, isWorse, worsened } from '../proof.ts';
import type { Project, Workspace } from '../workspace.ts';

/** Something that is wrong, as often and as badly as it is. */
interface Wrong {
  readonly rule: string;
  readonly message: string;
  /** What it is about; undefined for a mistake in the language. */
  readonly about: string | undefined;
  readonly badness: Badness;
  readonly isError: boolean;
}

/** What is wrong, in words. */
export type Saying = Readonly<Pick<Wrong, 'rule' | 'message' | 'about' | 'isError'>>;

export interface Consequences<T> {
  /** Whether the finding would be gone. */
  readonly isMended: boolean;
  /** What would be wrong that is not, or worse than it is. */
  readonly added: readonly Saying[];
  /** What would be wrong no more, or less often. */
  readonly removed: readonly Saying[];
  readonly answer: T;
}

/** Rules that speak only where another one does not: what they find then was there before, and worse. */
export const MASKED_BY: Readonly<Record<string, string>> = {
  'growth-fills-cluster': 'failover-not-absorbed',
  'growth-fills-subnet': 'subnet-exhausted',
  'uplink-loss-unsurvivable': 'uplinks-overloaded',
};

/** What is found of what: the same for as long as names stay and the statement that it is said of. */
export function keyOf(finding: Pick<Finding, 'rule' | 'entity' | 'at'>): string {
  const { rule, entity, at } = finding;
  // What breaks a rule of the plan is said of one of the VMs, and which one changes as they move.
  const isSaidElsewhere = entity.kind === 'vm' && at.place !== entity.declaration.place;
  const { from, to } = at.sentence;
  return keyFor(rule.id, isSaidElsewhere ? placeText(at.place).slice(from, to) : entityId(entity));
}

function keyFor(rule: string, about: string): string {
  return `${rule} at ${about}`;
}

/**
 * What edits would lead to in every design that they touch, and the answer to a question about it. The last step finds
 * out again what is wrong with the designs as they are, so that no edit has to wait for that.
 */
export function* consequencesOf<T>(
  workspace: Workspace,
  edits: readonly FileEdit[],
  key: string | undefined,
  ask: () => T,
): Steps<Consequences<T>> {
  const files = byFile(edits);
  const projects = [...new Set([...files.keys()].flatMap((uri) => workspace.projectsOf(uri)))];
  const before = projects.map(wrongIn);
  yield;
  const consequences = workspace.suppose(files, () => {
    const after = projects.map(wrongIn);
    const count = (found: Found | undefined) => (key === undefined ? 0 : (found?.get(key)?.badness[0] ?? 0));
    const isMended = after.every((now, index) => count(now) === 0 || count(now) < count(before[index]));
    return {
      isMended,
      added: after.flatMap((now, index) => added(before[index], now)),
      removed: before.flatMap((then, index) => removed(then, after[index])),
      answer: ask(),
    };
  });
  yield;
  for (const { design } of projects) yield* checkInSteps(design);
  return consequences;
}

/** How many changes are followed one after the other before others are let in. */
const FOLLOWED_AT_ONCE = 8;

/**
 * What is wrong on the way, at the first of some states of which each is made from the one before: nothing where none
 * is; and how many states were looked at. `counts` says what is too bad. `first` are edits that lead to a state, `next` those that lead on from it in the design as it is then; without it
 * every state is led to from the first one. The last state is not looked at.
 */
export function* addedOnTheWay(
  workspace: Workspace,
  project: Project,
  count: number,
  first: (steps: number) => readonly FileEdit[] | undefined,
  next: ((step: number) => readonly FileEdit[] | undefined) | undefined,
  counts: (wrong: Saying) => boolean,
  course: Course = UNWATCHED,
): Steps<{ readonly worse: readonly Saying[]; readonly seen: number }> {
  const before = wrongIn(project);
  let seen = 0;
  const atOnce = next ? FOLLOWED_AT_ONCE : 1;
  for (let step = 1; step < count; step += atOnce) {
    yield;
    course.report(step / count, `trying step ${step} of ${count}`);
    if (course.isStopped() && seen > 0) break;
    const edits = first(step);
    if (!edits) break;
    const files = new Map(byFile(edits));
    const found = workspace.suppose(files, () => {
      for (let at = step; at < Math.min(count, step + atOnce); at++) {
        if (at > step) {
          const further = byFile(next?.(at) ?? []);
          // What is not supposed already would not be put back.
          if ([...further.keys()].some((uri) => !files.has(uri))) break;
          for (const [uri, list] of further) workspace.edit(uri, fromTheEnd(list));
        }
        seen++;
        const worse = added(before, wrongIn(project)).filter(counts);
        if (worse.length > 0) return worse;
      }
      return [];
    });
    if (found.length > 0) return { worse: found, seen };
  }
  yield;
  checkDesign(project.design);
  return { worse: [], seen };
}

type Found = ReadonlyMap<string, Wrong>;

function added(before: Found | undefined, after: Found): Saying[] {
  return [...after].flatMap(([what, wrong]) => {
    const earlier = before?.get(what) ?? before?.get(keyFor(MASKED_BY[wrong.rule] ?? '', wrong.about ?? ''));
    return isWorse(wrong.badness, earlier?.badness) ? [said(wrong)] : [];
  });
}

function removed(before: Found, after: Found | undefined): Saying[] {
  return [...before].flatMap(([what, wrong]) =>
    (after?.get(what)?.badness[0] ?? 0) < (wrong.badness[0] ?? 0) ? [said(wrong)] : [],
  );
}

function said({ rule, message, about, isError }: Wrong): Saying {
  return { rule, message, about, isError: isError || about === undefined };
}

function wrongIn(project: Project): Found {
  const found = new Map<string, Wrong>();
  const add = (key: string, severity: Severity | undefined, saying: Omit<Saying, 'isError'>) => {
    const known = found.get(key) ?? { ...saying, badness: [], isError: false };
    const isWorst = severity === 'error' && !known.isError;
    const badness = worsened(known.badness, severity);
    found.set(key, { ...(isWorst ? saying : known), badness, isError: known.isError || isWorst });
  };
  for (const finding of checkDesign(project.design).findings) {
    const { rule, entity, severity, message, silencedBy } = finding;
    if (!silencedBy) add(keyOf(finding), severity, { rule: rule.id, message, about: entityId(entity) });
  }
  for (const { uri, code, message } of mistakesIn(project))
    add(`${uri} ${code} ${message}`, undefined, { rule: code, message, about: undefined });
  return found;
}
