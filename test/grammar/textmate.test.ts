import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const syntaxes: Readonly<Record<string, string>> = {
  'source.vdc': 'vdc.tmLanguage.json',
  'markdown.vdc.codeblock': 'vdc.markdown.tmLanguage.json',
};
/** As much of the editor's grammar of Markdown as it takes to inject into it. */
const markdown = JSON.stringify({ scopeName: 'text.html.markdown', patterns: [{ match: '^#.*', name: 'heading' }] });
let grammar: textmate.IGrammar;
let inMarkdown: textmate.IGrammar;

before(async () => {
  await oniguruma.loadWASM(readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = syntaxes[scope];
      const text = file ? readFileSync(new URL(`../../syntaxes/${file}`, import.meta.url), 'utf8') : markdown;
      return textmate.parseRawGrammar(text, `${scope}.json`);
    },
    getInjections: (scope) => (scope === 'text.html.markdown' ? ['markdown.vdc.codeblock'] : undefined),
  });
  const [own, host] = [await registry.loadGrammar('source.vdc'), await registry.loadGrammar('text.html.markdown')];
  assert.ok(own && host);
  grammar = own;
  inMarkdown = host;
});

/** Every coloured piece of the text as `piece scope`, without the scope's `.vdc`; plain pieces are left out. */
function colours(text: string, by = grammar): readonly string[] {
  const found: string[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = by.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const scope = scopes.at(-1)?.replace(/\.vdc$/, '');
      const piece = line.slice(startIndex, endIndex).trim();
      if (piece !== '' && scope !== undefined && scope !== 'source') found.push(`${piece} ${scope}`);
    }
  }
  return found;
}

test('a block has its kind, its name, its clauses and the name of its place', () => {
  assert.deepEqual(colours('cluster prod at seattle {'), [
    'cluster storage.type',
    'prod entity.name.type',
    'at variable.other.property.clause',
    'seattle entity.name.type',
    '{ punctuation.section.block',
  ]);
});

test('a range is part of its name, and a class follows the colon', () => {
  assert.deepEqual(colours('host esx-[02..04] : dl380'), [
    'host storage.type',
    'esx-[02..04] entity.name.type',
    ': punctuation.separator',
    'dl380 entity.other.inherited-class',
  ]);
});

test('a class names its kind first', () => {
  assert.deepEqual(colours('class vm web-large {').slice(0, 3), [
    'class storage.type',
    'vm storage.type',
    'web-large entity.name.type',
  ]);
});

test('numbers, units, enumerated words and flags follow the word that they belong to', () => {
  assert.deepEqual(colours('  cpu 2 x 16 cores 2.9 GHz vendor intel'), [
    'cpu variable.other.property',
    '2 constant.numeric',
    'x keyword.operator',
    '16 constant.numeric',
    'cores keyword.other.unit',
    '2.9 constant.numeric',
    'GHz keyword.other.unit',
    'vendor variable.other.property.clause',
    'intel constant.language',
  ]);
});

test('statements after a semicolon and in braces on one line are statements', () => {
  assert.deepEqual(
    colours('site a { tariff 0.11 USD/kWh; owner network }').filter((colour) => /tariff|USD|owner/.test(colour)),
    ['tariff variable.other.property', 'USD/kWh keyword.other.unit', 'owner variable.other.property'],
  );
});

test('a comment begins at the start of a word only', () => {
  assert.deepEqual(colours('note "https://x" // why').slice(-1), ['// why comment.line.double-slash']);
  assert.ok(!colours('contact https://x').some((colour) => colour.includes('comment')));
});

test('an unclosed text ends with its line', () => {
  assert.deepEqual(colours('note "open\nvlan 110').slice(-2), ['vlan variable.other.property', '110 constant.numeric']);
});

test('addresses, prefixes and dates are constants', () => {
  assert.deepEqual(colours('subnet 10.1.10.0/24 gateway 10.1.10.1').slice(1), [
    '10.1.10.0/24 constant.numeric.address',
    'gateway variable.other.property.clause',
    '10.1.10.1 constant.numeric.address',
  ]);
  assert.deepEqual(colours('as-of 2026-11-22').slice(1), ['2026-11-22 constant.numeric.date']);
});

test('a fence in Markdown has the colours of the language, and only that fence', () => {
  const fenced = (fence: string) => colours(`${fence}\nvlan 110\n\`\`\`\nvlan 110`, inMarkdown);
  const inside = ['vlan variable.other.property', '110 constant.numeric'];
  for (const fence of ['```vdc', '``` VDC', '```vdc title="x"']) {
    const found = fenced(fence);
    assert.deepEqual(
      found.filter((colour) => inside.includes(colour)),
      inside,
      fence,
    );
    assert.deepEqual(found.at(-1), 'vlan 110 text.html.markdown', 'the text below the fence is Markdown again');
  }
  assert.ok(!fenced('```vdcx').includes('110 constant.numeric'));
});

test('a block that a fence leaves open ends with the fence', () => {
  const found = colours('```vdc\ncluster prod {\n  note "open\n```\n# Heading', inMarkdown);
  assert.equal(found.at(-1), '# Heading heading');
});
