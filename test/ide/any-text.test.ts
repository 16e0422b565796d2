import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Span } from '../../server/src/base/span.ts';
import { organizeImports } from '../../server/src/ide/code-actions/organize-imports.ts';
import { codeActions } from '../../server/src/ide/code-actions.ts';
import { codeLenses, lensTitle } from '../../server/src/ide/code-lenses.ts';
import { completions } from '../../server/src/ide/completion.ts';
import { definitions } from '../../server/src/ide/definition.ts';
import { importLinks } from '../../server/src/ide/document-links.ts';
import { folds } from '../../server/src/ide/folding.ts';
import { formatting } from '../../server/src/ide/formatting.ts';
import { incoming, outgoing, prepareHierarchy } from '../../server/src/ide/hierarchy.ts';
import { hover } from '../../server/src/ide/hover.ts';
import { inlayHints } from '../../server/src/ide/inlay-hints.ts';
import { linkedRanges } from '../../server/src/ide/linked-editing.ts';
import { onTypeFormatting } from '../../server/src/ide/on-type-formatting.ts';
import { refactorings } from '../../server/src/ide/refactor.ts';
import { highlights } from '../../server/src/ide/references.ts';
import { prepareRename } from '../../server/src/ide/rename.ts';
import { semanticTokens } from '../../server/src/ide/semantic-tokens.ts';
import { type DocumentSymbol, documentSymbols } from '../../server/src/ide/symbols.ts';
import { nodeAt } from '../../server/src/ide/topology.ts';
import { implementations, typeDefinitions } from '../../server/src/ide/type-definition.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { workspaceSymbols } from '../../server/src/ide/workspace-symbols.ts';
import { checkDesign } from '../../server/src/rules/run.ts';
import { random } from '../support/random.ts';
import { topologyOf } from '../support/topology.ts';

const EXAMPLES = ['half-typed.vdc', 'shopping-cart.vdc', 'proxmox-lab.vdc', 'stretched-cluster.vdc'];
const TYPED = ['{', '}', '"', '\n', '[', '@', ': ', ' x ', '\r', '\u00a0', '💾', 'runs ', 'vm a-[1..3] {', '// '];

/** Asks everything that an editor may ask at an offset, and checks that answers lie within the text. */
function askAll(workspace: Workspace, uri: string, offset: number): void {
  const file = workspace.file(uri);
  assert.ok(file);
  const { length } = file.root;
  const within = (what: string, spans: readonly (Span | undefined)[]) => {
    for (const span of spans)
      if (span)
        assert.ok(0 <= span.from && span.from <= span.to && span.to <= length, `${what} ${JSON.stringify(span)}`);
  };
  const all = { from: 0, to: length };
  within('completion', [completions(workspace, uri, offset)?.replaces]);
  within('hover', [hover(workspace, uri, offset)]);
  for (const ask of [definitions, typeDefinitions, implementations])
    within(
      ask.name,
      ask(workspace, uri, offset).flatMap(({ origin, block, name }) => [origin, block, name]),
    );
  within('highlight', highlights(workspace, uri, offset));
  const renameable = prepareRename(workspace, uri, offset);
  within('rename', 'refused' in renameable ? [] : [renameable]);
  within(
    'action',
    codeActions(workspace, uri, { from: offset, to: offset }).flatMap(({ edits }) => edits),
  );
  const wish = { wants: () => true, createsFiles: false, mayDefer: false };
  for (const span of [
    { from: offset, to: offset },
    { from: offset, to: Math.min(length, offset + 300) },
  ])
    within(
      'refactoring',
      refactorings(workspace, uri, span, wish).flatMap(({ draft }) => draft?.edits ?? []),
    );
  within('linked', linkedRanges(workspace, uri, offset));
  for (const typed of ['}', '\n']) within('typed', onTypeFormatting(file, offset, typed));
  within('imports', organizeImports(workspace, uri));
  within('fold', folds(file));
  within('format', formatting(file));
  within('token', semanticTokens(workspace, uri, all));
  within('link', importLinks(workspace, uri));
  const hints = inlayHints(workspace, uri, all);
  within(
    'hint',
    hints.map(({ at }) => ({ from: at, to: at })),
  );
  for (const { tooltip } of hints) assert.notEqual(tooltip(), '');
  const lenses = codeLenses(workspace, uri);
  within('lens', lenses);
  for (const { kind, node } of lenses) lensTitle(workspace, uri, kind, node);
  const symbols = (list: readonly DocumentSymbol[]): readonly Span[] =>
    list.flatMap((symbol) => [symbol, symbol.selection, ...symbols(symbol.children)]);
  within('symbol', symbols(documentSymbols(file)));
  const written = workspace.text(uri) ?? '';
  const word = /[\w-]*$/.exec(written.slice(Math.max(0, offset - 30), offset))?.[0] ?? '';
  for (const query of ['', word, `${word} prod`]) within('workspace symbol', workspaceSymbols(workspace, query));
  for (const item of prepareHierarchy(workspace, uri, offset)) {
    const links = [...outgoing(workspace, item.key), ...incoming(workspace, item.key)];
    for (const { block, selection } of [item, ...links.map((link) => link.item)])
      within('hierarchy item', [block, selection]);
    within(
      'hierarchy place',
      links.flatMap(({ at }) => at),
    );
  }
  nodeAt(workspace, uri, offset);
  assert.ok(topologyOf(workspace, uri));
  rulesHold(workspace, uri);
}

/** No rule breaks down over a text, whatever is wrong with it. */
function rulesHold(workspace: Workspace, uri: string): void {
  for (const { design } of workspace.projectsOf(uri))
    assert.deepEqual(
      checkDesign(design).failures.map(({ rule, entity, error }) => `${rule.id} at ${entity?.name}: ${error}`),
      [],
    );
}

const CIRCLES: Readonly<Record<string, string>> = {
  'datastores on each other': 'datastore d1 on d2\ndatastore d2 on d1',
  'an array on its datastore': 'array a { on d }\ndatastore d on a',
  'an array in its datastore': 'datastore d on a { array a { capacity 10 TiB } }',
  'racks in each other': 'rack r1 at r2\nrack r2 at r1\nhost h at r1',
  'an array in its host': 'array a { host h { } }\narray a on h',
  'clusters in each other': 'cluster c { cluster d { host h in c } }\nhost h2 in d { cluster e at s { site s at e } }',
};

for (const [name, text] of Object.entries(CIRCLES)) {
  test(`${name} lead nowhere, and no rule astray`, () => {
    const workspace = new Workspace({ resolve: () => undefined });
    workspace.openText(name, text);
    for (const offset of [0, text.length]) askAll(workspace, name, offset);
  });
}

for (const name of EXAMPLES) {
  test(`${name}: whatever is typed or deleted, everything can be asked anywhere`, () => {
    const original = readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
    const workspace = new Workspace({ resolve: () => undefined });
    workspace.openText(name, original);
    const { below, pick } = random(original.length);
    for (let step = 0; step < 40; step++) {
      const { length } = workspace.file(name)?.root ?? { length: 0 };
      const from = below(length + 1);
      const edit =
        step % 3 === 2
          ? { from, to: Math.min(length, from + below(30)), text: '' }
          : { from, to: from, text: pick(TYPED) };
      workspace.edit(name, [edit]);
      const text = workspace.text(name) ?? '';
      for (const offset of [from, below(text.length + 1)]) {
        try {
          askAll(workspace, name, offset);
        } catch (error) {
          throw new Error(
            `step ${step}, at ${offset} of ${JSON.stringify(text.slice(Math.max(0, offset - 60), offset + 40))}`,
            { cause: error },
          );
        }
      }
      // Trying fixes leaves the text as it was.
      assert.equal(workspace.text(name), text);
    }
  });
}
