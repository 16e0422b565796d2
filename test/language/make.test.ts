import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatText } from '../../server/src/language/format.ts';
import { listStatements, printInline, printStatements } from '../../server/src/language/make/print.ts';
import {
  amount,
  classes,
  date,
  list,
  type NewArg,
  name,
  names,
  number,
  optionalName,
  quantity,
  span,
  statement,
  text,
  times,
  word,
} from '../../server/src/language/make.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** How the arguments of `word …` are printed. */
function printed(head: string, ...args: readonly NewArg[]): string {
  return printInline(statement(head, args)).slice(head.length + 1);
}

test('a name is bare where it may be', () => {
  for (const bare of ['esx-01', 'bovmsp-01.customer.com', '101', 'Größe_2', 'enp2s0f0np0']) {
    assert.equal(printed('vm', name(bare)), bare);
  }
  for (const quoted of [
    'SQL Server (old)',
    'a..b',
    'web[1]',
    'a:b',
    'a,b',
    '=cmd|x',
    '//',
    '#1',
    'x',
    'none',
    'each',
    '*',
    '-',
    '',
  ]) {
    assert.equal(printed('vm', name(quoted)), `"${quoted}"`);
  }
  assert.equal(printed('vm', name('say "hi"')), '"say ""hi"""');
});

test('a name equal to a clause word of its statement is quoted there', () => {
  assert.equal(printed('nic', optionalName('address')), '"address"');
  assert.equal(printed('mount', names(['queue', 'gold'])), '"queue", gold');
  assert.equal(printed('vm', name('queue')), 'queue');
});

test('a name that begins with a digit is quoted where the subject is optional', () => {
  assert.equal(printed('nic', optionalName('10-dmz')), '"10-dmz"');
  assert.equal(printed('carries', name('10-dmz')), '10-dmz');
});

test('a scope touches its name', () => {
  assert.equal(printed('on', name('dc01', 'berlin')), 'dc01@berlin');
  assert.equal(printed('on', name('SQL Server', 'my site')), '"SQL Server"@"my site"');
});

test('three names in a row become a range, others join its bracket', () => {
  const cases: readonly [readonly string[], string][] = [
    [['esx-01', 'esx-02', 'esx-03', 'esx-04', 'esx-07'], 'esx-[01..04,07]'],
    [['a9', 'a10', 'a11'], 'a[9..11]'],
    [['a09', 'a10', 'a11', 'a9'], 'a[9,09..11]'],
    [['web-1', 'web-2'], 'web-1, web-2'],
    [['web-1', 'web-3', 'web-5'], 'web-1, web-3, web-5'],
    [['db', 'n1.lab.net', 'n2.lab.net', 'n3.lab.net', 'z'], 'db, n[1..3].lab.net, z'],
    [['b 1', 'b 2', 'b 3'], '"b 1", "b 2", "b 3"'],
    [['101', '102', '103'], '101, 102, 103'],
    [['a1', 'a1', 'a2'], 'a1, a2'],
  ];
  for (const [input, expected] of cases) assert.equal(printed('runs', names(input)), expected);
});

test('a list of any length is written', () => {
  const many = Array.from({ length: 150_000 }, (_, n) => `v-${String(n).padStart(6, '0')}`);
  assert.equal(printed('runs', names(many)), 'v-[000000..149999]');
  const odd = many.map((one) => `${one} `);
  assert.equal(
    listStatements(
      'runs',
      odd.map((one) => name(one)),
      0,
    ).flatMap((one) => one.args ?? []).length > 150_000,
    true,
  );
});

test('ranges expand to exactly the names they were made of', () => {
  const one = fc.tuple(
    fc.constantFrom('a', 'b-', 'c.d', 'e f'),
    fc.integer({ min: 0, max: 120 }),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('', 'x', '.lab'),
  );
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), (parts) => {
      const input = new Set(parts.map(([stem, n, width, end]) => `${stem}${String(n).padStart(width, '0')}${end}`));
      const items = printed('runs', names(input))
        .split(/, (?![^[]*\])/)
        .filter((item) => item !== '');
      assert.deepEqual(items.flatMap(expand).sort(), [...input].sort());
    }),
  );
});

function expand(item: string): readonly string[] {
  const [, before = '', inside, after = ''] = /^(.*)\[(.*)\](.*)$/.exec(item) ?? [];
  if (inside === undefined) return [item.replace(/^"(.*)"$/, '$1')];
  return inside.split(',').flatMap((part) => {
    const [from = '', to = from] = part.split('..');
    const count = Number(to) - Number(from) + 1;
    return Array.from(
      { length: count },
      (_, n) => `${before}${String(Number(from) + n).padStart(from.length, '0')}${after}`,
    );
  });
}

test('a quantity takes the largest unit that states it exactly', () => {
  const cases: readonly [NewArg, string][] = [
    [quantity(64 * GIB, 'size'), '64 GiB'],
    [quantity(1.5 * GIB, 'size'), '1.5 GiB'],
    [quantity(65_000 * MIB, 'size'), '65_000 MiB'],
    [quantity(1888 * MIB, 'size'), '1888 MiB'],
    [quantity(2048 * GIB, 'size'), '2 TiB'],
    [quantity(0, 'size'), '0 GiB'],
    [quantity(2.699e9, 'frequency'), '2.699 GHz'],
    [quantity(700e6, 'frequency'), '700 MHz'],
    [quantity(25e9, 'rate'), '25 Gbps'],
    [quantity(0.38, 'share'), '38 %'],
    [quantity(0.061, 'share'), '6.1 %'],
    [quantity(86_400, 'time'), '1 day'],
    [quantity(30, 'time'), '30 s'],
    [amount(18_500, 'USD'), '18_500 USD'],
  ];
  for (const [arg, expected] of cases) assert.equal(printed('value', arg), expected);
  assert.throws(() => quantity(Number.NaN, 'size'), RangeError);
});

test('a figure counted in MiB keeps its MiB in the fewest decimals of GiB', () => {
  assert.equal(printed('memory', quantity(524_253 * MIB, 'size', { step: MIB })), '511.966 GiB');
  assert.equal(printed('memory', quantity(300 * MIB, 'size', { step: MIB })), '300 MiB');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (mib) => {
      const [figure = '', unit = ''] = printed('memory', quantity(mib * MIB, 'size', { step: MIB })).split(' ');
      const factor = { MiB: 1, GiB: 1024, TiB: 1024 ** 2, PiB: 1024 ** 3 }[unit] ?? Number.NaN;
      assert.equal(Math.round(Number(figure.replaceAll('_', '')) * factor), mib);
    }),
  );
});

test('statements print as the formatter leaves them', () => {
  const out = printStatements([
    { comment: ['From somewhere', ''] },
    statement('site', [name('fra')]),
    statement('cluster', [name('prod'), word('at'), name('fra')], {
      comment: ['prod: two hosts'],
      gap: true,
      inline: false,
      body: [
        statement('cpu', [times(2, [number(16), word('cores')]), quantity(2.9e9, 'frequency')]),
        statement('power', [span(amount(350, 'W'), amount(800, 'W'))]),
        statement('host', [names(['e1', 'e2']), classes(['dl380'])], {
          gap: true,
          body: [
            statement('runs', [list([name('a'), name('b c')])]),
            statement('state', [word('off'), date('2026-11-22')]),
          ],
        }),
        statement('host', [name('empty')], { body: [] }),
      ],
    }),
    statement('vm', [name('long')], { body: [statement('note', [text('y'.repeat(130))])] }),
  ]);
  assert.equal(
    out,
    [
      '// From somewhere',
      '//',
      '',
      'site fra',
      '',
      '// prod: two hosts',
      'cluster prod at fra {',
      '  cpu 2 x 16 cores 2.9 GHz',
      '  power 350 W .. 800 W',
      '',
      '  host e1, e2 : dl380 { runs a, "b c"; state off 2026-11-22 }',
      '  host empty',
      '}',
      'vm long {',
      `  note "${'y'.repeat(130)}"`,
      '}',
      '',
    ].join('\n'),
  );
  assert.equal(formatText(out), out);
});

test('long lists go on in further statements', () => {
  const items = Array.from({ length: 40 }, (_, n) => name(`machine-with-a-name-${n * 7}`));
  const lines = printStatements(listStatements('runs', items, 2), 2)
    .trimEnd()
    .split('\n');
  assert.ok(lines.length > 5);
  for (const line of lines) assert.ok(line.length <= 116 && line.startsWith('    runs machine'), line);
});

test('whatever a value holds, it is read back as that value', () => {
  const hostile = [
    '"; vm evil { }',
    'a\nvm evil',
    'x } vm evil {',
    '// gone',
    '# gone',
    '“curly”',
    '\u202eabc',
    '\u2028vm evil',
    '\ud800',
    '{',
    '',
  ];
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' })), (value) => {
      const out = printStatements([
        { comment: [value] },
        statement('vm', [name(value), word(value)], {
          body: [statement('note', [text(value)]), statement('nic', [optionalName(value)])],
        }),
        statement('vm', [name('last')]),
      ]);
      const { statements, problems } = parse(out);
      assert.deepEqual(
        statements.map((one) => one.word?.text),
        ['vm', 'vm'],
        out,
      );
      assert.equal(statements[0]?.body?.statements.length, 2, out);
      assert.deepEqual(problems, [], out);
    }),
    { numRuns: 500 },
  );
});
