import { factorOf, formatQuantity } from '../../base/units.ts';
import { type Content, contentsOf } from '../../capacity/contents.ts';
import { diskStatements } from '../../capacity/conversions.ts';
import { arrayUse, datastoreUse } from '../../capacity/storage.ts';
import { type Declaration, type Entity, statementKey } from '../../design/declaration.ts';
import { addToBody, type FileEdit, placeText, replaceAt } from '../../design/edits.ts';
import { partOf, type Stated } from '../../design/props.ts';
import { itemNaming, referenceText } from '../../design/reference-text.ts';
import { insertAfter, statementSpan } from '../../design/statement-edits.ts';
import { datastoresOf, propsOf, sitesOf, standsOn } from '../../design/things.ts';
import { quotedName } from '../../language/make/bare-name.ts';
import { fileText } from '../../language/syntax/file.ts';
import type { Fix } from '../rule.ts';
import { namesOf } from '../shared/wording.ts';

/** Statements of VMs that are moved at most: more is a project of its own. */
const MOST_MOVED = 8;

/** What a datastore and the next one have in common. */
const KEPT = new Set(['type', 'thin', 'slack', 'max-vms']);

/** To which share a datastore may be planned to be filled: where `datastore-overfull` begins to warn. */
export const DATASTORE_FULL = 0.75;

/** What has to leave a datastore. */
export interface Leaving {
  /** Bytes. */
  readonly excess: number;
  /** Share of its capacity that the other datastore may be filled to. */
  readonly limit: number;
  /** By what each VM counts: what is written, or what is promised to it. */
  readonly by: (content: Content) => number | undefined;
  /** VMs that are yet to come count, too. */
  readonly vms?: readonly Entity[];
}

/**
 * VMs whose disks move to another datastore: to one that the same hosts reach already and that has room, and to a new one on the
 * array of the full one, or on one that these hosts reach, mounted wherever the full one is. Nothing is bought: there is room.
 */
export function anotherDatastore(datastore: Entity, { excess, limit, by, vms }: Leaving): Fix[] {
  const stated = propsOf(datastore).one('capacity');
  const capacity = stated && partOf(stated.sentence.subject, 0, stated.index);
  const mounts = mountsOf(datastore);
  const moving = excess > 0 ? leavers(datastore, vms ?? datastoreUse(datastore).vms, excess, by) : undefined;
  const name = nextName(datastore);
  if (!moving) return [];
  const moved = namesOf(moving.declarations.flatMap(({ entities }) => entities));
  const there = neighbour(datastore, moving.size, limit);
  const fixes = there
    ? [
        {
          title: `Move ${moved} to ${there.datastore.name}, which has ${formatQuantity(there.left, 'size')} left`,
          edits: movedTo(moving, there.datastore.name),
        },
      ]
    : [];
  if (capacity?.type !== 'quantity' || !mounts || !name) return fixes;
  const needed = roundSize(moving.size / limit, capacity.unit);
  // Those of one array are mostly alike; where there is less room, one as large as it has to be will do.
  const own = { text: `${capacity.value / factorOf(capacity.unit)} ${capacity.unit}`, bytes: capacity.value };
  const sizes = own.bytes >= needed.bytes ? [own, needed] : [needed];
  for (const holder of holdersFor(datastore)) {
    const { usable, allocated } = arrayUse(holder);
    const left = usable ? usable.value - (allocated?.value ?? 0) : 0;
    const size = sizes.find((one) => one.bytes <= left);
    const declared = size ? declaring(datastore, holder, name, size.text) : [];
    if (!size || declared.length === 0) continue;
    return [
      ...fixes,
      {
        title: `Add datastore ${name} of ${size.text} on ${holder.name}, which has ${formatQuantity(left, 'size')} left, and move ${moved} there`,
        edits: [...declared, ...mounts.flatMap((mount) => afterList(mount, name)), ...movedTo(moving, name)],
      },
    ];
  }
  return fixes;
}

/** A size in a unit, rounded up to a tenth of it; in the next smaller one where that would be less than one. */
function roundSize(bytes: number, unit: string): { readonly text: string; readonly bytes: number } {
  const [own, digits] = bytes < factorOf(unit) && unit.startsWith('T') ? [unit.replace('T', 'G'), 0] : [unit, 1];
  const count = Math.ceil((bytes / factorOf(own)) * 10 ** digits - 1e-9) / 10 ** digits;
  return { text: `${count} ${own}`, bytes: count * factorOf(own) };
}

function movedTo({ references }: Moving, name: string): FileEdit[] {
  return references.flatMap(({ stated, span }) => replaceAt(stated.place, span, quotedName(name)));
}

/** The emptiest of the datastores that all hosts of a full one reach as well, with the bytes that it has left; undefined if none takes so much. */
function neighbour(datastore: Entity, size: number, limit: number) {
  const hosts = hostsOn(datastore);
  let best: { readonly datastore: Entity; readonly left: number } | undefined;
  for (const other of hosts[0] ? datastoresOf(hosts[0]) : []) {
    if (other === datastore || !hosts.every((host) => datastoresOf(host).includes(other))) continue;
    const { capacity, used } = datastoreUse(other);
    const left = (capacity?.value ?? 0) - (used?.value ?? 0);
    if (!capacity || left - size < (1 - limit) * capacity.value || left <= (best?.left ?? 0)) continue;
    best = { datastore: other, left };
  }
  return best;
}

function hostsOn(datastore: Entity): readonly Entity[] {
  return [...datastore.design.members('host')].filter((host) => datastoresOf(host).includes(datastore));
}

/** Statements that mount a datastore; undefined if one of them deals its datastores out. */
function mountsOf(datastore: Entity): readonly Stated[] | undefined {
  const found = new Map<string, Stated>();
  for (const kind of ['cluster', 'host'])
    for (const holder of datastore.design.members(kind))
      for (const mount of propsOf(holder).list('mount'))
        if (itemNaming(mount, datastore)) found.set(statementKey(mount), mount);
  const all = [...found.values()];
  return all.some(({ sentence }) => sentence.subject?.each) ? undefined : all;
}

function afterList({ place, sentence }: Stated, name: string): FileEdit[] {
  const part = sentence.subject?.parts[0];
  return part ? replaceAt(place, { from: part.to, to: part.to }, `, ${quotedName(name)}`) : [];
}

interface Moving {
  readonly declarations: readonly Declaration[];
  readonly references: readonly Reference[];
  /** Bytes. */
  readonly size: number;
}

interface Reference {
  readonly stated: Stated;
  readonly span: { readonly from: number; readonly to: number };
}

/** VMs that take as much as has to leave: the smallest that does alone, else the largest until it is enough. */
function leavers(datastore: Entity, vms: readonly Entity[], excess: number, by: Leaving['by']): Moving | undefined {
  const sized = [...new Set(vms.map(({ declaration }) => declaration))].flatMap((declaration) => {
    const references = referencesTo(datastore, declaration);
    if (!references) return [];
    let size = 0;
    for (const vm of declaration.entities)
      for (const content of contentsOf(vm)) if (content.datastore === datastore) size += by(content) ?? 0;
    return size > 0 ? [{ declaration, references, size }] : [];
  });
  sized.sort((a, b) => a.size - b.size);
  const alone = sized.find(({ size }) => size >= excess);
  const chosen = alone ? [alone] : [];
  for (let sum = 0; !alone && sum < excess; ) {
    const next = sized.pop();
    if (!next || chosen.length === MOST_MOVED) return undefined;
    sum += next.size;
    chosen.push(next);
  }
  return {
    declarations: chosen.map(({ declaration }) => declaration),
    references: chosen.flatMap(({ references }) => references),
    size: chosen.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Where the block of some VMs names a datastore; undefined if something else does as well, which speaks of others, too. */
function referencesTo(datastore: Entity, { entities }: Declaration): readonly Reference[] | undefined {
  const found = new Map<string, Reference>();
  for (const vm of entities) {
    const home = propsOf(vm).one('datastore');
    const named = [
      ...diskStatements(vm).map(([, stated]) => ({ stated, span: itemNaming(stated, datastore, 'on') })),
      ...(home ? [{ stated: home, span: itemNaming(home, datastore) }] : []),
    ];
    for (const { stated, span } of named) {
      if (!span) continue;
      if (stated.layer.source !== 'own' || stated.sentence.subject?.each) return undefined;
      found.set(`${statementKey(stated)} ${span.from}`, { stated, span });
    }
  }
  return [...found.values()];
}

/** Where the other datastore could be: beside this one, else on an array of the same sites that all hosts of this one reach. */
function holdersFor(datastore: Entity): readonly Entity[] {
  const own = standsOn(datastore);
  if (!own || !['array', 'pool'].includes(own.kind)) return [];
  const { design } = datastore;
  const hosts = hostsOn(datastore);
  const sites = sitesOf(own);
  const others = ['pool', 'array'].flatMap((kind) => [...design.members(kind)]);
  const reached = (holder: Entity) =>
    holder !== own &&
    sitesOf(holder).every((site) => sites.includes(site)) &&
    hosts.length > 0 &&
    hosts.every((host) => datastoresOf(host).some((other) => standsOn(other) === holder));
  return [own, ...others.filter(reached)];
}

/** Goes on from the number at the end of a name; undefined if all names near it are taken. */
function nextName({ name, design }: Entity): string | undefined {
  const [, stem = `${name}-`, digits = '1'] = /^(.*?)(\d+)$/.exec(name) ?? [];
  for (let number = Number(digits) + 1; number < Number(digits) + 1_000; number++) {
    const next = `${stem}${String(number).padStart(digits.length, '0')}`;
    if (design.names.read('datastore', next).entities.length === 0) return next;
  }
  return undefined;
}

function declaring(datastore: Entity, holder: Entity, name: string, capacity: string): readonly FileEdit[] {
  const { declaration } = datastore;
  const kept = declaration.body().filter(({ sentence }) => KEPT.has(sentence.word));
  const more = kept.map(({ place, sentence }) => placeText(place).slice(sentence.from, sentence.to).trim());
  const body = `{ ${[`capacity ${capacity}`, ...more].join('; ')} }`;
  const statement = `datastore ${quotedName(name)}`;
  const head = declaration.head();
  const span = head && statementSpan(head);
  if (holder === standsOn(datastore) && head && span) {
    const from = { entity: datastore.parent, declaration: declaration.parent ?? declaration };
    const on = declaration.parent === holder.declaration ? '' : ` on ${referenceText(holder, from) ?? holder.name}`;
    return [
      {
        uri: head.place.file.uri,
        ...insertAfter(fileText(head.place.file.parsed), span, [`${statement}${on} ${body}`]),
      },
    ];
  }
  const other = holder.declaration.head();
  return other && holder.declaration.entities.length === 1 ? addToBody(other, `${statement} ${body}`) : [];
}
