import type { Span } from '../base/span.ts';
import { finish, type Steps } from '../base/steps.ts';
import { addToBody, type FileEdit } from '../design/edits.ts';
import { checkDesign, type Finding } from '../rules/run.ts';
import { type Diagnostic, diagnosticsOf } from './diagnostics.ts';
import { type NoPlan, type Plan, planInSteps } from './plan.ts';
import { isHarmless, keyOf, mends } from './proof.ts';
import type { Workspace } from './workspace.ts';

/** Something that can be done about what is wrong, as edits of one or more files. */
export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | 'source.fixAll.vdc';
  /** The obvious remedy: what "auto fix" applies. */
  readonly isPreferred: boolean;
  /** What it does away with. */
  readonly diagnostics: readonly Diagnostic[];
  readonly edits: readonly FileEdit[];
  /** A plan that is made when it is chosen: `plannedEdits` takes this. Until then `edits` is empty. */
  readonly plan?: string;
}

/** At most this many fixes are tried when everything in a file is fixed at once. */
const MOST_FIXED = 100;

/**
 * What can be done about the diagnostics that a span touches: the likeliest first, silence last. A rule's fix is
 * offered only if the design that it would leave behind lacks the finding and has no new one. A plan takes longer than
 * anything else: with `defersPlans` it is named, and made when it is chosen.
 */
export function codeActions(workspace: Workspace, uri: string, span: Span, defersPlans = false): readonly CodeAction[] {
  const touched = diagnosticsOf(workspace, uri).filter(({ from, to }) => from <= span.to && to >= span.from);
  // Everything is read before anything is supposed: trying one fix makes the design anew around the others.
  const fixes = touched.flatMap((diagnostic) => candidates(diagnostic));
  const silences = touched.flatMap((diagnostic) => silence(diagnostic));
  const proven = fixes.filter((action) => isProven(workspace, action));
  const plans = touched.flatMap((diagnostic) => (defersPlans ? deferred(diagnostic) : plan(workspace, diagnostic)));
  return [...plans, ...proven, ...silences];
}

/** Moves that mend a finding, proven on the design; nothing where the remedy is no plan or there is none. */
function plan(workspace: Workspace, diagnostic: Diagnostic): CodeAction[] {
  const { finding, uri } = diagnostic;
  if (finding?.rule.remedy !== 'plan') return [];
  const made = finish(planned(workspace, uri, keyOf(finding)));
  return made?.kind === 'plan' ? [action(made.title, diagnostic, made.edits, true)] : [];
}

function deferred(diagnostic: Diagnostic): CodeAction[] {
  const { finding } = diagnostic;
  if (finding?.rule.remedy !== 'plan') return [];
  return [{ ...action(`Move VMs so that ${finding.entity.name} fits`, diagnostic, [], true), plan: keyOf(finding) }];
}

function* planned(workspace: Workspace, uri: string, key: string): Steps<Plan | NoPlan | undefined> {
  for (const project of workspace.projectsOf(uri)) {
    const found = checkDesign(project.design).findings.find((other) => !other.silencedBy && keyOf(other) === key);
    if (found) return yield* planInSteps(workspace, project, found);
  }
  return undefined;
}

/** The edits of a plan that was deferred, or why there is none. */
export type PlannedEdits = { readonly edits: readonly FileEdit[] } | { readonly reason: string };

/** Makes a plan that was deferred, in steps: between two of them the design is as it was. */
export function* plannedEdits(workspace: Workspace, uri: string, key: string): Steps<PlannedEdits> {
  const made = yield* planned(workspace, uri, key);
  if (!made) return { reason: 'the finding is gone' };
  return made.kind === 'plan' ? { edits: made.edits } : { reason: made.reason };
}

/** One action that mends whatever in the file has one safe remedy; nothing if there is no such thing. */
export function fixAll(workspace: Workspace, uri: string): CodeAction | undefined {
  const all = diagnosticsOf(workspace, uri).flatMap((diagnostic) => candidates(diagnostic));
  const chosen: CodeAction[] = [];
  for (const action of all.filter((candidate) => candidate.isPreferred).slice(0, MOST_FIXED)) {
    if (chosen.some((other) => overlaps(other.edits, action.edits))) continue;
    if (isProven(workspace, action) && isHarmless(workspace, editsOf([...chosen, action]))) chosen.push(action);
  }
  if (chosen.length === 0) return undefined;
  return {
    title: chosen.length === 1 ? (chosen[0]?.title ?? '') : `Apply ${chosen.length} fixes`,
    kind: 'source.fixAll.vdc',
    isPreferred: false,
    diagnostics: chosen.flatMap((action) => action.diagnostics),
    edits: editsOf(chosen),
  };
}

/** Fixes of one diagnostic. Of several remedies of a mistake none is the obvious one. */
function candidates(diagnostic: Diagnostic): CodeAction[] {
  const { problemFixes, placeFrom, uri, finding } = diagnostic;
  const ofProblem = problemFixes.map((fix): CodeAction => {
    const edits = fix.edits.map(({ from, to, text }) => ({ uri, from: from + placeFrom, to: to + placeFrom, text }));
    return action(fix.title, diagnostic, edits, problemFixes.length === 1);
  });
  const ofRule = (finding?.fixes() ?? []).map((fix) =>
    action(fix.title, diagnostic, fix.edits, fix.isPreferred ?? false),
  );
  return [...ofProblem, ...ofRule.sort((a, b) => Number(b.isPreferred) - Number(a.isPreferred))];
}

function isProven(workspace: Workspace, { diagnostics, edits }: CodeAction): boolean {
  return diagnostics.every(({ finding, code }) => {
    if (finding) return mends(workspace, finding, edits);
    // Where several braces are at fault, mending the wrong one first makes all of it worse.
    return code !== 'brace-unbalanced' || isHarmless(workspace, edits);
  });
}

function silence(diagnostic: Diagnostic): CodeAction[] {
  const { finding } = diagnostic;
  const block = finding && blockOf(finding);
  if (!finding || !block) return [];
  const edits = addToBody(block, `ignore ${finding.rule.id} because "…"`);
  return [action(`Silence here: ${finding.rule.id}`, diagnostic, edits, false)];
}

/** The block that a finding is about. */
function blockOf({ entity }: Finding) {
  return entity.declaration.head();
}

function action(title: string, diagnostic: Diagnostic, edits: readonly FileEdit[], isPreferred: boolean): CodeAction {
  return { title, kind: 'quickfix', isPreferred, diagnostics: [diagnostic], edits };
}

function editsOf(actions: readonly CodeAction[]): readonly FileEdit[] {
  return actions.flatMap(({ edits }) => edits);
}

function overlaps(some: readonly FileEdit[], others: readonly FileEdit[]): boolean {
  return some.some((a) => others.some((b) => a.uri === b.uri && a.from <= b.to && b.from <= a.to));
}
