import { factorOf } from '../../base/units.ts';
import { portsOf } from '../../capacity/host.ts';
import { storagePaths } from '../../capacity/san.ts';
import { type Entity, statementKey } from '../../design/declaration.ts';
import { type FileEdit, replaceAt } from '../../design/edits.ts';
import { partOf } from '../../design/props.ts';
import { propsOf } from '../../design/things.ts';
import type { Fix } from '../rule.ts';
import { isOwn } from '../shared/anchor.ts';
import { listed } from '../shared/wording.ts';
import { hostsUnder, writtenNames } from './port-edits.ts';

/** Rates that adapters are sold with, Gbps. */
const RATES = { nic: [1, 10, 25, 40, 100], hba: [8, 16, 32, 64] } as const;

/** Gives named ports of a host a rate of at least so many bit/s, where their rate is stated for hosts and not in a class. */
export function fasterPorts(host: Entity, word: 'nic' | 'hba', names: readonly string[], rate: number): Fix[] {
  const wanted = RATES[word].find((one) => one * 1e9 >= rate * (1 - 1e-9));
  const ports = names.map((name) => portsOf(host, word).find((port) => port.name === name));
  if (wanted === undefined || names.length === 0) return [];
  const edits: FileEdit[] = [];
  const done = new Set<string>();
  for (const port of ports) {
    if (!port?.rate || !hostsUnder(host, port.by)) return [];
    if (port.rate >= wanted * 1e9 || done.has(statementKey(port.by))) continue;
    done.add(statementKey(port.by));
    const part = partOf(port.by.sentence.subject, 2, port.by.index);
    if (part?.type !== 'quantity') return [];
    edits.push(...replaceAt(port.by.place, part, `${wanted} Gbps`));
  }
  const which = writtenNames(names) ?? listed(names);
  return edits.length > 0 ? [{ title: `Use ${wanted} Gbps for ${which}`, edits }] : [];
}

/** Gives a link between sites a rate of at least so many bit/s, rounded up to two digits. */
export function fasterLink(wan: Entity, rate: number): Fix[] {
  const stated = propsOf(wan).one('speed');
  const part = stated && partOf(stated.sentence.subject, 0, stated.index);
  if (!stated || part?.type !== 'quantity' || !isOwn(wan, stated) || rate <= part.value) return [];
  const unit = rate >= 1e9 ? 'Gbps' : 'Mbps';
  const amount = rate / factorOf(unit);
  const step = 10 ** (Math.floor(Math.log10(amount)) - 1);
  const rounded = Number((Math.ceil(amount / step - 1e-9) * step).toFixed(3));
  return [
    { title: `Plan ${rounded} ${unit} for ${wan.name}`, edits: replaceAt(stated.place, part, `${rounded} ${unit}`) },
  ];
}

/** Makes all storage paths of a host so many times as fast, where they have one kind of adapter and one rate. */
export function fasterPaths(host: Entity, factor: number): Fix[] {
  const paths = storagePaths(host) ?? [];
  const [first] = paths;
  const names = [...new Set(paths.map(({ port }) => port))];
  if (!first?.rate || paths.some(({ rate }) => rate !== first.rate)) return [];
  const word = (['hba', 'nic'] as const).find((one) => {
    const own = portsOf(host, one).map(({ name }) => name);
    return names.every((name) => own.includes(name));
  });
  return word ? fasterPorts(host, word, names, first.rate * factor) : [];
}
