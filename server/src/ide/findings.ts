import { ownersOf } from '../design/things.ts';
import type { ProblemCode } from '../language/problem.ts';
import { type Diagnostic, diagnosticsOfProject } from './diagnostics.ts';
import type { Project, Workspace } from './workspace.ts';

/** Something wrong with a design, as a list of findings shows it. */
export interface ListedFinding {
  readonly diagnostic: Diagnostic;
  /** What the rule is about, or what kind of mistake it is, in a few words. */
  readonly title: string;
  /** Teams that have to act, as the rule says. */
  readonly teams: readonly string[];
  /** Teams that own the thing, as the design says. */
  readonly owners: readonly string[];
}

type Counts = Readonly<Record<Diagnostic['severity'], number>>;

export interface Findings {
  /** The most severe first, each severity in the order of files and text. */
  readonly findings: readonly ListedFinding[];
  /** How many there are, those that were cut off included. */
  readonly counts: Counts;
  readonly isCut: boolean;
  /** Each design by itself: uris of its files, the root first. */
  readonly designs: readonly { readonly files: readonly string[]; readonly counts: Counts }[];
}

/** At most this many are listed: nobody reads more, and the list travels as a whole. */
export const MOST_LISTED = 2_000;

const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

/** All findings and mistakes of all designs. What several designs say of a file that they share is listed once. */
export function findings(workspace: Workspace, most = MOST_LISTED): Findings {
  const found = new Map<string, Diagnostic>();
  const designs: { files: readonly string[]; counts: Counts }[] = [];
  for (const project of workspace.allProjects()) {
    const own = diagnosticsIn(project);
    const { root, files } = project.design;
    designs.push({ files: [...new Set([root, ...files.keys()])], counts: counted(own) });
    for (const diagnostic of own) {
      const { uri, from, to, code, message } = diagnostic;
      const key = `${uri} ${from} ${to} ${code} ${message}`;
      if (!found.has(key)) found.set(key, diagnostic);
    }
  }
  const bySeverity = new Map<Diagnostic['severity'], Diagnostic[]>(SEVERITIES.map((severity) => [severity, []]));
  for (const diagnostic of found.values()) bySeverity.get(diagnostic.severity)?.push(diagnostic);
  const sorted = [...bySeverity.values()].flatMap((list) => list.sort(byPlace));
  return {
    findings: sorted.slice(0, most).map(listed),
    counts: counted(sorted),
    isCut: sorted.length > most,
    designs,
  };
}

function counted(diagnostics: Iterable<Diagnostic>): Counts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

const known = new WeakMap<Project, { readonly revision: number; readonly diagnostics: readonly Diagnostic[] }>();

/** Those of a design, kept for as long as it stays as it is: an edit is in one design, and the list is of all. */
function diagnosticsIn(project: Project): readonly Diagnostic[] {
  const { revision } = project;
  const last = known.get(project);
  if (last?.revision === revision) return last.diagnostics;
  const diagnostics = diagnosticsOfProject(project);
  known.set(project, { revision, diagnostics });
  return diagnostics;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.uri !== b.uri) return a.uri < b.uri ? -1 : 1;
  return a.from - b.from || a.to - b.to;
}

export function listed(diagnostic: Diagnostic): ListedFinding {
  const { finding, code } = diagnostic;
  if (!finding) return { diagnostic, title: MISTAKES[code as ProblemCode] ?? code, teams: [], owners: [] };
  const { title, owners: teams } = finding.rule;
  return { diagnostic, title, teams, owners: ownersOf(finding.entity).map(({ name }) => name) };
}

const MISTAKES: Readonly<Record<ProblemCode, string>> = {
  syntax: 'Text that cannot be read',
  'brace-unbalanced': 'A brace without its other one',
  'word-unknown': 'Unknown word',
  'word-misplaced': 'Word in the wrong block',
  'word-repeated': 'Stated twice',
  'value-malformed': 'Value of another form',
  'value-missing': 'Value is missing',
  'value-surplus': 'Value too many',
  'unit-missing': 'Unit is missing',
  'unit-wrong': 'Unit of another dimension',
  'name-unresolved': 'Unknown name',
  'name-ambiguous': 'Name of several things',
  'name-duplicate': 'Name is taken',
  'name-case': 'Name in other letter case',
  'class-conflict': 'Classes that contradict each other',
  'class-cycle': 'Class that builds on itself',
  'amend-conflict': 'Amendments that contradict each other',
  'count-mismatch': 'Lists of different lengths',
  'placement-duplicate': 'Placed twice',
  'placement-unclear': 'Placed nowhere',
  'import-unreadable': 'Import that cannot be read',
  'import-cycle': 'Files that import each other',
  'import-unused': 'Import of nothing that is used',
  'class-unused': 'Class that nothing is of',
  'ignore-without-reason': 'Silence without a reason',
  'ignore-unused': 'Silence of nothing',
  'ignore-expired': 'Silence past its day',
};
