import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maturityOf } from '../../server/src/rules/run.ts';
import { designOf } from '../support/design.ts';
import { said } from './checking.ts';

const RULE = 'maturity-below-target';

/** Everything that the four steps of each core dimension ask for, from the first to the last. */
const grown = (design: string, more = '') => `design d { ${design}growth disk 2 %/month }
team network; team server; team storage
tool all { covers host *; covers vswitch *; covers switch *; covers array *; alerts server }
network web { owner network; vlan 10; subnet 10.0.0.0/24 gateway 10.0.0.1 }
network live { owner network; vlan 20; subnet 10.0.1.0/24 }
switch tor-[a,b] { owner network; trunk web, live }
array san {
  owner storage
  disks 24 x 1.8 TB media ssd raid 6 group 12 iops 5_000
  datastore gold { capacity 10 TiB }
}
cluster prod {
  owner server
  features live-migration, ha, storage-migration
  drs full
  failover 1 host
  mount gold
  service migration on live
  vswitch vs0 { owner server; delegated-by network; uplink nic1 to tor-a; uplink nic2 to tor-b; carries web, live }
  host esx-1 { cpu 2 x 16 cores 2.4 GHz; memory 256 GiB; nic nic[1..2] 10 Gbps; runs db }
  host esx-2 { cpu 2 x 16 cores 2.4 GHz; memory 256 GiB; nic nic[1..2] 10 Gbps }
}
vm db { vcpu 2; memory 8 GiB; demand cpu 20 %; nic web }
${more}`;

function stage(text: string): number | undefined {
  return maturityOf(designOf(text))?.stage;
}

test('a grown design reaches the last stage', () => {
  const maturity = maturityOf(designOf(grown('')));
  assert.deepEqual([maturity?.stage, maturity?.next], [5, []]);
});

test('each missing step holds the stage down', () => {
  assert.equal(stage(grown('').replace(', ha', '')), 2);
  assert.equal(stage(grown('').replace('  drs full\n', '')), 4);
  assert.equal(stage(grown('').replace('; alerts server', '')), 3);
  assert.equal(stage(grown('').replace(/^tool .*\n/m, '')), 1);
});

test('errors of starvation cap at 3', () => {
  const full = grown('').replace('; nic web }', '; nic web address 10.99.0.1 }');
  const maturity = maturityOf(designOf(full));
  assert.deepEqual([maturity?.stage, maturity?.cappedBy], [3, 'errors']);
  assert.match(maturity?.next[0] ?? '', /^no errors of resource starvation/);
});

test('warnings cap nothing, nor do errors of what has nothing to do with it', () => {
  const busy = grown('').replace('vcpu 2; memory 8 GiB; demand cpu 20 %', 'vcpu 32; memory 8 GiB; demand cpu 80 %');
  assert.match(said('host-cpu-overloaded', busy)[0] ?? '', /^warning: /);
  assert.equal(stage(busy), 5);
  const dear = grown('budget capex 1_000 USD; ', 'licence os { cost 2_000 USD }');
  assert.match(said('budget-exceeded', dear)[0] ?? '', /^error: /);
  assert.equal(stage(dear), 5);
});

test('the rule compares with what the design aims at', () => {
  const young = grown('maturity 4; ').replace(', ha', '');
  assert.deepEqual(said(RULE, young), [
    'info: The design is at stage 2 of 5 and aims at 4. For stage 3: servers: high availability is on in every cluster.',
  ]);
  assert.deepEqual(said(RULE, young.replace('maturity 4', 'maturity 2')), []);
  assert.equal(said(RULE, young.replace('maturity 4', 'maturity 3')).length, 1);
});

test('nothing is said without an aim, or without hosts', () => {
  assert.deepEqual(said(RULE, grown('').replace(', ha', '')), []);
  assert.deepEqual(said(RULE, 'design d { maturity 5 }'), []);
});

test('an aim can be silenced and its severity set, as of any rule', () => {
  const young = grown('maturity 4; ', 'policy { maturity-below-target severity warn }').replace(', ha', '');
  assert.match(said(RULE, young)[0] ?? '', /^warning: /);
  assert.deepEqual(said(RULE, young.replace('severity warn', 'off')), []);
});
