import type { Group, Grouped } from '../base/bag.ts';
import type { MemoHolder, Memos } from '../base/reactive.ts';
import type { Span } from '../base/span.ts';
import { plainHead } from '../language/plain-head.ts';
import type { Problem } from '../language/problem.ts';
import { readOutline, readStatements, type Sentence } from '../language/sentence.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { Block, Item, Leaf } from '../language/syntax/item.ts';
import { parse, type Syntax } from '../language/syntax/parser.ts';
import type { Claim } from './claim.ts';
import type { Declaration } from './declaration.ts';

/** A file of a design. */
export interface FilePlace {
  readonly uri: string;
  parsed: ParsedFile;
  readonly items: Map<Item, Place>;
  /** Stands for the top level: what is stated there belongs to it. */
  top: Declaration;
  /** Name of the import scope it is in; undefined for that of the root. */
  readonly scope: string | undefined;
}

const NONE: readonly never[] = [];
let places = 0;

/** Where an item stands. It outlives edits around it, and those inside a block that leave its head alone. */
export class Place implements MemoHolder, Grouped<Place> {
  memos: Memos = undefined;
  /** Tells places apart; it says nothing of their order. */
  readonly id = ++places;
  item: Item;
  readonly file: FilePlace;
  /** The block around it; undefined at the top level. */
  readonly within: Place | undefined;
  /** Kind of block that its statements stand in. */
  readonly context: string;
  /** Places of the items in the body of a block. */
  items: Map<Item, Place> | undefined = undefined;
  /** Page of its sequence that it was last seen on. */
  page = 0;
  /** Blocks that begin in it; those in their bodies not counted. */
  declarations: readonly Declaration[] = NONE;
  claims: readonly Claim[] = NONE;
  /** Problems of its text, once they have been asked for. */
  problems: readonly Problem[] | undefined = undefined;
  group: Group<Place> | undefined = undefined;
  slot = 0;

  constructor(item: Item, file: FilePlace, within: Place | undefined, context: string) {
    this.item = item;
    this.file = file;
    this.within = within;
    this.context = context;
  }
}

/** What an item says, with offsets relative to its start. */
export interface ItemReading {
  readonly sentences: readonly Sentence[];
  readonly problems: readonly Problem[];
}

/**
 * Readings of the items used last. Reading again is cheap; with more of them than are made between two collections of the
 * young generation, most outlive two of those, and opening an estate leaves tens of megabytes of them in the old one. So does
 * a `Map`: the tables that it outgrows hold on to what followed them.
 */
const KEPT = 24;
const kept: { key: Item | string; context: string; reading: ItemReading }[] = [];
let next = 0;

/** Reads a leaf, or the head of a block. */
export function readItem(item: Item, context: string): ItemReading {
  const key = item.kind === 'leaf' ? item : item.head;
  for (let at = 0; at < kept.length; at++) {
    const known = kept[at];
    if (known?.key === key && known.context === context) return known.reading;
  }
  const reading = item.kind === 'leaf' ? readLeaf(item, context) : readHead(item, context);
  kept[next] = { key, context, reading };
  next = (next + 1) % KEPT;
  return reading;
}

/** What is wrong with the text of a place by itself. */
export function textProblems(place: Place): readonly Problem[] {
  place.problems ??= readItem(place.item, place.context).problems;
  return place.problems;
}

/** What an item declares and places; see `readOutline`. */
export function outlineOf(item: Item, context: string): readonly Sentence[] {
  return readOutline(outlined(item, context).statements, context);
}

function outlined(item: Item, context: string): Syntax {
  if (item.kind === 'block') return parse(item.head, 'braces', true);
  const head = item.mode === 'braces' ? plainHead(item.text, context) : undefined;
  return head === undefined ? parse(item.text, item.mode) : parse(head, 'braces', true);
}

function readLeaf(item: Leaf, context: string): ItemReading {
  return readText(item.text, item.mode, false, context);
}

function readHead(item: Block, context: string): ItemReading {
  return readText(item.head, 'braces', true, context);
}

function readText(text: string, mode: Leaf['mode'], openEnd: boolean, context: string): ItemReading {
  const syntax = parse(text, mode, openEnd);
  const { sentences, problems } = readStatements(syntax.statements, context);
  const all = [...syntax.problems, ...problems];
  return { sentences, problems: all.length > 0 ? all : NONE };
}

/** Offset and line of the start of a place in its file; undefined if the file no longer holds it. */
export function locate(place: Place): { readonly from: number; readonly line: number } | undefined {
  const { within } = place;
  const sequence = within ? bodyOf(within) : place.file.parsed.root;
  const position = sequence?.locate(place.item, place.page);
  if (!position) return undefined;
  place.page = position.page;
  if (!within) return position;
  const outer = locate(within);
  if (!outer || within.item.kind !== 'block') return undefined;
  const { head, headLines } = within.item;
  return { from: outer.from + head.length + position.from, line: outer.line + headLines + position.line };
}

function bodyOf(place: Place) {
  return place.item.kind === 'block' ? place.item.body : undefined;
}

/** A span within a place as offsets of the file. */
export function spanInFile(place: Place, span: Span): Span | undefined {
  const position = locate(place);
  return position ? { from: position.from + span.from, to: position.from + span.to } : undefined;
}

/** Places of one file in the order of the text. */
export function placesInOrder(places: ReadonlySet<Place>): readonly Place[] {
  if (places.size < 2) return [...places];
  const keyed = [...places].map((place) => ({ place, at: locate(place)?.from ?? 0 }));
  return keyed.sort((a, b) => a.at - b.at).map(({ place }) => place);
}

const PATHS: readonly (readonly number[])[] = [[0], [1], [2], [3]];

/** The path of indices to a sentence of a place. Nearly all are the first: they share one list. */
export function pathTo(index: number): readonly number[] {
  return PATHS[index] ?? [index];
}
