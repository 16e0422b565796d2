/**
 * Reads the sheets of an .xlsx workbook (ECMA-376 part 1, section 18.3) row by row: cached values only. Formulas are
 * never evaluated, styles never looked at, so a date stays the serial number that it is stored as.
 */
import { type ImportLimits, UnreadableFile } from '../limits.ts';
import { pieceDecoder } from '../text-decoding.ts';
import { attributeOf, type XmlEvents, xmlReader } from '../xml/reader.ts';
import { type Budget, readZipDirectory, unpack, type ZipEntry } from './zip.ts';

export type Cell = string | number | boolean | undefined;

/** @param cells valid until the call returns; undefined where a cell is empty  @param row as the sheet counts, from 1 */
export type RowSink = (cells: readonly Cell[], row: number) => void;

export interface Workbook {
  /** Sheet names in the order of the workbook. */
  readonly sheets: readonly string[];
  /**
   * Reads the rows that have a value. Notes are sentences about what is odd but did not stop the reading.
   * @throws UnreadableFile; rows handed over before it are good
   */
  readonly readSheet: (sheet: string, sink: RowSink) => readonly string[];
}

/** Excel's last column is XFD. */
const MOST_COLUMNS = 16_384;

/** @throws UnreadableFile if the bytes are no workbook that can be read */
export function openWorkbook(bytes: Uint8Array, limits: ImportLimits, budget: Budget): Workbook {
  const entries = readZipDirectory(bytes, limits);
  const read = (entry: ZipEntry, events: XmlEvents): readonly string[] => {
    const decoder = pieceDecoder();
    const reader = xmlReader(events, limits.cellLength);
    const notes = unpack(bytes, entry, limits, budget, (piece) => reader.push(decoder.push(piece)));
    reader.push(decoder.end());
    reader.end();
    const odd: string[] = [];
    if (notes.sizeDiffers) odd.push(`${entry.name} says it has ${entry.statedSize} bytes and has ${notes.size}`);
    if (notes.checksumDiffers) odd.push(`the checksum of ${entry.name} is wrong: the file was damaged or changed`);
    return odd;
  };

  const main = findEntry(entries, 'xl/workbook.xml');
  if (!main) throw new UnreadableFile('this archive is no .xlsx workbook: xl/workbook.xml is not in it');
  const targets = readTargets(entries, read);
  const paths = new Map<string, string>();
  read(main, {
    open: (name, attributes) => {
      if (name !== 'sheet') return;
      const sheet = attributeOf(attributes, 'name');
      const target = targets.get(attributeOf(attributes, 'id') ?? '');
      if (sheet !== undefined && target !== undefined) paths.set(sheet, target);
    },
    close: ignore,
    text: ignore,
  });

  let strings: readonly string[] | undefined;
  const sharedStrings = (): readonly string[] => {
    const entry = strings ? undefined : findEntry(entries, 'xl/sharedStrings.xml');
    strings ??= entry ? readStrings((events) => read(entry, events), limits) : [];
    return strings;
  };

  return {
    sheets: [...paths.keys()],
    readSheet: (sheet, sink) => {
      const entry = findEntry(entries, paths.get(sheet) ?? '');
      if (!entry) throw new UnreadableFile(`the sheet ${sheet} is listed and not in the file`);
      return read(entry, sheetEvents(sharedStrings(), sink, limits));
    },
  };
}

const ignore = (): void => {};

function readTargets(
  entries: ReadonlyMap<string, ZipEntry>,
  read: (entry: ZipEntry, events: XmlEvents) => unknown,
): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  const entry = findEntry(entries, 'xl/_rels/workbook.xml.rels');
  if (!entry) return targets;
  read(entry, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const id = attributeOf(attributes, 'Id');
      const target = attributeOf(attributes, 'Target');
      if (id !== undefined && target !== undefined) targets.set(id, resolvePath(target));
    },
    close: ignore,
    text: ignore,
  });
  return targets;
}

function resolvePath(target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts = ['xl'];
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function findEntry(entries: ReadonlyMap<string, ZipEntry>, path: string): ZipEntry | undefined {
  const exact = entries.get(path);
  if (exact || path === '') return exact;
  const lower = path.toLowerCase();
  for (const [name, entry] of entries) if (name.toLowerCase() === lower) return entry;
  return undefined;
}

function readStrings(read: (events: XmlEvents) => unknown, limits: ImportLimits): readonly string[] {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inPhonetic = false;
  read({
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = !inPhonetic;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') strings.push(unescapeText(text));
    },
    text: (piece) => {
      if (inText) text = grown(text, piece, limits);
    },
  });
  return strings;
}

function sheetEvents(strings: readonly string[], sink: RowSink, limits: ImportLimits): XmlEvents {
  let cells: Cell[] = [];
  let row = 0;
  let column = -1;
  let type = '';
  let text = '';
  let inValue = false;
  let inPhonetic = false;
  let filled = false;

  const startCell = (attributes: string): void => {
    const reference = attributeOf(attributes, 'r');
    column = (reference === undefined ? undefined : columnOf(reference)) ?? column + 1;
    type = attributeOf(attributes, 't') ?? 'n';
    text = '';
  };
  const endCell = (): void => {
    if (column >= MOST_COLUMNS) return;
    const value = cellOf(type, text, strings);
    if (value === undefined) return;
    cells[column] = value;
    filled = true;
  };

  return {
    open: (name, attributes) => {
      if (name === 'c') startCell(attributes);
      else if (name === 'row') {
        const stated = Number(attributeOf(attributes, 'r') ?? Number.NaN);
        row = Number.isInteger(stated) && stated > 0 ? stated : row + 1;
        cells = [];
        column = -1;
        filled = false;
      } else if (name === 'rPh') inPhonetic = true;
      else if (name === 'v' || name === 't') inValue = !inPhonetic;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'c') endCell();
      else if (name === 'row' && filled) sink(cells, row);
    },
    text: (piece) => {
      if (inValue) text = grown(text, piece, limits);
    },
  };
}

function cellOf(type: string, text: string, strings: readonly string[]): Cell {
  switch (type) {
    case 's':
      return textOrNothing(strings[Number(text)] ?? '');
    case 'b':
      return text === '' ? undefined : text === '1' || text === 'true';
    case 'str':
    case 'inlineStr':
    case 'd':
      return textOrNothing(unescapeText(text));
    case 'e':
      return undefined;
    default: {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return Number.isFinite(value) ? value : textOrNothing(text);
    }
  }
}

function textOrNothing(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}

/** `AB12` is 27, counting from 0. */
function columnOf(reference: string): number | undefined {
  let column = 0;
  let at = 0;
  for (; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
  }
  return at === 0 ? undefined : column - 1;
}

function grown(text: string, piece: string, limits: ImportLimits): string {
  if (text.length + piece.length > limits.cellLength) {
    throw new UnreadableFile(`a cell holds more than ${limits.cellLength} characters (limit: cellLength)`);
  }
  return text + piece;
}

/** Excel writes characters that XML cannot hold as `_x000D_`, and an underscore that would read so as `_x005F_`. */
function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
