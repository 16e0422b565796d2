import { listStatements } from '../../language/make/print.ts';
import {
  date,
  type NewItem,
  type NewStatement,
  name,
  nameArgs,
  number,
  quantity,
  statement,
  text,
  word,
} from '../../language/make.ts';
import type { ImportTotals } from '../importer.ts';
import { headerLines } from './header.ts';
import { classifyHosts } from './host-classes.ts';
import { type Cluster, type Datastore, type Inventory, MIB, type Network, type Vm } from './inventory.ts';
import { compareNames } from './unique-names.ts';
import { writeCluster, writeSingleHost } from './write-hosts.ts';
import { classifyGuests, writeServer, writeVm } from './write-vms.ts';

/** Where an inventory came from, for the `source` statement and the comment at the top. */
export interface SourceFacts {
  /** Id of the importer. */
  readonly importer: string;
  /** What the inventory is called in a sentence. */
  readonly title: string;
  /** File or folder, without its path. */
  readonly file: string;
  /** Tabs, answers or files that it is made of. */
  readonly parts: readonly string[];
  readonly taken?: string;
  /** Sentences for the comment: what was decided, and what is not in the inventory. */
  readonly notes: readonly string[];
  /** The network adapter that is left out: nearly every card has it, and no figure depends on it. */
  readonly usualAdapter?: string;
}

export function writeDesign(inventory: Inventory, source: SourceFacts, totals: ImportTotals): readonly NewItem[] {
  const hostClasses = classifyHosts(inventory.hosts);
  const guests = classifyGuests(inventory.vms);
  const say = (vm: Vm): NewStatement => writeVm(vm, guests, source.usualAdapter);
  const items: NewItem[] = [
    { comment: headerLines(source, totals) },
    statement('source', [
      word(source.importer),
      [word('file'), text(source.file)],
      source.taken === undefined ? [] : [word('taken'), date(source.taken)],
    ]),
    ...section(inventory.sites.map((site) => statement('site', [name(site)]))),
    ...section(writeNetworks(inventory.networks)),
    ...section(writeDatastores(inventory.datastores)),
    ...section(hostClasses.classes.map((one) => one.statement)),
    ...section(guests.statements),
  ];
  const placed = new Set<Vm>();
  for (const cluster of inventory.clusters) {
    const vms = [...cluster.pool, ...cluster.hosts.flatMap((host) => host.vms)].sort(byName);
    for (const vm of vms) placed.add(vm);
    items.push(writeCluster(cluster, hostClasses, describeCluster(cluster, vms)));
    append(items, section(vms.map(say)));
  }
  const clustered = new Set(inventory.clusters.flatMap((cluster) => cluster.hosts));
  for (const host of inventory.hosts) {
    if (clustered.has(host)) continue;
    for (const vm of host.vms) placed.add(vm);
    items.push(writeSingleHost(host, hostClasses));
    append(items, section(host.vms.map(say)));
  }
  const rest = inventory.vms.filter((vm) => !placed.has(vm)).sort(byName);
  if (rest.length > 0) {
    items.push({ comment: ['VMs without a host: they count for addresses and space, not for hosts.'], gap: true });
    append(items, rest.map(say));
  }
  append(items, section((inventory.servers ?? []).map(writeServer)));
  return items;
}

function byName(a: Vm, b: Vm): number {
  return compareNames(a.name, b.name);
}

/** Spreading a list into `push` would overflow the stack at some ten thousand items. */
function append(items: NewItem[], more: readonly NewItem[]): void {
  for (const item of more) items.push(item);
}

/** An empty line before the first of them. */
function section(statements: readonly NewStatement[]): readonly NewStatement[] {
  return statements.map((one, index) => (index === 0 ? { ...one, gap: true } : one));
}

function writeNetworks(networks: readonly Network[]): readonly NewStatement[] {
  const at = (sites: readonly string[]) => (sites.length === 0 ? [] : [word('at'), name(sites[0] ?? '')]);
  const isBare = (network: Network) => network.vlan === undefined && network.subnet === undefined;
  const written = networks
    .filter((network) => !isBare(network))
    .map((network) => statement('network', [name(network.name), at(network.sites)], { body: networkBody(network) }));
  const bare = new Map<string, Network[]>();
  for (const network of networks) {
    if (!isBare(network)) continue;
    const key = network.sites.join('\n');
    bare.set(key, [...(bare.get(key) ?? []), network]);
  }
  for (const alike of bare.values()) {
    for (const one of listStatements('network', nameArgs(alike.map((network) => network.name)), 0)) {
      written.push({ ...one, args: [...(one.args ?? []), at(alike[0]?.sites ?? [])] });
    }
  }
  return written;
}

function networkBody({ vlan, subnet }: Network): readonly NewStatement[] {
  return [
    ...(vlan === undefined ? [] : [statement('vlan', [number(vlan)])]),
    ...(subnet === undefined
      ? []
      : [
          statement('subnet', [
            word(subnet.prefix),
            subnet.gateway === undefined ? [] : [word('gateway'), word(subnet.gateway)],
          ]),
        ]),
  ];
}

function writeDatastores(datastores: readonly Datastore[]): readonly NewStatement[] {
  const bare = datastores.filter((datastore) => Object.keys(datastore).length === 1);
  const written = datastores
    .filter((datastore) => Object.keys(datastore).length > 1)
    .map((datastore) => {
      const body: NewStatement[] = [];
      const size = (bytes: number) => quantity(bytes, 'size', { step: MIB });
      if (datastore.type !== undefined) body.push(statement('type', [word(datastore.type)]));
      if (datastore.capacity !== undefined) body.push(statement('capacity', [size(datastore.capacity)]));
      if (datastore.used !== undefined) body.push(statement('measured', [word('used'), size(datastore.used)]));
      if (datastore.id !== undefined) body.push(statement('id', [text(datastore.id)]));
      const on = datastore.host === undefined ? [] : [word('on'), name(datastore.host)];
      return statement('datastore', [name(datastore.name), on], { body });
    });
  return [...written, ...listStatements('datastore', nameArgs(bare.map((datastore) => datastore.name)), 0)];
}

function describeCluster(cluster: Cluster, vms: readonly Vm[]): string {
  const on = vms.filter((vm) => vm.state === 'on');
  const sum = (values: readonly (number | undefined)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const gib = (bytes: number): string => `${Math.round(bytes / 2 ** 30)} GiB`;
  const listed = cluster.hosts.filter((host) => host.listed);
  const cores = sum(listed.map((host) => host.hardware.cores));
  const memory = sum(listed.map((host) => host.hardware.memory));
  const unknown = cluster.hosts.length - listed.length;
  const off = vms.length - on.length;
  const hardware = [cores > 0 ? `${cores} cores` : '', memory > 0 ? gib(memory) : ''].filter((part) => part !== '');
  return [
    `${cluster.name}: ${listed.length} hosts`,
    hardware.length > 0 ? ` with ${hardware.join(' and ')}` : '',
    unknown > 0 ? `, ${unknown} more of unknown hardware` : '',
    `; ${on.length} VMs on with ${sum(on.map((vm) => vm.vcpus))} vCPU and ${gib(sum(on.map((vm) => vm.memory)))}`,
    off > 0 ? `, ${off} off` : '',
  ].join('');
}
