import { windowLength } from '../base/dates.ts';
import { formatDuration, formatQuantity } from '../base/units.ts';
import { backupTime, type JobTime, sharedBackupTime } from '../capacity/jobs.ts';
import { transferableSize } from '../capacity/models/transfer.ts';
import { backupOf, type StatedWindow } from '../capacity/waves.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody, replaceAt } from '../design/edits.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { alongVia } from './shared/along.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Missed {
  readonly result: JobTime;
  /** Jobs of the same window on the same path, where only together they do not fit. */
  readonly others: readonly Entity[];
  /** Seconds. */
  readonly time: number;
  readonly window: StatedWindow;
  readonly length: number;
}

export const backupWindowMissed = defineRule<Missed>({
  id: 'backup-window-missed',
  title: 'A backup does not finish in its window',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'network', 'server'],
  benefit: 'Last night is saved, and the morning has its bandwidth back',
  why: 'A backup that overruns goes on into working hours, on the same links and disks as the applications, or is broken off and saves nothing. Jobs that share a path and a window are added up. The time is a lower bound: the path at its best, and nothing on it but backups.',
  formula:
    'Σ used space (full), or × what changes between two runs (incremental), ÷ rate of the path > window; without via, the path is the backup service of the hosts',
  inputs: [
    'backup.covers',
    'backup.method',
    'backup.change',
    'backup.window',
    'backup.via',
    'backup.parallel',
    'vm.disk',
    'wan.speed',
    'wan.share',
    'wan.rtt',
    'wan.loss',
    'wan.streams',
    'host.service',
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
    if (!window || !result || length <= 0) return [];
    const isMissed = (time: number) => time > length * (1 + 1e-9);
    if (isMissed(result.time)) return [{ result, others: [], time: result.time, window, length }];
    const shared = sharedBackupTime(backup);
    return shared && isMissed(shared.time) ? [{ result, ...shared, window, length }] : [];
  },
  say: ({ result, others, time, window, length }, _, backup) => {
    const { job, size, isAtLeast, path } = result;
    const via = propsOf(backup).one('via');
    const together = others.length > 0 ? ` together with ${namesOf(others, 2)}` : '';
    const fits = transferableSize(length, path.rate);
    return {
      severity: path.isEstimate ? 'warning' : 'error',
      message: `Backup ${backup.name} needs at least ${formatDuration(time)}${together}, its window is ${formatDuration(length)}: ${isAtLeast ? 'more than ' : ''}${formatQuantity(size, 'size')} of ${counted(job.things.length, 'VM')} at ${formatQuantity(path.rate, 'rate')}, held down by ${path.bound}; ${formatQuantity(fits ?? 0, 'size')} fit. ${job.method === 'full' ? 'Save only what changed, or use a wider path.' : 'Use a wider path, or save less.'}`,
      ...subjectOf(window.by),
      links: alongVia(backup),
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
