/**
 * The schema is a table of rows. A row names a word, the shape of its value in the notation below, its default and one
 * line of documentation. Checking, completion, hover, colouring and the language reference are made from the rows.
 *
 * Notation: capitals are shapes, `→kind` a reference (`→a,b` either kind), `+` a list, `[ ]` optional, `(a b)` one of
 * these words, ` or ` alternatives, `·` before each clause; a clause without a shape is a flag.
 * After a word: `*` repeatable and keyed by its subject or the clause named, `+` a list that repeats append to.
 */
export interface Row {
  readonly word: string;
  readonly repeat: 'once' | 'keyed' | 'list';
  readonly notation: string;
  readonly fallback: string;
  readonly doc: string;
}

/** A block kind with its header and where it may stand, or rows that several kinds share. */
export interface SchemaPart {
  readonly kinds: readonly string[];
  /** Undefined for rows that are shared. */
  readonly header: Row | undefined;
  readonly standsIn: readonly string[];
  readonly rows: readonly Row[];
  readonly doc: string;
}

export function row(marked: string, notation: string, fallback: string, doc: string): Row {
  const repeat = marked.endsWith('*') ? 'keyed' : marked.endsWith('+') ? 'list' : 'once';
  return { word: marked.replace(/[*+]$/, ''), repeat, notation, fallback, doc };
}

export function block(
  kind: string,
  notation: string,
  standsIn: readonly string[],
  doc: string,
  rows: readonly Row[],
): SchemaPart {
  const header: Row = { word: kind, repeat: 'keyed', notation, fallback: '–', doc };
  return { kinds: [kind], header, standsIn, rows, doc };
}

export function group(kinds: readonly string[], doc: string, rows: readonly Row[]): SchemaPart {
  return { kinds, header: undefined, standsIn: [], rows, doc };
}
