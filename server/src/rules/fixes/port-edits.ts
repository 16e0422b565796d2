import { type HostPort, portsOf } from '../../capacity/host.ts';
import { switchesOf, uplinkNames } from '../../capacity/uplinks.ts';
import type { Entity } from '../../design/declaration.ts';
import { statementKey } from '../../design/declaration.ts';
import { type FileEdit, replaceAt } from '../../design/edits.ts';
import { hostsOf } from '../../design/placement.ts';
import { partOf, type Stated } from '../../design/props.ts';
import { propsOf } from '../../design/things.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { compressNames } from '../../language/make/ranges.ts';

/** Hosts that a statement speaks of; undefined where it stands in a class, which others may use as well. */
export function hostsUnder(host: Entity, by: Stated): readonly Entity[] | undefined {
  const { declaration, source } = by.layer;
  const holder = declaration.kind === 'vswitch' ? declaration.parent : declaration;
  if (!holder || holder.word === 'class') return undefined;
  if (holder.word === 'amend') return holder.names.length === 1 ? [host] : undefined;
  if (source === 'own') return holder.entities;
  const [cluster] = holder.entities;
  return cluster?.kind === 'cluster' && holder.entities.length === 1 ? hostsOf(cluster) : undefined;
}

/** Network ports of a host that nothing uses. */
function freePorts(host: Entity): readonly HostPort[] {
  const used = new Set(switchesOf(host).flatMap(({ uplinks }) => uplinks.map(({ name }) => name)));
  for (const path of propsOf(host).list('path')) for (const name of uplinkNames(path)) used.add(name);
  return portsOf(host, 'nic').filter(({ name }) => !used.has(name));
}

/** Ports that are free on each of several hosts, with the properties that they have on the first. */
export function freeOnAll(hosts: readonly Entity[]): readonly HostPort[] {
  const [first, ...rest] = hosts;
  if (!first) return [];
  return freePorts(first).filter(({ name }) =>
    rest.every((host) => freePorts(host).some((port) => port.name === name)),
  );
}

/** Names as a design writes them; undefined if one of them cannot stand bare. */
export function writtenNames(names: readonly string[]): string | undefined {
  if (!names.every(isBareName)) return undefined;
  return compressNames(names, isBareName)
    .map(({ text }) => text)
    .join(', ');
}

/** Puts other names into the subject of an `uplink` or `path`. */
export function renamePorts(by: Stated, names: readonly string[]): FileEdit[] {
  const part = by.sentence.subject?.parts[0];
  const text = writtenNames(names);
  return part && text !== undefined && !by.sentence.subject?.each ? replaceAt(by.place, part, text) : [];
}

/** Adds ports of the same kind to a `nic` statement; undefined if their names cannot be told. */
export function addPorts(
  host: Entity,
  port: HostPort,
  count: number,
): { readonly names: readonly string[]; readonly edits: FileEdit[] } | undefined {
  const all = portsOf(host, 'nic');
  const { by } = port;
  const own = all.filter((other) => statementKey(other.by) === statementKey(by));
  const [named, number, rate] = [0, 1, 2].map((slot) => partOf(by.sentence.subject, slot, by.index));
  if (named) {
    const names = nextNames(own.at(-1)?.name ?? '', count, new Set(all.map(({ name }) => name)));
    const text = names && writtenNames([...own.map(({ name }) => name), ...names]);
    return names && text !== undefined ? { names, edits: replaceAt(by.place, named, text) } : undefined;
  }
  if (all.at(-1) !== own.at(-1)) return undefined;
  const names = Array.from({ length: count }, (_, k) => `nic${all.length + 1 + k}`);
  const total = String(own.length + count);
  if (number) return { names, edits: replaceAt(by.place, number, total) };
  return rate && { names, edits: replaceAt(by.place, { from: rate.from, to: rate.from }, `${total} x `) };
}

/** The names that count on from one: `vmnic1` after `vmnic0`. */
function nextNames(last: string, count: number, taken: ReadonlySet<string>): string[] | undefined {
  const [, stem, digits, rest] = /^(.*?)(\d+)(\D*)$/.exec(last) ?? [];
  if (stem === undefined || digits === undefined) return undefined;
  const names: string[] = [];
  for (let k = 1; k <= count; k++) {
    const name = `${stem}${String(Number(digits) + k).padStart(digits.length, '0')}${rest ?? ''}`;
    if (taken.has(name)) return undefined;
    names.push(name);
  }
  return names;
}

/** The other one of a pair that is declared together: tor-b for tor-a. */
export function twinName(one: Entity): string | undefined {
  const { entities } = one.declaration;
  const twin = entities.length === 2 ? entities.find((entity) => entity !== one)?.name : undefined;
  return twin !== undefined && isBareName(twin) ? twin : undefined;
}
