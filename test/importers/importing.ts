import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { diagnosticsOfProject } from '../../server/src/ide/diagnostics.ts';
import { Workspace } from '../../server/src/ide/workspace.ts';
import type { Importer, ImportFile, ImportOptions, ImportResult } from '../../server/src/importers/importer.ts';
import { recogniseImporter } from '../../server/src/importers/index.ts';
import { formatText } from '../../server/src/language/format.ts';
import { printStatements } from '../../server/src/language/make/print.ts';
import { readStatements } from '../../server/src/language/sentence.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';
import { random } from '../support/random.ts';

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
  assert.deepEqual(mistakesIn(text), [], text);
  return {
    result,
    text,
    design: text.replace(/^(?:\/\/.*\n)*\nsource .*\n\n?/, ''),
    dropped: result.notCarried.map(({ what, reason }) => `${what}: ${reason}`),
    problems: result.problems.map(({ severity, where, message }) => `${severity}: ${where}: ${message}`),
  };
}

/** Every error of the whole analysis: mistakes of the text, such as a name that nothing has, and findings. */
export function errorsIn(text: string): readonly string[] {
  return diagnosed(text).map(({ message }) => message);
}

function mistakesIn(text: string): readonly string[] {
  return diagnosed(text).flatMap(({ finding, message }) => (finding ? [] : [message]));
}

function diagnosed(text: string) {
  const workspace = new Workspace({ resolve: () => undefined });
  workspace.openText('file:///import.vdc', text);
  const found = workspace.projectsOf('file:///import.vdc').flatMap(diagnosticsOfProject);
  return found.filter(({ severity }) => severity === 'error');
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

/** What is put into a damaged file: marks of JSON, XML, CSV and of the language, figures that cannot be, and words. */
const DAMAGE = [
  ...['"', '\\', '{', '}', '[', ']', '<', '>', '</a>', ',', ';', ':', '\n', '\0', '&#0;', '&amp;', '//', '\u202e', 'é'],
  ...['0', '-1', '1e999', '9'.repeat(18), '0.5', 'null', 'none', 'each', 'x', '*', '..', 'true', ''],
];

/** Puts damage into a file at random places: it gives a design without a mistake, or an error in words. */
export async function anyDamageIsRead(importer: Importer, file: ImportFile, rounds = 400): Promise<void> {
  const text = new TextDecoder().decode(file.bytes);
  for (let round = 0; round < rounds; round++) {
    const dice = random(round);
    let damaged = text;
    for (let count = 1 + dice.below(6); count > 0; count--) {
      const at = dice.below(damaged.length);
      const rest = damaged.slice(at + dice.below(9));
      damaged = damaged.slice(0, at) + dice.pick(DAMAGE) + rest;
    }
    const { result, text: design } = await importWith(importer, [textFile(file.name, damaged)]);
    if (design === '')
      assert.ok(
        result.problems.some(({ severity }) => severity === 'error'),
        `nothing is said in round ${round}`,
      );
  }
}
