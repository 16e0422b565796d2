import { formatQuantity } from '../base/units.ts';
import { type FacilityUse, feedUse } from '../capacity/facility.ts';
import { formatFigure } from '../capacity/figure.ts';
import type { Stated } from '../design/props.ts';
import { defineRule, grade } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { mountedThings } from './shared/mounted.ts';

interface Exceeded {
  readonly use: FacilityUse;
  readonly by: Stated;
}

export const rackFeedExceeded = defineRule<Exceeded>({
  id: 'rack-feed-exceeded',
  title: 'What stands in a rack draws more power than it is fed',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'No breaker falls when all hosts start at once',
  why: 'Power limits a rack sooner than height: a few dense hosts draw at full load what a rack was once built for. It shows when everything runs at once, after an outage or in a failover, and then the breaker takes what is left. Power at full load counts; things that do not state theirs are not in the sum.',
  formula: 'Σ power at full load of hosts, switches, arrays and servers in the rack ÷ feed of the rack',
  inputs: ['rack.feed', 'host.power', 'switch.power', 'array.power', 'server.power', 'any.from', 'any.until'],
  limitOf: 'share of the feed',
  limitUnit: 'share',
  limits: { error: 1 },
  source: {
    text: 'the feed that the design states; installers who keep a fifth of a circuit free set `warn 80 %`',
    evidence: 'ours',
  },
  covers: ['UC07', 'UC08'],
  of: 'rack',
  unmendable: 'A stronger feed is ordered from the site; what moves to another rack is moved by hand.',
  examples: {
    fires: {
      text: `site hq
rack r1 at hq { feed 5 kW }
host esx-[1..8] at r1 { power 280 W .. 700 W }`,
    },
    silent: {
      text: `site hq
rack r1 at hq { feed 5 kW }
host esx-[1..5] at r1 { power 280 W .. 700 W }`,
    },
  },
  find: (rack, limits) => {
    const use = feedUse(rack);
    return use?.by && grade(use.share.value, limits) ? [{ use, by: use.by }] : [];
  },
  say: ({ use, by }, limits, rack) => {
    const [drawn, feed] = use.share.inputs ?? [];
    const amounts = drawn && feed ? `${formatFigure(drawn)} of ${formatFigure(feed)}` : '';
    return {
      severity: grade(use.share.value, limits) ?? 'error',
      message: `What stands in ${rack.name} draws ${use.share.isAtLeast ? 'at least ' : ''}${formatFigure(use.share)} of its feed at full load: ${amounts}. When all of it starts at once, the breaker decides; order a stronger feed, or place some of it elsewhere.`,
      ...subjectOf(by),
      figures: [use.share],
      related: mountedThings(use, (amount) => formatQuantity(amount, 'power')),
    };
  },
});
