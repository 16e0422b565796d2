import { parseAddress, parsePrefix } from '../../base/addresses.ts';
import { parseDate, parseUtcOffset, parseWindow } from '../../base/dates.ts';
import type { Atom } from '../schema/notation.ts';
import { THING_KINDS } from '../schema/schema.ts';
import type { Token } from '../syntax/parser.ts';
import { type Cursor, replaceFix } from './cursor.ts';
import { expandNames, isBareName, isRange } from './names.ts';
import { nearest, oneSlipFrom } from './nearest.ts';
import {
  missing,
  readGrowth,
  readLimit,
  readMoney,
  readNumber,
  readPerSecond,
  readQuantity,
  readVlan,
} from './numbers.ts';
import type { NamePart, Part } from './value.ts';

/** Reads one atom; several parts where a word with a range stands for several values. Problems go to the cursor. */
export function readAtom(cursor: Cursor, atom: Atom): readonly Part[] {
  const part = readSingle(cursor, atom);
  return part === undefined ? NO_PARTS : 'type' in part ? [part] : part;
}

function readSingle(cursor: Cursor, atom: Atom): Part | readonly Part[] | undefined {
  switch (atom) {
    case 'N':
      return readNumber(cursor, false);
    case 'DEC':
      return readNumber(cursor, true);
    case 'SIZE':
      return readQuantity(cursor, ['size']);
    case 'RATE':
      return readQuantity(cursor, ['rate']);
    case 'FREQ':
      return readQuantity(cursor, ['frequency']);
    case 'TIME':
      return readQuantity(cursor, ['time']);
    case 'WATT':
      return readQuantity(cursor, ['power']);
    case 'PCT':
      return readQuantity(cursor, ['share']);
    case 'PER_S':
      return readPerSecond(cursor);
    case 'GROWTH':
      return readGrowth(cursor);
    case 'MONEY':
    case 'COST':
    case 'FEE':
    case 'TARIFF':
      return readMoney(cursor, atom);
    case 'VLAN':
      return readVlan(cursor);
    case 'LIMIT':
      return readLimit(cursor);
    case 'NAME':
    case 'NAMES':
      return readName(cursor, false);
    case 'REFS':
      return readName(cursor, true);
    case 'KIND':
      return readKind(cursor);
    case 'ADDR':
      return readNetworkWord(cursor, 'an address such as 10.1.10.1', addressPart);
    case 'PREFIX':
      return readNetworkWord(cursor, 'a prefix such as 10.1.10.0/24', prefixPart);
    case 'DATE':
      return readDate(cursor);
    case 'WINDOW':
      return readWindow(cursor);
    case 'TEXT':
      return readText(cursor);
    case 'UTC':
      return readUtc(cursor);
    case 'CODE':
      return readCode(cursor);
    case 'VERSION':
      return readMatching(cursor, /^[\w.+-]+$/, `${cursor.word} takes a version such as 8.0.2`);
    case 'WORD':
    case 'RULE':
      return readMatching(cursor, /^[^"]+$/, `${cursor.word} takes a word`);
  }
}

/** A name, or a reference to one with `@scope` behind it and `*` in it. */
export function readName(cursor: Cursor, reference: boolean): NamePart | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'word' && token?.kind !== 'text') return missing(cursor, `${cursor.word} needs a name`);
  cursor.take();
  if (token.kind === 'text') return quotedName(cursor, token, reference);
  const { from } = token;
  const at = reference ? token.text.indexOf('@') : -1;
  const text = at > 0 ? token.text.slice(0, at) : token.text;
  const quotedScope = at > 0 && at === token.text.length - 1 ? takeTouchingText(cursor, token.to) : undefined;
  const scope = quotedScope?.text ?? (at > 0 ? token.text.slice(at + 1) : undefined);
  const to = quotedScope?.to ?? token.to;
  if (text === 'none' || (text === '*' && !reference)) {
    cursor.report(token, 'value-malformed', `${text} has a meaning of its own; a name that is spelled so is quoted`, [
      replaceFix(token, `"${text}"`),
    ]);
  } else if (!reference && text.includes('*') && isBareName(text)) {
    const message = `* declares nothing: a range names several things, such as ${text.replace(/-?\*.*$/, '')}-[1..4]`;
    cursor.report(token, 'value-malformed', message);
  } else if (DASHES.test(text)) {
    const better = text.replace(DASHES_ALL, '-');
    cursor.report(token, 'value-malformed', `names have plain hyphens: ${better}`, [
      replaceFix({ from, to: from + text.length }, better),
    ]);
  } else if (!isBareName(text)) {
    cursor.report(token, 'value-malformed', `a name with ${oddCharacter(text)} needs quotes: "${text}"`, [
      replaceFix(token, `"${text}"`),
    ]);
  }
  if (scope === '') cursor.report({ from, to }, 'value-missing', 'a container is missing behind the @');
  const names = isRange(text) ? expandNames(text) : undefined;
  const dashed = /\[(\d+)-(\d+)\]/.exec(text);
  if (dashed) {
    const better = text.replace(dashed[0], `[${dashed[1]}..${dashed[2]}]`);
    cursor.report(token, 'value-malformed', `a range is written with two points: ${better}`, [
      replaceFix({ from, to: from + text.length }, better),
    ]);
  }
  if (names && 'error' in names) {
    cursor.report(token, 'value-malformed', names.error);
    return undefined;
  }
  return { type: 'name', text, quoted: false, scope, from, to };
}

/** Dashes that editors of documents put in the place of hyphens. */
const DASHES = /[\u2010-\u2015\u2212]/;
const DASHES_ALL = /[\u2010-\u2015\u2212]/g;

/** A text that touches what stands before it: `dc01@"Site A"`. */
function takeTouchingText(cursor: Cursor, from: number): Token | undefined {
  const next = cursor.peek();
  return next?.kind === 'text' && next.from === from ? cursor.take() : undefined;
}

function quotedName(cursor: Cursor, token: Token, reference: boolean): NamePart | undefined {
  const next = cursor.peek();
  let { to } = token;
  let scope: string | undefined;
  if (reference && next?.kind === 'word' && next.from === token.to && next.text.startsWith('@')) {
    cursor.take();
    const quotedScope = next.text === '@' ? takeTouchingText(cursor, next.to) : undefined;
    to = quotedScope?.to ?? next.to;
    scope = quotedScope?.text ?? next.text.slice(1);
  }
  if (scope === '') cursor.report({ from: token.from, to }, 'value-missing', 'a container is missing behind the @');
  if (token.text.trim() === '') return missing(cursor, `${cursor.word} needs a name`);
  return { type: 'name', text: token.text, quoted: true, scope, from: token.from, to };
}

function oddCharacter(text: string): string {
  const odd = [...text].find((character) => !isBareName(character) || character === '*');
  return odd === undefined ? 'such characters' : odd;
}

function readKind(cursor: Cursor): Part | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'word') return missing(cursor, `${cursor.word} takes a kind such as host`);
  const known = THING_KINDS.includes(token.text) || COVERED.has(token.text);
  if (!known) {
    const meant = oneSlipFrom(token.text, THING_KINDS);
    const near = meant === undefined ? nearest(token.text, THING_KINDS) : [meant];
    const hint = near.length > 0 ? `. Did you mean ${near.join(' or ')}?` : '';
    const fixes = near.map((kind) => replaceFix(token, kind));
    cursor.take();
    const message = `${cursor.word} takes a kind such as host or vm; not ${token.text}${hint}`;
    cursor.report(token, 'value-malformed', message, fixes);
    return meant === undefined ? undefined : { type: 'word', text: meant, from: token.from, to: token.to };
  }
  cursor.take();
  return { type: 'word', text: token.text, from: token.from, to: token.to };
}

/** What a tool may watch beside the kinds of the language. */
export const COVERED: ReadonlySet<string> = new Set(['hypervisor', 'uplink', 'port']);

const NO_PARTS: readonly Part[] = [];

function readNetworkWord(
  cursor: Cursor,
  what: string,
  read: (text: string) => PartOf | string,
): readonly Part[] | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'word') return missing(cursor, `${cursor.word} takes ${what}`);
  cursor.take();
  const { from, to } = token;
  if (!isRange(token.text)) {
    const part = read(token.text);
    if (typeof part !== 'string') return [{ ...part, from, to }];
    cursor.report(token, 'value-malformed', part);
    return NO_PARTS;
  }
  const texts = expandNames(token.text);
  if ('error' in texts) {
    cursor.report(token, 'value-malformed', texts.error);
    return undefined;
  }
  const parts: Part[] = [];
  for (const text of texts.value) {
    const part = read(text);
    if (typeof part === 'string') {
      cursor.report(token, 'value-malformed', part);
      return parts;
    }
    parts.push({ ...part, from, to });
  }
  return parts;
}

type PartOf =
  | Omit<Extract<Part, { type: 'address' }>, 'from' | 'to'>
  | Omit<Extract<Part, { type: 'prefix' }>, 'from' | 'to'>;

function addressPart(text: string): PartOf | string {
  const address = parseAddress(text);
  return 'error' in address ? address.error : { type: 'address', address: address.value };
}

function prefixPart(text: string): PartOf | string {
  const prefix = parsePrefix(text);
  return 'error' in prefix ? prefix.error : { type: 'prefix', prefix: prefix.value };
}

/** Words from the cursor on, for values that several words make up. */
function upcoming(cursor: Cursor): string[] {
  return cursor.tokens.slice(cursor.at).map((token) => (token.kind === 'text' ? `"${token.text}"` : token.text));
}

function readDate(cursor: Cursor): Part | undefined {
  const token = cursor.peek();
  if (!token) return missing(cursor, `${cursor.word} takes a date such as 2026-11-22`);
  const read = parseDate(upcoming(cursor).slice(0, 2));
  if ('error' in read) return wrongWord(cursor, read);
  cursor.at += read.taken;
  return { type: 'date', date: read.value, from: token.from, to: cursor.here().to };
}

function readWindow(cursor: Cursor): Part | undefined {
  const token = cursor.peek();
  if (!token) return missing(cursor, `${cursor.word} takes a window such as weekdays 07:45 .. 08:30`);
  const read = parseWindow(upcoming(cursor));
  if ('error' in read) return wrongWord(cursor, read);
  cursor.at += read.taken;
  return { type: 'window', window: read.value, from: token.from, to: cursor.here().to };
}

function wrongWord(cursor: Cursor, read: { readonly error: string; readonly at: number }): undefined {
  const wrong = cursor.peek(read.at);
  cursor.at = Math.min(cursor.tokens.length, cursor.at + read.at + (wrong ? 1 : 0));
  cursor.report(wrong ?? cursor.here(), wrong ? 'value-malformed' : 'value-missing', read.error);
  return undefined;
}

function readText(cursor: Cursor): Part | undefined {
  const token = cursor.peek();
  if (token?.kind === 'text') {
    cursor.take();
    return { type: 'text', text: token.text, from: token.from, to: token.to };
  }
  if (token?.kind !== 'word') return missing(cursor, `${cursor.word} takes a text in quotes`);
  cursor.take();
  const fix = replaceFix(token, `"${token.text}"`);
  cursor.report(token, 'value-malformed', `${cursor.word} takes a text in quotes: "${token.text}"`, [fix]);
  return { type: 'text', text: token.text, from: token.from, to: token.to };
}

function readUtc(cursor: Cursor): Part | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'word') return missing(cursor, `${cursor.word} takes an offset such as utc+1`);
  const minutes = parseUtcOffset(token.text);
  cursor.take();
  if ('error' in minutes) {
    cursor.report(token, 'value-malformed', minutes.error);
    return undefined;
  }
  return { type: 'utc', minutes: minutes.value, from: token.from, to: token.to };
}

function readCode(cursor: Cursor): Part | undefined {
  const token = cursor.peek();
  const help = `${cursor.word} is an ISO code such as EUR`;
  if (token?.kind !== 'word' || !/^[A-Za-z]{3}$/.test(token.text)) return missing(cursor, help);
  cursor.take();
  const { from, to } = token;
  const text = token.text.toUpperCase();
  if (text !== token.text) cursor.report(token, 'value-malformed', `${help}: ${text}`, [replaceFix(token, text)]);
  return { type: 'word', text, from, to };
}

function readMatching(cursor: Cursor, shape: RegExp, help: string): Part | undefined {
  const token = cursor.peek();
  if (token?.kind !== 'word' || !shape.test(token.text)) return missing(cursor, help);
  cursor.take();
  return { type: 'word', text: token.text, from: token.from, to: token.to };
}
