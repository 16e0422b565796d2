import { formatDate } from '../base/dates.ts';
import { formatDuration } from '../base/units.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { type HostRelease, releaseOf } from '../capacity/support.ts';
import { asOf } from '../capacity/time.ts';
import { defineRule, gradeBelow } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Ending {
  readonly release: HostRelease;
  readonly day: string;
  readonly left: Figure;
}

const DAY = 86_400;

export const hypervisorOutOfSupport = defineRule<Ending>({
  id: 'hypervisor-out-of-support',
  title: 'A hypervisor is out of support, or will be soon',
  painPoint: 'management-complexity',
  owners: ['server', 'management'],
  benefit: 'Holes in the layer under every VM are closed',
  why: 'After the end of support nobody mends the layer that all VMs stand on, and hardware and guests of later years are not tested with it. A new version needs months of planning, so it is told half a year before. The days that are known come from a list that is not the vendor’s; state `support-until` where yours differs. Judged by the day of the plan; without one nothing is said.',
  formula: '`support-until`, else the end of support known of the version − `as-of`',
  inputs: ['host.hypervisor', 'design.as-of', 'host.state'],
  limitOf: 'time until support ends',
  limitUnit: 'time',
  limits: { info: 180 * DAY, warning: 0 },
  source: {
    text: 'ends of support as endoflife.date listed them in 2026; half a year is our choice',
    evidence: 'recalled',
  },
  covers: ['MC08'],
  of: 'host',
  unmendable: 'An upgrade is a project of its own, and `support-until` is for those who bought longer support.',
  examples: {
    fires: {
      text: `design d { as-of 2026-11-22 }
host esx-1 { hypervisor esxi 7.0 }`,
    },
    silent: {
      text: `design d { as-of 2026-11-22 }
host esx-1 { hypervisor esxi 8.0 }`,
    },
  },
  find: (host, limits) => {
    const release = releaseOf(host);
    const today = release?.until && asOf(host.design);
    if (!release?.until || !today || !carriesLoad(host)) return [];
    const seconds = (release.until.day - today.day) * DAY;
    if (!gradeBelow(seconds, limits)) return [];
    const left = derivedFigure('time until support ends', 'time', seconds, 'end of support − day of the plan', [], {
      ...(release.source === undefined ? {} : { source: release.source }),
    });
    return [{ release, day: formatDate(release.until), left }];
  },
  say: ({ release, day, left }, limits, host) => {
    const days = Math.abs(Math.round(left.value / DAY));
    const time = days <= 365 ? counted(days, 'day') : formatDuration(days * DAY);
    const when = left.value < 0 ? `ended on ${day}, ${time} before the day of the plan` : `ends on ${day}, in ${time}`;
    const known = release.source === undefined ? '' : ' as far as is known';
    return {
      severity: gradeBelow(left.value, limits) ?? 'info',
      message: `Support of ${release.label} on ${host.name} ${when}${known}: holes found after that stay open under all its VMs. Plan the upgrade, or state support-until if yours runs longer.`,
      at: release.by,
      span: subjectOf(release.by).span,
      figures: [left],
      isOutdated: left.value < 0,
    };
  },
});
