import { type Course, UNWATCHED } from '../base/course.ts';
import type { Span } from '../base/span.ts';
import { finish, type Steps } from '../base/steps.ts';
import type { FileEdit } from '../design/edits.ts';
import { checkDesign } from '../rules/run.ts';
import { declareMissing } from './declare-missing.ts';
import { type Diagnostic, diagnosticsOf } from './diagnostics.ts';
import type { NoPlan, Plan } from './plans/make.ts';
import { planInSteps } from './plans/mend.ts';
import { byFile, followedBy, isHarmless, keyOf, mends } from './proof.ts';
import { silencings } from './silence.ts';
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
  /** A plan that is made when it is chosen: `plannedFor` takes this. Until then `edits` is empty. */
  readonly plan?: string;
  /** A plan that is shown with its proof before it is applied: the finding that it mends. `edits` is empty. */
  readonly preview?: string;
  /** Text in its edits that the user is to replace. */
  readonly fillIn?: string;
}

/** At most this many fixes are tried when everything in a file is fixed at once. */
const MOST_FIXED = 100;

/**
 * When a plan is made, which takes longer than anything else: with the others, when it is chosen; or those that there are
 * have been made already, by the key of their finding.
 */
export type Plans = 'now' | 'later' | ReadonlyMap<string, Pick<Plan, 'title' | 'edits'>>;

/**
 * What can be done about the diagnostics that a span touches: the likeliest first, silence last. A rule's fix is
 * offered only if the design that it would leave behind lacks the finding and has no new one. With `previewsPlans` plans
 * are offered to be looked at first, too.
 */
export function codeActions(
  workspace: Workspace,
  uri: string,
  span: Span,
  plans: Plans = 'now',
  previewsPlans = false,
): readonly CodeAction[] {
  const touched = touchedBy(workspace, uri, span);
  // Everything is read before anything is supposed: trying one fix makes the design anew around the others.
  const fixes = touched.flatMap((diagnostic) => candidates(diagnostic));
  const declared = touched.flatMap((diagnostic) => declarations(workspace, diagnostic));
  const silences = touched.flatMap((diagnostic) => silence(diagnostic));
  const proven = fixes.filter((action) => isProven(workspace, action));
  const others = [...(previewsPlans ? touched.flatMap(preview) : []), ...proven, ...declared, ...silences];
  if (plans === 'now') return [...finish(plansFor(workspace, touched)), ...others];
  return [...touched.flatMap(plans === 'later' ? deferred : (diagnostic) => made(diagnostic, plans)), ...others];
}

/** What a span touches that has a plan as its remedy: keys of findings. */
export function plansWanted(workspace: Workspace, uri: string, span: Span): readonly string[] {
  return touchedBy(workspace, uri, span).flatMap(({ finding }) =>
    finding?.rule.remedy === 'plan' ? [keyOf(finding)] : [],
  );
}

function touchedBy(workspace: Workspace, uri: string, span: Span): readonly Diagnostic[] {
  return diagnosticsOf(workspace, uri).filter(({ from, to }) => from <= span.to && to >= span.from);
}

/** Moves that mend findings, proven on the design; nothing where the remedy is no plan or there is none. */
function* plansFor(workspace: Workspace, diagnostics: readonly Diagnostic[]): Steps<readonly CodeAction[]> {
  const found: CodeAction[] = [];
  for (const diagnostic of diagnostics) {
    const { finding, uri } = diagnostic;
    if (finding?.rule.remedy !== 'plan') continue;
    const planned = yield* plannedFor(workspace, uri, keyOf(finding));
    if (planned?.kind === 'plan') found.push(action(planned.title, diagnostic, planned.edits, true));
  }
  return found;
}

function made(diagnostic: Diagnostic, plans: Exclude<Plans, string>): CodeAction[] {
  const { finding } = diagnostic;
  const plan = finding && plans.get(keyOf(finding));
  return plan ? [action(plan.title, diagnostic, plan.edits, true)] : [];
}

function deferred(diagnostic: Diagnostic): CodeAction[] {
  const { finding } = diagnostic;
  if (finding?.rule.remedy !== 'plan') return [];
  return [{ ...action(`Move VMs so that ${finding.entity.name} fits`, diagnostic, [], true), plan: keyOf(finding) }];
}

/** What is named and not there may be declared, where no other name was meant. */
function declarations(workspace: Workspace, diagnostic: Diagnostic): CodeAction[] {
  const { uri, from, undeclared } = diagnostic;
  const found = undeclared ? declareMissing(workspace, uri, from, undeclared) : [];
  return found.map(({ title, edits }) => action(title, diagnostic, edits, false));
}

function preview(diagnostic: Diagnostic): CodeAction[] {
  const { finding } = diagnostic;
  if (finding?.rule.remedy !== 'plan') return [];
  const title = `Preview moves for ${finding.entity.name}…`;
  return [{ ...action(title, diagnostic, [], false), preview: keyOf(finding) }];
}

/** The plan for a finding, by its key; undefined if it is gone. */
export function* plannedFor(
  workspace: Workspace,
  uri: string,
  key: string,
  course: Course = UNWATCHED,
): Steps<Plan | NoPlan | undefined> {
  for (const project of workspace.projectsOf(uri)) {
    const found = checkDesign(project.design).findings.find((other) => !other.silencedBy && keyOf(other) === key);
    if (found) return yield* planInSteps(workspace, project, found, course);
  }
  return undefined;
}

/** Mending one thing may make room for the next; after so many rounds whatever is left stays. */
const MOST_ROUNDS = 10;

/**
 * One action that mends whatever in the file has one safe remedy, and what then has one, until nothing is left;
 * undefined if there is no such thing. On the text that it leaves it finds nothing more to do.
 */
export function fixAll(workspace: Workspace, uri: string): CodeAction | undefined {
  const applied: CodeAction[] = [];
  let edits: readonly FileEdit[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = workspace.suppose(byFile(edits), () => fixesAtOnce(workspace, uri));
    if (chosen.length === 0) break;
    applied.push(...chosen);
    edits = followedBy(edits, editsOf(chosen));
  }
  if (applied.length === 0) return undefined;
  return {
    title: applied.length === 1 ? (applied[0]?.title ?? '') : `Apply ${applied.length} fixes`,
    kind: 'source.fixAll.vdc',
    isPreferred: false,
    diagnostics: [],
    edits,
  };
}

/** The remedies of one diagnostic that its rule or the language knows, each proven; the obvious one first. */
export function remediesOf(workspace: Workspace, diagnostic: Diagnostic): readonly CodeAction[] {
  return candidates(diagnostic).filter((action) => isProven(workspace, action));
}

/** Obvious remedies that can be applied together. */
export function fixesAtOnce(workspace: Workspace, uri: string): readonly CodeAction[] {
  const all = diagnosticsOf(workspace, uri).flatMap((diagnostic) => candidates(diagnostic));
  const chosen: CodeAction[] = [];
  for (const action of all.filter((candidate) => candidate.isPreferred).slice(0, MOST_FIXED)) {
    if (chosen.some((other) => overlaps(other.edits, action.edits))) continue;
    if (isProven(workspace, action) && isHarmless(workspace, editsOf([...chosen, action]))) chosen.push(action);
  }
  return chosen;
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

/** Until the user says why, nothing is silenced. */
const REASON = '…';

/** Silences the rule where the finding stands. */
function silence(diagnostic: Diagnostic): CodeAction[] {
  const { finding, alike } = diagnostic;
  const ways = finding ? silencings(finding, alike, REASON) : [];
  return ways.map(({ title, edits }) => ({ ...action(title, diagnostic, edits, false), fillIn: REASON }));
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
