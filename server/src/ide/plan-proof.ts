import type { Steps } from '../base/steps.ts';
import { entityId } from '../design/declaration.ts';
import { type FileEdit, placeText } from '../design/edits.ts';
import { checkDesign, checkInSteps, type Finding } from '../rules/run.ts';
import { diagnosticsOfProject } from './diagnostics.ts';
import { byFile } from './proof.ts';
import type { Project, Workspace } from './workspace.ts';

const RANK = { info: 1, warning: 2, error: 3 } as const;

/** Something that is wrong, as often as it is, and as badly as at worst. */
interface Wrong {
  readonly rule: string;
  readonly message: string;
  /** What it is about; undefined for a mistake in the language. */
  readonly about: string | undefined;
  count: number;
  worst: number;
}

export interface Consequences<T> {
  /** Whether the finding would be gone. */
  readonly isMended: boolean;
  /** What would be wrong that is not, or worse than it is. */
  readonly added: readonly Pick<Wrong, 'rule' | 'message' | 'about'>[];
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
 * What edits would lead to in every design that they touch, and the answer to a question about it. The last steps find
 * out again what is wrong with the designs as they are, so that no edit has to wait for that.
 */
export function* consequencesOf<T>(
  workspace: Workspace,
  edits: readonly FileEdit[],
  key: string,
  ask: () => T,
): Steps<Consequences<T>> {
  const files = byFile(edits);
  const projects = new Set([...files.keys()].flatMap((uri) => workspace.projectsOf(uri)));
  const before = new Map([...projects].map((project) => [project, wrongIn(project)]));
  yield;
  const consequences = workspace.suppose(files, () => {
    const added: Wrong[] = [];
    let isMended = true;
    for (const project of projects) {
      const known = before.get(project);
      const after = wrongIn(project);
      for (const [what, wrong] of after) {
        const earlier = known?.get(what) ?? known?.get(keyFor(MASKED_BY[wrong.rule] ?? '', wrong.about ?? ''));
        if (!earlier || earlier.count < wrong.count || earlier.worst < wrong.worst) added.push(wrong);
      }
      const [now, then] = [after.get(key)?.count ?? 0, known?.get(key)?.count ?? 0];
      if (now > 0 && now >= then) isMended = false;
    }
    return { isMended, added, answer: ask() };
  });
  yield;
  for (const { design } of projects) yield* checkInSteps(design);
  return consequences;
}

function wrongIn(project: Project): ReadonlyMap<string, Wrong> {
  const found = new Map<string, Wrong>();
  const add = (key: string, worst: number, rule: string, message: string, about: string | undefined) => {
    const known = found.get(key);
    if (!known) found.set(key, { rule, message, about, count: 1, worst });
    else {
      known.count++;
      known.worst = Math.max(known.worst, worst);
    }
  };
  for (const finding of checkDesign(project.design).findings) {
    const { rule, entity, severity, message, silencedBy } = finding;
    if (!silencedBy) add(keyOf(finding), RANK[severity], rule.id, message, entityId(entity));
  }
  for (const { finding, uri, code, message } of diagnosticsOfProject(project))
    if (!finding) add(`${uri} ${code} ${message}`, 0, code, message, undefined);
  return found;
}
