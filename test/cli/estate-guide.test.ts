import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { world } from './world.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/estate.md'), 'utf8');
const [today = '', onNewHosts = '', ofTwo = ''] = [...page.matchAll(/^```vdc\n(.*?)^```/gms)].map(([, text]) => text);

/** An estate as an import writes it: 60 VMs on two hosts, and some that are off. */
const inventory = (site: string) => `source rvtools file "${site}.xlsx"
site ${site}
cluster old at ${site} {
  hypervisor esxi 7.0
  host esx-1 { cpu 2 x 12 cores 2.6 GHz vendor intel; memory 768 GiB; runs app-[01..40] }
  host esx-2 { cpu 2 x 12 cores 2.6 GHz vendor intel; memory 768 GiB; runs app-[41..58], sql-1, db-01, off-1 }
}
vm app-[01..58] { vcpu 2; memory 8 GiB }
vm sql-1, db-01 { vcpu 8; memory 64 GiB }
vm off-1 { vcpu 2; memory 8 GiB; state off }
`;

test('the way from an inventory to a plan is as its page says', async (t) => {
  const files = { 'hq.vdc': inventory('hq'), 'today.vdc': today, 'new.vdc': onNewHosts };
  const { vdc } = world(t, files);
  const now = await vdc('check today.vdc');
  assert.equal(now.code, 0, now.out);
  assert.doesNotMatch(now.out, /name-unresolved|failover-not-stated/);
  assert.match(now.out, /61 VMs \(60 on, 1 off\): 132 vCPU, 592 GiB of memory for those on, disk not stated/);
  // By then, the loss of a host is too much.
  const later = await vdc('check today.vdc --at 2027-12');
  assert.deepEqual([later.code, later.err], [1, '']);

  const planned = await vdc('plan place new.vdc --cluster new --write');
  assert.equal(planned.code, 0, planned.out);
  assert.match(planned.out, /^Place 60 VMs on 3 hosts of new$/m);
  const then = await vdc('check new.vdc');
  assert.equal(then.code, 0, then.out);
  assert.match(then.out, /old: 2 hosts, 0 VMs on/);
  assert.match(then.out, /new: 3 hosts, 60 VMs on/);
  assert.match((await vdc('plan place new.vdc')).out, /Nothing to do for new/);
});

test('two estates that use the same names are pooled as the page says', async (t) => {
  const plan = `${ofTwo}
class host h { cpu 2 x 32 cores 2.8 GHz; memory 1 TiB }
cluster new { failover 1 host; host new-[1..4] : h }
assume vm { demand cpu 15 % }
`;
  const { vdc, folder } = world(t, {
    'hq.vdc': inventory('hq'),
    'branch.vdc': inventory('branch'),
    'plan.vdc': plan,
  });
  const { code, out } = await vdc('plan place plan.vdc --cluster new --write');
  assert.equal(code, 0, out);
  assert.match(out, /^Place 120 VMs on 4 hosts of new$/m);
  assert.match(readFileSync(path.join(folder, 'plan.vdc'), 'utf8'), /db-01@branch/);
  assert.match(out, /^ +\d+ {2}db-01@hq +new-\d .*starts there$/m);
  const then = await vdc('check plan.vdc');
  assert.equal(then.code, 0, then.out);
  assert.match(
    then.out,
    /old@branch: 2 hosts, 0 VMs on.*\n {2}old@hq: 2 hosts, 0 VMs on.*\n {2}new: 4 hosts, 120 VMs on/,
  );
});
