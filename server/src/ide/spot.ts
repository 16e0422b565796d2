import type { Span } from '../base/span.ts';
import type { Declaration } from '../design/declaration.ts';
import { type Place, readItem } from '../design/place.ts';
import type { Sentence } from '../language/sentence.ts';
import type { Item } from '../language/syntax/item.ts';
import type { Sequence } from '../language/syntax/sequence.ts';
import type { Project, Workspace } from './workspace.ts';

/** Where an offset lies in a design. */
export interface Spot {
  readonly project: Project;
  readonly place: Place;
  /** Offset in the file that the spans of the place count from. */
  readonly placeFrom: number;
  /** Statements of the place that hold the offset, outermost first. */
  readonly sentences: readonly Sentence[];
  /** The block that the offset is in, its head included; the top level of the file outside of all. */
  readonly owner: Declaration;
}

const NO_ITEMS: ReadonlyMap<Item, Place> = new Map();

/** What stands at an offset of a file, in the design to show for it; undefined for a file that no design has. */
export function spotAt(
  workspace: Workspace,
  uri: string,
  offset: number,
  project: Project | undefined = workspace.projectOf(uri),
): Spot | undefined {
  const file = project?.design.files.get(uri);
  if (!project || !file) return undefined;
  let sequence: Sequence = file.parsed.root;
  let items: ReadonlyMap<Item, Place> = file.items;
  let owner = file.top;
  let base = 0;
  for (;;) {
    const { index, from } = sequence.indexAt(offset - base);
    const item = sequence.at(index);
    const place = item && items.get(item);
    if (!place) return undefined;
    const start = base + from;
    const bodyFrom = start + (item.kind === 'block' ? item.head.length : item.length);
    if (item.kind === 'block' && offset >= bodyFrom && offset < bodyFrom + item.body.length) {
      owner = place.declarations.at(-1) ?? owner;
      base = bodyFrom;
      sequence = item.body;
      items = place.items ?? NO_ITEMS;
      continue;
    }
    return { project, place, placeFrom: start, ...within(place, offset - start, owner) };
  }
}

function within(place: Place, offset: number, around: Declaration): Pick<Spot, 'sentences' | 'owner'> {
  const sentences: Sentence[] = [];
  const path: number[] = [];
  let owner = around;
  let list = readItem(place.item, place.context).sentences;
  for (;;) {
    const index = list.findIndex(({ from, to }) => from <= offset && offset <= to);
    const sentence = list[index];
    if (!sentence) return { sentences, owner };
    sentences.push(sentence);
    path.push(index);
    if (sentence.block) owner = declarationAt(place, path, owner) ?? owner;
    list = sentence.body;
  }
}

/** The block that begins at a path of a place; `around` is the block it stands in. */
export function declarationAt(place: Place, path: readonly number[], around: Declaration): Declaration | undefined {
  const candidates = path.length === 1 ? place.declarations : around.children;
  for (const candidate of candidates) {
    if (candidate.place === place && candidate.path.length === path.length && samePath(candidate.path, path))
      return candidate;
  }
  return undefined;
}

function samePath(a: readonly number[], b: readonly number[]): boolean {
  return a.every((index, level) => index === b[level]);
}

/** A span of a place as one of its file. */
export function inFile({ placeFrom }: { readonly placeFrom: number }, { from, to }: Span): Span {
  return { from: from + placeFrom, to: to + placeFrom };
}

/** A statement of a design with where it stands. */
export interface Visit {
  readonly place: Place;
  readonly placeFrom: number;
  readonly sentence: Sentence;
  readonly owner: Declaration;
}

/** Visits every statement of a file whose item may matter, judged by its text and by where it stands. */
export function* statementsOf(
  project: Project,
  uri: string,
  matters: (text: string, span: Span) => boolean = () => true,
): Generator<Visit> {
  for (const visit of placesIn(project, uri, EVERYWHERE)) {
    const { text, placeFrom: from } = visit;
    if (matters(text, { from, to: from + text.length })) yield* statementsAt(visit);
  }
}

/** The statements of the items that a span touches. */
export function* statementsIn(project: Project, uri: string, within: Span): Generator<Visit> {
  for (const visit of placesIn(project, uri, within)) yield* statementsAt(visit);
}

export const EVERYWHERE: Span = { from: 0, to: Number.POSITIVE_INFINITY };

/** A leaf, or the head of a block, with its text. */
export interface PlaceVisit {
  readonly place: Place;
  readonly placeFrom: number;
  readonly text: string;
  /** The block around it. */
  readonly owner: Declaration;
}

/** Visits what a span touches of a file: the cost is that of the span, however long the file is. */
export function* placesIn(project: Project, uri: string, within: Span): Generator<PlaceVisit> {
  const file = project.design.files.get(uri);
  if (file) yield* inSequence(file.parsed.root, file.items, 0, file.top, within);
}

function* inSequence(
  sequence: Sequence,
  items: ReadonlyMap<Item, Place>,
  start: number,
  owner: Declaration,
  within: Span,
): Generator<PlaceVisit> {
  for (const { item, from } of sequence.startingAt(within.from - 1 - start)) {
    const placeFrom = start + from;
    if (placeFrom > within.to) return;
    const place = items.get(item);
    if (!place) continue;
    const text = item.kind === 'leaf' ? item.text : item.head;
    if (placeFrom + text.length >= within.from) yield { place, placeFrom, text, owner };
    if (item.kind !== 'block') continue;
    const inner = place.declarations.at(-1) ?? owner;
    yield* inSequence(item.body, place.items ?? NO_ITEMS, placeFrom + item.head.length, inner, within);
  }
}

function* statementsAt({ place, placeFrom, owner }: PlaceVisit): Generator<Visit> {
  yield* inSentences(readItem(place.item, place.context).sentences, [], place, placeFrom, owner);
}

function* inSentences(
  sentences: readonly Sentence[],
  around: readonly number[],
  place: Place,
  placeFrom: number,
  owner: Declaration,
): Generator<Visit> {
  for (const [index, sentence] of sentences.entries()) {
    const path = [...around, index];
    const own = (sentence.block && declarationAt(place, path, owner)) || owner;
    yield { place, placeFrom, sentence, owner: own };
    yield* inSentences(sentence.body, path, place, placeFrom, own);
  }
}
