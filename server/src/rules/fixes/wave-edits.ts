import { type JobTime, timeOfPart } from '../../capacity/jobs.ts';
import type { Entity } from '../../design/declaration.ts';
import type { FileEdit } from '../../design/edits.ts';
import { locate } from '../../design/place.ts';
import { referenceText, viewpointOf } from '../../design/reference-text.ts';
import { insertAfter, statementSpan } from '../../design/statement-edits.ts';
import { propsOf, referred } from '../../design/things.ts';
import { fileText } from '../../language/syntax/file.ts';
import type { Fix } from '../rule.ts';
import { isOwn } from '../shared/anchor.ts';
import { writtenNames } from './port-edits.ts';

/** More waves than that are another plan. */
const MOST_WAVES = 20;

/** Splits a wave into as few as fit a window of some length, each after the one before; nothing where one machine is too much, or another wave waits for this one. */
export function splitWave(wave: Entity, time: JobTime, length: number): Fix[] {
  const [moves, ...others] = propsOf(wave).list('moves');
  const isAwaited = [...wave.design.members('wave')].some((other) =>
    propsOf(other)
      .list('after')
      .some((after) => referred(after, ['wave']).includes(wave)),
  );
  const head = wave.declaration.head();
  const { things } = time.job;
  if (!moves || !head || isAwaited || others.length > 0 || !isOwn(wave, moves) || moves.sentence.subject?.each)
    return [];
  const isPlain = referred(moves, ['server', 'vm', 'app']).every(
    (thing) => thing.kind !== 'app' && referenceText(thing, viewpointOf(moves)) === thing.name,
  );
  const lists = chunked(time, length)?.map(([from, to]) =>
    writtenNames(things.slice(from, to).map(({ name }) => name)),
  );
  const names = lists && namesFor(wave, lists.length);
  if (!isPlain || !lists || !names || lists.length < 2 || lists.length > MOST_WAVES) return [];
  const { file } = head.place;
  const text = fileText(file.parsed);
  const block = statementSpan(head);
  const subject = moves.sentence.subject;
  const start = locate(moves.place)?.from;
  if (!block?.body || block.body.close < 0 || !subject || start === undefined || moves.place.file !== file) return [];
  const [open, from, to] = [block.body.open + 1, start + subject.from, start + subject.to];
  if (from < open || to > block.body.close || lists.some((list) => list === undefined)) return [];
  const isOneLine = !/[\r\n]/.test(text.slice(open, block.body.close));
  const gap = isOneLine ? ' ' : '\n  ';
  const further = lists.slice(1).map((list, k) => {
    const after = `after ${names[k]}${isOneLine ? ';' : ''}`;
    return `${isOneLine ? '' : '\n'}wave ${names[k + 1]} {${gap}${after}${text.slice(open, from)}${list}${text.slice(to, block.to)}`;
  });
  const edits: FileEdit[] = [
    { uri: file.uri, from, to, text: lists[0] ?? '' },
    { uri: file.uri, ...insertAfter(text, block, further) },
  ];
  return [{ title: `Split it into ${lists.length} waves, one after the other`, edits }];
}

/** Machines in the order of the wave, each part as long as fits; undefined if one alone does not. */
function chunked(time: JobTime, length: number): readonly (readonly [number, number])[] | undefined {
  const { sizes } = time;
  if (sizes.length !== time.job.things.length) return undefined;
  const fits = (from: number, to: number) => (timeOfPart(time, sizes.slice(from, to)) ?? Infinity) <= length;
  const parts: [number, number][] = [];
  for (let from = 0; from < sizes.length; ) {
    let to = from + 1;
    if (!fits(from, to)) return undefined;
    while (to < sizes.length && fits(from, to + 1)) to++;
    parts.push([from, to]);
    from = to;
  }
  return parts;
}

/** Its own name, and others that no wave has. */
function namesFor(wave: Entity, count: number): readonly string[] | undefined {
  const taken = new Set([...wave.design.members('wave')].map(({ name }) => name));
  const names = [wave.name];
  for (let k = 2; names.length < count && k < count + 100; k++)
    if (!taken.has(`${wave.name}-${k}`)) names.push(`${wave.name}-${k}`);
  return writtenNames(names) === undefined ? undefined : names;
}
