import { liveHosts } from '../../capacity/cluster.ts';
import { nextHost } from '../../capacity/growth-steps.ts';
import { currencyOf, formatMoney } from '../../capacity/money.ts';
import type { Entity } from '../../design/declaration.ts';
import { type FileEdit, placeText, replaceAt } from '../../design/edits.ts';
import { withName } from '../../design/range-edits.ts';
import { insertAfter, statementSpan } from '../../design/statement-edits.ts';
import { isBareName } from '../../language/make/bare-name.ts';
import { fileText } from '../../language/syntax/file.ts';
import type { Fix } from '../rule.ts';

/** More than this at once is a new cluster. */
const MOST_ADDED = 8;

/** Words of a host that are its own alone: what runs on it, what it was measured at, what it is called besides. */
const ITS_OWN = new Set(['runs', 'measured', 'alias', 'note', 'state', 'failover-host', 'ignore', 'from', 'until']);

/** Further hosts like the last one of a cluster, with what they cost: its range goes on, or its block is written again. */
export function moreHosts(cluster: Entity, count: number): Fix[] {
  const like = liveHosts(cluster).at(-1);
  if (!like || !Number.isInteger(count) || count < 1 || count > MOST_ADDED) return [];
  const names = nextNames(like, count);
  const edits = names && (extended(like, names) ?? repeated(like, names));
  if (!edits || edits.length === 0) return [];
  const what = count === 1 ? 'a host' : `${count} hosts`;
  return [{ title: `Add ${what} like ${like.name}: ${names.join(', ')}${costText(cluster, count)}`, edits }];
}

function costText(cluster: Entity, count: number): string {
  const next = nextHost(cluster);
  if (!next) return '';
  const { code } = currencyOf(cluster.design);
  const parts = [
    `${formatMoney(next.capex * count, code)} once`,
    ...(next.opex > 0 ? [`${formatMoney(next.opex * count, code)} a year`] : []),
  ];
  return ` (${next.isAtLeast ? 'at least ' : ''}${parts.join(' and ')})`;
}

/** Names that go on from that of a host; undefined if it does not end with a number. */
function nextNames({ name, design }: Entity, count: number): string[] | undefined {
  const [, stem, digits, rest = ''] = /^(.*?)(\d+)(\D*)$/.exec(name) ?? [];
  if (stem === undefined || digits === undefined) return undefined;
  const names: string[] = [];
  for (let number = Number(digits) + 1; names.length < count && number < Number(digits) + 1_000; number++) {
    const next = `${stem}${String(number).padStart(digits.length, '0')}${rest}`;
    if (design.names.read('host', next).entities.length === 0) names.push(next);
  }
  return names.length === count ? names : undefined;
}

/** The range that declares a host, with further names; undefined if it is declared alone, or in another way. */
function extended({ declaration }: Entity, names: readonly string[]): readonly FileEdit[] | undefined {
  const subject = declaration.head()?.sentence.subject?.parts[0];
  const part = subject?.type === 'list' ? subject.items.at(-1) : subject;
  if (declaration.entities.length < 2 || part?.type !== 'name' || part.quoted) return undefined;
  let word: string | undefined = part.text;
  for (const name of names) word = word && withName(word, name);
  const head = declaration.head();
  return word !== undefined && head ? replaceAt(head.place, part, word) : undefined;
}

/** The block of a host once more under other names, without what is its own alone. */
function repeated({ declaration }: Entity, names: readonly string[]): readonly FileEdit[] | undefined {
  const head = declaration.head();
  const span = head && statementSpan(head);
  const subject = head?.sentence.subject?.parts[0];
  const part = subject?.type === 'list' ? subject.items[0] : subject;
  if (!head || !span || part?.type !== 'name' || declaration.entities.length > 1 || !names.every(isBareName))
    return undefined;
  const body = declaration.body().filter(({ sentence }) => !ITS_OWN.has(sentence.word));
  // What stands in a block of its own is written by whoever plans it.
  if (declaration.children.size > 0 || body.some(({ sentence }) => sentence.statement.body)) return undefined;
  const text = placeText(head.place);
  const clauses = text.slice(part.to, span.headEnd - (span.from - head.sentence.from)).trim();
  const statements = body.map(({ place, sentence }) => placeText(place).slice(sentence.from, sentence.to).trim());
  const block = statements.length > 0 ? ` { ${statements.join('; ')} }` : '';
  const written = names.map((name) => `host ${name}${clauses === '' ? '' : ` ${clauses}`}${block}`);
  return [{ uri: head.place.file.uri, ...insertAfter(fileText(head.place.file.parsed), span, written) }];
}
