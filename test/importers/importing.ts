import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import type { Importer, ImportFile, ImportOptions, ImportResult } from '../../server/src/importers/importer.ts';
import { recogniseImporter } from '../../server/src/importers/index.ts';
import { formatText } from '../../server/src/language/format.ts';
import { printStatements } from '../../server/src/language/make/print.ts';
import { readStatements } from '../../server/src/language/sentence.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';

export interface Imported {
  readonly result: ImportResult;
  readonly text: string;
  /** Without the comment at the top and the `source`. */
  readonly design: string;
  /** `what: reason`, without the counts. */
  readonly dropped: readonly string[];
  /** `severity: where: message` */
  readonly problems: readonly string[];
}

export function textFile(name: string, text: string): ImportFile {
  return { name, bytes: strToU8(text) };
}

/** Imports, and holds the text to what is promised of every import: it parses without a mistake and is formatted. */
export async function importWith(
  importer: Importer,
  files: readonly ImportFile[],
  options?: ImportOptions,
): Promise<Imported> {
  const result = await importer.read(files, options);
  const text = printStatements(result.statements);
  const { statements, problems } = parse(text);
  assert.deepEqual(
    [...problems, ...readStatements(statements, 'file').problems].map(({ message }) => message),
    [],
    text,
  );
  assert.equal(formatText(text), text);
  return {
    result,
    text,
    design: text.replace(/^(?:\/\/.*\n)*\nsource .*\n\n?/, ''),
    dropped: result.notCarried.map(({ what, reason }) => `${what}: ${reason}`),
    problems: result.problems.map(({ severity, where, message }) => `${severity}: ${where}: ${message}`),
  };
}

/**
 * Cuts a file after every so many bytes: each piece is recognised or not without an exception, and gives a design
 * or an error in words.
 */
export async function everyPrefixIsRead(importer: Importer, file: ImportFile, pieces = 300): Promise<void> {
  const step = Math.max(1, Math.floor(file.bytes.length / pieces));
  for (let length = 0; length < file.bytes.length; length += step) {
    const cut = { name: file.name, bytes: file.bytes.slice(0, length) };
    recogniseImporter([cut]);
    const { result, text } = await importWith(importer, [cut]);
    if (text === '') {
      assert.ok(
        result.problems.some(({ severity, message }) => severity === 'error' && message !== ''),
        `nothing is said of the first ${length} bytes`,
      );
    }
  }
}
