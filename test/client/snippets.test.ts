import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { blockSnippet } from '../../server/src/ide/completion/snippets.ts';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { formatFile } from '../../server/src/language/format.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { editing } from '../ide/editing.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const snippets: Readonly<Record<string, Snippet>> = JSON.parse(
  readFileSync(new URL('../../snippets/vdc.json', import.meta.url), 'utf8'),
);

/** What a pattern is put into: the names that it leaves to its reader to fill in are there. */
const surroundings = `team server; team network; team storage; team application
site main { owner server }
`;
const lan = `network lan at main { owner network; vlan 110; subnet 10.1.10.0/24 gateway 10.1.10.1 }\n`;
const needs: Readonly<Record<string, string>> = {
  'Design to start from': '',
  'Cluster on two switches': surroundings + lan,
  'Application in three tiers': surroundings + lan,
  'Array with datastores': surroundings,
  'Policy of a design': '',
  'Servers that become VMs in a night': 'cluster prod { failover none }\n',
};

/** The text of a snippet with its proposals, as it is if the user only presses Tab. */
function expanded({ body }: Snippet): string {
  return body
    .join('\n')
    .replaceAll(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace('$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE', '2026-11-22')
    .replaceAll('$0', '');
}

/** Every text that choosing differently in its lists gives. */
function variants(snippet: Snippet): readonly string[] {
  const [whole = '', list = ''] = /\$\{\d+\|([^|]*)\|\}/.exec(snippet.body.join('\n')) ?? [];
  if (!whole) return [expanded(snippet)];
  return list.split(',').flatMap((word) =>
    variants({
      ...snippet,
      body: snippet.body
        .join('\n')
        .replace(whole, () => word)
        .split('\n'),
    }),
  );
}

describe('snippets', () => {
  test('each one has been tried', () => {
    assert.deepEqual(Object.keys(snippets), Object.keys(needs));
  });

  for (const [name, snippet] of Object.entries(snippets)) {
    test(`"${name}" is text without a mistake and without an error, whatever is chosen`, () => {
      for (const text of variants(snippet)) {
        assert.ok(!/[$]/.test(text), `there is something left to fill in:\n${text}`);
        const { workspace, uri } = editing((needs[name] ?? '') + text);
        const wrong = diagnosticsOf(workspace, uri).filter(
          ({ finding, severity }) => finding === undefined || severity === 'error',
        );
        assert.deepEqual(
          wrong.map(({ code, message }) => `${code}: ${message}`),
          [],
          text,
        );
      }
    });

    test(`"${name}" is laid out as the formatter does`, () => {
      const text = `${expanded(snippet).trimEnd()}\n`;
      assert.equal(applyEdits(text, [...formatFile(parseFile(text))]), text);
    });
  }

  test('none is a block that completion offers already', () => {
    const doubled = Object.values(snippets)
      .flatMap(({ prefix }) => prefix)
      .filter((prefix) => blockSnippet(prefix) !== undefined);
    assert.deepEqual(doubled, []);
  });
});
