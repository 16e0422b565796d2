import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'sessions-at-risk';

interface Plan {
  readonly sessions?: string;
  readonly app?: string;
  readonly dirty?: string;
  readonly trunk?: string;
  readonly more?: string;
}

/** One VM that keeps 900 sessions, on a host of two; 1 Gbps for migration. */
function plan({
  sessions = 'state server-local timeout 5 s',
  app = '',
  dirty = '10 MB/s',
  trunk = '*',
  more = '',
}: Plan) {
  return `site hq
network web at hq { vlan 10 }
network live at hq { vlan 20 }
switch tor-a at hq { trunk * }
switch tor-b at hq { trunk ${trunk} }
class host blade { nic nic1 1 Gbps }
cluster prod at hq {
  features live-migration
  service migration on live
  vswitch vs0 { carries web, live }
  host esx-1 : blade { vswitch vs0 { uplink nic1 to tor-a }; runs cart }
  host esx-2 : blade { vswitch vs0 { uplink nic1 to tor-b } }
}
app shop { sessions 900 ${sessions}; requests 50/s; ${app} vm cart { memory 8 GiB; nic web; demand dirty ${dirty} } }
${more}`;
}

test('a short pause loses no session', () => {
  assert.deepEqual(said(RULE, plan({})), []);
});

test('a VM that writes as fast as its memory is copied stands still longer than clients wait', () => {
  const [message] = said(RULE, plan({ dirty: '125 MB/s' }));
  assert.equal(
    message,
    'warning: 900 of 900 sessions of shop time out when cart moves: it writes faster than its memory is copied and stands still for 68.7 s, 3436 requests wait; clients wait 5 s. Drain it first, or give migration more bandwidth.',
  );
});

test('a pause of exactly the timeout keeps the sessions', () => {
  // 8 GiB at 1 Gbps are 68.719476736 s.
  assert.deepEqual(
    said(RULE, plan({ dirty: '125 MB/s', sessions: 'state server-local timeout 68_719.476736 ms' })),
    [],
  );
  assert.equal(said(RULE, plan({ dirty: '125 MB/s', sessions: 'state server-local timeout 68_719 ms' })).length, 1);
});

test('nothing is said where the timeout, the writing or the place of the sessions is not stated', () => {
  assert.deepEqual(said(RULE, plan({ dirty: '125 MB/s', sessions: 'state server-local' })), []);
  assert.deepEqual(said(RULE, plan({ dirty: '125 MB/s', sessions: 'timeout 5 s' })), []);
  assert.deepEqual(said(RULE, plan({}).replace('demand dirty 10 MB/s', '')), []);
});

test('a host that the VLAN does not reach cuts the sessions off', () => {
  assert.deepEqual(said(RULE, plan({ trunk: 'live' })), [
    'warning: 900 of 900 sessions of shop are lost when cart moves to esx-2: its VLAN does not reach that host. Add the VLAN to the trunk.',
  ]);
});

test('a cold wave ends sessions, unless it is planned around the peak', () => {
  const wave = (window: string) => `wave 1 { moves cart; to esx-2; method cold; window ${window} }`;
  const peak = 'peak weekdays 08:00 .. 18:00;';
  const inPeak = said(RULE, plan({ app: peak, more: wave('2026-11-23 09:00 .. 2026-11-23 10:00') }));
  assert.match(inPeak[0] ?? '', /^warning: Wave 1 powers cart off: up to 900 of 900 sessions/);
  assert.deepEqual(said(RULE, plan({ app: peak, more: wave('2026-11-22 09:00 .. 2026-11-22 10:00') })), []);
});

test('the failure of a host is reported for applications that matter, not for VMs that are mirrored', () => {
  const [message] = said(RULE, plan({ app: 'tier critical;' }));
  assert.match(message ?? '', /^warning: 900 of 900 sessions of shop are lost when esx-1 fails/);
  assert.deepEqual(said(RULE, plan({ app: 'tier critical;' }).replace('vm cart {', 'vm cart { ft;')), []);
});

test('a live move to where nothing carries the network of the VM', () => {
  const wave = (carries: string) =>
    plan({
      more: `cluster spare at hq { vswitch vs0 { carries ${carries} }; host s-1 }
wave night { moves cart; to spare; method live }`,
    });
  assert.deepEqual(said(RULE, wave('web')), []);
  assert.deepEqual(said(RULE, wave('live')), [
    'warning: Wave night moves cart to spare, where nothing carries web: 900 of 900 sessions of shop are cut off. Carry web there, or choose another target.',
  ]);
  assert.deepEqual(said(RULE, wave('live').replace('vswitch vs0 { carries live }; ', '')), []);
});

test('the fix plans to replicate them', () => {
  const text = plan({ dirty: '125 MB/s' });
  assert.equal(mended(RULE, text), text.replace('server-local', 'replicated'));
});
