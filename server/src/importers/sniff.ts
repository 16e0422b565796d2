import type { ImportFile } from './importer.ts';
import { decodeText } from './text-decoding.ts';
import { looksLikeZip } from './xlsx/zip.ts';

/** Bytes in which a text shows what it is. */
const START = 64 * 1024;

/** The beginning of a file that is text, to tell its kind by; empty for an archive. */
export function startOf(file: ImportFile): string {
  return looksLikeZip(file.bytes) ? '' : decodeText(file.bytes.subarray(0, START)).text;
}
