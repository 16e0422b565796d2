import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from './checking.ts';

const RULE = 'peak-clash';
const plan = (job: string, app = 'peak weekdays 08:00 .. 18:00') => `app shop { ${app}; vm web-[1..2] }
app other { vm db }
${job}`;

test('windows that only touch do not clash, one minute more does', () => {
  assert.deepEqual(said(RULE, plan('backup b { covers vm web-1; window daily 18:00 .. 08:00 }')), []);
  assert.deepEqual(said(RULE, plan('backup b { covers vm web-1; window daily 18:00 .. 08:01 }')), [
    'warning: Backup b works on web-1 daily 18:00 .. 08:01, in the peak of shop (weekdays 08:00 .. 18:00). Move the window out of the peak.',
  ]);
});

test('a wave on a Monday clashes, one on a Sunday does not', () => {
  const wave = (day: string) => `wave 1 { moves shop; window ${day} 10:00 .. ${day} 12:00 }`;
  assert.match(said(RULE, plan(wave('2026-11-23')))[0] ?? '', /^warning: Wave 1 works on web-1 and web-2 /);
  assert.deepEqual(said(RULE, plan(wave('2026-11-22'))), []);
});

test('a window counts in the time of the site where the wave leads', () => {
  const text = (zone: string) => `site a { timezone utc+0 }
site b { timezone ${zone} }
cluster here at a { host h-1 { runs web } }
cluster there at b { host h-2 }
app shop { peak daily 08:00 .. 10:00; vm web }
wave 1 { moves web; to there; window 2026-11-23 08:00 .. 2026-11-23 10:00 }`;
  assert.equal(said(RULE, text('utc+1')).length, 1);
  assert.deepEqual(said(RULE, text('utc+2')), []);
});

test('nothing is said without a peak or a window, or of VMs of another application', () => {
  assert.deepEqual(said(RULE, plan('backup b { covers vm web-1; window daily 09:00 .. 10:00 }', 'tier low')), []);
  assert.deepEqual(said(RULE, plan('backup b { covers vm web-1 }')), []);
  assert.deepEqual(said(RULE, plan('backup b { covers vm db; window daily 09:00 .. 10:00 }')), []);
});
