import { printInline } from '../../language/make/print.ts';
import {
  classes,
  date,
  type NewArg,
  type NewStatement,
  name,
  number,
  optionalName,
  quantity,
  span,
  statement,
  text,
  word,
} from '../../language/make.ts';
import type { GuestOs } from './guest-os.ts';
import { type MeasuredVm, MIB, type Server, type VirtualDisk, type VirtualNic, type Vm } from './inventory.ts';
import { compareNames, UniqueNames } from './unique-names.ts';

/** A guest system that this many VMs have is worth a class: a place to state its licence once. */
const CLASS_FROM = 3;

/** A VM stands on one line up to here, a little wider than other blocks: hundreds of them are read as a table. */
const INLINE_STATEMENTS = 6;
const INLINE_WIDTH = 140;

export interface OsClasses {
  readonly statements: readonly NewStatement[];
  readonly classOf: (os: GuestOs) => string | undefined;
}

export function classifyGuests(vms: readonly Vm[]): OsClasses {
  const counts = new Map<string, { os: GuestOs; count: number }>();
  for (const { os } of vms) {
    if (!os) continue;
    const known = counts.get(keyOf(os)) ?? { os, count: 0 };
    known.count++;
    counts.set(keyOf(os), known);
  }
  const unique = new UniqueNames();
  const names = new Map<string, string>();
  const frequent = [...counts.values()]
    .filter(({ os, count }) => count >= CLASS_FROM && os.className !== '')
    .sort((a, b) => b.count - a.count || compareNames(a.os.className, b.os.className));
  const statements = frequent.map(({ os }) => {
    const className = unique.take(os.className);
    names.set(keyOf(os), className);
    return statement('class', [word('vm'), name(className)], { body: [osStatement(os)] });
  });
  return { statements, classOf: (os) => names.get(keyOf(os)) };
}

function keyOf(os: GuestOs): string {
  return os.word ?? os.text;
}

function osStatement(os: GuestOs): NewStatement {
  return statement('os', [os.word === undefined ? text(os.text) : word(os.word)]);
}

export function writeVm(vm: Vm, guests: OsClasses, usualAdapter: string | undefined): NewStatement {
  const className = vm.os ? guests.classOf(vm.os) : undefined;
  const body: NewStatement[] = [];
  const say = (head: string, ...args: readonly NewArg[]): void => {
    body.push(statement(head, args));
  };
  if (vm.container) say('container');
  if (vm.os && className === undefined) body.push(osStatement(vm.os));
  if (vm.vcpus !== undefined) {
    say(
      'vcpu',
      number(vm.vcpus),
      vm.sockets !== undefined && vm.sockets > 0 ? [word('sockets'), number(vm.sockets)] : [],
    );
  }
  if (vm.memory !== undefined) say('memory', ...memoryArgs(vm.memory, vm.dynamic));
  for (const disk of vm.disks) body.push(diskStatement(disk, vm.datastore));
  if (vm.disks.length === 0 && vm.provisioned !== undefined) {
    say('storage', stepped(vm.provisioned), vm.used === undefined ? [] : [word('used'), stepped(vm.used)]);
  }
  if (vm.datastore !== undefined) say('datastore', name(vm.datastore));
  for (const nic of vm.nics) body.push(nicStatement(nic, usualAdapter));
  if (vm.state !== 'on') say('state', word(vm.state));
  for (const snapshot of vm.snapshots) {
    say(
      'snapshot',
      optionalName(snapshot.name),
      stepped(snapshot.size),
      snapshot.taken === undefined ? [] : [word('taken'), date(snapshot.taken)],
    );
  }
  if (vm.devices.length > 0) say('devices', commaWords(vm.devices));
  if (vm.pinned !== undefined && vm.pinned.length > 0) say('pinned', commaWords(vm.pinned));
  if (vm.hotAdd.length > 0) say('hot-add', commaWords(vm.hotAdd));
  if (vm.reservedCpu !== undefined || vm.reservedMemory !== undefined) {
    say(
      'reserve',
      vm.reservedCpu === undefined ? [] : [word('cpu'), quantity(vm.reservedCpu, 'frequency')],
      vm.reservedMemory === undefined ? [] : [word('memory'), stepped(vm.reservedMemory)],
    );
  }
  const measured = measuredArgs(vm.measured, vm.disks.length > 0 || vm.provisioned === undefined ? vm.used : undefined);
  if (measured.length > 0) say('measured', ...measured);
  if (vm.restart !== undefined) say('restart', word(vm.restart));
  if (vm.faultTolerant) say('ft');
  if (vm.tags !== undefined && vm.tags.length > 0) say('tags', commaWords(vm.tags));
  if (vm.id !== undefined) say('id', text(vm.id));
  if (vm.sharedName !== undefined) say('note', text(`one of several VMs called ${vm.sharedName}`));
  if (vm.note !== undefined) say('note', text(vm.note));
  const written = statement('vm', [name(vm.name), classes(className === undefined ? [] : [className])], { body });
  return { ...written, inline: body.length <= INLINE_STATEMENTS && printInline(written).length <= INLINE_WIDTH };
}

function memoryArgs(memory: number, dynamic: Vm['dynamic']): readonly NewArg[] {
  if (dynamic === undefined) return [quantity(memory, 'size')];
  const { least, startup } = dynamic;
  return [
    span(quantity(least, 'size'), quantity(memory, 'size')),
    startup === undefined ? [] : [word('startup'), quantity(startup, 'size')],
  ];
}

/** A physical machine, to be converted or to stay. */
export function writeServer(server: Server): NewStatement {
  const body: NewStatement[] = [];
  if (server.os) body.push(osStatement(server.os));
  if (server.cores !== undefined) body.push(statement('cpu', [number(server.cores), word('cores')]));
  if (server.memory !== undefined) body.push(statement('memory', [quantity(server.memory, 'size')]));
  for (const { size } of server.disks) body.push(statement('disk', [stepped(size)]));
  const measured = measuredArgs(server.measured, server.used);
  if (measured.length > 0) body.push(statement('measured', measured));
  if (server.until !== undefined) body.push(statement('until', [date(server.until)]));
  if (server.id !== undefined) body.push(statement('id', [text(server.id)]));
  const at = server.site === undefined ? [] : [word('at'), name(server.site)];
  return statement('server', [name(server.name), at], { body });
}

function diskStatement(disk: VirtualDisk, home: string | undefined): NewStatement {
  return statement('disk', [
    disk.name === undefined ? [] : optionalName(disk.name),
    stepped(disk.size),
    disk.thin === undefined ? [] : word(disk.thin ? 'thin' : 'thick'),
    disk.datastore === undefined || disk.datastore === home ? [] : [word('on'), name(disk.datastore)],
    disk.used === undefined ? [] : [word('used'), stepped(disk.used)],
    disk.mode === undefined ? [] : [word('mode'), word(disk.mode)],
  ]);
}

function nicStatement(nic: VirtualNic, usualAdapter: string | undefined): NewStatement {
  return statement('nic', [
    nic.network === undefined ? [] : optionalName(nic.network),
    nic.address === undefined ? [] : [word('address'), word(nic.address)],
    nic.mac === undefined ? [] : [word('mac'), word(nic.mac)],
    nic.adapter === undefined || nic.adapter === usualAdapter ? [] : [word('adapter'), word(nic.adapter)],
    nic.limit === undefined ? [] : [word('limit'), quantity(nic.limit, 'rate')],
  ]);
}

function measuredArgs(figures: MeasuredVm, used: number | undefined): readonly NewArg[] {
  const args: NewArg[] = [];
  if (figures.cpu !== undefined) args.push(word('cpu'), quantity(figures.cpu, 'frequency'));
  else if (figures.cpuShare !== undefined) args.push(word('cpu'), quantity(figures.cpuShare, 'share'));
  if (figures.ready !== undefined) args.push(word('ready'), quantity(figures.ready, 'share'));
  if (figures.memory !== undefined) args.push(word('memory'), stepped(figures.memory));
  else if (figures.memoryShare !== undefined) args.push(word('memory'), quantity(figures.memoryShare, 'share'));
  const sizes = [
    ['active', figures.active],
    ['consumed', figures.consumed],
    ['ballooned', figures.ballooned],
    ['swapped', figures.swapped],
    ['used', used],
  ] as const;
  for (const [clause, size] of sizes) if (size !== undefined) args.push(word(clause), stepped(size));
  if (figures.sent !== undefined) args.push(word('tx'), quantity(figures.sent, 'rate'));
  if (figures.received !== undefined) args.push(word('rx'), quantity(figures.received, 'rate'));
  if (figures.iops !== undefined) args.push(word('iops'), number(figures.iops));
  if (figures.reads !== undefined) args.push(word('reads'), quantity(figures.reads, 'share'));
  if (figures.throughput !== undefined) args.push(word('throughput'), quantity(figures.throughput, 'rate'));
  return args;
}

function stepped(bytes: number): NewArg {
  return quantity(bytes, 'size', { step: MIB });
}

function commaWords(words: readonly string[]): NewArg {
  return words.flatMap((one, index) =>
    index === 0 ? [word(one)] : [{ kind: 'punctuation', text: ',' } as const, word(one)],
  );
}

/** Cards of the adapter that is not written. */
export function countUsualAdapters(vms: readonly Vm[], usual: string): number {
  return vms.reduce((sum, vm) => sum + vm.nics.filter((nic) => nic.adapter === usual).length, 0);
}
