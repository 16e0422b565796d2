import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entityId } from '../../server/src/design/declaration.ts';
import { addToBody } from '../../server/src/design/edits.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { afterEdits, found, said } from './checking.ts';

/** A design of today: without a day nothing has ended. */
function dated(text: string): string {
  if (/\bas-of\b/.test(text)) return text;
  const head = /^design \w+ \{/m;
  return head.test(text) ? text.replace(head, '$& as-of 2026-11-22;') : `design today { as-of 2026-11-22 }\n${text}`;
}

for (const rule of RULES.filter(({ of, judgesEnded }) => of !== 'design' && !judgesEnded)) {
  test(`${rule.id} says nothing of what has ended`, () => {
    const text = dated(rule.examples.fires.text);
    const [finding] = found(rule.id, text);
    const head = finding?.entity.declaration.head();
    assert.ok(finding && head);
    const ended = afterEdits(text, addToBody(head, 'until 2020-01-01'));
    const left = found(rule.id, ended).filter(({ entity }) => entityId(entity) === entityId(finding.entity));
    assert.deepEqual(
      left.map(({ message }) => message),
      [],
      ended,
    );
  });
}

test('what is yet to come is judged', () => {
  const text =
    'design d { as-of 2026-11-22 }\nswitch tor { ports 1 x 10 Gbps; trunk a }\nnetwork a\nnetwork b { vlan 7 }';
  const host = (dates: string) =>
    `${text}\ncluster c { host h { ${dates}; nic nic1 10 Gbps; vswitch v { uplink nic1 to tor; carries b } } }`;
  assert.equal(said('vlan-not-trunked', host('from 2027-01-01')).length, 1);
  assert.deepEqual(said('vlan-not-trunked', host('until 2026-11-21')), []);
  assert.equal(said('vlan-not-trunked', host('until 2026-11-22')).length, 1, 'its last day is one of its days');
});
