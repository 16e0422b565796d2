import { formatQuantity } from '../base/units.ts';
import { type LiveWave, liveWaveOf } from '../capacity/live-waves.ts';
import { LEAST_RATE_PER_MIGRATION } from '../capacity/models/live-migration.ts';
import { entityId } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { defineRule, gradeBelow } from './rule.ts';
import { nameOf, subjectOf } from './shared/anchor.ts';

interface TooSlow {
  readonly wave: LiveWave;
  /** bit/s that one move gets. */
  readonly each: number;
}

export const liveMigrationWanSlow = defineRule<TooSlow>({
  id: 'live-migration-wan-slow',
  title: 'The link leaves too little for each move of a running VM',
  painPoint: 'congested-storage-network',
  owners: ['network', 'server', 'application'],
  benefit: 'VMs that move between sites arrive, and stand still for a moment only',
  why: 'Live migration copies memory while the VM writes to it, so the link has to be faster than the writing. vSphere asks for 250 Mbps for each move; moves at once share the link, and a long round trip, a small TCP window or lost packets leave less of it than its speed. Below that the VM stands still for long, or the move never ends.',
  formula: 'rate of the link (share, TCP window and loss as for transfers) ÷ moves at once < 250 Mbps',
  inputs: [
    'wave.method',
    'wave.via',
    'wave.moves',
    'wave.parallel',
    'wave.share',
    'wan.speed',
    'wan.share',
    'wan.rtt',
    'wan.loss',
    'wan.streams',
    'wan.tcp-window',
  ],
  limitOf: 'least rate for one move over a WAN',
  limitUnit: 'rate',
  limits: { error: LEAST_RATE_PER_MIGRATION },
  source: {
    text: 'documentation of vSphere 6.5 and 6.7: 250 Mbps for each move; a bound by loss is an estimate and a warning',
    evidence: 'verified',
  },
  covers: ['CS08'],
  of: 'wave',
  examples: {
    fires: {
      text: `site here
site there
wan line between here, there { speed 200 Mbps; rtt 18 ms }
vm portal { memory 16 GiB }
wave follow { moves portal; via line; method live }`,
    },
    silent: {
      text: `site here
site there
wan line between here, there { speed 2 Gbps; rtt 18 ms }
vm portal { memory 16 GiB }
wave follow { moves portal; via line; method live }`,
    },
  },
  find: (entity, limits) => {
    const wave = liveWaveOf(entity);
    return wave?.each !== undefined && gradeBelow(wave.each, limits) ? [{ wave, each: wave.each }] : [];
  },
  say: ({ wave: { wan, by, path }, each }, limits, wave) => {
    const head = nameOf(wan);
    const severity = gradeBelow(each, limits) ?? 'error';
    return {
      severity: path?.isEstimate && severity === 'error' ? 'warning' : severity,
      message: `Wave ${wave.name} moves running VMs over ${wan.name}, which leaves ${formatQuantity(each, 'rate')} for each, held down by ${path?.bound}; ${formatQuantity(limits[severity] ?? 0, 'rate')} are needed. Move fewer at once, or copy ahead and switch over (method warm).`,
      ...subjectOf(by),
      links: [entityId(wan)],
      related: head ? [{ ...head, message: 'over this link' }] : [],
    };
  },
  fix: ({ wave: { by } }) => {
    const part = partOf(by.sentence.subject, 0, by.index);
    return part ? [{ title: 'Copy ahead and switch over: method warm', edits: replaceAt(by.place, part, 'warm') }] : [];
  },
});
