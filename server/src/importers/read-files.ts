import type { ImportFile } from './importer.ts';
import { UnreadableFile } from './limits.ts';
import type { ImportReport } from './report.ts';
import { decodeText } from './text-decoding.ts';
import { looksLikeZip } from './xlsx/zip.ts';

/** Reads files one by one. Those that `read` throws an `UnreadableFile` for are reported, and the others are read all the same. */
export function readEach(files: readonly ImportFile[], report: ImportReport, read: (file: ImportFile) => void): void {
  for (const file of files) {
    try {
      read(file);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      report.problem('error', error.message, file.name);
    }
  }
}

/**
 * The text of a file; one that is neither UTF-8 nor what is usual for its kind is read as what it seems to be, with a warning.
 * @throws UnreadableFile if there is nothing in it, or an archive
 */
export function readText(file: ImportFile, report: ImportReport, usual?: string): string {
  if (looksLikeZip(file.bytes))
    throw new UnreadableFile('it is a workbook or another archive, and exports of this kind are text');
  const { text, guessed } = decodeText(file.bytes);
  if (guessed && guessed !== usual)
    report.problem('warning', `it is not written in UTF-8; read as ${guessed}`, file.name);
  if (text.trim() === '') throw new UnreadableFile('it is empty');
  return text;
}
