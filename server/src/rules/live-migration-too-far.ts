import { formatDuration } from '../base/units.ts';
import { type LiveWave, liveWaveOf } from '../capacity/live-waves.ts';
import { replaceAt } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { defineRule, grade } from './rule.ts';
import { nameOf, subjectOf } from './shared/anchor.ts';

interface TooFar {
  readonly wave: LiveWave;
  readonly rtt: number;
}

export const liveMigrationTooFar = defineRule<TooFar>({
  id: 'live-migration-too-far',
  title: 'Running VMs cannot move over this link',
  painPoint: 'congested-storage-network',
  owners: ['network', 'server', 'application'],
  benefit: 'A move between sites is planned in a way that works',
  why: 'Moving a VM while it runs over a distance asks for a short round trip: vSphere refuses beyond 150 ms. The farther away, the longer each page that was written meanwhile takes to follow, and the longer the VM stands still at the end. Moving it switched off, or copying ahead and switching over, asks for neither.',
  formula: 'round trip > 150 ms',
  inputs: ['wave.method', 'wave.via', 'wave.moves', 'wan.rtt'],
  limitOf: 'round trip over which running VMs move',
  limitUnit: 'time',
  limits: { error: 0.15 },
  source: { text: 'documentation of vSphere 6: long-distance migration up to 150 ms', evidence: 'verified' },
  covers: ['CS08'],
  of: 'wave',
  examples: {
    fires: {
      text: `site here
site there
wan line between here, there { speed 2 Gbps; rtt 180 ms }
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
    return wave?.rtt !== undefined && grade(wave.rtt, limits) ? [{ wave, rtt: wave.rtt }] : [];
  },
  say: ({ wave: { wan, by }, rtt }, limits, wave) => {
    const head = nameOf(wan);
    const severity = grade(rtt, limits) ?? 'error';
    return {
      severity,
      message: `Wave ${wave.name} moves running VMs over ${wan.name}, ${formatDuration(rtt)} there and back; beyond ${formatDuration(limits[severity] ?? 0)} live migration is refused or stalls. Move them switched off, or copy ahead and switch over (method warm).`,
      ...subjectOf(by),
      related: head ? [{ ...head, message: 'over this link' }] : [],
    };
  },
  fix: ({ wave: { by } }) => {
    const part = partOf(by.sentence.subject, 0, by.index);
    return part ? [{ title: 'Copy ahead and switch over: method warm', edits: replaceAt(by.place, part, 'warm') }] : [];
  },
});
