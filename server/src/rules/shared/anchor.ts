import type { Span } from '../../base/span.ts';
import { type Figure, formatFigure } from '../../capacity/figure.ts';
import type { VirtualSwitch } from '../../capacity/uplinks.ts';
import type { Entity, Located } from '../../design/declaration.ts';
import { readItem } from '../../design/place.ts';
import type { Stated } from '../../design/props.ts';
import { propsOf } from '../../design/things.ts';
import type { Related } from '../rule.ts';

/** Where a finding points. */
export interface Anchor {
  readonly at: Located;
  readonly span: Span;
}

/** The names in the head of the block that declares a thing. */
export function nameOf(entity: Entity): Anchor | undefined {
  const at = entity.declaration.head();
  return at && { at, span: at.sentence.subject ?? at.sentence.wordSpan };
}

/** The subject of a statement: `4 x 10 Gbps` of `nic 4 x 10 Gbps`. */
export function subjectOf(at: Located): Anchor {
  return { at, span: at.sentence.subject ?? at.sentence.wordSpan };
}

/** A clause of a statement with its value, or the statement's word where it has no such clause. */
export function clauseIn(at: Located, clause: string): Anchor {
  return { at, span: at.sentence.clauses.get(clause) ?? at.sentence.wordSpan };
}

/** Whether a statement speaks of one thing alone: it stands in its block, and the block declares nothing else. */
export function isOwn(entity: Entity, stated: Stated): boolean {
  const { source, declaration } = stated.layer;
  if (source === 'own') return isAlone(entity);
  const amended = declaration.kind === entity.kind ? declaration : declaration.parent;
  return source === 'amend' && amended?.names.length === 1;
}

/** Whether a block declares this thing and no other. */
function isAlone(entity: Entity): boolean {
  return entity.declaration.names.length === 1 && (!entity.parent || isAlone(entity.parent));
}

/** The VMs that take most, with their share of a load. */
export function largestOf(load: Figure | undefined, vms: readonly Entity[], most = 6): Related[] {
  const byName = new Map(vms.map((vm) => [vm.name, vm]));
  return [...(load?.inputs ?? [])]
    .sort((a, b) => b.value - a.value)
    .slice(0, most)
    .flatMap((input) => {
      const vm = byName.get(input.label);
      const at = vm && nameOf(vm);
      return at ? [{ ...at, message: `${input.label}: ${formatFigure(input)}` }] : [];
    });
}

/** The first uplink of a virtual switch where it belongs to one host alone; else the host, whose load it is. */
export function uplinksAt({ host, uplinks }: VirtualSwitch): Anchor | undefined {
  const [first] = uplinks;
  return first && isOwn(host, first.by) ? subjectOf(first.by) : nameOf(host);
}

/** Whether a statement was read without a mistake, so that what is missing in it is missing and not only misspelt. */
export function isWhole({ place, sentence }: Located): boolean {
  const { problems } = readItem(place.item, place.context);
  return !problems.some(({ from, to }) => from < sentence.to && to > sentence.from);
}

/** The capacity of a datastore where it is stated, else its name. */
export function capacityOf(datastore: Entity): Anchor | undefined {
  const stated = propsOf(datastore).one('capacity');
  return stated ? subjectOf(stated) : nameOf(datastore);
}
