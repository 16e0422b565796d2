import { formatWindow, windowLength } from '../base/dates.ts';
import { formatDuration, formatQuantity } from '../base/units.ts';
import { type JobTime, waveTime } from '../capacity/jobs.ts';
import { transferableSize } from '../capacity/models/transfer.ts';
import { type StatedWindow, waveOf } from '../capacity/waves.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { splitWave } from './fixes/wave-edits.ts';
import { defineRule } from './rule.ts';
import { alongVia } from './shared/along.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Missed {
  readonly result: JobTime;
  readonly window: StatedWindow;
  readonly length: number;
}

export const waveWindowMissed = defineRule<Missed>({
  id: 'wave-window-missed',
  title: 'A wave of moves does not fit its window',
  painPoint: 'congested-storage-network',
  owners: ['network', 'storage', 'server'],
  benefit: 'On Monday morning everything has moved',
  why: 'Conversions and moves push whole disks through a network that was not made for it, at night and against the clock. A wave that does not fit leaves half of an application on each side. The time is a lower bound: all links at their best and nothing else on them, so a wave that just fits deserves a second look, and one that does not fit cannot.',
  formula:
    'max(all bytes ÷ what the transfers reach together, the largest ÷ what one reaches) > window; over a WAN at most streams × window ÷ round trip, and under loss streams × 1460 bytes × 1.22 ÷ (round trip × √loss); VMs without via use the migration service, and move no more at once than their platform makes',
  inputs: [
    'wave.moves',
    'wave.to',
    'wave.via',
    'wave.method',
    'wave.parallel',
    'wave.speed',
    'wave.share',
    'wave.window',
    'server.disk',
    'server.nic',
    'vm.disk',
    'vm.memory',
    'host.service',
    'host.hypervisor',
    'wan.speed',
    'wan.rtt',
    'wan.loss',
  ],
  severity: 'error',
  source: {
    text: '620 Mbps for each conversion where no link is known is the default of a migration planner; the bound by loss is that of Mathis et al. 1997, and moves at once of Hyper-V, as recalled; those of vSphere are from its documentation',
    evidence: 'recalled',
  },
  covers: ['CS07', 'CS08'],
  of: 'wave',
  examples: {
    fires: {
      text: `server old-[1..4] { disk 2 TB used 1 TB; nic 1 x 1 Gbps }
wave first { moves old-[1..4]; window saturday 22:00 .. 04:00 }`,
      note: 'at the assumed 620 Mbps',
    },
    silent: {
      text: `server old-[1..4] { disk 2 TB used 100 GB; nic 1 x 1 Gbps }
wave first { moves old-[1..4]; window saturday 22:00 .. 04:00 }`,
    },
  },
  find: (wave) => {
    const { window } = waveOf(wave);
    const result = window && waveTime(wave);
    const length = window ? windowLength(window.window) : 0;
    return window && result && result.time > length * (1 + 1e-9) ? [{ result, window, length }] : [];
  },
  say: ({ result, window, length }, _, wave) => {
    const { job, size, isAtLeast, path, time } = result;
    const via = propsOf(wave).one('via');
    return {
      severity: path.isEstimate ? 'warning' : 'error',
      message: `Wave ${wave.name} needs at least ${formatDuration(time)}, its window is ${formatDuration(length)}: ${isAtLeast ? 'more than ' : ''}${formatQuantity(size, 'size')} of ${counted(job.things.length, 'machine')} at ${formatQuantity(path.rate, 'rate')}, held down by ${path.bound}; ${formatQuantity(transferableSize(length, path.rate) ?? 0, 'size')} fit. ${wayOut(path, via)}`,
      ...subjectOf(window.by),
      links: alongVia(wave),
      related: via ? [{ ...subjectOf(via), message: `${formatWindow(window.window)} over this path` }] : [],
    };
  },
  // A dated window is one night: what comes later needs another one.
  fix: ({ result, window, length }, wave) =>
    window.window.kind === 'recurring' ? splitWave(wave, result, length) : [],
});

function wayOut({ isEstimate, bound }: JobTime['path'], via: Stated | undefined): string {
  const isDistance = isEstimate || bound.startsWith('the TCP window');
  return via && isDistance ? 'State streams if it uses several, or copy ahead.' : 'Split it, or copy ahead.';
}
