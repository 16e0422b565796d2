import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { clusterOfHost } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { isComplete, propsOf, referred, sitesOf } from '../design/things.ts';
import { switchesOf, type VirtualSwitch } from './uplinks.ts';

/** A `trunk` statement: the networks that ports of a switch let through. */
interface Trunk {
  readonly by: Stated;
  readonly networks: readonly Entity[];
  /** Whether every name in it is known. */
  readonly isComplete: boolean;
  /** Neighbours whose ports it speaks of; undefined for all ports. */
  readonly to: readonly Entity[] | undefined;
}

const trunksOf = derive((physicalSwitch: Entity): readonly Trunk[] =>
  propsOf(physicalSwitch)
    .keyed('trunk', (sentence) => JSON.stringify(sentence.clauses.get('to')?.value?.parts[0]) ?? '')
    .map((by) => ({
      by,
      networks: referred(by, ['network']),
      isComplete: isComplete(by, ['network']),
      to: by.sentence.clauses.has('to') ? referred(by, ['cluster', 'host', 'array', 'adc', 'switch'], 'to') : undefined,
    })),
);

/** The trunks that hold for the ports to a host; empty if the design does not say. */
export function trunksTo(physicalSwitch: Entity, host: Entity): readonly Trunk[] {
  const cluster = clusterOfHost(host);
  return trunksOf(physicalSwitch).filter(
    ({ to }) => !to || to.includes(host) || (cluster !== undefined && to.includes(cluster)),
  );
}

/** A network that a virtual switch carries and a physical switch behind one of its uplinks does not let through. */
export interface TrunkGap {
  readonly virtualSwitch: VirtualSwitch;
  readonly network: Entity;
  readonly physicalSwitch: Entity;
  /** The trunk that should name it. */
  readonly trunk: Stated;
}

const ALL_VLANS = 4095;

export const trunkGapsOf = derive((host: Entity): readonly TrunkGap[] => {
  const gaps: TrunkGap[] = [];
  for (const virtualSwitch of switchesOf(host)) {
    const behind = new Set(virtualSwitch.uplinks.flatMap((uplink) => uplink.physicalSwitch ?? []));
    for (const physicalSwitch of behind) {
      const trunks = trunksTo(physicalSwitch, host);
      const [trunk] = trunks;
      if (!trunk || !trunks.every(({ isComplete }) => isComplete)) continue;
      const allowed = trunks.flatMap(({ networks }) => networks);
      for (const network of new Set(virtualSwitch.networks)) {
        if (!allowed.some((other) => isSameVlan(other, network)))
          gaps.push({ virtualSwitch, network, physicalSwitch, trunk: trunk.by });
      }
    }
  }
  return gaps;
});

/** Two names of one VLAN at one site are one network to a switch. */
function isSameVlan(a: Entity, b: Entity): boolean {
  if (a === b) return true;
  const [first, second] = [vlanOf(a), vlanOf(b)];
  if (first === ALL_VLANS) return true;
  if (first === undefined || first !== second) return false;
  const sites = sitesOf(b);
  return sitesOf(a).some((site) => sites.includes(site));
}

export function vlanOf(network: Entity): number | undefined {
  return propsOf(network).number('vlan')?.value;
}
