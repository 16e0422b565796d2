import type { Span } from '../base/span.ts';
import type { Dimension } from '../base/units.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Part, Value } from '../language/values/value.ts';
import type { Declaration, Entity, Located, StatementRef } from './declaration.ts';
import { type Reference, referencesOf } from './names.ts';
import type { Place } from './place.ts';

/** Which statement of a thing wins: its amendments, its own block, its classes, its cluster; `assume` is no statement about it. */
export type LayerSource = 'amend' | 'own' | 'class' | 'cluster' | 'assume';

export interface Layer {
  readonly source: LayerSource;
  readonly declaration: Declaration;
  readonly body: readonly StatementRef[];
  readonly head: StatementRef | undefined;
  /** Names in it are looked up from here. */
  readonly from: Entity;
  /** Member that `each` deals by, where it is not the thing itself: what a cluster states goes by the cluster. */
  readonly index?: number;
}

/** A sentence that holds for a thing, with the layer that states it. */
export class Stated implements Located {
  readonly layer: Layer;
  /** Number of the member, for values dealt with `each`. */
  readonly index: number;
  private readonly ref: StatementRef;

  constructor(ref: StatementRef, layer: Layer, index: number) {
    this.ref = ref;
    this.layer = layer;
    this.index = index;
  }

  get place(): Place {
    return this.ref.place;
  }

  get sentence(): Sentence {
    return this.ref.sentence;
  }
}

/** A value in base units and where it is stated. */
export interface StatedNumber {
  readonly value: number;
  readonly dimension: Dimension | undefined;
  readonly by: Stated;
  readonly span: Span;
  readonly assumed: boolean;
}

/**
 * What holds for one thing, all layers taken together. A nearer statement with a subject replaces the farther one
 * whole; one without is combined clause by clause; keyed statements key by key; lists are replaced; `none` clears.
 */
export class Props {
  readonly entity: Entity;
  readonly layers: readonly Layer[];

  constructor(entity: Entity, layers: readonly Layer[]) {
    this.entity = entity;
    this.layers = layers;
  }

  /** The nearest statement of a word; for a list word the first of the nearest layer. */
  one(word: string): Stated | undefined {
    return this.list(word)[0];
  }

  /** Every statement of the nearest layer that has the word; empty if that one says `none`. */
  list(word: string): readonly Stated[] {
    for (const layer of this.layers) {
      const found = this.inLayer(layer, word);
      if (found.length > 0) return found.some(isNone) ? [] : found;
    }
    return [];
  }

  /** Statements of a keyed word, the nearest one for each key. */
  keyed(word: string, keyOf: (sentence: Sentence) => string): readonly Stated[] {
    const all = this.layers.flatMap((layer) => this.inLayer(layer, word));
    if (all.length < 2) return all.some(isNone) ? NOT_STATED : all;
    const found = new Map<string, Stated>();
    for (const stated of all) {
      const key = keyOf(stated.sentence);
      if (!found.has(key)) found.set(key, stated);
    }
    return [...found.values()].filter((stated) => !isNone(stated));
  }

  /** The nearest statement of a word that has the clause. For words without a subject. */
  withClause(word: string, clause: string): Stated | undefined {
    for (const layer of this.layers) {
      for (const stated of this.inLayer(layer, word)) {
        if (stated.sentence.clauses.has(clause)) return stated;
      }
    }
    return undefined;
  }

  has(word: string): boolean {
    return this.list(word).length > 0;
  }

  /** A number in the subject of a word. */
  number(word: string, slot = 0): StatedNumber | undefined {
    const stated = this.one(word);
    return stated && numberIn(stated, stated.sentence.subject, slot);
  }

  /** A number in a clause of a word without a subject. */
  clauseNumber(word: string, clause: string, slot = 0): StatedNumber | undefined {
    const stated = this.withClause(word, clause);
    return stated && numberIn(stated, stated.sentence.clauses.get(clause)?.value, slot);
  }

  /** The word in the subject of a word such as `state off`. */
  word(word: string, slot = 0): string | undefined {
    const stated = this.one(word);
    return stated && textIn(stated, stated.sentence.subject, slot);
  }

  private inLayer(layer: Layer, word: string): readonly Stated[] {
    let found: Stated[] | undefined;
    for (const ref of layer.body) {
      if (ref.word !== word) continue;
      found ??= [];
      found.push(new Stated(ref, layer, layer.index ?? this.entity.index));
    }
    return found ?? NOT_STATED;
  }
}

/** Most words are not stated in most layers; a list for each of them would be garbage. */
const NOT_STATED: readonly Stated[] = [];

function isNone(stated: Stated): boolean {
  return stated.sentence.subject?.none === true;
}

/** The part of a value that falls to the member: for `each`, the item that is dealt to it. */
export function partOf(value: Value | undefined, slot: number, index: number): Part | undefined {
  const part = value?.parts[slot];
  if (!part || !value?.each || part.type !== 'list') return part;
  const items = part.items;
  return items.length > 0 ? items[index % items.length] : undefined;
}

/** References in a value that fall to the member. */
export function referencesFor(value: Value | undefined, slot: number, index: number): readonly Reference[] {
  const part = value?.parts[slot];
  if (!part) return [];
  const all = referencesOf(part);
  if (!value?.each) return all;
  const dealt = all[index % Math.max(1, all.length)];
  return dealt ? [dealt] : [];
}

export function numberIn(stated: Stated, value: Value | undefined, slot = 0): StatedNumber | undefined {
  const part = partOf(value, slot, stated.index);
  const assumed = stated.layer.source === 'assume';
  if (part?.type === 'number' || part?.type === 'per-second')
    return { value: part.value, dimension: undefined, by: stated, span: part, assumed };
  if (part?.type === 'quantity')
    return { value: part.value, dimension: part.dimension, by: stated, span: part, assumed };
  return undefined;
}

export function textIn(stated: Stated, value: Value | undefined, slot = 0): string | undefined {
  const part = partOf(value, slot, stated.index);
  return part?.type === 'word' || part?.type === 'text' || part?.type === 'name' ? part.text : undefined;
}

/** A number in a clause of one statement. */
export function clauseNumber(stated: Stated, clause: string, slot = 0): StatedNumber | undefined {
  return numberIn(stated, stated.sentence.clauses.get(clause)?.value, slot);
}

export function clauseText(stated: Stated, clause: string): string | undefined {
  return textIn(stated, stated.sentence.clauses.get(clause)?.value);
}

export function hasFlag(stated: Stated, clause: string): boolean {
  return stated.sentence.clauses.has(clause);
}
