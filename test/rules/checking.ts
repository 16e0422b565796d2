import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/span.ts';
import { entityId } from '../../server/src/design/declaration.ts';
import type { FileEdit } from '../../server/src/design/edits.ts';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import type { Finding } from '../../server/src/rules/run.ts';
import { designOf, findingsOf } from '../support/design.ts';

/** What a rule finds in a design of one file. */
export function found(rule: string, text: string): readonly Finding[] {
  return findingsOf(designOf(text)).filter((finding) => finding.rule.id === rule);
}

/** Severities and messages of what a rule finds, for comparing. */
export function said(rule: string, text: string): string[] {
  return found(rule, text).map((finding) => `${finding.severity}: ${finding.message}`);
}

/** Mistakes in the language of a design of one file. */
export function problemsIn(text: string): string[] {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText('main.vdc', text);
  return diagnosticsOf(workspace, 'main.vdc')
    .filter(({ finding }) => !finding)
    .map(({ from, message }) => `${from}: ${message}`);
}

export function afterEdits(text: string, edits: readonly FileEdit[]): string {
  assert.ok(edits.length > 0, 'a fix changes something');
  return applyEdits(text, edits);
}

/** What findings are about, without figures: a fix may change a figure, but not add a finding. */
export function keysOf(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${finding.rule.id} at ${entityId(finding.entity)}`).sort();
}

/** Applies the first fix of the first finding of a rule; asserts that it mends that finding and adds none. Returns the text after. */
export function mended(rule: string, text: string, title?: string): string {
  const before = findingsOf(designOf(text));
  const finding = before.find((candidate) => candidate.rule.id === rule);
  assert.ok(finding, `${rule} finds nothing`);
  const fixes = finding.fixes();
  const fix = title === undefined ? fixes[0] : fixes.find((candidate) => candidate.title === title);
  assert.ok(fix, `${rule} has no such fix; it has: ${fixes.map((one) => one.title).join(' | ')}`);
  const after = afterEdits(text, fix.edits);
  assert.deepEqual(problemsIn(after), [], after);
  const known = keysOf(before);
  const added = keysOf(findingsOf(designOf(after))).filter((key) => !known.includes(key));
  assert.deepEqual(added, [], after);
  const left = found(rule, after).filter((other) => other.message === finding.message);
  assert.deepEqual(left, [], after);
  return after;
}
