import { windowLength } from '../base/dates.ts';
import { formatDuration, formatQuantity } from '../base/units.ts';
import { backupTime, type JobTime } from '../capacity/jobs.ts';
import { backupOf, type StatedWindow } from '../capacity/waves.ts';
import { addToBody, replaceAt } from '../design/edits.ts';
import { propsOf } from '../design/things.ts';
import { subjectOf } from './anchor.ts';
import { defineRule } from './rule.ts';
import { counted } from './wording.ts';

interface Missed {
  readonly result: JobTime;
  readonly window: StatedWindow;
  readonly length: number;
}

export const backupWindowMissed = defineRule<Missed>({
  id: 'backup-window-missed',
  title: 'A backup does not finish in its window',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'network', 'server'],
  benefit: 'Last night is saved, and the morning has its bandwidth back',
  why: 'A backup that overruns goes on into working hours, on the same links and disks as the applications, or is broken off and saves nothing. The time is a lower bound: the path at its best and nothing else on it.',
  formula: 'Σ used space (full), or × what changes between two runs (incremental), ÷ rate of the path > window',
  inputs: [
    'backup.covers',
    'backup.method',
    'backup.change',
    'backup.window',
    'backup.via',
    'vm.disk',
    'wan.speed',
    'wan.share',
    'vswitch.uplink',
  ],
  severity: 'error',
  source: { text: 'size over rate; no reserve is taken off', evidence: 'ours' },
  covers: ['CS06'],
  of: 'backup',
  examples: {
    fires: {
      text: `site main
site vault
wan line between main, vault { speed 100 Mbps }
vm db { disk 2 TB }
backup nightly { covers vm db; window daily 22:00 .. 06:00; via line }`,
    },
    silent: {
      text: `site main
site vault
wan line between main, vault { speed 100 Mbps }
vm db { disk 2 TB }
backup nightly { covers vm db; method incremental; change 5 %/day; window daily 22:00 .. 06:00; via line }`,
    },
  },
  find: (backup) => {
    const { window } = backupOf(backup);
    const result = window && backupTime(backup);
    const length = window ? windowLength(window.window) : 0;
    return window && result && result.time > length * (1 + 1e-9) ? [{ result, window, length }] : [];
  },
  say: ({ result, window, length }, _, backup) => {
    const { job, size, isAtLeast, path, time } = result;
    const via = propsOf(backup).one('via');
    return {
      severity: path.isEstimate ? 'warning' : 'error',
      message: `Backup ${backup.name} needs at least ${formatDuration(time)}, its window is ${formatDuration(length)}: ${isAtLeast ? 'more than ' : ''}${formatQuantity(size, 'size')} of ${counted(job.things.length, 'VM')} at ${formatQuantity(path.rate, 'rate')}, held down by ${path.bound}. ${job.method === 'full' ? 'Save only what changed, or use a wider path.' : 'Use a wider path, or save less.'}`,
      ...subjectOf(window.by),
      related: via ? [{ ...subjectOf(via), message: 'this is the path' }] : [],
    };
  },
  fix: ({ result, length }, backup) => {
    const change = propsOf(backup).one('change');
    const head = backup.declaration.head();
    const method = propsOf(backup).one('method');
    const part = method?.sentence.subject?.parts[0];
    // How much changes is not known here; what is stated decides whether it would help.
    if (result.job.method !== 'full' || !change || !head || (method && !part) || length <= 0) return [];
    const edits = method && part ? replaceAt(method.place, part, 'incremental') : addToBody(head, 'method incremental');
    return [{ title: 'Save only what changed: method incremental', edits }];
  },
});
