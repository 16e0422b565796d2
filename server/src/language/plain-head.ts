import { kindOf } from './schema/schema.ts';
import { OUTLINED } from './sentence.ts';
import { Scanner, type TokenKind } from './syntax/scanner.ts';

const scanner = new Scanner();
/** Kinds whose bodies have words of another kind, and blocks that are read by them. */
const SPEAKS_OF_OTHERS: ReadonlySet<string> = new Set(['class', 'amend', 'assume', 'policy']);

/**
 * The head of the one block that a text is, up to its brace, where an outline says nothing of what stands in its body: only
 * statements of its own there, each with a known word. Undefined for everything else. Most VMs of an estate are written so.
 */
export function plainHead(text: string, context: string): string | undefined {
  scanner.reset(text);
  let kind: TokenKind = skipLineEnds();
  if (kind !== 'word') return undefined;
  const block = kindOf(context).blocks.get(text.slice(scanner.from, scanner.to));
  if (!block || SPEAKS_OF_OTHERS.has(block.name)) return undefined;
  for (kind = scanner.next(); kind !== '{'; kind = scanner.next())
    if (scanner.unclosed || kind === 'newline' || kind === ';' || kind === '}' || kind === 'comment' || kind === 'end')
      return undefined;
  const head = scanner.to;
  let begins = true;
  for (kind = scanner.next(); kind !== '}'; kind = scanner.next()) {
    if (kind === 'newline' || kind === ';') begins = true;
    else if (kind !== 'comment') {
      if (scanner.unclosed || kind === '{' || kind === 'end') return undefined;
      if (begins && (kind !== 'word' || !isPlain(text.slice(scanner.from, scanner.to)))) return undefined;
      begins = false;
    }
  }
  return skipLineEnds() === 'end' ? text.slice(0, head) : undefined;

  function isPlain(word: string): boolean {
    return block?.properties.has(word) === true && !block.blocks.has(word) && !OUTLINED.has(word);
  }
}

function skipLineEnds(): TokenKind {
  let kind = scanner.next();
  while (kind === 'newline' || kind === ';' || kind === 'comment') kind = scanner.next();
  return kind;
}
