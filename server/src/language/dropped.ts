import type { ProblemFix } from './problem.ts';
import type { Statement, Token } from './syntax/parser.ts';
import { replaceFix } from './values/cursor.ts';

/** A statement in a form that the language does not have, and what it stands for. */
export interface DroppedForm {
  readonly message: string;
  readonly fixes: readonly ProblemFix[];
  /** The statement that is read in its place; undefined where it needs a place of its own. */
  readonly instead: Statement | undefined;
}

/** Words of other tools, by the kind of block that they may stand in, with what the language says for them. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  file: {
    'host-model': 'class host',
    'vm-class': 'class vm',
    node: 'host',
    hypervisor: 'host',
    guest: 'vm',
    instance: 'vm',
    machine: 'vm',
    domain: 'vm',
    'port-group': 'network',
    portgroup: 'network',
    vlan: 'network',
    subnet: 'network',
    vnet: 'network',
    'load-balancer': 'adc',
    storage: 'array',
    san: 'array',
    datacenter: 'site',
    application: 'app',
  },
  site: { power: 'tariff', electricity: 'tariff' },
  vm: {
    network: 'nic',
    ram: 'memory',
    cpus: 'vcpu',
    cores: 'vcpu',
    vcpus: 'vcpu',
    checkpoint: 'snapshot',
    net: 'demand net',
    iops: 'demand iops',
    tx: 'demand tx',
    rx: 'demand rx',
    reads: 'demand reads',
    active: 'demand active',
    dirty: 'demand dirty',
    throughput: 'demand throughput',
  },
  app: {
    downtime: 'slo downtime',
    latency: 'slo latency',
    availability: 'slo availability',
    'depends-on-app': 'depends-on',
  },
  host: { ram: 'memory', cores: 'cpu', network: 'nic' },
  server: { ram: 'memory', cores: 'cpu', network: 'nic' },
};

/**
 * Recognises a statement of an older draft or of another tool's vocabulary. `siblings` are the statements of its block.
 * The statement that is read in its place has the tokens of this one, with new words of no length of their own.
 */
export function droppedForm(
  statement: Statement,
  kind: string,
  siblings: readonly Statement[],
): DroppedForm | undefined {
  const { word } = statement;
  if (!word) return undefined;
  if (kind === 'vm' && word.text === 'cpu') {
    const isCount = /^\d+$/.test(statement.args[0]?.text ?? '') && statement.args.length === 1;
    return renamed(statement, word, isCount ? 'vcpu' : 'demand cpu');
  }
  if (kind === 'vm' && (word.text === 'host' || word.text === 'cluster')) {
    const message = `a VM does not say where it runs: write runs in the ${word.text}, or runs … on ${statement.args[0]?.text ?? '…'} beside the VM`;
    return { message, fixes: [], instead: undefined };
  }
  if (kind === 'network' && (word.text === 'gateway' || word.text === 'reserve' || word.text === 'dhcp'))
    return clauseOfSubnet(statement, word, siblings);
  const words = Object.hasOwn(RENAMED, kind) ? RENAMED[kind] : undefined;
  const meant = words && Object.hasOwn(words, word.text) ? words[word.text] : undefined;
  return meant === undefined ? undefined : renamed(statement, word, meant);
}

function renamed(statement: Statement, word: Token, meant: string): DroppedForm {
  const words = meant.split(' ').map((text): Token => ({ ...word, text }));
  return {
    message: `${word.text} is written ${meant} here`,
    fixes: [replaceFix(word, meant)],
    instead: { ...statement, word: words[0], args: [...words.slice(1), ...statement.args] },
  };
}

/** A VLAN may have several subnets, so what belongs to one is its clause. */
function clauseOfSubnet(statement: Statement, word: Token, siblings: readonly Statement[]): DroppedForm {
  const message = `${word.text} belongs to its subnet: subnet 10.1.10.0/24 ${word.text} …`;
  const subnets = siblings.filter((sibling) => sibling.word?.text === 'subnet');
  const [subnet] = subnets;
  if (!subnet || subnets.length > 1) return { message, fixes: [], instead: undefined };
  const end = subnet.args[subnet.args.length - 1]?.to ?? subnet.to;
  const fix: ProblemFix = {
    title: `Move ${word.text} to its subnet`,
    edits: [
      { from: end, to: end, text: ` ${statement.args.reduce(joined, word.text)}` },
      { from: statement.from, to: statement.to, text: '' },
    ],
  };
  return { message, fixes: [fix], instead: undefined };
}

function joined(text: string, token: Token): string {
  if (token.kind === 'text') return `${text} "${token.text.replaceAll('"', '""')}"`;
  return token.kind === ',' ? `${text},` : `${text} ${token.text}`;
}
