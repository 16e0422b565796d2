import { type Course, partOf, UNWATCHED } from '../base/course.ts';
import type { Steps } from '../base/steps.ts';
import type { FileEdit } from '../design/edits.ts';
import type { Severity } from '../rules/rule.ts';
import { checkDesign } from '../rules/run.ts';
import { type CodeAction, fixesAtOnce, remediesOf } from './code-actions.ts';
import { type Diagnostic, diagnosticsOf } from './diagnostics.ts';
import type { Plan } from './plans/make.ts';
import { planInSteps } from './plans/mend.ts';
import { byFile, fromTheEnd, keyOf } from './proof.ts';
import type { Workspace } from './workspace.ts';

/** What is wrong, in words that outlast the design in which it was found. */
export interface Wrong {
  readonly rule: string;
  readonly severity: Severity | 'hint';
  readonly message: string;
  readonly uri: string;
  readonly entity: string | undefined;
}

/** A fix that was applied. Its edits count in the texts of `before`. */
export interface AppliedFix {
  readonly title: string;
  readonly wrong: Wrong;
  readonly edits: readonly FileEdit[];
  /** The moves, where they are the fix. */
  readonly plan: Plan | undefined;
  /** Texts of the files that it edits, as the fixes before it left them. */
  readonly before: ReadonlyMap<string, string>;
}

/** A finding that has no fix which could be chosen without a person, and why. */
export interface LeftFinding {
  readonly wrong: Wrong;
  readonly reason: string;
}

export interface Fixed {
  readonly applied: readonly AppliedFix[];
  readonly left: readonly LeftFinding[];
}

/** Mending one thing may make room for the next; after so many rounds whatever is left stays. */
const MOST_ROUNDS = 10;

/**
 * Applies, in the workspace, whatever has one safe remedy in some files: what `source.fixAll` does. Each fix takes its
 * finding away and adds none.
 */
export function fixSafely(workspace: Workspace, uris: readonly string[]): Fixed {
  const applied: AppliedFix[] = [];
  for (const uri of uris) {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const chosen = fixesAtOnce(workspace, uri);
      if (chosen.length === 0) break;
      for (const action of chosen) applied.push(appliedOf(workspace, action, undefined));
      apply(
        workspace,
        chosen.flatMap(({ edits }) => edits),
      );
    }
  }
  return { applied, left: [] };
}

/**
 * Applies the remedy of each finding of one rule, or kind of mistake, one after the other: a plan of moves where that is
 * the remedy, else the obvious one, else the only one. A finding with several remedies, or with none, is left. In steps;
 * ended early, the findings that were not come to are left.
 */
export function* fixRule(
  workspace: Workspace,
  uris: readonly string[],
  rule: string,
  course: Course = UNWATCHED,
): Steps<Fixed> {
  const applied: AppliedFix[] = [];
  const left: LeftFinding[] = [];
  const tried = new Set<string>();
  for (;;) {
    const open = uris
      .flatMap((uri) => diagnosticsOf(workspace, uri))
      .filter((one) => one.code === rule && !tried.has(keyFor(one)));
    const [next] = open;
    if (!next) return { applied, left };
    const count = tried.size + open.length;
    const own = partOf(course, tried.size / count, (tried.size + 1) / count);
    tried.add(keyFor(next));
    const remedy = course.isStopped() ? NOT_COME_TO : yield* remedyFor(workspace, next, own);
    yield;
    if ('reason' in remedy) {
      left.push({ wrong: wrongOf(next), reason: remedy.reason });
      continue;
    }
    const fix = appliedOf(workspace, remedy.action, remedy.plan);
    applied.push(fix);
    apply(workspace, fix.edits);
  }
}

type Remedy = { readonly action: CodeAction; readonly plan: Plan | undefined } | { readonly reason: string };

const NOT_COME_TO = { reason: 'it was stopped before' };

function* remedyFor(workspace: Workspace, diagnostic: Diagnostic, course: Course): Steps<Remedy> {
  const { finding, uri } = diagnostic;
  // Trying a plan makes the design anew, so what is read from it is read before.
  const described = { ...diagnostic, finding: undefined };
  const actions = remediesOf(workspace, diagnostic);
  let noPlan: string | undefined;
  if (finding?.rule.remedy === 'plan') {
    const key = keyOf(finding);
    for (const project of workspace.projectsOf(uri)) {
      const found = checkDesign(project.design).findings.find((one) => !one.silencedBy && keyOf(one) === key);
      if (!found) continue;
      const made = yield* planInSteps(workspace, project, found, course);
      if (made.kind === 'no-plan') noPlan = made.reason;
      else {
        const { title, edits } = made;
        const action: CodeAction = { title, kind: 'quickfix', isPreferred: true, diagnostics: [described], edits };
        return { action, plan: made };
      }
    }
  }
  const obvious = actions.find(({ isPreferred }) => isPreferred) ?? (actions.length === 1 ? actions[0] : undefined);
  if (obvious) return { action: obvious, plan: undefined };
  if (actions.length > 0)
    return {
      reason: `there are several ways, choose one in the editor: ${actions.map(({ title }) => title).join('; ')}`,
    };
  const unmendable = finding?.rule.unmendable;
  const whyNot = unmendable ?? 'no fix that is known goes far enough here; the message says what would';
  return { reason: noPlan ?? (finding ? whyNot : 'no edit of the text mends it') };
}

function keyFor(diagnostic: Diagnostic): string {
  const { finding, uri, code, message } = diagnostic;
  return finding ? `${keyOf(finding)} ${uri}` : `${uri} ${code} ${message}`;
}

function appliedOf(
  workspace: Workspace,
  { title, diagnostics, edits }: CodeAction,
  plan: Plan | undefined,
): AppliedFix {
  const [first] = diagnostics;
  const before = new Map(edits.map(({ uri }) => [uri, workspace.text(uri) ?? '']));
  const wrong = first
    ? wrongOf(first)
    : { rule: '', severity: 'info' as const, message: title, uri: edits[0]?.uri ?? '', entity: undefined };
  return { title, wrong, edits, plan, before };
}

function wrongOf({ code, severity, message, uri, entity }: Diagnostic): Wrong {
  return { rule: code, severity, message, uri, entity };
}

/** Makes the texts of a workspace those that edits leave. */
export function apply(workspace: Workspace, edits: readonly FileEdit[]): void {
  for (const [uri, list] of byFile(edits)) workspace.edit(uri, fromTheEnd(list));
}
