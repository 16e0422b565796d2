import { type Figure, formatFigure } from '../capacity/figure.ts';
import { carriesLoad } from '../capacity/host.ts';
import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import { moreUplinks } from './fixes/uplink-edits.ts';
import { defineRule, grade, leastLimit } from './rule.ts';
import { alongUplinks } from './shared/along.ts';
import { type Anchor, largestOf, uplinksAt } from './shared/anchor.ts';
import { counted } from './shared/wording.ts';

interface Overloaded {
  readonly share: Figure;
  readonly virtualSwitch: VirtualSwitch;
  readonly anchor: Anchor;
}

export const uplinksOverloaded = defineRule<Overloaded>({
  id: 'uplinks-overloaded',
  title: 'VMs send more than the uplinks of their host carry',
  painPoint: 'resource-starvation',
  owners: ['network', 'server', 'application'],
  benefit: 'Applications keep the bandwidth they had on hardware of their own',
  why: 'All VMs on a host share its few network ports. Schedulers look at CPU and memory first and move nothing because of the network, so a host can be idle and still starve its VMs. Sending and receiving are reckoned apart, since links are full duplex, and an even spread over the uplinks is assumed: the truth is rather worse. A VM with several adapters is taken to use them evenly, too, where they are on different virtual switches.',
  formula: 'the larger of Σ peak sent and Σ peak received by VMs ÷ Σ rate of active uplinks',
  inputs: ['vm.nic', 'vm.demand', 'vm.measured', 'vswitch.uplink', 'vswitch.carries', 'vswitch.teaming', 'host.nic'],
  limitOf: 'share of what the active uplinks carry',
  limitUnit: 'share',
  limits: { warning: 0.8, error: 1 },
  source: {
    text: 'vSphere DRS avoids hosts above 80 % when it places a VM, as a secondary source gives it; 100 % is what there is',
    evidence: 'recalled',
  },
  covers: ['RS07'],
  remedy: 'plan',
  of: 'host',
  examples: {
    fires: {
      text: `network lan
host esx-01 {
  nic nic1 1 Gbps
  vswitch vs0 { uplink nic1; carries lan }
  runs web-[1..3]
}
vm web-[1..3] { nic lan; demand net 300 Mbps }`,
    },
    silent: {
      text: `network lan
host esx-01 {
  nic nic1 10 Gbps
  vswitch vs0 { uplink nic1; carries lan }
  runs web-[1..3]
}
vm web-[1..3] { nic lan; demand net 300 Mbps }`,
    },
  },
  find: (host, limits) => {
    if (!carriesLoad(host)) return [];
    return switchesOf(host).flatMap((virtualSwitch) => {
      const { use: share } = virtualSwitch;
      const anchor = share && grade(share.value, limits) ? uplinksAt(virtualSwitch) : undefined;
      return share && anchor ? [{ share, virtualSwitch, anchor }] : [];
    });
  },
  say: ({ share, virtualSwitch, anchor }, limits, host) => {
    const [load, capacity] = share.inputs ?? [];
    const { name, vms, tx } = virtualSwitch;
    const direction = load === tx ? 'send' : 'receive';
    const amounts = load && capacity ? `${formatFigure(load)} over ${formatFigure(capacity)}` : '';
    return {
      severity: grade(share.value, limits) ?? 'warning',
      message: `${counted(vms.length, 'VM')} on ${host.name} ${direction}${vms.length === 1 ? 's' : ''} ${amounts} of ${name}: ${share.isAtLeast ? 'at least ' : ''}${formatFigure(share)} at peak. Packets wait and are dropped; add an uplink, or move VMs to a host with free bandwidth.`,
      ...anchor,
      figures: [share],
      links: alongUplinks(virtualSwitch),
      related: largestOf(load, vms),
    };
  },
  fix: ({ share, virtualSwitch }, host, limits) => {
    const [load] = share.inputs ?? [];
    const largest = Math.max(0, ...virtualSwitch.uplinks.map(({ rate }) => rate ?? 0));
    const whole = load && load.value / (leastLimit(limits) ?? 1);
    // With several, the loss of one is looked at, too.
    return load && whole ? moreUplinks(virtualSwitch, Math.max(whole, load.value + largest), host) : [];
  },
});
