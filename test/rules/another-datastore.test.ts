import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../server/src/base/span.ts';
import { codeActions } from '../../server/src/ide/code-actions.ts';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { formatText } from '../../server/src/language/format.ts';

/** What is offered against a rule's finding, with the text that each leaves. Every offer is proven before it is made. */
function offers(text: string, rule: string): ReadonlyMap<string, string> {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText('a.vdc', text);
  const found = diagnosticsOf(workspace, 'a.vdc').filter(({ code }) => code === rule);
  assert.ok(found.length > 0);
  const actions = found.flatMap((one) => codeActions(workspace, 'a.vdc', one));
  const fixes = actions.filter(({ title }) => !title.startsWith('Silence'));
  return new Map(fixes.map(({ title, edits }) => [title, applyEdits(text, edits)]));
}

describe('a datastore that is full', () => {
  const text = formatText(`array san { usable 10 TiB; datastore gold { capacity 1 TiB; thin } }
vm db-[1..2] { disk 300 GiB on gold }
vm log { disk 200 GiB on gold }
cluster prod { mount gold; host esx-1 { runs db-[1..2], log } }
`);

  test('is extended, or gets another one beside it, mounted where it is, and the least that has to leave moves there', () => {
    const found = offers(text, 'datastore-overfull');
    const added = 'Add datastore gold-2 of 1 TiB on san, which has 9 TiB left, and move log there';
    assert.deepEqual([...found.keys()], ['Extend gold to 1.1 TiB; san has 9 TiB left', added]);
    assert.equal(
      found.get(added),
      text
        .replace('thin }', 'thin }; datastore gold-2 { capacity 1 TiB; thin }')
        .replace('200 GiB on gold', '200 GiB on gold-2')
        .replace('mount gold', 'mount gold, gold-2'),
    );
  });

  test('gets another one on an array that the same hosts reach, where its own is full', () => {
    const full = text
      .replace('usable 10 TiB', 'usable 1 TiB')
      .replace('\n', '\narray roomy { usable 10 TiB; datastore bronze { capacity 100 GiB } }\n');
    assert.deepEqual([...offers(full, 'datastore-overfull').keys()], []);
    const reached = full.replace('mount gold', 'mount bronze, gold');
    assert.deepEqual(
      [...offers(reached, 'datastore-overfull').keys()],
      ['Add datastore gold-2 of 1 TiB on roomy, which has 9.9 TiB left, and move log there'],
    );
  });

  test('gives disks to one that has room already', () => {
    const beside = text
      .replace('; thin }', '; thin }; datastore silver { capacity 1 TiB }')
      .replace('mount gold', 'mount gold, silver');
    const found = offers(beside, 'datastore-overfull');
    const moved = 'Move log to silver, which has 1 TiB left';
    assert.deepEqual(
      [...found.keys()],
      [
        'Extend gold to 1.1 TiB; san has 8 TiB left',
        moved,
        'Add datastore gold-2 of 1 TiB on san, which has 8 TiB left, and move log there',
      ],
    );
    assert.equal(found.get(moved), beside.replace('200 GiB on gold', '200 GiB on silver'));
  });

  test('keeps disks that a class or a deal puts there', () => {
    const classed = text
      .replace('vm log { disk 200 GiB on gold }', 'class vm small { disk 200 GiB on gold }\nvm log : small')
      .replace('db-[1..2] {', 'db-[1..2] : big {')
      .replace('disk 300 GiB on gold ', '')
      .concat('class vm big { disk 300 GiB on gold }\n');
    assert.deepEqual([...offers(classed, 'datastore-overfull').keys()], ['Extend gold to 1.1 TiB; san has 9 TiB left']);
  });
});

test('more space on an array costs what its expansions do', () => {
  const text = formatText(`design d { as-of 2026-11-22; currency EUR }
array san { usable 10 TiB; expansion 5 TiB cost 20_000 EUR; datastore gold-[1..2] { capacity 10 TiB; thin; measured used 7 TiB } }
`);
  const [first = ''] = offers(text, 'array-overfull').keys();
  assert.match(first, /^Plan 18.7 TiB usable instead of 10 \(2 expansions of 5 TiB, 40\s000 EUR once\)$/);
});
