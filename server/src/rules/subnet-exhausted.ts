import { formatPrefix } from '../base/addresses.ts';
import { derivedFigure, type Figure, formatFigure } from '../capacity/figure.ts';
import { monthText, subnetExhaustions } from '../capacity/forecast.ts';
import { type SubnetUse, subnetsOf } from '../capacity/subnets.ts';
import type { Entity } from '../design/declaration.ts';
import { policyFor } from '../design/policy.ts';
import { widening } from './fixes/widening.ts';
import { defineRule, grade, type Limits, leastLimit, limitsFor } from './rule.ts';
import { type Anchor, clauseIn, subjectOf } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Exhausted {
  readonly subnet: SubnetUse;
  readonly share: Figure;
  /** Whether it is the DHCP range that runs out. */
  readonly isRange: boolean;
  readonly anchor: Anchor;
}

const ID = 'subnet-exhausted';
const LIMITS: Limits = { warning: 0.75, error: 0.9 };

export const subnetExhausted = defineRule<Exhausted>({
  id: ID,
  title: 'Subnet runs out of addresses',
  painPoint: 'resource-starvation',
  owners: ['network', 'server'],
  benefit: 'The next VM gets an address at once',
  why: 'VMs are quick to make, and each takes an address; the subnet was cut for the servers there once were. When it is full, no VM starts, and a failover test or a restore has no place to go. Machines that are off keep their address, templates have none. What `reserve` keeps for drills, clones and failover tests is not free. Where growth is stated, the message names the month in which the last address goes; `growth-fills-subnet` forecasts the others.',
  formula:
    '(adapters of VMs + virtual addresses + services of hosts) ÷ (usable − gateways − DHCP range − reserve); adapters without an address of their own are held against the DHCP range where there is one',
  inputs: ['network.subnet', 'vm.nic', 'vm.state', 'app.vip', 'host.service', 'network.growth'],
  limitOf: 'share of the addresses left for machines',
  limitUnit: 'share',
  limits: LIMITS,
  source: { text: 'the colours of utilisation in NetBox', evidence: 'verified' },
  covers: ['RS11'],
  of: 'network',
  examples: {
    fires: {
      text: `network web { subnet 10.1.10.0/29 gateway 10.1.10.1 }
vm web-[1..5] { nic web }`,
      note: 'a /29 holds six, one of them the gateway',
    },
    silent: {
      text: `network web { subnet 10.1.10.0/28 gateway 10.1.10.1 }
vm web-[1..5] { nic web }`,
    },
  },
  find: (network, limits) =>
    subnetsOf(network).flatMap((subnet): Exhausted[] => {
      const found: Exhausted[] = [];
      if (grade(subnet.share?.value, limits) && subnet.share)
        found.push({ subnet, share: subnet.share, isRange: false, anchor: subjectOf(subnet.by) });
      const share = rangeShare(subnet);
      if (share && grade(share.value, limits))
        found.push({ subnet, share, isRange: true, anchor: clauseIn(subnet.by, 'dhcp') });
      return found;
    }),
  say: ({ subnet, share, isRange, anchor }, limits, network) => {
    const [needed, available] = share.inputs ?? [];
    const free = Math.max(0, (available?.value ?? 0) - (needed?.value ?? 0));
    const what = isRange
      ? `The DHCP range of ${network.name}`
      : `${formatPrefix(subnet.subnet.prefix)} of ${network.name}`;
    const amount = Number.isFinite(share.value) ? `is ${formatFigure(share)} taken` : 'has nothing left to give';
    const left =
      free === 0
        ? 'The next machine gets none'
        : `${counted(free, 'address', 'addresses')} ${free === 1 ? 'is' : 'are'} left`;
    const exhaustion = subnetExhaustions(network).find((one) => one.subnet === subnet && one.isRange === isRange);
    const end =
      free > 0 && exhaustion?.months
        ? ` Growth takes the last one ${monthText(network.design, exhaustion.months)}.`
        : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${what} ${amount}: ${needed?.value ?? 0} of ${available?.value ?? 0} addresses for machines. ${left}; widen the ${isRange ? 'range' : 'prefix'}, or move machines to another network.${end}`,
      ...anchor,
      figures: Number.isFinite(share.value) ? [share] : [],
    };
  },
  fix: ({ subnet, isRange }, network, limits) => (isRange ? [] : widening(subnet, network, leastLimit(limits) ?? 1)),
});

/** Whether a subnet, or its DHCP range, is said to be exhausted already, so that nobody needs to hear when it will be. */
export function isExhausted(subnet: SubnetUse, network: Entity, isRange: boolean): boolean {
  const policy = policyFor(network, ID);
  const share = isRange ? rangeShare(subnet) : subnet.share;
  return !policy.isOff && grade(share?.value, limitsFor({ id: ID, limits: LIMITS }, policy)) !== undefined;
}

function rangeShare({ dhcp }: SubnetUse): Figure | undefined {
  if (!dhcp || dhcp.size === 0) return undefined;
  const figure = (label: string, value: number): Figure => ({
    label,
    unit: 'addresses',
    value,
    origin: 'derived',
    isAtLeast: false,
  });
  return derivedFigure('DHCP range', 'share', dhcp.needed / dhcp.size, 'machines without an address ÷ range', [
    figure('machines without an address', dhcp.needed),
    figure('addresses of the range', dhcp.size),
  ]);
}
