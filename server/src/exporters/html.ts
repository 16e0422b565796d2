import { formatNumber } from '../base/units.ts';
import { escapeXml } from '../topology/scene/svg.ts';

/** Markup. Only `html` makes it, and everything that it puts in is escaped unless it is markup itself. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | null | readonly Part[];

/** A template of markup: names and messages may look like markup and stay what they are. Attributes stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => `${text}${written(parts[index - 1])}${string}`));
}

function written(part: Part): string {
  if (part === undefined || part === false || part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeXml(part);
  return typeof part === 'number' ? String(part) : part.map(written).join('');
}

export const NOTHING = new Html('');

/** `1 host`, `2 hosts`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** Names in a sentence: `a, b and c`, `a, b, c and 9 more`. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** A sentence with its first letter large. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A sentence within another one: `VMs find a core` keeps its letters. */
export function lowered(text: string): string {
  return /^\p{Lu}\p{Ll}*(?:\s|$)/u.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
}

/** Kinds whose word in the language is short for what people say. */
const KIND_NAMES: Readonly<Record<string, string>> = {
  adc: 'delivery controller',
  app: 'application',
  wan: 'WAN link',
  vm: 'VM',
};

export function oneOf(kind: string): string {
  return KIND_NAMES[kind] ?? kind;
}

export function manyOf(kind: string): string {
  const one = oneOf(kind);
  return `${one}${one.endsWith('ch') ? 'es' : 's'}`;
}
