import { composeEdits, type TextEdit } from '../base/span.ts';
import { entityId } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { checkDesign, type Finding } from '../rules/run.ts';
import { mistakesIn } from './diagnostics.ts';
import type { Project, Workspace } from './workspace.ts';

const RANK = { info: 1, warning: 2, error: 3 } as const;

/** How often something is wrong at least so badly: as a mistake in the language, a remark, a warning, an error. */
export type Badness = readonly number[];

/** Once more, that badly. */
export function worsened(badness: Badness | undefined, severity: Finding['severity'] | undefined): Badness {
  const rank = severity ? RANK[severity] : 0;
  return Array.from({ length: 4 }, (_, at) => (badness?.[at] ?? 0) + (at <= rank ? 1 : 0));
}

/** Whether something is wrong more often than it was, or as often but worse. */
export function isWorse(now: Badness, before: Badness | undefined): boolean {
  return now.some((count, rank) => count > (before?.[rank] ?? 0));
}

/** What is wrong with what, and how badly; figures in messages do not count. */
type Tally = ReadonlyMap<string, Badness>;

/** Edits by file, as `Workspace.suppose` takes them. */
export function byFile(edits: readonly FileEdit[]): ReadonlyMap<string, readonly TextEdit[]> {
  const files = new Map<string, TextEdit[]>();
  for (const { uri, from, to, text } of edits) {
    const list = files.get(uri) ?? [];
    list.push({ from, to, text });
    files.set(uri, list);
  }
  return files;
}

/** Edits of one text from its end on, as `Workspace.edit` takes them: none moves the place of another, and of two at one place the first comes first in the text. */
export function fromTheEnd(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].reverse().sort((a, b) => b.from - a.from || b.to - a.to);
}

/** Edits, and then those of the text that they leave, as edits of the present text. */
export function followedBy(first: readonly FileEdit[], second: readonly FileEdit[]): readonly FileEdit[] {
  const [before, after] = [byFile(first), byFile(second)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((uri) =>
    composeEdits(before.get(uri) ?? [], after.get(uri) ?? []).map((edit) => ({ uri, ...edit })),
  );
}

/** Whether edits take a finding away and bring no new finding, no worse one, and no mistake in the language. */
export function mends(workspace: Workspace, finding: Finding, edits: readonly FileEdit[]): boolean {
  return outcomeOf(workspace, edits, keyOf(finding)) === 'mended';
}

/** Whether edits bring nothing new that is wrong. */
export function isHarmless(workspace: Workspace, edits: readonly FileEdit[]): boolean {
  return outcomeOf(workspace, edits, undefined) !== 'harmful';
}

/** Whether edits leave everything that is found as it is, to the figure. */
export function keepsMeaning(workspace: Workspace, edits: readonly FileEdit[]): boolean {
  const files = byFile(edits);
  const uris = [...files.keys()];
  const before = everythingFound(workspace, uris);
  const after = workspace.suppose(files, () => everythingFound(workspace, uris));
  return before.length === after.length && before.every((one, index) => one === after[index]);
}

/** What is said of what in the designs of some files, wherever it stands. */
function everythingFound(workspace: Workspace, uris: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const project of new Set(uris.flatMap((uri) => workspace.projectsOf(uri)))) {
    for (const finding of checkDesign(project.design).findings) {
      const figures = (finding.figures ?? []).map(({ label, value }) => `${label} ${value}`).join(', ');
      found.push(`${keyOf(finding)} ${finding.severity} ${finding.silencedBy ? 'silenced' : ''} ${figures}`);
    }
    for (const { code, message } of mistakesIn(project)) found.push(`${project.design.root} ${code} ${message}`);
  }
  return found.sort();
}

function outcomeOf(
  workspace: Workspace,
  edits: readonly FileEdit[],
  key: string | undefined,
): 'mended' | 'same' | 'harmful' {
  const files = byFile(edits);
  if (files.size === 0) return 'same';
  const uris = [...files.keys()];
  const before = tally(workspace, uris);
  const after = workspace.suppose(files, () => tally(workspace, uris));
  for (const [what, badness] of after) if (isWorse(badness, before.get(what))) return 'harmful';
  if (key === undefined) return 'same';
  return (after.get(key)?.[0] ?? 0) < (before.get(key)?.[0] ?? 0) ? 'mended' : 'same';
}

function tally(workspace: Workspace, uris: readonly string[]): Tally {
  const found = new Map<string, Badness>();
  const add = (key: string, severity?: Finding['severity']) => found.set(key, worsened(found.get(key), severity));
  const projects = new Set<Project>(uris.flatMap((uri) => workspace.projectsOf(uri)));
  for (const project of projects) {
    const { root } = project.design;
    for (const finding of checkDesign(project.design).findings) {
      if (!finding.silencedBy) add(keyOf(finding), finding.severity);
    }
    for (const { uri, code, message } of mistakesIn(project)) add(`${root} ${uri} ${code} ${message}`);
  }
  return found;
}

/** What is found of what: the same for as long as names stay. */
export function keyOf(finding: Finding): string {
  return `${finding.entity.design.root} ${finding.rule.id} ${entityId(finding.entity)}`;
}
