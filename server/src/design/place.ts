import type { Span } from '../base/span.ts';
import type { Problem } from '../language/problem.ts';
import { readOutline, readStatements, type Sentence } from '../language/sentence.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import type { Block, Item, Leaf } from '../language/syntax/item.ts';
import { parse } from '../language/syntax/parser.ts';
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

/** Where an item stands. It outlives edits around it, and those inside a block that leave its head alone. */
export interface Place {
  /** Tells places apart; it says nothing of their order. */
  readonly id: number;
  item: Item;
  readonly file: FilePlace;
  /** The block around it; undefined at the top level. */
  readonly within: Place | undefined;
  /** Kind of block that its statements stand in. */
  readonly context: string;
  /** Places of the items in the body of a block. */
  items: Map<Item, Place> | undefined;
  /** Page of its sequence that it was last seen on. */
  page: number;
  /** Blocks that begin in it; those in their bodies not counted. */
  declarations: readonly Declaration[];
  claims: readonly Claim[];
  /** Problems of its text, once they have been asked for. */
  problems: readonly Problem[] | undefined;
}

/** What an item says, with offsets relative to its start. */
export interface ItemReading {
  readonly sentences: readonly Sentence[];
  readonly problems: readonly Problem[];
}

/** Readings of the items used last. Reading again is cheap; keeping more makes them outlive their use and fill the memory. */
const KEPT = 128;
const readings = new Map<Item | string, { readonly context: string; readonly reading: ItemReading }>();

/** Reads a leaf, or the head of a block. */
export function readItem(item: Item, context: string): ItemReading {
  const key = item.kind === 'leaf' ? item : item.head;
  const known = readings.get(key);
  if (known?.context === context) return known.reading;
  const reading = item.kind === 'leaf' ? readLeaf(item, context) : readHead(item, context);
  readings.set(key, { context, reading });
  if (readings.size > KEPT) {
    const [oldest] = readings.keys();
    if (oldest !== undefined) readings.delete(oldest);
  }
  return reading;
}

/** What is wrong with the text of a place by itself. */
export function textProblems(place: Place): readonly Problem[] {
  place.problems ??= readItem(place.item, place.context).problems;
  return place.problems;
}

/** What an item declares and places; see `readOutline`. */
export function outlineOf(item: Item, context: string): readonly Sentence[] {
  const { statements } = item.kind === 'leaf' ? parse(item.text, item.mode) : parse(item.head, 'braces', true);
  return readOutline(statements, context);
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
  return { sentences, problems: [...syntax.problems, ...problems] };
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
  const { head } = within.item;
  return { from: outer.from + head.length + position.from, line: outer.line + headLines(head) + position.line };
}

function bodyOf(place: Place) {
  return place.item.kind === 'block' ? place.item.body : undefined;
}

function headLines(head: string): number {
  return head.split(/\r\n|\r|\n/).length - 1;
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

let places = 0;

/** The next free number for a place. */
export function nextPlaceId(): number {
  return ++places;
}
