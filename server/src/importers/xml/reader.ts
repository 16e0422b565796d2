/**
 * Reads XML piece by piece, a workbook as it is unpacked: tags and character data, nothing else. Prefixes are cut off, since
 * some writers put every element into one. A document type is refused: entities of its own are never expanded.
 */
import { UnreadableFile } from '../limits.ts';

export interface XmlEvents {
  /** @param attributes the text between name and `>`; read it with `attributeOf` */
  readonly open: (name: string, attributes: string) => void;
  /** Also called for an element that closes itself. */
  readonly close: (name: string) => void;
  /** May be called more than once for one run of text; entities are resolved. */
  readonly text: (text: string) => void;
}

export interface XmlReader {
  /** Takes the next piece of the document, cut anywhere. @throws UnreadableFile */
  readonly push: (piece: string) => void;
  /** @throws UnreadableFile if the document ends inside a tag */
  readonly end: () => void;
}

/** @param longest most characters of one tag or one run of text */
export function xmlReader(events: XmlEvents, longest: number): XmlReader {
  let rest = '';

  const push = (piece: string): void => {
    const text = rest === '' ? piece : rest + piece;
    let at = 0;
    for (;;) {
      const opening = text.indexOf('<', at);
      if (opening < 0) break;
      if (opening > at) events.text(decodeEntities(text.slice(at, opening)));
      const after = readMarkup(text, opening);
      if (after - at > longest) throw new UnreadableFile(TOO_LONG);
      at = after < 0 ? opening : after;
      if (after < 0) break;
    }
    rest = text.slice(at);
    if (rest.length > longest) throw new UnreadableFile(TOO_LONG);
  };

  /** Reads what begins at `<`; where it ends, or -1 if more text is needed. */
  const readMarkup = (text: string, at: number): number => {
    const next = text.charCodeAt(at + 1);
    if (next === 0x3f) return endOf(text, '?>', at);
    if (next === 0x21) return readDeclaration(text, at);
    const end = endOfTag(text, at);
    if (end < 0) return -1;
    if (next === 0x2f) {
      events.close(localName(text.slice(at + 2, end).trimEnd()));
      return end + 1;
    }
    const closesItself = text.charCodeAt(end - 1) === 0x2f;
    const inside = text.slice(at + 1, closesItself ? end - 1 : end);
    const blank = firstBlank(inside);
    const name = localName(blank < 0 ? inside : inside.slice(0, blank));
    events.open(name, blank < 0 ? '' : inside.slice(blank));
    if (closesItself) events.close(name);
    return end + 1;
  };

  const readDeclaration = (text: string, at: number): number => {
    if (text.startsWith('<!--', at)) return endOf(text, '-->', at);
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at);
      if (end < 0) return -1;
      events.text(text.slice(at + 9, end));
      return end + 3;
    }
    if (text.length - at < 9) return -1;
    throw new UnreadableFile('its XML has a document type declaration, which is not read');
  };

  return {
    push,
    end: () => {
      if (rest.includes('<')) throw new UnreadableFile('its XML ends in the middle of a tag');
      if (rest !== '') events.text(decodeEntities(rest));
      rest = '';
    },
  };
}

/** The value of an attribute by its local name. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1);
    if (before > 0x20 && before !== 0x3a) continue;
    let to = afterBlanks(attributes, at + name.length);
    if (attributes.charCodeAt(to) !== 0x3d) continue;
    to = afterBlanks(attributes, to + 1);
    const quote = attributes.charAt(to);
    const end = quote === '"' || quote === "'" ? attributes.indexOf(quote, to + 1) : -1;
    if (end >= 0) return decodeEntities(attributes.slice(to + 1, end));
  }
  return undefined;
}

function afterBlanks(text: string, at: number): number {
  let to = at;
  while (text.charCodeAt(to) <= 0x20) to++;
  return to;
}

const TOO_LONG = 'this is no XML as a workbook holds it: a tag or a cell is too long (limit: cellLength)';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,5}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return NAMED[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** Where the `>` of a tag is; one between the quotation marks of an attribute is not it. */
function endOfTag(text: string, at: number): number {
  let quote = 0;
  for (let to = at + 1; to < text.length; to++) {
    const code = text.charCodeAt(to);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 0x22 || code === 0x27) quote = code;
    else if (code === 0x3e) return to;
  }
  return -1;
}

function firstBlank(text: string): number {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) <= 0x20) return at;
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function endOf(text: string, ending: string, at: number): number {
  const end = text.indexOf(ending, at);
  return end < 0 ? -1 : end + ending.length;
}
