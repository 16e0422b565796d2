import { formatQuantity } from '../base/units.ts';
import { liveHosts } from '../capacity/cluster.ts';
import type { Figure } from '../capacity/figure.ts';
import { type Watched, watchedOn } from '../capacity/idle.ts';
import { type Cost, costPart } from '../capacity/models/unit-cost.ts';
import { currencyOf, formatMoney } from '../capacity/money.ts';
import { costPerVm } from '../capacity/unit-costs.ts';
import { defineRule, gradeBelow } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Idle {
  readonly idle: readonly Watched[];
  readonly cost: Cost | undefined;
  readonly isAtLeast: boolean;
  readonly anchor: Anchor;
}

export const vmsIdle = defineRule<Idle>({
  id: 'vms-idle',
  title: 'VMs run and do nothing',
  painPoint: 'unanticipated-costs',
  owners: ['server', 'application', 'management'],
  benefit: 'Hosts and licences are paid for VMs that work',
  why: 'A VM is made in minutes and ended never: the test that is over, the server whose users moved on. Each takes its part of hosts, storage, backup and licences. A VM whose CPU was measured for 30 days and used next to nothing is worth a question to its owner; `ignore` with the reason where it only waits, such as a standby. Said once for a cluster, with the part that these VMs have in the price of its hosts, where that is stated.',
  formula: 'measured CPU < 100 MHz over at least 30 days; cost of hosts and licences × idle VMs ÷ VMs',
  inputs: ['vm.measured', 'vm.vcpu', 'vm.state', 'host.cpu', 'host.runs', 'cluster.runs', 'any.cost', 'licence.cost'],
  limitOf: 'least CPU that a running VM uses',
  limitUnit: 'frequency',
  limits: { info: 100e6 },
  source: { text: 'the mark of vCenter Operations for idle VMs', evidence: 'recalled' },
  covers: ['UC11'],
  of: 'cluster',
  unmendable: 'Its owner knows whether a VM is needed.',
  examples: {
    fires: {
      text: `cluster prod {
  host esx-1 { cost 12_000 EUR }
  runs web-[1..3], old
}
vm web-[1..3] { measured cpu 900 MHz over 30 days }
vm old { measured cpu 40 MHz over 30 days }`,
    },
    silent: {
      text: `cluster prod {
  host esx-1 { cost 12_000 EUR }
  runs web-[1..3], old
}
vm web-[1..3] { measured cpu 900 MHz over 30 days }
vm old { measured cpu 40 MHz over 7 days }`,
      note: 'a week may miss the end of the month',
    },
  },
  find: (cluster, limits) => {
    const idle = [...liveHosts(cluster), cluster].flatMap((holder) =>
      watchedOn(holder).filter(({ cpu }) => gradeBelow(cpu, limits)),
    );
    const anchor = nameOf(cluster);
    if (idle.length === 0 || !anchor) return [];
    const each = costPerVm(cluster);
    return [{ idle, anchor, cost: costPart(each?.all, idle.length, 1), isAtLeast: each?.isAtLeast ?? false }];
  },
  say: ({ idle, cost, isAtLeast, anchor }, limits, cluster) => {
    const one = idle.length === 1;
    const names = namesOf(idle.map(({ vm }) => vm));
    const figures = idle.map(
      ({ vm, cpu }): Figure => ({
        label: vm.name,
        unit: 'frequency',
        value: cpu,
        origin: 'stated',
        isAtLeast: false,
      }),
    );
    return {
      severity: gradeBelow(Math.min(...idle.map(({ cpu }) => cpu)), limits) ?? 'info',
      message: `${counted(idle.length, 'VM')} of ${cluster.name} (${names}) ${one ? 'runs' : 'run'} and ${one ? 'does' : 'do'} next to nothing${cost ? `; ${one ? 'its' : 'their'} part of the hosts costs ${costText(cost, isAtLeast, cluster)}` : ''}. Ask who needs ${one ? 'it' : 'them'}; switch off or delete what nobody does.`,
      ...anchor,
      figures,
      related: idle.slice(0, 6).flatMap(({ vm, cpu }) => {
        const at = nameOf(vm);
        return at ? [{ ...at, message: `${vm.name}: ${formatQuantity(cpu, 'frequency')}` }] : [];
      }),
    };
  },
});

function costText({ once, yearly }: Cost, isAtLeast: boolean, cluster: Parameters<typeof costPerVm>[0]): string {
  const { code } = currencyOf(cluster.design);
  const parts = [
    ...(once > 0 ? [`${formatMoney(once, code)} once`] : []),
    ...(yearly > 0 ? [`${formatMoney(yearly, code)} a year`] : []),
  ];
  return `${isAtLeast ? 'at least ' : ''}${parts.join(' and ')}`;
}
