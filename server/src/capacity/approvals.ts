import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { isComplete, ownersOf, propsOf, referred } from '../design/things.ts';
import { liveHosts } from './cluster.ts';
import { switchOwners } from './ownership.ts';
import { switchesOf } from './uplinks.ts';
import { vmFacts } from './vm.ts';
import { waveOf } from './waves.ts';

/** Teams whose things a planned move touches, each with one of them, and those that have not agreed to it. */
export interface Approvals {
  readonly touched: ReadonlyMap<Entity, Entity>;
  readonly missing: readonly Entity[];
}

/** Undefined where a name among those who agreed is not known. */
export const approvalsOf = derive((wave: Entity): Approvals | undefined => {
  const props = propsOf(wave);
  const stated = props.list('agreed-by');
  if (!stated.every((by) => isComplete(by, ['team']))) return undefined;
  const touched = new Map<Entity, Entity>();
  const touch = (thing: Entity | undefined, owners = thing ? ownersOf(thing) : []) => {
    for (const team of owners) if (thing && !touched.has(team)) touched.set(team, thing);
  };
  const { things, to } = waveOf(wave);
  const targets = to?.kind === 'cluster' ? liveHosts(to) : to?.kind === 'host' ? [to] : [];
  for (const thing of things) {
    touch(thing);
    if (thing.kind !== 'vm') continue;
    touch(placementOf(thing).host);
    const { nics, home } = vmFacts(thing);
    if (to?.kind === 'datastore') touch(home);
    const networks = new Set(nics.flatMap(({ network }) => network ?? []));
    for (const virtualSwitch of targets.flatMap((host) => switchesOf(host)))
      if (virtualSwitch.networks.some((network) => networks.has(network)))
        touch(virtualSwitch.host, [...switchOwners(virtualSwitch)]);
  }
  touch(to);
  for (const by of props.list('via')) for (const way of referred(by, ['network', 'wan'])) touch(way);
  const agreed = new Set([...ownersOf(wave), ...stated.flatMap((by) => referred(by, ['team']))]);
  return { touched, missing: [...touched.keys()].filter((team) => !agreed.has(team)) };
});
