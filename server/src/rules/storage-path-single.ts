import { carriesLoad, portsOf } from '../capacity/host.ts';
import { type StoragePath, storagePaths } from '../capacity/san.ts';
import { type Entity, statementKey } from '../design/declaration.ts';
import { addAfter, replaceAt } from '../design/edits.ts';
import { isBareName } from '../language/make/bare-name.ts';
import { alongPaths } from './along.ts';
import { type Anchor, isWhole, subjectOf } from './anchor.ts';
import { hostsUnder, twinName } from './port-edits.ts';
import { defineRule, type Fix } from './rule.ts';

interface Single {
  readonly shared: 'port' | 'fabric';
  readonly paths: readonly StoragePath[];
  readonly first: StoragePath;
  readonly anchor: Anchor;
}

export const storagePathSingle = defineRule<Single>({
  id: 'storage-path-single',
  title: 'One broken part cuts a host off its storage',
  painPoint: 'congested-storage-network',
  owners: ['storage', 'server'],
  benefit: 'A failed adapter, cable or fabric switch costs bandwidth and nothing more',
  why: 'A VM that loses its disks does not fail over: it hangs with its host. So storage is reached over two adapters and two fabrics that share nothing. Two adapters straight to one array are two paths; two adapters to one switch are not.',
  formula: 'adapters in path < 2, or all of them to one switch',
  inputs: ['host.path', 'host.hba', 'host.nic'],
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
  find: (host) => {
    if (!carriesLoad(host)) return [];
    const paths = storagePaths(host);
    const [first] = paths ?? [];
    if (!paths || !first || !paths.every(({ by }) => isWhole(by))) return [];
    const anchor = subjectOf(first.by);
    if (new Set(paths.map(({ port }) => port)).size === 1) return [{ shared: 'port', paths, first, anchor }];
    const isOneSwitch = first.to.kind === 'switch' && paths.every(({ to }) => to === first.to);
    return isOneSwitch ? [{ shared: 'fabric', paths, first, anchor }] : [];
  },
  say: ({ shared, paths, first, anchor }, _, host) => ({
    severity: 'warning',
    message:
      shared === 'port'
        ? `${host.name} reaches its storage over ${first.port} alone: when it or its cable fails, every VM on ${host.name} hangs. Add a path over a second adapter to another fabric.`
        : `All storage paths of ${host.name} go to ${first.to.name}: when that switch fails or is updated, every VM on ${host.name} hangs. Cable one adapter to a second fabric.`,
    ...anchor,
    links: alongPaths(host, paths),
    related: paths
      .filter(({ by }) => statementKey(by) !== statementKey(first.by))
      .slice(0, 4)
      .map(({ by, port }) => ({ ...subjectOf(by), message: `${port} goes there, too` })),
  }),
  fix: ({ shared, paths, first }, host) => (shared === 'port' ? secondPath(first, host) : otherFabric(paths, first)),
});

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
