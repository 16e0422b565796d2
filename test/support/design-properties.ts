import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/span.ts';
import { codeActions } from '../../server/src/ide/code-actions.ts';
import { type Diagnostic, diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { MASKED_BY } from '../../server/src/ide/plans/consequences.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { formatText } from '../../server/src/language/format.ts';
import { checkDesign } from '../../server/src/rules/run.ts';
import { random } from './random.ts';

/** What holds for every design, tried on generated ones. */

type Generate = (seed: number) => string;

/** Numbers from one up to another, without it. */
export function seedsFrom(first: number, end: number): readonly number[] {
  return Array.from({ length: end - first }, (_, k) => first + k);
}

const URI = 'random.vdc';

function workspaceOf(text: string): Workspace {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText(URI, text);
  return workspace;
}

/** What a diagnostic says and of what, wherever it stands. */
function sense({ code, entity, message }: Diagnostic): string {
  return entity === undefined ? `${code} ${message}` : `${code} ${entity}`;
}

function countsOf(list: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** What a finding is masked by: where that goes, what it leaves was there before, and worse. */
function worseThan(what: string): string {
  const [code = '', ...rest] = what.split(' ');
  return [MASKED_BY[code] ?? '', ...rest].join(' ');
}

/** A design reads without mistakes, is in canonical format, and no rule fails on it. */
export function assertReads(generate: Generate, seeds: readonly number[]): void {
  for (const seed of seeds) {
    const text = generate(seed);
    assert.equal(formatText(text), text, `seed ${seed}`);
    const workspace = workspaceOf(text);
    const mistakes = diagnosticsOf(workspace, URI).filter(({ finding, severity }) => !finding && severity !== 'hint');
    assert.deepEqual(mistakes.map(sense), [], `seed ${seed}`);
    const project = workspace.projectOf(URI);
    assert.ok(project);
    assert.deepEqual(
      checkDesign(project.design).failures.map(({ rule, error }) => `${rule.id}: ${String(error)}`),
      [],
      `seed ${seed}`,
    );
  }
}

/** Edit by edit, a design shows what a fresh start shows. */
export function assertFresh(generate: Generate, seeds: readonly number[]): void {
  for (const seed of seeds) {
    const { below, next } = random(seed);
    let text = generate(seed);
    const workspace = workspaceOf(text);
    const other = generate(seed + 500).split('\n');
    for (let step = 0; step < 12; step++) {
      const lines = text.split('\n');
      const line = below(lines.length);
      const from = lines.slice(0, line).reduce((sum, content) => sum + content.length + 1, 0);
      const length = lines[line]?.length ?? 0;
      const replaced = next() < 0.6 ? (other[below(other.length)] ?? '') : '';
      const edit = { from, to: from + length, text: replaced };
      text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
      workspace.edit(URI, [edit]);
      const shown = (of: Workspace) =>
        diagnosticsOf(of, URI).map(
          ({ from: at, to, severity, code, message }) => `${at}-${to} ${severity} ${code}: ${message}`,
        );
      assert.deepEqual(
        shown(workspace),
        shown(workspaceOf(text)),
        `seed ${seed}, step ${step}, line ${line}: ${replaced}`,
      );
    }
  }
}

/**
 * Every fix that is offered, for findings of one rule or for all, takes its finding away and adds none. How many were tried,
 * of those whose title is of some kind if one is named.
 */
export function assertFixes(
  generate: Generate,
  seeds: readonly number[],
  rule?: string,
  kind = /^(?!Silence)/,
): number {
  let tried = 0;
  for (const seed of seeds) {
    const text = generate(seed);
    const workspace = workspaceOf(text);
    const before = diagnosticsOf(workspace, URI);
    const known = countsOf(before.map(sense));
    for (const diagnostic of before) {
      if (rule !== undefined && diagnostic.code !== rule) continue;
      for (const action of codeActions(workspace, URI, diagnostic)) {
        if (!kind.test(action.title) || !action.diagnostics.some((own) => sense(own) === sense(diagnostic))) continue;
        tried++;
        const after = applyEdits(text, action.edits);
        const left = countsOf(diagnosticsOf(workspaceOf(after), URI).map(sense));
        const count = (of: ReadonlyMap<string, number>, what: string) => of.get(what) ?? 0;
        const where = `seed ${seed}: ${action.title}`;
        assert.ok(
          count(left, sense(diagnostic)) < count(known, sense(diagnostic)),
          `${where} leaves ${sense(diagnostic)}`,
        );
        assert.deepEqual(
          [...left.keys()].filter((one) => count(left, one) > count(known, one) + count(known, worseThan(one))),
          [],
          where,
        );
        assert.equal(formatText(after), after, `${where} is not in canonical format`);
      }
    }
    assert.equal(workspace.text(URI), text);
  }
  return tried;
}
