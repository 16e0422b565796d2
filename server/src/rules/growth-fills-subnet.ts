import { formatPrefix } from '../base/addresses.ts';
import { formatNumber, formatShare, SECONDS_PER_YEAR } from '../base/units.ts';
import { monthText, type SubnetExhaustion, subnetExhaustions } from '../capacity/forecast.ts';
import { widening } from './fixes/widening.ts';
import { defineRule, gradeBelow } from './rule.ts';
import { type Anchor, clauseIn, subjectOf } from './shared/anchor.ts';
import { isExhausted } from './subnet-exhausted.ts';

interface Filling {
  readonly exhaustion: SubnetExhaustion;
  readonly months: number;
  readonly anchor: Anchor;
}

const DAY = 86_400;
const MONTH = SECONDS_PER_YEAR / 12;

export const growthFillsSubnet = defineRule<Filling>({
  id: 'growth-fills-subnet',
  title: 'Growth takes the last address of the subnet within the horizon',
  painPoint: 'resource-starvation',
  owners: ['network', 'server'],
  benefit: 'Subnets are widened while that is one line of a plan, not a change of every machine in them',
  why: 'A subnet is cut once and lived in for years. When its last address is gone, each machine in it has to learn a new mask, or the newcomers go elsewhere and meet a firewall. With a stated growth in number of VMs the month is known. Virtual addresses and services of hosts do not grow. A subnet that `subnet-exhausted` speaks of is left to that rule.',
  formula:
    'first month in which adapters of VMs × growth in number + virtual addresses + services of hosts > usable − gateways − DHCP range − reserve; adapters without an address against the DHCP range; within the horizon',
  inputs: ['network.growth', 'design.growth', 'design.horizon', 'design.as-of', 'network.subnet', 'vm.nic', 'app.vip'],
  limitOf: 'least time until it is full; without a limit of its own, info says so within the horizon of the design',
  limitUnit: 'time',
  limits: { warning: 60 * DAY, error: 30 * DAY },
  source: {
    text: 'need × (1 + growth) ^ months is ours; the two colours of least time remaining are those of vCenter Operations 5',
    evidence: 'verified',
  },
  covers: ['RS11'],
  of: 'network',
  examples: {
    fires: {
      text: `design plan { as-of 2026-11-22; horizon 36 months; growth vms 3 %/month }
network web { subnet 10.1.10.0/28 gateway 10.1.10.1 }
vm web-[1..6] { nic web }`,
    },
    silent: {
      text: `design plan { as-of 2026-11-22; horizon 36 months; growth vms 3 %/month }
network web { subnet 10.1.10.0/27 gateway 10.1.10.1 }
vm web-[1..6] { nic web }`,
    },
  },
  find: (network, limits) =>
    subnetExhaustions(network).flatMap((exhaustion): Filling[] => {
      const { months, subnet, isRange } = exhaustion;
      if (!months || (limits.info !== undefined && months * MONTH >= limits.info)) return [];
      if (isExhausted(subnet, network, isRange)) return [];
      return [{ exhaustion, months, anchor: isRange ? clauseIn(subnet.by, 'dhcp') : subjectOf(subnet.by) }];
    }),
  say: ({ exhaustion, months, anchor }, limits, network) => {
    const { subnet, isRange, now, limit, by } = exhaustion;
    const what = isRange
      ? `The DHCP range of ${network.name}`
      : `${formatPrefix(subnet.subnet.prefix)} of ${network.name}`;
    const growth = by?.growth;
    const rate = growth?.kind === 'compound' ? formatShare(growth.perMonth) : formatNumber(growth?.perMonth ?? 0, 2);
    return {
      severity: gradeBelow(months * MONTH, limits) ?? 'info',
      message: `${what} is full ${monthText(network.design, months)}: ${formatNumber(now)} of ${formatNumber(limit.value)} addresses for machines are taken, and VMs grow in number. Widen the ${isRange ? 'range' : 'prefix'} while it is a line of text.`,
      ...anchor,
      figures: [limit],
      related: by ? [{ ...clauseIn(by.by, 'vms'), message: `growth of vms: ${rate} a month` }] : [],
    };
  },
  fix: ({ exhaustion }, network) => (exhaustion.isRange ? [] : widening(exhaustion.subnet, network, 1)),
});
