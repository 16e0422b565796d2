import { type TrunkGap, trunkGapsOf, vlanOf } from '../capacity/trunks.ts';
import type { VirtualSwitch } from '../capacity/uplinks.ts';
import { type Entity, statementKey } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { addToList, itemNaming } from '../design/reference-text.ts';
import { referred } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { alongCables } from './shared/along.ts';
import { listed, namesOf } from './shared/wording.ts';

interface Untrunked {
  readonly carries: Stated;
  readonly virtualSwitch: VirtualSwitch;
  readonly network: Entity;
  readonly gaps: readonly TrunkGap[];
  /** Whether no uplink reaches it. */
  readonly isCutOff: boolean;
}

export const vlanNotTrunked = defineRule<Untrunked>({
  id: 'vlan-not-trunked',
  title: 'Virtual switch carries a VLAN that the physical switch does not let through',
  painPoint: 'unused-features',
  owners: ['network', 'server'],
  benefit: 'A VM has its network on every host and behind every uplink',
  why: 'A virtual switch is configured by one team and the ports behind it by another. A VLAN that is missing in the trunk of one of them shows only when a VM moves there or an uplink fails over. Networks with the same VLAN at the same site count as one. Nothing is said of switches that state no trunk for the host.',
  formula: 'networks of `carries` − networks of `trunk` of each switch behind an uplink',
  inputs: ['vswitch.carries', 'vswitch.uplink', 'switch.trunk', 'network.vlan'],
  severity: 'error',
  source: { text: 'how VLAN trunks work (IEEE 802.1Q)', evidence: 'recalled' },
  covers: ['UF03', 'UF10'],
  of: 'host',
  examples: {
    fires: {
      text: `network web { vlan 110 }
network app { vlan 120 }
switch tor-a { trunk web }
host esx-1 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor-a; carries web, app } }`,
    },
    silent: {
      text: `network web { vlan 110 }
network app { vlan 120 }
switch tor-a { trunk web, app }
host esx-1 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor-a; carries web, app } }`,
    },
  },
  find: (host) => {
    const found = new Map<string, Untrunked>();
    for (const gap of trunkGapsOf(host)) {
      const { virtualSwitch, network } = gap;
      const carries = virtualSwitch.props.list('carries').find((by) => referred(by, ['network']).includes(network));
      if (!carries) continue;
      const key = `${virtualSwitch.name} ${network.name}`;
      const gaps = [...(found.get(key)?.gaps ?? []), gap];
      const blocked = new Set(gaps.map(({ physicalSwitch }) => physicalSwitch));
      const isCutOff = virtualSwitch.uplinks.every(
        ({ physicalSwitch }) => physicalSwitch !== undefined && blocked.has(physicalSwitch),
      );
      found.set(key, { carries, virtualSwitch, network, gaps, isCutOff });
    }
    return [...found.values()];
  },
  say: ({ carries, virtualSwitch, network, gaps, isCutOff }, _limits, host) => {
    const vlan = vlanOf(network);
    const behind = namesOf(gaps.map(({ physicalSwitch }) => physicalSwitch));
    const what = vlan === undefined ? network.name : `${network.name} (VLAN ${vlan})`;
    const effect = isCutOff
      ? `nothing on ${host.name} reaches it`
      : `it is lost whenever ${host.name} sends through that side`;
    return {
      severity: 'error',
      message: `${virtualSwitch.name} carries ${what}, but the trunk of ${behind} does not: ${effect}. Add ${network.name} to the trunk.`,
      at: carries,
      span: itemNaming(carries, network),
      links: alongCables(
        host,
        gaps.map(({ physicalSwitch }) => physicalSwitch),
      ),
      related: gaps.map(({ trunk, physicalSwitch }) => ({ at: trunk, message: `trunk of ${physicalSwitch.name}` })),
    };
  },
  fix: ({ network, gaps }) => {
    const trunks = [...new Map(gaps.map(({ trunk }) => [statementKey(trunk), trunk])).values()];
    const edits = trunks.flatMap((trunk) => addToList(trunk, network));
    const names = listed([...new Set(gaps.map(({ physicalSwitch }) => physicalSwitch.name))]);
    return edits.length === trunks.length
      ? [{ title: `Add ${network.name} to the trunk of ${names}`, edits, isPreferred: true }]
      : [];
  },
});
