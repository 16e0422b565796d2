import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import { moreUplinks } from './fixes/uplink-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { alongUplinks } from './shared/along.ts';
import { type Anchor, largestOf, uplinksAt } from './shared/anchor.ts';

interface Unsurvivable {
  readonly lost: string;
  readonly share: Figure;
  readonly virtualSwitch: VirtualSwitch;
  readonly anchor: Anchor;
}

export const uplinkLossUnsurvivable = defineRule<Unsurvivable>({
  id: 'uplink-loss-unsurvivable',
  title: 'The uplinks left after the loss of one cannot carry the traffic',
  painPoint: 'resource-starvation',
  owners: ['network', 'server'],
  benefit: 'A failed port, cable or switch costs no bandwidth that anybody needs',
  why: 'Two uplinks are redundant only while one of them can carry the load of both. Above that, a failed cable turns into an outage for some. Where the uplinks are too small even with all of them working, only `uplinks-overloaded` speaks.',
  formula:
    'the larger of Σ peak sent and Σ peak received by VMs ÷ Σ rate of the uplinks left after the loss of the fastest',
  inputs: ['vm.nic', 'vm.demand', 'vm.measured', 'vswitch.uplink', 'vswitch.carries', 'vswitch.teaming', 'host.nic'],
  limitOf: 'share of what is left after the loss of one uplink',
  limitUnit: 'share',
  limits: { warning: 1 },
  source: { text: 'what is left must carry what there is', evidence: 'ours' },
  covers: ['RS08'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `network lan
host esx-01 {
  nic nic[1..2] 1 Gbps
  vswitch vs0 { uplink nic1, nic2; carries lan }
  runs web-[1..4]
}
vm web-[1..4] { nic lan; demand net 300 Mbps }`,
    },
    silent: {
      text: `network lan
host esx-01 {
  nic nic[1..2] 1 Gbps
  vswitch vs0 { uplink nic1, nic2; carries lan }
  runs web-[1..3]
}
vm web-[1..3] { nic lan; demand net 300 Mbps }`,
    },
  },
  find: (host, limits) => {
    if (!carriesLoad(host)) return [];
    return switchesOf(host).flatMap((virtualSwitch) => {
      const { use, useAfterLoss } = virtualSwitch;
      if (!useAfterLoss || !use || use.value > 1 || !grade(useAfterLoss.share.value, limits)) return [];
      const anchor = uplinksAt(virtualSwitch);
      return anchor ? [{ ...useAfterLoss, virtualSwitch, anchor }] : [];
    });
  },
  say: ({ lost, share, virtualSwitch, anchor }, limits, host) => {
    const [load, capacity] = share.inputs ?? [];
    const amounts = load && capacity ? `${formatFigure(load)} would have to share ${formatFigure(capacity)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `When ${lost} fails, ${amounts} of ${virtualSwitch.name} on ${host.name}: ${formatFigure(share)}. The redundancy holds only below 100 %; add an uplink, or move VMs away.`,
      ...anchor,
      figures: [share],
      links: alongUplinks(virtualSwitch),
      related: largestOf(load, virtualSwitch.vms),
    };
  },
  fix: ({ share, virtualSwitch }, host, limits) => {
    const [load] = share.inputs ?? [];
    // As much has to be left when the largest one is lost.
    const largest = Math.max(0, ...virtualSwitch.uplinks.map(({ rate }) => rate ?? 0));
    const most = leastLimit(limits) ?? 1;
    return load ? moreUplinks(virtualSwitch, load.value / most + largest, host) : [];
  },
});
