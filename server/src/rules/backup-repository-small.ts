import { formatQuantity } from '../base/units.ts';
import { type BackupNeed, backupNeed, type RepositoryUse, repositoryUse } from '../capacity/copies.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { replaceAt } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted, listed } from './shared/wording.ts';

interface Small {
  readonly own: BackupNeed;
  readonly others: readonly BackupNeed[];
  readonly replicas: RepositoryUse['replicas'];
  readonly share: Figure;
}

export const backupRepositorySmall = defineRule<Small>({
  id: 'backup-repository-small',
  title: 'The copies that are to be kept do not fit their repository',
  painPoint: 'overflowing-storage',
  owners: ['storage', 'server'],
  benefit: 'The copy that is needed on a bad day has not been thrown out to make room',
  why: 'A repository that is full stops the next backup, or drops the oldest copies, mostly unnoticed until somebody wants one back. Full copies add up at once; with incremental ones each further copy costs what changed. Compression and deduplication are not counted, as they differ from nothing to a tenth: raise the limit to what yours reaches.',
  formula:
    'Σ over its jobs (full × copies, or full × (1 + (copies − 1) × change between two runs)) + replicas, ÷ capacity',
  inputs: [
    'backup.covers',
    'backup.method',
    'backup.change',
    'backup.retain',
    'backup.to',
    'backup.window',
    'vm.disk',
    'datastore.capacity',
    'array.usable',
    'array.disks',
    'array.replicates',
  ],
  limitOf: 'space of all copies, uncompressed, as a share of the repository',
  limitUnit: 'share',
  limits: { warning: 1, error: 2 },
  source: {
    text: 'the formula and the limits are ours; two to one is a common ratio of compression, recalled',
    evidence: 'ours',
  },
  covers: ['OS14'],
  of: 'backup',
  examples: {
    fires: {
      text: `datastore vault { capacity 20 TiB }
vm db { disk 2 TiB }
backup nightly { covers vm db; window daily 22:00 .. 06:00; retain 14 copies; to vault }`,
    },
    silent: {
      text: `datastore vault { capacity 20 TiB }
vm db { disk 2 TiB }
backup nightly { covers vm db; method incremental; change 5 %/day; window daily 22:00 .. 06:00; retain 14 copies; to vault }`,
    },
  },
  find: (backup, limits) => {
    const own = backupNeed(backup);
    const use = own && repositoryUse(own.to);
    if (!own || !use || !grade(use.share.value, limits)) return [];
    // One finding for a repository: at the job that takes most of it.
    const [largest] = [...use.backups].sort((a, b) => b.need.value - a.need.value);
    if (largest?.backup !== backup) return [];
    return [{ own, others: use.backups.filter((other) => other !== own), replicas: use.replicas, share: use.share }];
  },
  say: ({ own, others, replicas, share }, limits) => {
    const [need, room] = share.inputs ?? [];
    const amounts = need && room ? `${formatFigure(need)} of ${formatFigure(room)}` : formatFigure(share);
    const further = [
      ...others.map(({ backup }) => backup.name),
      ...replicas.map(({ from }) => `the replica of ${from.source.name}`),
    ];
    const with_ = further.length > 0 ? ` with ${listed(further, 2)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${counted(own.copies, 'copy', 'copies')} of ${own.backup.name}${with_} need ${share.isAtLeast ? 'at least ' : ''}${amounts} that ${own.to.name} has for them, uncompressed. The oldest are lost or the next run fails. Keep fewer, save only what changed, or extend it.`,
      ...subjectOf(own.by),
      figures: [share],
      related: others.slice(0, 4).map(({ backup, by, need: size }) => ({
        ...subjectOf(by),
        message: `${backup.name}: ${formatQuantity(size.value, 'size')}`,
      })),
    };
  },
  fix: ({ own, others, replicas, share }, _, limits) => {
    const part = partOf(own.by.sentence.subject, 0, own.by.index);
    const room = share.inputs?.[1]?.value ?? 0;
    const rest = [...others.map(({ need }) => need), ...replicas.map(({ size }) => size)].reduce(
      (sum, { value }) => sum + value,
      0,
    );
    const left = room * (leastLimit(limits) ?? 1) - rest;
    const each = own.copies > 1 ? (own.need.value - own.full) / (own.copies - 1) : own.full;
    const copies = each > 0 ? 1 + Math.floor((left - own.full) / each + 1e-9) : 0;
    if (part?.type !== 'number' || copies < 1 || copies >= own.copies) return [];
    return [
      { title: `Keep ${counted(copies, 'copy', 'copies')}`, edits: replaceAt(own.by.place, part, String(copies)) },
    ];
  },
});
