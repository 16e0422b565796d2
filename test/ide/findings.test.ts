import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from '../../server/src/ide/findings.ts';
import { editing } from './editing.ts';

/** What is listed of files that are all open, as lines. */
function listOf(marked: string, most?: number): string[] {
  return findings(editing(marked).workspace, most).findings.map(
    ({ diagnostic, title, teams, owners }) =>
      `${diagnostic.severity} ${diagnostic.code} (${title}; ${teams.join(', ') || 'nobody'}) of ${owners.join(', ') || 'nobody'} at ${diagnostic.uri} ${diagnostic.entity}`,
  );
}

const crowded = `team server
cluster prod {
  owner server
  host esx-[1..2] { cpu 2 x 16 cores 2.9 GHz; memory 64 GiB }
  runs web-[1..40] on esx-1
}
vm web-[1..40] { vcpu 2; memory 8 GiB }
policy { failover-not-stated off }
vm db-1 { vcpu 2 x }
`;

test('a finding says who has to act and whose the thing is', () => {
  const [first, ...rest] = listOf(crowded);
  assert.equal(
    first,
    'error host-memory-overcommitted (Host has promised more memory than it has; server, application) of server at main.vdc host:prod/esx-1',
  );
  assert.deepEqual(rest, ['error value-surplus (Value too many; nobody) of nobody at main.vdc undefined']);
});

test('the most severe are kept, all are counted', () => {
  const vms = Array.from({ length: 30 }, (_, i) => `vm a-${i} { ignore vm-expired because "x"; vcpu }`).join('\n');
  const { workspace } = editing(vms);
  const all = findings(workspace);
  assert.deepEqual(all.counts, { error: 30, warning: 0, info: 0, hint: 30 });
  assert.deepEqual([all.findings.length, all.isCut], [60, false]);
  const some = findings(workspace, 40);
  assert.deepEqual([some.findings.length, some.isCut, some.counts], [40, true, all.counts]);
  assert.deepEqual(
    some.findings.map(({ diagnostic }) => diagnostic.severity),
    [...Array(30).fill('error'), ...Array(10).fill('hint')],
  );
});

test('designs that share a file list what is wrong in it once', () => {
  const list = listOf(`//- b.vdc
import "lib.vdc"
//- a.vdc
import "lib.vdc"
vm x : small { vcpu }
//- lib.vdc
class vm small { vcpu }
`);
  assert.deepEqual(
    list.map((line) => line.replace(/ \(.*?\) of nobody/, '')),
    ['error value-missing at a.vdc undefined', 'error value-missing at lib.vdc undefined'],
  );
});

test('what is silenced or switched off is not listed', () => {
  assert.deepEqual(
    listOf(`design d { as-of 2026-11-22 }
host esx-1 { runs trial }
vm trial { until 2026-10-31; ignore vm-expired because "kept" }`),
    [],
  );
});

test('nothing is wrong where there is nothing', () => {
  const { counts, findings: list, isCut } = findings(editing('').workspace);
  assert.deepEqual([counts, list, isCut], [{ error: 0, warning: 0, info: 0, hint: 0 }, [], false]);
});

test('each design has its own counts, of all its files', () => {
  const { designs } = findings(
    editing(`//- b.vdc
import "lib.vdc"
//- a.vdc
import "lib.vdc"
vm x { vcpu }
//- lib.vdc
class vm small { vcpu }
`).workspace,
  );
  assert.deepEqual(
    designs.map(({ files, counts }) => `${files.join(' + ')}: ${counts.error}`),
    ['b.vdc + lib.vdc: 1', 'a.vdc + lib.vdc: 2'],
  );
});
