import { derive, sameList } from '../base/reactive.ts';
import { factorOf } from '../base/units.ts';
import { carriesLoad, portsOf } from '../capacity/host.ts';
import { type ArrayPorts, arrayPorts, isOverIp, type StoragePath, storagePaths } from '../capacity/san.ts';
import { arrayOf } from '../capacity/storage.ts';
import { type Entity, statementKey } from '../design/declaration.ts';
import { addAfter, replaceAt } from '../design/edits.ts';
import { clusterOfHost } from '../design/placement.ts';
import { partOf } from '../design/props.ts';
import { datastoresOf, datastoresOfCluster } from '../design/things.ts';
import { isBareName } from '../language/make/bare-name.ts';
import { hostsUnder, twinName } from './fixes/port-edits.ts';
import { defineRule, type Fix } from './rule.ts';
import { alongCables, alongPaths } from './shared/along.ts';
import { type Anchor, isWhole, subjectOf } from './shared/anchor.ts';

type Single =
  | {
      readonly shared: 'port' | 'fabric';
      readonly paths: readonly StoragePath[];
      readonly first: StoragePath;
      readonly anchor: Anchor;
    }
  /** An array over the network, all ports of which go to one switch. */
  | {
      readonly shared: 'array';
      readonly array: Entity;
      readonly to: Entity;
      readonly ports: readonly ArrayPorts[];
      readonly anchor: Anchor;
    };

export const storagePathSingle = defineRule<Single>({
  id: 'storage-path-single',
  title: 'One broken part cuts a host off its storage',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'server'],
  benefit: 'A failed adapter, cable or fabric switch costs bandwidth and nothing more',
  why: 'A VM that loses its disks does not fail over: it hangs with its host. So storage is reached over two adapters and two fabrics that share nothing. Two adapters straight to one array are two paths; two adapters to one switch are not. An array that is reached over the network needs its own ports on two switches as well.',
  formula: 'adapters in path < 2, or all of them to one switch, or all ports of an array over IP to one switch',
  inputs: ['host.path', 'host.hba', 'host.nic', 'array.ports', 'array.protocol', 'host.mount'],
  severity: 'warning',
  source: { text: 'other analysers of inventories report single paths as well', evidence: 'verified' },
  covers: ['CS03'],
  of: 'host',
  examples: {
    fires: {
      text: `switch san-[a,b] { type fc }
host esx-01 {
  hba hba[1..2] 16 Gbps
  path hba1 to san-a
}`,
    },
    silent: {
      text: `switch san-[a,b] { type fc }
host esx-01 {
  hba hba[1..2] 16 Gbps
  path hba1 to san-a
  path hba2 to san-b
}`,
    },
  },
  find: (host) => (carriesLoad(host) ? [...singlePath(host), ...arraysOnOneSwitch(host)] : []),
  say: (single, _, host) => {
    const others =
      single.shared === 'array'
        ? single.ports.slice(1).map(({ by }) => ({ ...subjectOf(by), message: 'these ports go there, too' }))
        : single.paths
            .filter(({ by }) => statementKey(by) !== statementKey(single.first.by))
            .map(({ by, port }) => ({ ...subjectOf(by), message: `${port} goes there, too` }));
    const links = single.shared === 'array' ? alongCables(single.to, [single.array]) : alongPaths(host, single.paths);
    return {
      severity: 'warning',
      message: messageOf(single, host),
      ...single.anchor,
      links,
      related: others.slice(0, 4),
    };
  },
  fix: (single, host) => {
    if (single.shared === 'array') return secondSwitch(single.ports, single.to);
    const { shared, paths, first } = single;
    return shared === 'port' ? secondPath(first, host) : otherFabric(paths, first);
  },
});

function singlePath(host: Entity): Single[] {
  const paths = storagePaths(host);
  const [first] = paths ?? [];
  if (!paths || !first || !paths.every(({ by }) => isWhole(by))) return [];
  const anchor = subjectOf(first.by);
  if (new Set(paths.map(({ port }) => port)).size === 1) return [{ shared: 'port', paths, first, anchor }];
  const isOneSwitch = first.to.kind === 'switch' && paths.every(({ to }) => to === first.to);
  return isOneSwitch ? [{ shared: 'fabric', paths, first, anchor }] : [];
}

/** Arrays over the network that a host mounts datastores of, and that hang on one switch. */
function arraysOnOneSwitch(host: Entity): Single[] {
  const stores = datastoresOf(host);
  const cluster = clusterOfHost(host);
  const isShared = cluster !== undefined && stores === datastoresOfCluster(cluster);
  const arrays = isShared ? arraysOfCluster(cluster) : arraysOverIp(stores);
  return arrays.flatMap((array): Single[] => {
    const ports = arrayPorts(array);
    const [first] = ports;
    const to = first?.to;
    if (!first || to?.kind !== 'switch' || !ports.every((one) => one.to === to)) return [];
    return [{ shared: 'array', array, to, ports, anchor: subjectOf(first.by) }];
  });
}

function arraysOverIp(stores: readonly Entity[]): readonly Entity[] {
  return [...new Set(stores.flatMap((datastore) => (isOverIp(datastore) ? (arrayOf(datastore) ?? []) : [])))];
}

/** Those that all its hosts reach. */
const arraysOfCluster = derive((cluster: Entity) => arraysOverIp(datastoresOfCluster(cluster)), sameList);

function messageOf(single: Single, host: Entity): string {
  switch (single.shared) {
    case 'port':
      return `${host.name} reaches its storage over ${single.first.port} alone: when it or its cable fails, every VM on ${host.name} hangs. Add a path over a second adapter to another fabric.`;
    case 'fabric':
      return `All storage paths of ${host.name} go to ${single.first.to.name}: when that switch fails or is updated, every VM on ${host.name} hangs. Cable one adapter to a second fabric.`;
    case 'array':
      return `${host.name} reaches ${single.array.name} over ${single.to.name} alone, where all its ports go: when that switch fails or is updated, every VM with disks on ${single.array.name} hangs. Cable some of its ports to a second switch.`;
  }
}

/** Half of the ports of an array to the twin of its switch. */
function secondSwitch(ports: readonly ArrayPorts[], to: Entity): Fix[] {
  const last = ports.at(-1);
  const part = last && partOf(last.by.sentence.subject, 0, last.by.index);
  const rate = last && partOf(last.by.sentence.subject, 1, last.by.index);
  const clause = last?.by.sentence.clauses.get('to')?.value?.parts[0];
  const twin = twinName(to);
  if (!last || !part || !twin || !clause || rate?.type !== 'quantity') return [];
  const title = `Cable ports to ${twin} as well`;
  if (ports.length > 1) return [{ title, edits: replaceAt(last.by.place, clause, twin), isPreferred: true }];
  const half = Math.floor(last.count / 2);
  if (half < 1) return [];
  const speed = `${rate.value / factorOf(rate.unit)} ${rate.unit}`;
  return [
    {
      title,
      edits: [
        ...replaceAt(last.by.place, part, String(last.count - half)),
        ...addAfter(last.by, `ports ${half} x ${speed} to ${twin}`),
      ],
      isPreferred: true,
    },
  ];
}

function secondPath(first: StoragePath, host: Entity): Fix[] {
  const hosts = hostsUnder(host, first.by);
  const twin = twinName(first.to);
  const ports = portsOf(host, 'hba');
  const card = ports.find(({ name }) => name === first.port)?.card;
  const free = ports.filter(
    ({ name }) => name !== first.port && hosts?.every((one) => portsOf(one, 'hba').some((port) => port.name === name)),
  );
  const port = free.find((one) => one.card !== card) ?? free[0];
  if (!port || !twin || !isBareName(port.name)) return [];
  return [
    {
      title: `Add a path over ${port.name} to ${twin}`,
      edits: addAfter(first.by, `path ${port.name} to ${twin}`),
      isPreferred: true,
    },
  ];
}

function otherFabric(paths: readonly StoragePath[], first: StoragePath): Fix[] {
  const last = paths.at(-1);
  const to = last?.by.sentence.clauses.get('to')?.value;
  const part = to?.parts[0];
  const twin = twinName(first.to);
  if (!last || !part || !twin || to?.each || statementKey(last.by) === statementKey(first.by)) return [];
  return [{ title: `Cable ${last.port} to ${twin}`, edits: replaceAt(last.by.place, part, twin), isPreferred: true }];
}
