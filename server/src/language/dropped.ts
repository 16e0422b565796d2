import type { TextEdit } from '../base/span.ts';
import { isConflictMarker } from './foreign.ts';
import { saidOf, writtenFor } from './jargon.ts';
import type { ProblemFix } from './problem.ts';
import { KINDS, kindOf } from './schema/schema.ts';
import type { Statement, Token } from './syntax/parser.ts';
import { replaceFix } from './values/cursor.ts';

/** A statement in a form that the language does not have, and what it stands for. */
export interface DroppedForm {
  /** Undefined where another statement of the block has it. */
  readonly message: string | undefined;
  readonly fixes: readonly ProblemFix[];
  /** The statement that is read in its place; undefined where it needs a place of its own. */
  readonly instead: Statement | undefined;
}

/**
 * Recognises a statement of an older draft or of another tool's vocabulary. `siblings` are the statements of its block.
 * The statement that is read in its place has the tokens of this one, with new words of no length of their own.
 */
export function droppedForm(
  statement: Statement,
  kind: string,
  siblings: readonly Statement[],
): DroppedForm | undefined {
  const { word } = statement;
  if (!word) return undefined;
  if (isConflictMarker(word.text))
    return said('both sides of a merge stand here: keep one of them, and take this line away');
  if (word.text === '/*' || word.text === '*/')
    return said('there are no block comments: each line of a comment begins with //');
  const range = bareRange(statement, word, kind);
  if (range) return range;
  if (kind === 'vm' && word.text === 'cpu') {
    const isCount = /^\d+$/.test(statement.args[0]?.text ?? '') && statement.args.length === 1;
    return renamed(statement, word, isCount ? 'vcpu' : 'demand cpu');
  }
  if (kind === 'vm' && !statement.body && /^(?:runs|host|cluster)$/.test(word.text))
    return said(saysNotWhere(word.text, statement));
  if (kind === 'network' && (word.text === 'gateway' || word.text === 'reserve' || word.text === 'dhcp'))
    return clauseOfSubnet(statement, word, siblings);
  if (kind === 'host' || kind === 'server') {
    const cores = coresOf(statement, word, siblings);
    if (cores) return cores;
  }
  // With a body it is the block that it says, in the wrong place.
  const isBlock = statement.body !== undefined && KINDS.has(word.text);
  const about = isBlock ? undefined : saidOf(kind, word.text, statement.args[0]?.text ?? '');
  if (about !== undefined) return said(about);
  const meant = isBlock ? undefined : (placed(kind, word.text) ?? writtenFor(kind, word.text));
  return meant === undefined ? undefined : renamed(statement, word, meant);
}

/** `vm[1..4]` without a name, and `web-{1..4}` in braces. */
function bareRange({ args }: Statement, word: Token, kind: string): DroppedForm | undefined {
  if (/^\d+$/.test(word.text) && args[0]?.kind === '..')
    return said(`a range is written in brackets: [${word.text}..${args[1]?.text ?? ''}]`);
  const block = /^([a-z]+)\[.*$/.exec(word.text)?.[1];
  if (block === undefined || !kindOf(kind).blocks.has(block)) return undefined;
  const better = `${block} ${word.text}`;
  const message = `a name stands between ${block} and its range: ${better}`;
  return { message, fixes: [replaceFix(word, better)], instead: undefined };
}

function said(message: string): DroppedForm {
  return { message, fixes: [], instead: undefined };
}

function saysNotWhere(word: string, { args }: Statement): string {
  const target = args.find(({ text }) => text !== 'on')?.text ?? '…';
  const where = word === 'runs' ? 'host or cluster' : word;
  return `a VM does not say where it runs: write runs in the ${where}, or runs … on ${target} beside the VM`;
}

/** `site berlin` and the like, where a thing says in what it stands: `at berlin`. */
function placed(kind: string, word: string): string | undefined {
  if (!KINDS.has(word)) return undefined;
  for (const clause of KINDS.get(kind)?.header.shape.clauses.values() ?? [])
    for (const terms of clause.value?.alternatives ?? [])
      if (terms.some((term) => term.type === 'reference' && term.kinds.includes(word))) return clause.word;
  return undefined;
}

const SOCKETS: ReadonlySet<string> = new Set(['sockets', 'socket', 'cpus']);

/** `cores 16`, alone or beside `sockets 2`, which the language says in one statement. */
function coresOf(statement: Statement, word: Token, siblings: readonly Statement[]): DroppedForm | undefined {
  const [count, ...more] = statement.args;
  const isSockets = SOCKETS.has(word.text);
  if ((!isSockets && word.text !== 'cores') || !count || !/^\d+$/.test(count.text) || more.length > 0) return undefined;
  const other = siblings.find((sibling) => {
    const text = sibling.word?.text ?? '';
    return (isSockets ? text === 'cores' : SOCKETS.has(text)) && /^\d+$/.test(sibling.args[0]?.text ?? '');
  });
  const [sockets, cores] = isSockets ? [count, other?.args[0]] : [other?.args[0], count];
  if (!cores) return said(`sockets and cores stand in one statement: cpu ${count.text} x 16 cores 2.9 GHz`);
  // Of the two statements the first one says it.
  if (other && other.from < statement.from) return { message: undefined, fixes: [], instead: undefined };
  const better = sockets ? `cpu ${sockets.text} x ${cores.text} cores` : `cpu ${cores.text} cores`;
  const edits = [{ from: statement.from, to: statement.to, text: better }];
  if (other) edits.push(removal(other, siblings));
  const [first, ...rest] = better.split(' ').map((text): Token => ({ ...word, text }));
  return {
    message: other ? `sockets and cores stand in one statement: ${better}` : `cores is written ${better} here`,
    fixes: [{ title: `Write ${better}`, edits }],
    instead: { ...statement, word: first, args: rest },
  };
}

/** Takes a statement away, with the semicolon in front of it, or else behind it. */
function removal(statement: Statement, siblings: readonly Statement[]): TextEdit {
  const at = siblings.indexOf(statement);
  const [before, next] = [siblings[at - 1], siblings[at + 1]];
  const isNear = (from: number, to: number) => to - from <= '; '.length;
  const from = before && isNear(before.to, statement.from) ? before.to : statement.from;
  const to = from === statement.from && next && isNear(statement.to, next.from) ? next.from : statement.to;
  return { from, to, text: '' };
}

function renamed(statement: Statement, word: Token, meant: string): DroppedForm {
  const words = meant.split(' ').map((text): Token => ({ ...word, text }));
  return {
    message: `${word.text} is written ${meant} here`,
    fixes: [replaceFix(word, meant)],
    instead: { ...statement, word: words[0], args: [...words.slice(1), ...statement.args] },
  };
}

/** A VLAN may have several subnets, so what belongs to one is its clause. */
function clauseOfSubnet(statement: Statement, word: Token, siblings: readonly Statement[]): DroppedForm {
  const message = `${word.text} belongs to its subnet: subnet 10.1.10.0/24 ${word.text} …`;
  const subnets = siblings.filter((sibling) => sibling.word?.text === 'subnet');
  const [subnet] = subnets;
  if (!subnet || subnets.length > 1) return { message, fixes: [], instead: undefined };
  const end = subnet.args[subnet.args.length - 1]?.to ?? subnet.to;
  const clause = { from: end, to: end, text: ` ${statement.args.reduce(joined, word.text)}` };
  const gone = removal(statement, siblings);
  const edits = gone.from === end ? [{ ...clause, to: gone.to }] : [clause, gone];
  const fix: ProblemFix = { title: `Move ${word.text} to its subnet`, edits };
  return { message, fixes: [fix], instead: undefined };
}

function joined(text: string, token: Token): string {
  if (token.kind === 'text') return `${text} "${token.text.replaceAll('"', '""')}"`;
  return token.kind === ',' ? `${text},` : `${text} ${token.text}`;
}
