import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { Design } from '../../server/src/design/design.ts';
import { placementOf } from '../../server/src/design/placement.ts';
import { moveVms } from '../../server/src/design/placement-edits.ts';
import { formatText } from '../../server/src/language/format.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { designOf, entityOf } from '../support/design.ts';
import { random } from '../support/random.ts';
import { placedDesign } from './placed-designs.ts';

/** Moves written `db-1 > esx-02`. */
function moved(text: string, ...moves: readonly string[]): string {
  const design = designOf(text);
  const result = moveVms(
    moves.map((move) => {
      const [vm = '', to = ''] = move.split(' > ');
      return { vm: entityOf(design, 'vm', vm), to: entityOf(design, 'host', to) };
    }),
  );
  if ('refused' in result) return `refused: ${result.refused.map(({ reason }) => reason).join('; ')}`;
  return applyEdits(text, result.edits);
}

/** The same design with every block of more than a line kept as a tree, as long ones are. */
function designOfBlocks(text: string): Design {
  const parsed = parseFile(text, 20);
  const texts = { file: () => parsed, importUri: () => undefined };
  return new Design('main.vdc', texts);
}

function placements(design: Design): Record<string, string> {
  const found: Record<string, string> = {};
  for (const vm of design.members('vm')) {
    const { host, cluster, conflicts } = placementOf(vm);
    found[vm.name] = `${host?.name ?? cluster?.name ?? 'nowhere'}${conflicts.length > 0 ? ' twice' : ''}`;
  }
  return found;
}

interface Case {
  readonly name: string;
  readonly before: string;
  readonly moves: readonly string[];
  readonly after: string;
}

const CART = 'vm cart-[1..4]; vm db-1; vm web-[08..12]\n';

const CASES: readonly Case[] = [
  {
    name: 'a word leaves one line and joins another',
    before: 'host a { runs cart-[1..2], db-1 }\nhost b { runs cart-3 }\n',
    moves: ['db-1 > b'],
    after: 'host a { runs cart-[1..2] }\nhost b { runs cart-3, db-1 }\n',
  },
  {
    name: 'a range is split where a name leaves it, and grows where one continues it',
    before: 'host a { runs cart-[1..4] }\nhost b { runs web-[08..10], db-1 }\nhost c { runs web-[11..12] }\n',
    moves: ['cart-3 > c', 'web-11 > b'],
    after: 'host a { runs cart-[1..2,4] }\nhost b { runs web-[08..11], db-1 }\nhost c { runs web-12, cart-3 }\n',
  },
  {
    name: 'widths stay',
    before: 'host a { runs web-[08..12] }\nhost b { runs db-1 }\n',
    moves: ['web-08 > b', 'web-11 > b'],
    after: 'host a { runs web-[09..10,12] }\nhost b { runs db-1, web-08, web-11 }\n',
  },
  {
    name: 'a list that empties goes with its braces',
    before: 'host a { runs db-1 }\nhost b { memory 8 GiB; runs cart-1 }\nhost c { runs cart-2; memory 8 GiB }\n',
    moves: ['db-1 > b', 'cart-1 > c'],
    after: 'host a\nhost b { memory 8 GiB; runs db-1 }\nhost c { runs cart-2, cart-1; memory 8 GiB }\n',
  },
  {
    name: 'a list that empties goes with its separator',
    before: 'host a { runs db-1; memory 8 GiB }\nhost b { memory 8 GiB; runs cart-1 }\nhost c { runs cart-2 }\n',
    moves: ['db-1 > c', 'cart-1 > c'],
    after: 'host a { memory 8 GiB }\nhost b { memory 8 GiB }\nhost c { runs cart-2, db-1, cart-1 }\n',
  },
  {
    name: 'a list that empties goes with its line',
    before:
      'host a {\n  memory 8 GiB\n  runs db-1\n}\nhost b {\n  // why\n  runs cart-1 // here\n\n  note "x"\n}\nhost c\n',
    moves: ['db-1 > c', 'cart-1 > c'],
    after:
      'host a {\n  memory 8 GiB\n}\nhost b {\n  // why\n  // here\n\n  note "x"\n}\nhost c { runs db-1, cart-1 }\n',
  },
  {
    name: 'no empty line is left over',
    before:
      'host a\n\nruns db-1, web-08 on a\n\nhost b { runs cart-1 }\nhost c {\n  memory 8 GiB\n\n  runs cart-2\n}\nhost d { runs cart-3 }\n',
    moves: ['db-1 > b', 'web-08 > d', 'cart-2 > b'],
    after:
      'host a\n\nhost b { runs cart-1, db-1, cart-2 }\nhost c {\n  memory 8 GiB\n}\nhost d { runs cart-3, web-08 }\n',
  },
  {
    name: 'a host without a list gets one at the end of its block',
    before: 'host a { runs db-1, cart-1, cart-2 }\nhost b\nhost c { memory 8 GiB }\nhost d {\n  memory 8 GiB\n}\n',
    moves: ['db-1 > b', 'cart-1 > c', 'cart-2 > d'],
    after:
      'host a\nhost b { runs db-1 }\nhost c { memory 8 GiB; runs cart-1 }\nhost d {\n  memory 8 GiB\n  runs cart-2\n}\n',
  },
  {
    name: 'one word of an `on` changes',
    before: 'host a\nhost b\nruns cart-4, db-1 on a\n',
    moves: ['cart-4 > b', 'db-1 > b'],
    after: 'host a\nhost b\nruns cart-4, db-1 on b\n',
  },
  {
    name: 'two such statements change places',
    before: 'host a\nhost b\nruns cart-4 on a\nruns db-1 on b\n',
    moves: ['cart-4 > b', 'db-1 > a'],
    after: 'host a\nhost b\nruns cart-4 on b\nruns db-1 on a\n',
  },
  {
    name: 'an `on` of several is split',
    before: 'host a\nhost b\nruns cart-[1..4], db-1 on a // both\n',
    moves: ['cart-2 > b'],
    after: 'host a\nhost b\nruns cart-[1,3..4], db-1 on a // both\nruns cart-2 on b\n',
  },
  {
    name: 'a member of a range is said with `on`, beside its siblings',
    before: 'cluster p {\n  host a { runs cart-[1..2] }\n  host b-[1..3]\n}\n\nruns db-1 on b-1\n',
    moves: ['cart-2 > b-2'],
    after: 'cluster p {\n  host a { runs cart-1 }\n  host b-[1..3]\n}\n\nruns db-1 on b-1\nruns cart-2 on b-2\n',
  },
  {
    name: 'a member of a range is said with `on`, behind the block that declares it',
    before: 'cluster p {\n  host a { runs cart-[1..2], db-1 }\n  host b-[1..3] { memory 8 GiB }\n}\n',
    moves: ['cart-2 > b-2', 'db-1 > b-2', 'cart-1 > b-3'],
    after:
      'cluster p {\n  host a\n  host b-[1..3] { memory 8 GiB }\n  runs cart-2, db-1 on b-2\n  runs cart-1 on b-3\n}\n',
  },
  {
    name: 'on one line, too',
    before: 'cluster p { host a { runs db-1 }; host b-[1..3] }\n',
    moves: ['db-1 > b-2'],
    after: 'cluster p { host a; host b-[1..3]; runs db-1 on b-2 }\n',
  },
  {
    name: 'a VM of a pool leaves it, and is named beside it',
    before: 'cluster p {\n  host b-[1..3]\n  runs cart-[1..4], db-1\n  runs web-08 on b-3\n}\n',
    moves: ['cart-2 > b-2', 'cart-4 > b-3'],
    after:
      'cluster p {\n  host b-[1..3]\n  runs cart-[1,3], db-1\n  runs cart-2 on b-2\n  runs web-08, cart-4 on b-3\n}\n',
  },
  {
    name: 'a share dealt out is outranked',
    before: 'cluster p\nhost b-[1..2] in p { runs each cart-[1..4] }\n',
    moves: ['cart-1 > b-2'],
    after: 'cluster p\nhost b-[1..2] in p { runs each cart-[1..4] }\nruns cart-1 on b-2\n',
  },
  {
    name: 'what `on each` deals out cannot be taken out',
    before: 'host b-[1..2]\nhost c\nruns cart-[1..2] on each b-[1..2]\n',
    moves: ['cart-1 > c'],
    after: 'refused: cart-1 is dealt out with "on each"',
  },
  {
    name: 'a VM that runs twice stays where it is',
    before: 'host a { runs db-1 }\nhost b { runs db-1 }\nhost c\n',
    moves: ['db-1 > c'],
    after: 'refused: db-1 is placed more than once',
  },
  {
    name: 'line ends of the file are kept',
    before: 'host a {\r\n  memory 8 GiB\r\n\r\n  runs db-1\r\n}\r\nhost b {\r\n  memory 8 GiB\r\n}\r\n',
    moves: ['db-1 > b'],
    after: 'host a {\r\n  memory 8 GiB\r\n}\r\nhost b {\r\n  memory 8 GiB\r\n  runs db-1\r\n}\r\n',
  },
];

describe('moves in place', () => {
  for (const { name, before, moves, after } of CASES)
    test(name, () => {
      const head = before.includes('\r') ? CART.replace('\n', '\r\n') : CART;
      assert.equal(moved(head + before, ...moves).replace(head, ''), after);
      if (after.startsWith('refused') || before.includes('\r')) return;
      assert.equal(formatText(CART + before), CART + before, 'the text before is in the one format');
      assert.equal(formatText(CART + after), CART + after, 'the text after is in the one format');
    });

  test('hosts of the same name are told apart by their cluster', () => {
    const before = 'vm v\ncluster p { host a-[1..2] }\ncluster q { host a-[1..2] }\nruns v on a-2@q\n';
    const design = designOf(before);
    const [first] = design.names.read('host', 'a-2').entities;
    assert.ok(first);
    const result = moveVms([{ vm: entityOf(design, 'vm', 'v'), to: first }]);
    assert.ok('edits' in result);
    assert.equal(applyEdits(before, result.edits), before.replace('a-2@q', 'a-2@p'));
  });

  test('a line that is full is followed by another list', () => {
    const names = Array.from({ length: 14 }, (_, k) => `machine${k}x`);
    const before = `vm ${names.join(', ')}; vm one, two\nhost a {\n  runs ${names.slice(0, 11).join(', ')}\n}\nhost b { runs one, two }\n`;
    assert.equal(
      moved(before, 'one > a', 'two > a'),
      before.replace('\n}\n', '\n  runs one, two\n}\n').replace('host b { runs one, two }', 'host b'),
    );
  });

  test('names with blanks stay quoted, and clause words become so', () => {
    const before = 'vm "DC Wien (1)"; vm on-1; vm "on"\nhost a { runs "DC Wien (1)", "on" }\nhost b { runs on-1 }\n';
    const design = designOf(before);
    const vms = [...design.members('vm')].filter((vm) => vm.name !== 'on-1');
    const result = moveVms(vms.map((vm) => ({ vm, to: entityOf(design, 'host', 'b') })));
    assert.ok('edits' in result);
    assert.equal(
      applyEdits(before, result.edits),
      'vm "DC Wien (1)"; vm on-1; vm "on"\nhost a\nhost b { runs on-1, "DC Wien (1)", "on" }\n',
    );
  });
});

test('any moves in any design end up as asked, and move nothing else', () => {
  for (let seed = 1; seed <= 600; seed++) {
    const { pick, below } = random(seed);
    const text = placedDesign(seed);
    const design = seed % 2 === 0 ? designOf(text) : designOfBlocks(text);
    const before = placements(design);
    const vms = [...design.members('vm')];
    const hosts = [...design.members('host')];
    const moves = Array.from({ length: 1 + below(6) }, () => ({ vm: pick(vms), to: pick(hosts) }));
    const result = moveVms(moves);
    const dealt = moves.filter(({ vm }) => text.includes(`${vm.name} on each`));
    if ('refused' in result) {
      assert.ok(dealt.length > 0, `seed ${seed}: refused ${result.refused.map(({ reason }) => reason)}\n${text}`);
      continue;
    }
    const after = applyEdits(text, result.edits);
    const expected = { ...before };
    for (const { vm, to } of moves) expected[vm.name] = to.name;
    assert.deepEqual(placements(designOf(after)), expected, `seed ${seed}\n${text}\n---\n${after}`);
    assert.equal(formatText(text), text, `seed ${seed}`);
    assert.equal(formatText(after), after, `seed ${seed}\n${text}\n---\n${after}`);
  }
});
