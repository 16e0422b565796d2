import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finish } from '../../server/src/base/steps.ts';
import { codeActions, fixAll, plannedFor } from '../../server/src/ide/code-actions.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import { applied, codes, editing } from './editing.ts';

function actionsAt(marked: string) {
  const here = editing(marked);
  return { here, actions: codeActions(here.workspace, here.uri, { from: here.offset, to: here.offset }) };
}

function titles(marked: string): string[] {
  return actionsAt(marked).actions.map(({ title, isPreferred }) => (isPreferred ? `${title} *` : title));
}

/** The text after the action of this title. */
function after(marked: string, title: string): string {
  const { here, actions } = actionsAt(marked);
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action, `no action ${title}; there are: ${actions.map((one) => one.title).join(' | ')}`);
  return applied(here, action.edits);
}

test('the one remedy of a slip is the preferred one', () => {
  assert.deepEqual(titles('host a { memroy$0 64 GiB }\n'), ['Write memory *']);
  assert.equal(after('host a { memroy$0 64 GiB }\n', 'Write memory'), 'host a { memory 64 GiB }\n');
});

test('of several readings none is preferred', () => {
  assert.deepEqual(titles('vm a { memory 4 mb$0 }\n'), ['Write MB', 'Write MiB']);
});

test('an action is offered only where the cursor touches what is wrong', () => {
  assert.deepEqual(titles('host a$0 { memroy 64 GiB }\n'), []);
});

test('a fix counts in the file, however deep and late the slip stands', () => {
  const filler = Array.from({ length: 200 }, (_, k) => `  // line ${k}\n`).join('');
  const text = (word: string) => `site s\ncluster c {\n${filler}  host a {\n    ${word} 64 GiB\n  }\n}\n`;
  assert.equal(after(text('memo$0ry_'), 'Write memory'), text('memory'));
});

const busy = `cluster c {
  host esx-01$0 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; runs db-[1..2] }
}
vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % }
`;

test('silence names the rule, and silences the finding once it says why', () => {
  const marked = busy;
  const { here, actions } = actionsAt(marked);
  const silence = actions.find(({ title }) => title === 'Silence here: host-cpu-overloaded');
  assert.ok(silence);
  assert.equal(actions.at(-1)?.title.startsWith('Silence here: '), true);
  const text = applied(here, silence.edits);
  assert.match(text, /host esx-01 \{ ignore host-cpu-overloaded because "…"; cpu 1 x 4/);
  const found = codes(here.workspace, here.uri);
  assert.ok(found.includes('host-cpu-overloaded') && found.includes('ignore-without-reason'));
  here.workspace.replaceText(here.uri, text.replace('…', 'a test host'));
  assert.equal(codes(here.workspace, here.uri).includes('host-cpu-overloaded'), false);
});

const crowdedRange = `cluster c {
  host esx-[01..02] { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; runs each db-1, web-1, db-2 }
  failover none
}
vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % }
vm web-1 { vcpu 1; memory 1 GiB; demand cpu 1 % }
`;

test('of a range the member alone can be silenced, or all of it', () => {
  const { here, actions } = actionsAt(crowdedRange.replace('host esx', 'host esx$0'));
  const silences = actions.filter(({ title }) => title.endsWith(': host-cpu-overloaded'));
  assert.deepEqual(
    silences.map(({ title }) => title),
    ['Silence for esx-01 only: host-cpu-overloaded', 'Silence here for all of esx-[01..02]: host-cpu-overloaded'],
  );
  const text = applied(here, silences[0]?.edits ?? []);
  assert.match(text, /^\}\namend host esx-01 \{ ignore host-cpu-overloaded because "…" \}\nvm db/m);
  here.workspace.replaceText(here.uri, text.replace('…', 'it is old'));
  const left = codes(here.workspace, here.uri);
  assert.deepEqual([left.includes('host-cpu-overloaded'), left.includes('ignore-unused')], [false, false]);
});

test('what cannot be mended without a new finding is not offered', () => {
  const { here, actions } = actionsAt(busy);
  const before = codes(here.workspace, here.uri);
  for (const { title, edits } of actions.filter(({ fillIn }) => fillIn === undefined)) {
    const again = editing(busy.replace('$0', ''));
    applied(again, edits);
    const left = codes(again.workspace, again.uri);
    assert.equal(left.length < before.length, true, `${title} leaves ${left.join(', ')}`);
    for (const code of left) assert.ok(before.includes(code), `${title} brings ${code}`);
  }
});

test('trying fixes leaves the design as it was', () => {
  const { here } = actionsAt(busy);
  assert.equal(here.workspace.text(here.uri), busy.replace('$0', ''));
  assert.ok(codes(here.workspace, here.uri).includes('host-cpu-overloaded'));
});

test('a brace is not offered where it would make all of it worse', () => {
  const rest = 'team t\nhost h {\n  memory 1 GiB\n}}\nvm a {$0 vcpu 2\n';
  const { here, actions } = actionsAt(`design d {\n  horizon 36 months\n\n${rest}`);
  assert.ok(codes(here.workspace, here.uri).includes('brace-unbalanced'));
  assert.deepEqual(actions, []);
  assert.deepEqual(titles(rest.replace('}}', '}')), ['Close the block *']);
});

test('all fixes of a file at once: those with one remedy, in one edit', () => {
  const here = editing('host a { memroy 64 GiB; cpu 2 x 8 cores 2,9 GHz }\nvm b { memory 4 mb }\n');
  const action = fixAll(here.workspace, here.uri);
  assert.equal(action?.title, 'Apply 2 fixes');
  assert.equal(
    applied(here, action?.edits ?? []),
    'host a { memory 64 GiB; cpu 2 x 8 cores 2.9 GHz }\nvm b { memory 4 mb }\n',
  );
});

test('all fixes leave nothing that a second round would fix, and what they make possible is fixed with them', () => {
  for (const text of [
    'host a { memroy 64 GiB; cpu 2 x 8 cores 2,9 GHz }\nvm b { memory 4 mb }\n',
    'hots a { memroy: 64 GiB }\n',
    'host a { memory = 64 GiB; nic nic1 10Gbps crad 1 }\nteam t\nteam t\n',
    busy.replace('$0', ''),
  ]) {
    const here = editing(text);
    const before = codes(here.workspace, here.uri).length;
    const action = fixAll(here.workspace, here.uri);
    if (!action) continue;
    applied(here, action.edits);
    assert.ok(codes(here.workspace, here.uri).length < before, text);
    assert.equal(fixAll(here.workspace, here.uri), undefined, text);
  }
});

test('where nothing is to be fixed there is nothing to apply', () => {
  const here = editing('host a { memory 64 GiB }\n');
  assert.equal(fixAll(here.workspace, here.uri), undefined);
  assert.deepEqual(codeActions(here.workspace, here.uri, { from: 0, to: 5 }), []);
});

const crowded = `cluster c {
  features live-migration
  host esx-01 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB; runs db-[1..2] }
  host esx-02 { cpu 1 x 4 cores 2.0 GHz; memory 64 GiB }
}
vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 60 % }
`;

test('an overloaded host is mended by a move, with the figures before and after', () => {
  const { here, actions } = actionsAt(crowded.replace('host esx-01', 'host esx-01$0'));
  const [move] = actions;
  assert.match(move?.title ?? '', /^Move db-[12] to esx-02: .*126 % → 63 %/);
  assert.equal(move?.isPreferred, true);
  const before = codes(here.workspace, here.uri);
  const text = applied(here, move?.edits ?? []);
  assert.match(text, /host esx-01 \{.* runs db-[12] \}\n {2}host esx-02 \{.*; runs db-[12] \}/);
  const after = codes(here.workspace, here.uri);
  assert.equal(before.includes('host-cpu-overloaded'), true);
  assert.deepEqual(
    after.filter((code) => code === 'host-cpu-overloaded' || !before.includes(code)),
    [],
  );
});

test('where there is no host that could take them, no move is offered', () => {
  const { actions } = actionsAt(
    crowded
      .replace('host esx-01', 'host esx-01$0')
      .replace('1 x 4 cores 2.0 GHz; memory 64 GiB }', '1 x 1 cores 1.0 GHz; memory 64 GiB }'),
  );
  assert.deepEqual(
    actions.filter(({ title }) => title.startsWith('Move ')),
    [],
  );
});

test('a plan that is deferred is named at once, and made when it is chosen', () => {
  const text = `cluster c {
  host a { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs x-[1..2] }
  host b { cpu 1 x 4 cores 2 GHz; memory 64 GiB }
  failover none
}
vm x-[1..2] { vcpu 4; memory 8 GiB; demand cpu 60 % }
`;
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText('plan.vdc', text);
  const span = { from: text.indexOf('host a') + 5, to: text.indexOf('host a') + 6 };
  const named = codeActions(workspace, 'plan.vdc', span, 'later').find((action) => action.plan !== undefined);
  assert.deepEqual([named?.title, named?.edits], ['Move VMs so that a fits', []]);
  const made = finish(plannedFor(workspace, 'plan.vdc', named?.plan ?? ''));
  assert.ok(made?.kind === 'plan');
  const whole = codeActions(workspace, 'plan.vdc', span).find(({ title }) => title.startsWith('Move x-'));
  assert.deepEqual(made.edits, whole?.edits);
  assert.equal(finish(plannedFor(workspace, 'plan.vdc', 'gone')), undefined);
});

test('what is named and declared nowhere can be declared: behind the last of its kind, else behind what names it', () => {
  const switched = 'switch s {\n  trunk web to pr$0od\n}\nvm v\n';
  assert.deepEqual(titles(switched), ['Declare cluster prod', 'Declare host prod']);
  assert.equal(after(switched, 'Declare cluster prod'), 'switch s {\n  trunk web to prod\n}\n\ncluster prod\nvm v\n');
  const owned = 'team a\nteam b // of the network\n\nnetwork n { owner netw$0ork }\n';
  assert.equal(
    after(owned, 'Declare team network'),
    'team a\nteam b // of the network\nteam network\n\nnetwork n { owner network }\n',
  );
  assert.equal(after('vm a : bi$0g\n', 'Declare class vm big'), 'vm a : big\n\nclass vm big { }\n');
  assert.equal(
    after('runs we$0b-[1..4] on h\nhost h\n', 'Declare vm web-[1..4]'),
    'runs web-[1..4] on h\n\nvm web-[1..4]\nhost h\n',
  );
  assert.equal(
    after('vm a { nic "gu$0est lan" }\n', 'Declare network "guest lan"'),
    'vm a { nic "guest lan" }\n\nnetwork "guest lan"\n',
  );
});

test('of a name that is meant to be another one the other comes first; of a range that is there in part nothing is declared', () => {
  assert.deepEqual(titles('network web\nvm a { nic we$0bb }\n'), ['Write web *', 'Declare network webb']);
  assert.deepEqual(titles('vm a-[1..2]\nhost h { runs a-[$01..4] }\n'), []);
});
