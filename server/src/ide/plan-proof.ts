import { entityId } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { checkDesign, type Finding } from '../rules/run.ts';
import { diagnosticsOfProject } from './diagnostics.ts';
import { byFile } from './proof.ts';
import type { Project, Workspace } from './workspace.ts';

const RANK = { info: 1, warning: 2, error: 3 } as const;

/** Something that is wrong, as often as it is, and as badly as at worst. */
interface Wrong {
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
  readonly added: readonly Pick<Wrong, 'message' | 'about'>[];
  readonly answer: T;
}

/** What edits would lead to in every design that they touch, and the answer to a question about it. */
export function consequencesOf<T>(
  workspace: Workspace,
  edits: readonly FileEdit[],
  finding: { readonly rule: string; readonly about: string },
  ask: () => T,
): Consequences<T> {
  const files = byFile(edits);
  const projects = new Set([...files.keys()].flatMap((uri) => workspace.projectsOf(uri)));
  const before = new Map([...projects].map((project) => [project, wrongIn(project)]));
  return workspace.suppose(files, () => {
    const added: Wrong[] = [];
    let isMended = true;
    for (const project of projects) {
      const known = before.get(project);
      const after = wrongIn(project);
      for (const [key, wrong] of after) {
        const earlier = known?.get(key);
        if (!earlier || earlier.count < wrong.count || earlier.worst < wrong.worst) added.push(wrong);
      }
      const key = keyOf(finding.rule, finding.about);
      const [now, then] = [after.get(key)?.count ?? 0, known?.get(key)?.count ?? 0];
      if (now > 0 && now >= then) isMended = false;
    }
    return { isMended, added, answer: ask() };
  });
}

function wrongIn(project: Project): ReadonlyMap<string, Wrong> {
  const found = new Map<string, Wrong>();
  const add = (key: string, rank: number, message: string, about: string | undefined) => {
    const known = found.get(key);
    if (!known) found.set(key, { message, about, count: 1, worst: rank });
    else {
      known.count++;
      known.worst = Math.max(known.worst, rank);
    }
  };
  for (const finding of checkDesign(project.design).findings) {
    if (!finding.silencedBy) addFinding(finding, add);
  }
  for (const { finding, uri, code, message } of diagnosticsOfProject(project))
    if (!finding) add(`${uri} ${code} ${message}`, 0, message, undefined);
  return found;
}

function addFinding(
  finding: Finding,
  add: (key: string, rank: number, message: string, about: string | undefined) => void,
): void {
  const about = entityId(finding.entity);
  add(keyOf(finding.rule.id, about), RANK[finding.severity], finding.message, about);
}

function keyOf(rule: string, about: string): string {
  return `${rule} at ${about}`;
}
