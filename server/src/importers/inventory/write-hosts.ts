import { listStatements, printInline } from '../../language/make/print.ts';
import {
  amount,
  classes,
  list,
  type NewArg,
  type NewItem,
  type NewStatement,
  name,
  nameArgs,
  names,
  number,
  quantity,
  statement,
  text,
  word,
} from '../../language/make.ts';
import type { HostClasses } from './host-classes.ts';
import type { Cluster, Host, Hypervisor, Service, VirtualSwitch, Vm } from './inventory.ts';

/** What all hosts of a cluster say alike is said once, by the cluster. */
interface Shared {
  readonly statements: readonly NewStatement[];
  readonly printed: ReadonlySet<string>;
}

export function writeCluster(cluster: Cluster, classes: HostClasses, note: string): NewStatement {
  const shared = sharedStatements(cluster.hosts);
  const { features, drs, failover } = cluster.settings;
  const body: NewItem[] = [];
  const listed = cluster.hosts.filter((host) => host.listed);
  body.push(...shared.statements.filter((one) => one.word === 'hypervisor'));
  if (features.length > 0) body.push(statement('features', [list(features.map(word))]));
  if (drs)
    body.push(statement('drs', [word(drs.mode), drs.level === undefined ? [] : [word('level'), number(drs.level)]]));
  const evc = new Set(listed.map((host) => host.evc));
  const [baseline] = evc;
  if (evc.size === 1 && baseline !== undefined) body.push(statement('evc', [name(baseline)]));
  if (failover !== undefined) body.push(statement('failover', [amount(failover, failover === 1 ? 'host' : 'hosts')]));
  body.push(...shared.statements.filter((one) => one.word !== 'hypervisor'));
  cluster.hosts.forEach((host, index) => {
    const written = writeHost(host, classes, { depth: 1, shared });
    body.push(index === 0 && body.length > 0 ? { ...written, gap: true } : written);
  });
  for (const runs of runsStatements(cluster.pool, 1)) body.push(runs);
  const at = cluster.site === undefined ? [] : [word('at'), name(cluster.site)];
  return statement('cluster', [name(cluster.name), at], { body, inline: false, comment: [note], gap: true });
}

/** A host outside any cluster. */
export function writeSingleHost(host: Host, classes: HostClasses): NewStatement {
  return { ...writeHost(host, classes, { depth: 0, shared: { statements: [], printed: new Set() } }), gap: true };
}

function writeHost(host: Host, hostClasses: HostClasses, place: { depth: number; shared: Shared }): NewStatement {
  const className = hostClasses.classOf(host);
  const body: NewStatement[] = [];
  if (host.aliases.length > 0) body.push(statement('alias', [list(host.aliases.map((alias) => name(alias)))]));
  if (host.id !== undefined) body.push(statement('id', [text(host.id)]));
  if (!host.listed)
    body.push(statement('note', [text('hardware unknown: others name this host, no list of hosts has it')]));
  if (host.note !== undefined) body.push(statement('note', [text(host.note)]));
  if (host.state !== undefined) body.push(statement('state', [word(host.state)]));
  body.push(...hostClasses.own(host));
  body.push(...measuredStatement(host));
  body.push(...ownStatements(host).filter((one) => !place.shared.printed.has(printInline(one))));
  for (const runs of runsStatements(host.vms, place.depth + 1)) body.push(runs);
  const at = place.depth === 0 && host.site !== undefined ? [word('at'), name(host.site)] : [];
  const head = [name(host.name), classes(className === undefined ? [] : [className]), at];
  return statement('host', head, { body, inline: body.length > 1 ? false : 'fits' });
}

function measuredStatement(host: Host): readonly NewStatement[] {
  const args: NewArg[] = [];
  if (host.cpuUsage !== undefined) args.push(word('cpu'), quantity(host.cpuUsage, 'share'));
  if (host.memoryUsage !== undefined) args.push(word('memory'), quantity(host.memoryUsage, 'share'));
  return args.length === 0 ? [] : [statement('measured', args)];
}

/** What a cluster may say in place of its hosts. */
function ownStatements(host: Host): readonly NewStatement[] {
  return [
    ...(host.hypervisor ? [hypervisorStatement(host.hypervisor)] : []),
    ...listStatements('mount', nameArgs(host.mounts), 2),
    ...host.vswitches.map(vswitchStatement),
    ...host.services.map(serviceStatement),
  ];
}

/** A cluster of one host speaks for its hypervisor only. */
function sharedStatements(hosts: readonly Host[]): Shared {
  const [first, ...others] = hosts.filter((host) => host.listed);
  if (!first) return { statements: [], printed: new Set() };
  const said = others.map((host) => printedOf(ownStatements(host)));
  const mountsAlike = others.every((host) => host.mounts.join('\n') === first.mounts.join('\n'));
  const statements = ownStatements(first).filter((one) => {
    if (others.length === 0) return one.word === 'hypervisor';
    return (one.word !== 'mount' || mountsAlike) && said.every((host) => host.has(printInline(one)));
  });
  return { statements, printed: printedOf(statements) };
}

function printedOf(statements: readonly NewStatement[]): ReadonlySet<string> {
  return new Set(statements.map(printInline));
}

function hypervisorStatement(hypervisor: Hypervisor): NewStatement {
  return statement('hypervisor', [
    word(hypervisor.type),
    hypervisor.version === undefined ? [] : word(hypervisor.version),
    hypervisor.edition === undefined ? [] : [word('edition'), word(hypervisor.edition)],
    hypervisor.build === undefined ? [] : [word('build'), word(String(hypervisor.build))],
  ]);
}

function vswitchStatement(vswitch: VirtualSwitch): NewStatement {
  const body: NewStatement[] = [];
  if (vswitch.type !== undefined) body.push(statement('type', [word(vswitch.type)]));
  if (vswitch.uplinks.length > 0) body.push(statement('uplink', [names(vswitch.uplinks)]));
  if (vswitch.teaming !== undefined) body.push(statement('teaming', [word(vswitch.teaming)]));
  if (vswitch.mtu !== undefined) body.push(statement('mtu', [number(vswitch.mtu)]));
  body.push(...listStatements('carries', nameArgs(vswitch.carries), 3));
  return statement('vswitch', [name(vswitch.name)], { body });
}

function serviceStatement(service: Service): NewStatement {
  return statement('service', [
    word(service.type),
    [word('on'), name(service.network)],
    service.mtu === undefined ? [] : [word('mtu'), number(service.mtu)],
    service.address === undefined ? [] : [word('address'), word(service.address)],
  ]);
}

function runsStatements(vms: readonly Vm[], depth: number): readonly NewStatement[] {
  return listStatements('runs', nameArgs(vms.map((vm) => vm.name)), depth);
}
