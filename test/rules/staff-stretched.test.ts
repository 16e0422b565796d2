import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'staff-stretched';
const plan = (team: string, hosts: number, owner = 'owner server; ') => `team server { ${team} }
cluster prod { ${owner}host esx-[1..${hosts}] }`;

test('as much as its people can is in order, one more is not', () => {
  assert.deepEqual(said(RULE, plan('staff 2; ratio hosts 20', 40)), []);
  assert.deepEqual(said(RULE, plan('staff 2; ratio hosts 20', 41)), [
    'info: Team server looks after 41 hosts with 2 people, 102 % of what it says it can (20 each): patches and requests wait. Plan 3 people, or automate and state a higher ratio.',
  ]);
});

test('VMs count by their hosts, or by their applications', () => {
  const vms = 'vm web-[1..11]\n';
  assert.match(
    said(RULE, `team server { staff 1; ratio vms 10 }\n${vms}host esx-1 { owner server; runs web-[1..11] }`)[0] ?? '',
    /looks after 11 VMs with 1 person/,
  );
  assert.match(
    said(RULE, `team crm { staff 1; ratio vms 10 }\n${vms}app shop { owner crm; members web-* }`)[0] ?? '',
    /looks after 11 VMs/,
  );
});

test('without owners the server team stands for all hosts, other teams for none', () => {
  assert.equal(said(RULE, plan('staff 1; ratio hosts 20', 21, '')).length, 1);
  assert.deepEqual(said(RULE, plan('role network; staff 1; ratio hosts 20', 21, '')), []);
});

test('nothing is said where staff or ratio is not stated', () => {
  assert.deepEqual(said(RULE, plan('ratio hosts 1', 90)), []);
  assert.deepEqual(said(RULE, plan('staff 1', 90)), []);
});

test('the fix plans people', () => {
  assert.equal(mended(RULE, plan('staff 2; ratio hosts 20', 61)), plan('staff 4; ratio hosts 20', 61));
});
