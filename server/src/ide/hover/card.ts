import type { Figure } from '../../capacity/figure.ts';
import { type Declaration, type Entity, entityLabel, type Located } from '../../design/declaration.ts';
import { placeText } from '../../design/edits.ts';
import { Stated } from '../../design/props.ts';
import { ownersOf, propsOf } from '../../design/things.ts';
import { amounts, figuresOf, type Row, situation } from './figures.ts';
import { bar, code, paragraphs, plain, table } from './markdown.ts';
import { arithmetic, originOf, placeLink, shownValue, statedBy } from './origin.ts';

/** At most this many statements of a thing are listed. */
const MOST_STATEMENTS = 12;
/** Statements about a thing that its card shows otherwise. */
const SHOWN_OTHERWISE = new Set(['runs', 'note', 'owner', 'ignore']);

/** What is known of a thing: where it stands, its figures with bars, the arithmetic behind them, and what states it. */
export function entityCard(entity: Entity, uri: string): string {
  const rows = figuresOf(entity);
  const explained = rows.flatMap(({ figure }) => (figure?.inputs && figure.inputs.length > 0 ? [figure] : []));
  const listsStatements = rows.length === 0 || entity.kind === 'vm';
  return paragraphs([
    `**${plain(entityLabel(entity))}**${tail(situation(entity))}`,
    commentAbove(entity.declaration),
    notes(entity),
    table(rows.map((row) => cells(row, uri))),
    arithmetic(explained, uri).join('\n'),
    listsStatements ? statements(entity, uri) || declaredAt(entity, uri) : '',
  ]);
}

/** What many things of one name part have in common. */
export function rangeCard(written: string, entities: readonly Entity[], uri: string): string {
  const [first] = entities;
  if (!first) return '';
  const names = entities.map(({ name }) => name);
  const owners = new Set(entities.slice(0, 100).flatMap((entity) => ownersOf(entity).map((owner) => owner.name)));
  return paragraphs([
    `**${plain(`${first.kind} ${written}`)}** · ${entities.length} members${tail(situation(first))}`,
    membersText(names),
    owners.size > 1 ? `owners: ${plain([...owners].join(', '))}` : '',
    commentAbove(first.declaration),
    `One of them, ${plain(first.name)}:`,
    table(figuresOf(first).map((row) => cells(row, uri))),
  ]);
}

/** A class: what it states. */
export function classCard(declaration: Declaration, uri: string): string {
  const kind = declaration.kind.replace(/^class /, '');
  const users = new Set(
    declaration.names.flatMap((name) => declaration.design.names.read(`class ${kind}`, name).inside),
  );
  const lines = declaration
    .body()
    .slice(0, MOST_STATEMENTS)
    .map((located) => `- ${code(written(located))}`);
  const head = declaration.head();
  return paragraphs([
    `**class ${plain(kind)} ${plain(declaration.names.join(', '))}** · used by ${users.size}${tail(head ? placeLink(head, uri) : '')}`,
    commentAbove(declaration),
    lines.join('\n'),
  ]);
}

/** Names for people: all of a few, the ends of many. */
export function membersText(names: readonly string[]): string {
  const shown = names.length > 12 ? [...names.slice(0, 8), '…', names.at(-1) ?? ''] : names;
  return plain(shown.join(', '));
}

function cells({ label, figure, text }: Row, uri: string): string[] {
  if (!figure) return [plain(label), '', '', plain(text ?? '')];
  const drawn = figure.unit === 'share' ? bar(figure.value) : '';
  const words = [plain(text ?? ''), plain(amounts(figure)), figure.formula ? '' : originOf(figure, uri)];
  const assumed = isAssumed(figure) ? 'some of it assumed' : '';
  return [plain(label), shownValue(figure), drawn, [...words, assumed].filter((word) => word !== '').join(' · ')];
}

/** Whether an input, near or far, is assumed; the figure's own origin is shown beside it. */
function isAssumed(figure: Figure): boolean {
  return (figure.inputs ?? []).some((input) => input.origin === 'assumed' || isAssumed(input));
}

/** Of a thing that nothing is stated of, at least where it is. */
function declaredAt({ declaration }: Entity, uri: string): string {
  const head = declaration.head();
  return head ? `declared ${placeLink(head, uri)}` : '';
}

function tail(text: string): string {
  return text === '' ? '' : ` · ${text}`;
}

function notes(entity: Entity): string {
  const found = propsOf(entity)
    .list('note')
    .flatMap(({ sentence }) => sentence.subject?.parts ?? [])
    .flatMap((part) => (part?.type === 'list' ? part.items : part ? [part] : []));
  return found.map((part) => (part.type === 'text' ? `> ${plain(part.text)}` : '')).join('\n');
}

/** What holds for a thing, statement by statement, with who states it. */
function statements(entity: Entity, uri: string): string {
  const props = propsOf(entity);
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const layer of props.layers) {
    const own = new Set<string>();
    for (const ref of layer.body) {
      const { word, property } = ref.sentence;
      if (SHOWN_OTHERWISE.has(word) || (seen.has(word) && property.repeat !== 'keyed')) continue;
      own.add(word);
      const stated = new Stated(ref, layer, entity.index);
      lines.push(`- ${code(written(stated))} ${statedBy(stated, uri)}`);
    }
    for (const word of own) seen.add(word);
  }
  const more = lines.length > MOST_STATEMENTS ? [`- and ${lines.length - MOST_STATEMENTS} more`] : [];
  return [...lines.slice(0, MOST_STATEMENTS), ...more].join('\n');
}

function written({ place, sentence }: Located): string {
  return placeText(place).slice(sentence.from, sentence.to);
}

/** The comment lines directly above a block, as its text. */
function commentAbove(declaration: Declaration): string {
  const head = declaration.head();
  if (!head) return '';
  const lines = placeText(head.place)
    .slice(0, head.sentence.from)
    .split(/\r\n|\r|\n/);
  if (lines.pop()?.trim() !== '') return '';
  const found: string[] = [];
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const text = /^\s*(?:\/\/|#)\s?(.*)$/.exec(line)?.[1];
    if (text === undefined) break;
    found.unshift(plain(text));
  }
  return found.join('  \n');
}
