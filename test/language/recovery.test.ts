import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatText } from '../../server/src/language/format.ts';
import type { Sentence } from '../../server/src/language/sentence.ts';
import { annotate, fixture } from '../support/fixture.ts';
import { casesOf } from './cases.ts';
import { fixed, problemsOf, read } from './read.ts';

for (const name of ['recovery', 'dropped-forms']) {
  for (const { kind, marked, fixed: wanted } of casesOf(name)) {
    const { text } = fixture(`${marked}\n`);
    test(`${name}: ${text.trim().split('\n').join(' ⏎ ')}`, () => {
      assert.equal(annotate(text, problemsOf(text, kind)).trimEnd(), marked);
      if (wanted === undefined) return;
      assert.equal(fixed(text, kind).trimEnd(), wanted);
      assert.deepEqual(problemsOf(wanted, kind), []);
    });
  }
}

/** The words and names of a text as one line: `cluster c (host a (memory))`. */
function outline(text: string): string {
  const one = ({ word, subject, body }: Sentence): string => {
    const name = subject && text.slice(subject.from, subject.to);
    const inner = body.length > 0 ? ` (${body.map(one).join(', ')})` : '';
    return `${word}${name ? ` ${name}` : ''}${inner}`;
  };
  return read(text).sentences.map(one).join(', ');
}

const understood: readonly (readonly [rule: string, text: string, outline: string])[] = [
  [
    'a mistake ends with its line',
    'vm a { vcpu 4 nonsense\n memory 8 GiB }\nvm b',
    'vm a (vcpu 4, memory 8 GiB), vm b',
  ],
  ['a mistake ends with its statement', 'vm a { vcpu x y z; memory 8 GiB }', 'vm a (vcpu x, memory 8 GiB)'],
  ['reading resumes at the next clause', 'vm a { disk 40 GiB foo bar on gold }', 'vm a (disk 40 GiB)'],
  ['one slip is read as the word meant', 'clster c { failver 1 host }', 'cluster c (failover 1 host)'],
  ['what fits in an unknown block is read', 'foo x { vm a; vcpu 2 }', 'vm a'],
  ['a { on the next line belongs to the line above', 'vm a\n{ vcpu 2 }', 'vm a (vcpu 2)'],
  [
    'an open block ends where the indentation does',
    'vm a {\n  vcpu 2\nvm b { vcpu 1 }',
    'vm a (vcpu 2), vm b (vcpu 1)',
  ],
  [
    'an open inner block ends within the outer one',
    'cluster c {\n  host a {\n    memory 8 GiB\n  failover 1 host\n}\nvm b',
    'cluster c (host a (memory 8 GiB), failover 1 host), vm b',
  ],
  [
    'a surplus } does not end the outer block',
    'cluster c {\n  host a { memory 8 GiB }\n  }\n  failover 1 host\n}\nvm b',
    'cluster c (host a (memory 8 GiB), failover 1 host), vm b',
  ],
  ['a missing { is seen by the indentation', 'vm a\n  vcpu 2\n}\nvm b', 'vm a (vcpu 2), vm b'],
  ['a broken body still declares its name', 'vm a { memory lots; ??? }', 'vm a (memory lots)'],
  ['a balanced file never depends on indentation', 'vm a {\nvcpu 2\n  }\n  vm b', 'vm a (vcpu 2), vm b'],
];

for (const [rule, text, expected] of understood) test(rule, () => assert.equal(outline(text), expected));

test('a value that could not be read is unknown', () => {
  const [sentence] = read('memory lots', 'vm').sentences;
  assert.deepEqual(sentence?.subject?.parts, [undefined]);
});

test('what is read before and after a mistake keeps its meaning', () => {
  const [sentence] = read('disk data 40 GiB foo bar on gold used 1 GiB', 'vm').sentences;
  assert.deepEqual([...(sentence?.clauses.keys() ?? [])], ['on', 'used']);
});

test('blocks within blocks without end are read to a depth, with one message, and formatted', () => {
  for (const text of ['{'.repeat(20_000), `${'a {\n'.repeat(5_000)}${'}\n'.repeat(5_000)}`]) {
    const deep = problemsOf(text).filter(({ message }) => message.startsWith('blocks are nested deeper'));
    assert.equal(deep.length, 1);
    const formatted = formatText(text);
    assert.equal(formatText(formatted), formatted);
  }
});
