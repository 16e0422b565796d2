import type { StoragePath } from '../../capacity/san.ts';
import type { VirtualSwitch } from '../../capacity/uplinks.ts';
import { type Entity, entityId, linkId } from '../../design/declaration.ts';
import { propsOf, referred } from '../../design/things.ts';

/** Links that a finding is about, by id, each once. */
const between = (from: Entity, to: readonly (Entity | undefined)[]): readonly string[] => [
  ...new Set(to.flatMap((end) => (end ? linkId(from, end) : []))),
];

/** The uplinks of a virtual switch. */
export const alongUplinks = ({ host, uplinks }: VirtualSwitch): readonly string[] =>
  between(
    host,
    uplinks.map(({ physicalSwitch }) => physicalSwitch),
  );

/** Storage paths of a host. */
export const alongPaths = (host: Entity, paths: readonly StoragePath[]): readonly string[] =>
  between(
    host,
    paths.map(({ to }) => to),
  );

/** From one thing to others that are farther from the VMs. */
export const alongCables = between;

/** The link between sites that a job states as its way. */
export function alongVia(job: Entity): readonly string[] {
  const via = propsOf(job).one('via');
  return via ? referred(via, ['wan']).map(entityId) : [];
}
