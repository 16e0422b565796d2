import { formatDuration, formatShare } from '../base/units.ts';
import { type ReplicationLoad, replicationLoad } from '../capacity/copies.ts';
import { formatFigure } from '../capacity/figure.ts';
import { wanCapacity } from '../capacity/jobs.ts';
import { lagAfter } from '../capacity/models/copies.ts';
import { clauseNumber } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { fasterLink } from './fixes/link-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { type Anchor, clauseIn, nameOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Lagging {
  readonly load: ReplicationLoad;
  readonly anchor: Anchor;
}

const DAY = 86_400;

export const replicationLags = defineRule<Lagging>({
  id: 'replication-lags',
  title: 'More changes than the link can replicate',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'network'],
  benefit: 'After a disaster hours of work are lost, as agreed, and not days',
  why: 'What changes has to reach the second site. On average it must take well below the link, since most of it changes in a few hours of the day: at half the link, a peak of twice the average just passes. Above all of the link the replica falls behind further every day, and what was agreed as the most to lose is gone. A mirror that writes to both sites at once (sync) has no backlog: there applications wait instead.',
  formula:
    'Σ change of all replication over the link × 8 ÷ time ÷ rate of the link (share, TCP window and loss as for transfers)',
  inputs: [
    'array.replicates',
    'datastore.replicates',
    'wan.speed',
    'wan.share',
    'wan.rtt',
    'wan.loss',
    'wan.streams',
    'wan.tcp-window',
    'datastore.measured',
  ],
  limitOf: 'average change as a share of what the link carries',
  limitUnit: 'share',
  limits: { warning: 0.5, error: 1 },
  source: {
    text: 'that more than the link cannot be sent is arithmetic; half of it for peaks is ours',
    evidence: 'ours',
  },
  covers: ['CS15'],
  of: 'wan',
  examples: {
    fires: {
      text: `site main
site vault
wan line between main, vault { speed 100 Mbps }
array prod at main { replicates to dr mode async rpo 4 h change 1.5 TB/day via line }
array dr at vault`,
    },
    silent: {
      text: `site main
site vault
wan line between main, vault { speed 1 Gbps }
array prod at main { replicates to dr mode async rpo 4 h change 1.5 TB/day via line }
array dr at vault`,
    },
  },
  find: (wan, limits) => {
    const load = replicationLoad(wan);
    const [largest] = [...(load?.list ?? [])].sort((a, b) => b.change - a.change);
    if (!load || !largest || !grade(load.share.value, limits)) return [];
    return [{ load, anchor: clauseIn(largest.by, 'change') }];
  },
  say: ({ load, anchor }, limits, wan) => {
    const { list, share } = load;
    const [change, rate] = share.inputs ?? [];
    const names = listed(
      list.map(({ source }) => source.name),
      2,
    );
    const amounts = change && rate ? `${formatFigure(change)} of ${formatFigure(rate)}` : '';
    const isSync = list.every(({ mode }) => mode === 'sync');
    const rpos = list.flatMap(({ by }) => clauseNumber(by, 'rpo')?.value ?? []);
    const rpo = rpos.length > 0 ? `; ${formatDuration(Math.min(...rpos))} were agreed` : '';
    const outcome = isSync
      ? 'Applications wait for it at their peak.'
      : share.value > 1
        ? `The copy falls behind by ${formatDuration(lagAfter(DAY, share.value))} every day${rpo}.`
        : `At the peak the copy falls behind${rpo}.`;
    const head = nameOf(wan);
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${names} ${list.length === 1 ? 'changes' : 'change'} ${share.isAtLeast ? 'at least ' : ''}${formatShare(share.value)} of what ${wan.name} carries, on average: ${amounts}. ${outcome} Widen the link, or replicate less.`,
      ...anchor,
      figures: [share],
      related: [
        ...(head ? [{ ...head, message: 'over this link' }] : []),
        ...list.slice(1, 6).map(({ by, source }) => ({ ...clauseIn(by, 'change'), message: `${source.name}, too` })),
      ],
    };
  },
  fix: ({ load }, wan, limits) => {
    const limit = leastLimit(limits);
    const speed = propsOf(wan).number('speed')?.value;
    // Where distance or loss holds it down, a faster link carries no more.
    const isLink = wanCapacity(wan, 1, Math.max(1, load.list.length))?.bound === wan.name;
    return speed && limit && isLink ? fasterLink(wan, (speed * load.share.value) / limit) : [];
  },
});
