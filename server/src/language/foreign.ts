import { kindOf } from './schema/schema.ts';

/** So much of a text is looked at to tell what it is. */
export const FOREIGN_START = 4_000;

/** Cells that a line of a table has at least. */
const FEWEST_CELLS = 4;

/** What a text is that is no design at all: an export that was pasted or renamed. Undefined for a design, whole or not. */
export function foreignText(start: string): string | undefined {
  const text = start.replace(/^[\ufeff\s]+/, '');
  if (/^(?:\{\s*["}]|\[\s*(?:["[{\]]|-?\d))/.test(text)) return 'JSON';
  if (/^<(?:\?xml|!DOCTYPE|[A-Za-z][\w:-]*[\s/>])/.test(text)) return 'XML';
  if (text.startsWith('PK\u0003\u0004')) return 'a workbook';
  return isTable(text) ? 'a table' : undefined;
}

/** Whether the first lines have as many cells, more than a sentence has, and begin with no word of the language. */
function isTable(text: string): boolean {
  const [head = '', first = ''] = text.split(/\r\n?|\n/);
  const word = /^[\w-]*/.exec(head)?.[0] ?? '';
  const { blocks, properties } = kindOf('file');
  if (blocks.has(word) || properties.has(word) || /^[/#]|[{}]/.test(head)) return false;
  return [',', ';', '\t'].some((separator) => {
    const count = cells(head, separator);
    return count >= FEWEST_CELLS && cells(first, separator) === count;
  });
}

function cells(line: string, separator: string): number {
  // Between the words of a list stands a blank, too.
  const plain = line.replace(/"(?:[^"]|"")*"/g, '').replaceAll(`${separator} `, ' ');
  return plain.split(separator).length;
}

/** Lines that a merge leaves where both sides have changed the same text. */
export function isConflictMarker(word: string): boolean {
  return /^(?:<{7}|={7}|>{7}|\|{7})$/.test(word);
}
