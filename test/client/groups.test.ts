import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  countsInWords,
  countsOf,
  countsOfDesign,
  entityName,
  fileName,
  grouped,
  isDrawn,
  painPoints,
  teams,
} from '../../client/src/features/findings/groups.ts';
import type { WireFinding } from '../../server/src/protocol/findings.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { PAIN_POINTS } from '../../server/src/rules/rule.ts';

const start = { line: 0, character: 0 };
const finding = (about: Partial<WireFinding>): WireFinding => ({
  rule: 'host-cpu-overloaded',
  title: 'Host has less CPU than its VMs ask for',
  painPoint: 'resource-starvation',
  teams: ['server'],
  owners: [],
  severity: 'warning',
  message: '',
  entity: 'host:prod/esx-01',
  location: { uri: 'file:///a.vdc', range: { start, end: start } },
  ...about,
});
const mistake = finding({ rule: 'unit-missing', painPoint: null, teams: [], entity: null, severity: 'error' });

describe('findings in groups', () => {
  const all = [
    mistake,
    finding({ teams: ['server', 'network'] }),
    finding({ rule: 'budget-exceeded', painPoint: 'unanticipated-costs', teams: ['management'] }),
  ];

  test('every pain point and every team of a rule has a name', () => {
    assert.deepEqual(Object.keys(painPoints), [...PAIN_POINTS]);
    assert.deepEqual(new Set(Object.keys(teams)), new Set(RULES.flatMap(({ owners }) => owners)));
  });

  test('by pain point, all seven are there, before the mistakes in the text', () => {
    assert.deepEqual(
      grouped(all, 'painPoint').map(({ label, findings }) => `${label} ${findings.length}`),
      [
        'Resource starvation 1',
        'Application awareness 0',
        'Unanticipated costs 1',
        'Unused features 0',
        'Overflowing storage 0',
        'Congested storage network 0',
        'Management complexity 0',
        'Mistakes in the text 1',
      ],
    );
  });

  test('by team, those with nothing to do are left out, and each of several has the finding', () => {
    assert.deepEqual(
      grouped(all, 'team').map(({ label, findings }) => `${label} ${findings.length}`),
      ['Server team 1', 'Network team 1', 'Management 1', 'Mistakes in the text 1'],
    );
  });

  test('no group is made of nothing wrong in the text', () => {
    assert.equal(grouped([finding({})], 'painPoint').length, PAIN_POINTS.length);
    assert.deepEqual(grouped([], 'team'), []);
  });
});

describe('counts', () => {
  test('are words for people', () => {
    const of = (...found: WireFinding['severity'][]) =>
      countsInWords(countsOf(found.map((severity) => finding({ severity }))));
    assert.equal(of(), '');
    assert.equal(of('error'), '1 error');
    assert.equal(of('hint', 'warning', 'error', 'info', 'error'), '2 errors, 1 warning, 1 note, 1 hint');
  });

  test('of a file are those of the design that it is the root of, else of the first that imports it', () => {
    const counts = (error: number) => ({ error, warning: 0, info: 0, hint: 0 });
    const designs = [
      { files: ['a.vdc', 'lib.vdc', 'b.vdc'], counts: counts(1) },
      { files: ['b.vdc'], counts: counts(2) },
    ];
    const result = { findings: [], counts: counts(3), isCut: false, designs };
    assert.deepEqual(
      ['a.vdc', 'lib.vdc', 'b.vdc', 'c.vdc'].map((uri) => countsOfDesign(result, uri)?.error),
      [1, 1, 2, undefined],
    );
  });
});

test('a thing is called by its last name', () => {
  assert.deepEqual(['host:prod/esx-01', 'cluster:prod', 'design'].map(entityName), ['esx-01', 'prod', 'design']);
  assert.deepEqual(['host:prod/esx-01', 'app:cart', null].map(isDrawn), [true, false, false]);
  assert.equal(fileName('file:///tmp/my%20estate.vdc'), 'my estate.vdc');
});
