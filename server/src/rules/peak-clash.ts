import { formatWindow, windowsOverlap } from '../base/dates.ts';
import {
  appOfThing,
  backupOf,
  type Job,
  type StatedWindow,
  utcOffsetOf,
  waveOf,
  windowsIn,
} from '../capacity/waves.ts';
import type { Entity } from '../design/declaration.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Clash {
  readonly job: Entity;
  readonly window: StatedWindow;
  readonly peak: StatedWindow;
  readonly things: readonly Entity[];
}

export const peakClash = defineRule<Clash>({
  id: 'peak-clash',
  title: 'Moves or backups run in the peak of an application',
  painPoint: 'application-awareness',
  owners: ['application', 'server', 'storage'],
  benefit: 'Users do not notice moves and backups',
  why: 'A copy reads disks and fills links that users need, and a move makes its VM pause. An application states as its peak when it must not be disturbed. Windows at two sites are compared by their timezones.',
  formula: 'window of the wave or backup ∩ peak of the application ≠ ∅',
  inputs: ['app.peak', 'app.members', 'wave.moves', 'wave.window', 'backup.covers', 'backup.window', 'site.timezone'],
  severity: 'warning',
  source: { text: 'the peaks that the design itself states', evidence: 'ours' },
  covers: ['AA09'],
  of: 'app',
  unmendable: 'Their owners know which of them can run at another hour.',
  examples: {
    fires: {
      text: `app shop { peak daily 18:00 .. 23:00; vm web-[1..2] }
backup nightly { covers app shop; window daily 22:00 .. 04:00 }`,
    },
    silent: {
      text: `app shop { peak daily 18:00 .. 22:00; vm web-[1..2] }
backup nightly { covers app shop; window daily 22:00 .. 04:00 }`,
    },
  },
  find: (app) => {
    const peaks = windowsIn(app, 'peak');
    if (peaks.length === 0) return [];
    const { design } = app;
    const jobs: Job[] = [...[...design.members('wave')].map(waveOf), ...[...design.members('backup')].map(backupOf)];
    return jobs.flatMap(({ job, window, things, to }) => {
      const own = window ? things.filter((thing) => appOfThing(thing) === app) : [];
      const [first] = own;
      if (!window || !first) return [];
      const offset = utcOffsetOf(first) ?? 0;
      const jobOffset = (to && utcOffsetOf(to)) ?? offset;
      const peak = peaks.find((one) => windowsOverlap(one.window, window.window, offset, jobOffset));
      return peak ? [{ job, window, peak, things: own }] : [];
    });
  },
  say: ({ job, window, peak, things }, _limits, app) => ({
    severity: 'warning',
    message: `${job.kind === 'wave' ? 'Wave' : 'Backup'} ${job.name} works on ${namesOf(things)} ${formatWindow(window.window)}, in the peak of ${app.name} (${formatWindow(peak.window)}). Move the window out of the peak.`,
    at: window.by,
    span: subjectOf(window.by).span,
    related: [{ at: peak.by, span: subjectOf(peak.by).span, message: `peak of ${app.name}` }],
  }),
});
