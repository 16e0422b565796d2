import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/span.ts';
import { entityId } from '../../server/src/design/declaration.ts';
import { placeText } from '../../server/src/design/edits.ts';
import { diagnosticsOfProject } from '../../server/src/ide/diagnostics.ts';
import type { NoPlan, Plan } from '../../server/src/ide/plans/make.ts';
import { planFor } from '../../server/src/ide/plans/mend.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { formatText } from '../../server/src/language/format.ts';
import { checkDesign } from '../../server/src/rules/run.ts';

/** A design with all that is wrong with it: rule and thing, and mistakes in the language. */
export function wrongIn(text: string): string[] {
  if (last.text !== text) last = { text, wrong: findAll(text) };
  return [...last.wrong];
}

/** Many texts are compared with one. */
let last: { readonly text: string; readonly wrong: readonly string[] } = { text: '', wrong: [] };

function findAll(text: string): string[] {
  const { project } = opened(text);
  const found = checkDesign(project.design).findings.map(
    ({ rule, entity, severity, at }) =>
      // A rule that is broken is said of the first VM that breaks it, and that may become another one.
      `${rule.id} at ${rule.id === 'apart-broken' ? placeText(at.place).trim() : entityId(entity)} (${severity})`,
  );
  for (const { finding, code, message } of diagnosticsOfProject(project))
    if (!finding) found.push(`${code}: ${message}`);
  return found.sort();
}

const SEVERITIES = ['info', 'warning', 'error'];

/** What is wrong in a text beside another: what is new or worse in it, and what is gone. */
export function compared(after: string, before: string): { readonly added: string[]; readonly gone: string[] } {
  const known = wrongIn(before);
  const gone = [...known];
  const added: string[] = [];
  for (const wrong of findAll(after)) {
    const at = gone.findIndex((one) => isAsBad(one, wrong));
    if (at >= 0) gone.splice(at, 1);
    else if (!known.some((one) => masks(one, wrong))) added.push(wrong);
  }
  return { added, gone };
}

/** With uplinks that are too small as they are, nothing is said of the loss of one. */
function masks(known: string, wrong: string): boolean {
  const [what = '', loss = ''] = [known, wrong].map((text) => text.replace(/ \(\w+\)$/, ''));
  return (
    loss.startsWith('uplink-loss-unsurvivable ') &&
    what === loss.replace('uplink-loss-unsurvivable', 'uplinks-overloaded')
  );
}

function isAsBad(known: string, wrong: string): boolean {
  const [a, b] = [known, wrong].map((text) => /^(.*) \((\w+)\)$/.exec(text));
  if (!a || !b) return known === wrong;
  return a[1] === b[1] && SEVERITIES.indexOf(a[2] ?? '') >= SEVERITIES.indexOf(b[2] ?? '');
}

export function opened(text: string) {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText('main.vdc', text);
  const project = workspace.projectOf('main.vdc');
  assert.ok(project);
  return { workspace, project };
}

/** The plan for the first finding of a rule, about a thing if its name is given. */
export function planned(text: string, rule: string, name?: string): Plan | NoPlan {
  const { workspace, project } = opened(text);
  const finding = checkDesign(project.design).findings.find(
    (one) => one.rule.id === rule && (name === undefined || one.entity.name === name),
  );
  assert.ok(
    finding,
    `${rule} finds nothing${name === undefined ? '' : ` at ${name}`}; there is ${wrongIn(text).join(', ')}`,
  );
  const before = JSON.stringify(wrongIn(text));
  const plan = planFor(workspace, project, finding);
  assert.equal(workspace.text('main.vdc'), text, 'the text is as it was');
  assert.equal(JSON.stringify(wrongIn(text)), before, 'the design is as it was');
  return plan;
}

/** The text that a plan leaves. Asserts what every plan promises: one finding fewer, none more, the one format. */
export function applied(text: string, plan: Plan, rule: string): string {
  const after = applyEdits(text, plan.edits);
  const { added, gone } = compared(after, text);
  assert.deepEqual(added, [], `${plan.title}\n${text}\n---\n${after}`);
  assert.ok(
    gone.some((wrong) => wrong.startsWith(`${rule} at `)),
    `${rule} is still found\n${plan.title}\n${text}\n---\n${after}`,
  );
  if (formatText(text) === text) assert.equal(formatText(after), after);
  return after;
}

/** The moves of a plan, one a line: `db-1: esx-01 > esx-02`. Asserts what every plan promises. */
export function movesOf(text: string, rule: string, name?: string): string[] {
  const plan = planned(text, rule, name);
  if (plan.kind === 'no-plan') return [`no plan: ${plan.reason}`];
  applied(text, plan, rule);
  return plan.moves.map(({ vm, from, to }) => `${vm}: ${from} > ${to}`);
}
