import { printInline } from '../../language/make/print.ts';
import {
  list,
  type NewArg,
  type NewStatement,
  name,
  nameArgs,
  number,
  quantity,
  statement,
  text,
  times,
  word,
} from '../../language/make.ts';
import { cpuModelOf } from './cpu-model.ts';
import { type Hardware, type Host, MIB } from './inventory.ts';
import { UniqueNames } from './unique-names.ts';

/** Hosts of one hardware: what their class says, and its name. */
export interface HostClass {
  readonly name: string;
  readonly statement: NewStatement;
  readonly hosts: readonly Host[];
}

export interface HostClasses {
  readonly classes: readonly HostClass[];
  /** What a host says of its hardware itself: all of it without a class, else where it differs from its class. */
  readonly own: (host: Host) => readonly NewStatement[];
  readonly classOf: (host: Host) => string | undefined;
}

/** Hosts of equal model, processor and memory share a class; cards are in it where all of them have the same. */
export function classifyHosts(hosts: readonly Host[]): HostClasses {
  const groups = new Map<string, Host[]>();
  for (const host of hosts) {
    if (Object.keys(host.hardware).length === 0) continue;
    const key = JSON.stringify(host.hardware);
    groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  const shared = [...groups.values()].filter(
    ([first, ...more]) => first?.hardware.model !== undefined || more.length > 0,
  );
  const names = nameClasses(shared.map(([first]) => first?.hardware ?? {}));
  const own = new Map<Host, readonly NewStatement[]>();
  const classNames = new Map<Host, string>();
  const classes = shared.map((members, index): HostClass => {
    const cards = [...commonCards(members, nicStatements), ...commonCards(members, hbaStatements)];
    const inClass = new Set(cards.map(printInline));
    const className = names[index] ?? '';
    for (const host of members) {
      classNames.set(host, className);
      own.set(
        host,
        cardStatements(host).filter((card) => !inClass.has(printInline(card))),
      );
    }
    const body = [...hardwareStatements(members[0]?.hardware ?? {}), ...cards];
    return {
      name: className,
      statement: statement('class', [word('host'), name(className)], { body }),
      hosts: members,
    };
  });
  return {
    classes,
    classOf: (host) => classNames.get(host),
    own: (host) => own.get(host) ?? [...hardwareStatements(host.hardware), ...cardStatements(host)],
  };
}

function commonCards(
  hosts: readonly Host[],
  cardsOf: (host: Host) => readonly NewStatement[],
): readonly NewStatement[] {
  const [first, ...others] = hosts;
  const cards = first ? cardsOf(first) : [];
  const printed = cards.map(printInline).join('\n');
  return others.every((host) => cardsOf(host).map(printInline).join('\n') === printed) ? cards : [];
}

function cardStatements(host: Host): readonly NewStatement[] {
  return [...nicStatements(host), ...hbaStatements(host)];
}

function hardwareStatements(hardware: Hardware): readonly NewStatement[] {
  const statements: NewStatement[] = [];
  if (hardware.model !== undefined) statements.push(statement('model', [text(hardware.model)]));
  const cpu = cpuArgs(hardware);
  if (cpu.length > 0) statements.push(statement('cpu', cpu));
  if (hardware.memory !== undefined) {
    statements.push(statement('memory', [quantity(hardware.memory, 'size', { step: MIB })]));
  }
  return statements;
}

function cpuArgs(hardware: Hardware): readonly NewArg[] {
  const { cores, sockets, coresPerSocket, clock, cpuModel } = hardware;
  if (cores === undefined || cores === 0) return [];
  const args: NewArg[] =
    sockets === undefined || coresPerSocket === undefined
      ? [number(cores), word('cores')]
      : [times(sockets, [number(coresPerSocket), word('cores')])];
  if (clock !== undefined && clock > 0) args.push(quantity(clock, 'frequency'));
  if (cpuModel !== undefined) {
    const model = cpuModelOf(cpuModel);
    args.push(word('model'), text(model.text));
    if (model.vendor) args.push(word('vendor'), word(model.vendor));
    if (model.generation) args.push(word('generation'), word(model.generation));
  }
  return args;
}

function nicStatements(host: Host): readonly NewStatement[] {
  if (host.nics.length === 0) return countStatements('nic', host.nicCount);
  const groups = new Map<string, typeof host.nics>();
  for (const nic of host.nics) {
    const key = `${nic.speed ?? ''}\n${nic.card ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), nic]);
  }
  return [...groups.values()].map((nics) => {
    const args: NewArg[] = [list(nameArgs(nics.map((nic) => nic.name)))];
    const { speed, card } = nics[0] ?? {};
    if (speed !== undefined) args.push(quantity(speed, 'rate'));
    if (card !== undefined) args.push(word('card'), number(card));
    return statement('nic', args);
  });
}

function hbaStatements(host: Host): readonly NewStatement[] {
  if (host.hbas.length === 0) return countStatements('hba', host.hbaCount);
  return [statement('hba', [list(nameArgs(host.hbas))])];
}

/** More cards than this are a misread column. */
const MOST_CARDS = 64;

function countStatements(kind: 'nic' | 'hba', count: number | undefined): readonly NewStatement[] {
  if (count === undefined || !Number.isInteger(count) || count < 1 || count > MOST_CARDS) return [];
  return [statement(kind, [word(count === 1 ? `${kind}1` : `${kind}[1..${count}]`)])];
}

/** Makers and product families, which say little beside the model. */
const NOISE: ReadonlySet<string> = new Set([
  ...['hp', 'hpe', 'hewlett', 'packard', 'enterprise', 'dell', 'emc', 'inc', 'cisco', 'systems', 'lenovo', 'ibm'],
  ...['fujitsu', 'supermicro', 'huawei', 'vmware', 'proliant', 'poweredge', 'primergy', 'thinksystem', 'system'],
]);

/** `bl460c-gen8-512`: model and memory, then the processor where those two are not enough. */
function nameClasses(all: readonly Hardware[]): readonly string[] {
  const base = all.map(baseName);
  const unique = new UniqueNames();
  return all.map((hardware, index) => {
    const own = base[index] ?? '';
    const isAlone = base.filter((other) => other === own).length === 1;
    const cpu = hardware.cpuModel === undefined ? '' : cpuModelOf(hardware.cpuModel).short;
    return unique.take(isAlone || cpu === '' ? own : `${own}-${cpu}`);
  });
}

function baseName(hardware: Hardware): string {
  const words = (hardware.model ?? '')
    .toLowerCase()
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((part) => part !== '');
  const telling = words.filter((part) => !NOISE.has(part));
  const model = (telling.length > 0 ? telling : words).join('-') || `host-${hardware.cores ?? 0}c`;
  return hardware.memory === undefined ? model : `${model}-${soldMemory(hardware.memory)}`;
}

/** GiB as sold: firmware keeps a little for itself, so 511.97 GiB are a host of 512. */
function soldMemory(bytes: number): number {
  const gib = bytes / 2 ** 30;
  const step = gib > 32 ? 16 : 1;
  return Math.ceil(gib / step) * step;
}
