import type { Span } from '../base/span.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Declaration, Entity } from '../design/declaration.ts';
import type { Reference } from '../design/names.ts';
import type { Place } from '../design/place.ts';
import { appOfVm, placementOf, targetOf, vmsOn } from '../design/placement.ts';
import { type Layer, Props, referencesFor, Stated } from '../design/props.ts';
import { resolveAll } from '../design/resolve.ts';
import { blocksIn, propsOf, vmsOfApp } from '../design/things.ts';
import type { Shape } from '../language/schema/notation.ts';
import { KINDS } from '../language/schema/schema.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Value } from '../language/values/value.ts';
import { nameSpan, referenceSlots } from './mentions.ts';

/** One thing stands on another: it fails, slows down or moves with it. */
export interface Dependency {
  readonly from: Entity;
  readonly to: Entity;
  /** The text that says so; undefined where no single one does. */
  readonly at: { readonly place: Place; readonly span: Span } | undefined;
  /** Said of something around it or in it, which is a dependency by itself. */
  readonly isShared: boolean;
}

/** Statements that name things without standing on them: rules, lists, and what others do with them. */
const ASIDE = new Set(['runs', 'apart', 'together', 'keep', 'boot', 'lacp', 'trunk', 'superseded-by']);
/** Kinds that nothing technical stands on. */
const UNTOUCHED = new Set(['team', 'licence', 'tool', 'design']);

export function mayDepend(kind: string): boolean {
  return !UNTOUCHED.has(kind);
}

/** What a thing stands on: where it runs, what it is connected to, what it is stored on, what it calls. */
export function dependencies(entity: Entity): readonly Dependency[] {
  if (!mayDepend(entity.kind)) return [];
  const props = propsOf(entity);
  const found = [...structural(entity), ...ofHeads(props), ...ofBodies(props)];
  if (entity.kind === 'host' || entity.kind === 'cluster') {
    for (const { layers } of blocksIn(entity, 'vswitch'))
      found.push(...ofBodies(new Props(entity, layers)).map((dependency) => ({ ...dependency, isShared: true })));
  }
  return found.filter(({ to }) => to !== entity && mayDepend(to.kind));
}

/** What follows from where things stand, not from a name that one of them states. */
function structural(entity: Entity): Dependency[] {
  const { kind, parent } = entity;
  const named = (to: Entity, of: Declaration, name: string): Dependency => {
    const span = nameSpan(of, name);
    const { place } = of;
    return { from: entity, to, at: place && span && { place, span }, isShared: false };
  };
  if (kind === 'vm') {
    const { claim } = placementOf(entity);
    const to = claim && targetOf(claim);
    return to ? [{ from: entity, to, at: { place: claim.located.place, span: claim.vm }, isShared: false }] : [];
  }
  if (kind === 'app')
    return vmsOfApp(entity)
      .filter((vm) => appOfVm(vm) === entity)
      .map((vm) => named(vm, vm.declaration, vm.name));
  const found = parent && kind !== 'vswitch' ? [named(parent, entity.declaration, entity.name)] : [];
  if (kind === 'host' || kind === 'cluster')
    for (const inner of entity.design.names.inside(kind, entity.name))
      if (inner.kind === 'vswitch' && inner.parent === entity) found.push(named(inner, inner.declaration, inner.name));
  return found;
}

/** `at`, `in`, `on` and `between` in the head of its block, or of the nearest class that has them. */
function ofHeads({ entity, layers }: Props): Dependency[] {
  const found: Dependency[] = [];
  const seen = new Set<string>([':']);
  // A VM or server in an application does not stand on it: it is the other way round.
  if (entity.kind === 'vm' || entity.kind === 'server') seen.add('in');
  for (const layer of layers) {
    const { head } = layer;
    if (!head || layer.source === 'assume' || layer.source === 'cluster') continue;
    for (const [word, clause] of head.sentence.clauses) {
      if (seen.has(word)) continue;
      seen.add(word);
      const stated = new Stated(head, layer, layer.index ?? entity.index);
      found.push(...inValue(entity, stated, clause.value, head.sentence.property.shape.clauses.get(word)?.value));
    }
  }
  return found;
}

function ofBodies(props: Props): Dependency[] {
  const words = new Map<string, Sentence>();
  for (const { source, body } of props.layers)
    if (source !== 'assume') for (const { sentence } of body) words.set(sentence.word, sentence);
  return [...words].flatMap(([word, sentence]) => {
    if (ASIDE.has(word) || !refers(sentence)) return [];
    const stated = sentence.property.repeat === 'keyed' ? props.keyed(word, keyOf) : props.list(word);
    return stated.flatMap((one) => (one.layer.source === 'assume' ? [] : inStatement(props.entity, one)));
  });
}

function refers({ property: { shape } }: Sentence): boolean {
  if (referenceSlots(shape.subject).length > 0) return true;
  for (const { value } of shape.clauses.values()) if (referenceSlots(value).length > 0) return true;
  return false;
}

/** What tells statements of a word apart: their name, or where they lead; what has neither is one of its own. */
function keyOf({ subject, clauses, statement }: Sentence): string {
  const part = subject?.parts[0] ?? clauses.get('to')?.value?.parts[0];
  const first = part?.type === 'list' ? part.items[0] : part;
  return first && 'text' in first ? first.text : String(statement.from);
}

function inStatement(entity: Entity, stated: Stated): Dependency[] {
  const { subject, clauses, property } = stated.sentence;
  const found = inValue(entity, stated, subject, property.shape.subject);
  for (const [word, clause] of clauses)
    found.push(...inValue(entity, stated, clause.value, property.shape.clauses.get(word)?.value));
  return found;
}

function inValue(entity: Entity, stated: Stated, value: Value | undefined, shape: Shape | undefined): Dependency[] {
  const { place, layer } = stated;
  const isShared = layer.source === 'cluster';
  return referenceSlots(shape).flatMap(({ slot, kinds }) =>
    referencesFor(value, slot, stated.index).flatMap((reference) =>
      meant(reference, kinds, layer).map((to) => ({
        from: entity,
        to,
        at: { place, span: reference.part },
        isShared,
      })),
    ),
  );
}

function meant(reference: Reference, kinds: readonly string[], { declaration, from }: Layer): Entity[] {
  return resolveAll(declaration.design.names, kinds, [reference], { entity: from, declaration });
}

/** Things that stand on a thing, whatever says so. `dependencies` of each says by what. */
export function dependents(entity: Entity): readonly Entity[] {
  const found: Entity[] = [...vmsStandingOn(entity)];
  for (const kind of kindsStandingOn(entity.kind)) {
    for (const other of entity.design.members(kind))
      if (dependencies(other).some(({ to, isShared }) => to === entity && !isShared)) found.push(other);
  }
  return found;
}

/** VMs are many: what they are asked is what is known of them anyway. */
function vmsStandingOn(entity: Entity): readonly Entity[] {
  const vms = () => [...entity.design.members('vm')];
  switch (entity.kind) {
    case 'host':
    case 'cluster':
      return vmsOn(entity);
    case 'network':
      return vms().filter((vm) => vmFacts(vm).nics.some(({ network }) => network === entity));
    case 'datastore':
      return vms().filter((vm) => {
        const { home, disks } = vmFacts(vm);
        return home === entity || disks.some(({ datastore }) => datastore === entity);
      });
    case 'server':
      return vms().filter((vm) => vmFacts(vm).replaces === entity);
    case 'image':
      return vms().filter((vm) => dependencies(vm).some(({ to }) => to === entity));
    default:
      return [];
  }
}

/** Kinds other than VMs whose blocks may name things of a kind, or stand in them. */
function kindsStandingOn(target: string): readonly string[] {
  const found: string[] = [];
  for (const kind of KINDS.values()) {
    if (kind.name === 'vm' || !mayDepend(kind.name)) continue;
    const shapes = [kind.header, ...kind.properties.values()]
      .filter(({ word }) => !ASIDE.has(word))
      .flatMap(({ shape }) => [shape.subject, ...[...shape.clauses.values()].map(({ value }) => value)]);
    const names = shapes.some((shape) => referenceSlots(shape).some(({ kinds }) => kinds.includes(target)));
    if (names || kind.standsIn.includes(target) || (target === 'vm' && kind.name === 'app')) found.push(kind.name);
  }
  if (target === 'vswitch') found.push('host', 'cluster');
  return [...new Set(found)];
}
