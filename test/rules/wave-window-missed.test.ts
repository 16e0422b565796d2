import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, mended, said } from './checking.ts';

const rule = 'wave-window-missed';
const wave = (gb: number, rest = '', nic = 'nic 1 x 1 Gbps') => `server s-[1..4] { disk 2 TB used ${gb} GB; ${nic} }
wave w { moves s-[1..4]; window daily 22:00 .. 23:00${rest} }`;

test('without a path it is the assumed 620 Mbps, one transfer at a time', () => {
  assert.deepEqual(said(rule, wave(69)), []);
  assert.deepEqual(said(rule, wave(70)), [
    'error: Wave w needs at least 60 min, its window is 60 min: 260.8 GiB of 4 machines at 620 Mbps, held down by one transfer at a time, 620 Mbps each assumed; 259.8 GiB fit. Split it, or copy ahead.',
  ]);
  assert.deepEqual(said(rule, wave(270, '; parallel 4')), []);
});

test('a server that has ended is moved no more', () => {
  const text = (until: string) => `design d { as-of 2026-03-01 }
${wave(69).replace('moves s-[1..4]', 'moves s-[1..4], gone')}
server gone { disk 100 GB; nic 1 x 1 Gbps; until ${until} }`;
  assert.deepEqual(said(rule, text('2026-02-28')), []);
  assert.match(said(rule, text('2026-03-31'))[0] ?? '', / of 5 machines /);
});

test('a stated speed counts instead', () => {
  assert.deepEqual(said(rule, wave(112, '; speed 1 Gbps')), []);
  assert.match(said(rule, wave(113, '; speed 1 Gbps'))[0] ?? '', /at the stated speed/);
});

test('over a network the cards of the servers and the uplinks of the target hold it down', () => {
  const target = `network lan
cluster c {
  vswitch vs0 { uplink nic1; carries lan }
  host h-[1..2] { nic nic1 1 Gbps }
}
`;
  const over = (gb: number) => target + wave(gb, '; parallel 4; to c; via lan');
  assert.deepEqual(said(rule, over(224)), []);
  assert.match(said(rule, over(226))[0] ?? '', /at 2 Gbps, held down by the uplinks that carry lan/);
});

test('over a distance the round trip counts, and a bound by loss is only a warning', () => {
  const line = (more: string) => `site a
site b
wan line between a, b { speed 1 Gbps${more} }
${wave(100, '; via line; parallel 4')}`;
  assert.deepEqual(said(rule, line('')), []);
  assert.match(
    said(rule, line('; rtt 50 ms; tcp-window 64 KiB'))[0] ?? '',
    /^error: .* held down by the TCP window on line/,
  );
  assert.match(said(rule, line('; rtt 50 ms; loss 0.1 %'))[0] ?? '', /^warning: .* held down by packet loss on line/);
});

test('a VM that stays on its datastore sends nothing but its memory', () => {
  const text = (gib: number) => `array a { datastore d }
cluster c { mount d; host h-[1..2] }
vm v { memory ${gib} GiB; disk 10 TB on d }
wave w { moves v; to c; method live; window daily 22:00 .. 22:01 }`;
  assert.deepEqual(said(rule, text(4)), []);
  assert.match(said(rule, text(5))[0] ?? '', /5 GiB of 1 machine/);
});

test('a wave without a window, and servers that do not say what they hold', () => {
  assert.deepEqual(said(rule, wave(2_000).replace('; window daily 22:00 .. 23:00', '')), []);
  assert.deepEqual(said(rule, wave(2_000).replace('disk 2 TB used 2000 GB; ', '')), []);
});

const move = (parallel: number, more = '; speed 1 Gbps', hypervisor = 'esxi 8.0') => `datastore new { capacity 90 TB }
cluster c { hypervisor ${hypervisor}; host h; runs v-[1..10] on h }
vm v-[1..10] { disk 90 GB }
wave w { moves v-[1..10]; to new; parallel ${parallel}; window daily 22:00 .. 23:00${more} }`;

test('no more at once than the platform moves: two disks from one host of vSphere', () => {
  assert.deepEqual(said(rule, move(2)), []);
  assert.deepEqual(said(rule, move(2, '; speed 0.9 Gbps')).length, 1);
  assert.match(
    said(rule, move(10, '; speed 0.9 Gbps'))[0] ?? '',
    /held down by 2 transfers at once, the most the platform makes, at the stated speed; /,
  );
  assert.deepEqual(said(rule, move(10, '; speed 0.9 Gbps', 'kvm')), []);
});

test('VMs without a stated path take the migration service of both ends', () => {
  const text = (gb: number) => `network live
cluster c {
  vswitch vs0 { uplink nic1; carries live }
  service migration on live
  host h-[1..3] { nic nic1 1 Gbps }
  runs v-[1..2] on h-1
}
vm v-[1..2] { disk ${gb} GB }
wave w { moves v-[1..2]; to h-2; parallel 2; window daily 22:00 .. 23:00 }`;
  assert.deepEqual(said(rule, text(225)), []);
  assert.match(said(rule, text(226))[0] ?? '', /at 1 Gbps, held down by the migration service/);
});

test('transfers at once each have streams of their own over a distance', () => {
  const line = (parallel: number) => `site a
site b
wan line between a, b { speed 1 Gbps; rtt 50 ms; tcp-window 64 KiB }
vm v-[1..4] { disk 4 GB }
wave w { moves v-[1..4]; via line; parallel ${parallel}; window daily 22:00 .. 23:00 }`;
  assert.match(said(rule, line(1))[0] ?? '', /at 10.5 Mbps, held down by the TCP window on line/);
  assert.deepEqual(said(rule, line(4)), []);
});

test('it is split into waves that fit, one after the other', () => {
  assert.equal(
    mended(rule, wave(130)).split('\n').slice(1).join('\n'),
    [
      'wave w { moves s-1, s-2; window daily 22:00 .. 23:00 }',
      'wave w-2 { after w; moves s-3, s-4; window daily 22:00 .. 23:00 }',
    ].join('\n'),
  );
});

test('nothing is split where one machine is too much, one night is meant, or another wave waits', () => {
  const fixes = (text: string) => found(rule, text)[0]?.fixes();
  assert.deepEqual(fixes(wave(300)), []);
  assert.deepEqual(fixes(wave(130).replace('daily 22:00 .. 23:00', '2027-01-09 22:00 .. 2027-01-09 23:00')), []);
  assert.deepEqual(fixes(`${wave(130)}\nserver t\nwave x { after w; moves t }`), []);
});
