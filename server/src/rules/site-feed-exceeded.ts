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

export const siteFeedExceeded = defineRule<Exceeded>({
  id: 'site-feed-exceeded',
  title: 'What stands at a site draws more power than it is fed',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'management'],
  benefit: 'A new line is ordered in the year before it is needed, not in the week',
  why: 'A stronger line to a site takes months and is paid by those who asked last. Consolidation saves power in the end, but while physical servers still run beside the hosts that take them over, both draw. Power at full load counts, without cooling, as `feed` is what IT may draw; things that do not state theirs are not in the sum.',
  formula: 'Σ power at full load of hosts, switches, arrays and servers in the site ÷ feed of the site',
  inputs: ['site.feed', 'host.power', 'switch.power', 'array.power', 'server.power', 'any.from', 'any.until'],
  limitOf: 'share of the feed',
  limitUnit: 'share',
  limits: { error: 1 },
  source: {
    text: 'the feed that the design states; installers who keep a fifth of a circuit free set `warn 80 %`',
    evidence: 'ours',
  },
  covers: ['UC07', 'UC08'],
  of: 'site',
  unmendable: 'A stronger feed is ordered from the utility.',
  examples: {
    fires: {
      text: `site hq { feed 10 kW }
host esx-[1..12] at hq { power 350 W .. 800 W }
server old-[1..4] at hq { power 200 W .. 300 W }`,
    },
    silent: {
      text: `site hq { feed 10 kW }
host esx-[1..8] at hq { power 350 W .. 800 W }
server old-[1..4] at hq { power 200 W .. 300 W }`,
    },
  },
  find: (site, limits) => {
    const use = feedUse(site);
    return use?.by && grade(use.share.value, limits) ? [{ use, by: use.by }] : [];
  },
  say: ({ use, by }, limits, site) => {
    const [drawn, feed] = use.share.inputs ?? [];
    const amounts = drawn && feed ? `${formatFigure(drawn)} of ${formatFigure(feed)}` : '';
    return {
      severity: grade(use.share.value, limits) ?? 'error',
      message: `What stands in ${site.name} draws ${use.share.isAtLeast ? 'at least ' : ''}${formatFigure(use.share)} of its feed at full load: ${amounts}. A stronger line takes months; order it now, retire servers, or plan fewer hosts.`,
      ...subjectOf(by),
      figures: [use.share],
      related: mountedThings(use, (amount) => formatQuantity(amount, 'power')),
    };
  },
});
