import { portsOf } from '../../capacity/host.ts';
import { switchesOf, uplinkNames } from '../../capacity/uplinks.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import { propsOf, referred } from '../../design/things.ts';
import type { PortNode } from '../graph.ts';

/** The physical ports of a host, with what each is cabled to. */
export function portNodes(host: Entity): readonly PortNode[] {
  const cabled = new Map<string, Set<string>>();
  const standby = new Set<string>();
  const cable = (name: string, to: Entity | undefined): void => {
    if (to) cabled.set(name, (cabled.get(name) ?? new Set()).add(entityId(to)));
  };
  for (const { uplinks } of switchesOf(host)) {
    for (const uplink of uplinks) {
      cable(uplink.name, uplink.physicalSwitch);
      if (uplink.isStandby) standby.add(uplink.name);
    }
  }
  for (const path of propsOf(host).list('path')) {
    for (const to of referred(path, ['switch', 'array'], 'to')) for (const name of uplinkNames(path)) cable(name, to);
  }
  return (['nic', 'hba'] as const).flatMap((kind) =>
    portsOf(host, kind).map(
      ({ name, rate }): PortNode => ({
        name,
        kind,
        speed: rate ?? 0,
        to: [...(cabled.get(name) ?? [])],
        ...(standby.has(name) ? { standby: true } : {}),
      }),
    ),
  );
}
