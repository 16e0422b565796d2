import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'guests-unlicensed';
const STD = 'licence std { product windows-server edition standard; cost 62 EUR/core; vms 2 }';
const plan = (
  cluster: string,
  vm: string,
  more = STD,
  budget = 'budget capex 40_000 EUR',
) => `design d { currency EUR; ${budget} }
${more}
cluster prod {${cluster}
  host esx-1 { cpu 1 x 16 cores; cost none; runs w-1 }
  runs w-2
}
vm w-[1..2] { ${vm} }`;

test('guests without a licence are said, and the fix names the only one', () => {
  const text = plan('', 'os windows-server-2022');
  assert.deepEqual(said(RULE, text), [
    'warning: 2 Windows guests of prod (w-1 and w-2) have no licence, and their hosts state none, so the budget is compared with less than will be paid. Name std in licences of the cluster, or of the VMs.',
  ]);
  assert.equal(mended(RULE, text), plan('\n  licences std', 'os windows-server-2022'));
});

test('while the design has no such licence, it is a hint', () => {
  assert.match(
    said(RULE, plan('', 'os windows-server-2022', ''))[0] ?? '',
    /^info: .*Add a licence of product windows-server/,
  );
});

test('a licence of the hosts, of the VMs, or on the cluster is one', () => {
  assert.deepEqual(said(RULE, plan('\n  licences std', 'os windows-server-2022')), []);
  assert.deepEqual(said(RULE, plan('', 'os windows-server-2022; licences std')), []);
  assert.deepEqual(said(RULE, plan('', 'os windows-server-2022', STD.replace('vms 2', 'vms 2; on prod'))), []);
});

test('a licence of the hypervisor is none of the guests', () => {
  const esxi = `${STD}\nlicence vvs { product esxi; cost 50 EUR/core/year }`;
  assert.equal(said(RULE, plan('\n  licences vvs', 'os windows-server-2022', esxi)).length, 1);
});

test('VMs that are off count, templates and other guests do not', () => {
  assert.equal(said(RULE, plan('', 'os windows-server-2022; state off')).length, 1);
  assert.deepEqual(said(RULE, plan('', 'os windows-server-2022; state template')), []);
  assert.deepEqual(said(RULE, plan('', 'os rhel-9')), []);
  assert.deepEqual(said(RULE, plan('', 'memory 4 GiB')), []);
});

test('without a budget nobody asked', () => {
  assert.deepEqual(said(RULE, plan('', 'os windows-server-2022', STD, '')), []);
});
