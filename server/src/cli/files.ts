import type { Dirent } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { looksLikeZip } from '../importers/xlsx/zip.ts';
import { type Io, UnusableFile } from './io.ts';

/** Name that stands for standard input, as an argument and in reports. */
export const STDIN = '-';

/** Larger files are refused instead of filling the memory. A VM takes some 150 bytes of a design. */
const MOST_BYTES = 512 * 2 ** 20;

/** Folders that hold no designs of their own. */
const isSkipped = (name: string) => name === 'node_modules' || name.startsWith('.');

/** Designs that arguments mean: a file as it is named, a folder as every `.vdc` below it, in the order of their names. */
export async function designFiles(io: Io, args: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const arg of args) {
    if (arg === STDIN) {
      found.add(STDIN);
      continue;
    }
    if (!(await statOf(io, arg)).isDirectory()) {
      found.add(path.normalize(arg));
      continue;
    }
    const inside = await filesBelow(io, arg, (name) => name.endsWith('.vdc'));
    if (inside.length === 0) throw new UnusableFile(`${arg}: there is no .vdc file in this folder or below it`);
    for (const file of inside) found.add(file);
  }
  return [...found];
}

/** Files below a folder whose names are wanted, sorted; links are not followed out of it. */
export async function filesBelow(io: Io, folder: string, wanted: (name: string) => boolean): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(path.resolve(io.cwd, folder), { withFileTypes: true });
  } catch (error) {
    throw unusable(folder, error);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const inner = path.join(folder, entry.name);
    if (entry.isDirectory() && !isSkipped(entry.name)) found.push(...(await filesBelow(io, inner, wanted)));
    else if (entry.isFile() && wanted(entry.name)) found.push(inner);
  }
  return found;
}

export async function statOf(io: Io, file: string) {
  try {
    return await stat(path.resolve(io.cwd, file));
  } catch (error) {
    throw unusable(file, error);
  }
}

/** @throws UnusableFile for whatever cannot be read, or is too large to be a design or an inventory. */
export async function readBytes(io: Io, file: string): Promise<Uint8Array> {
  if (file === STDIN) return io.readStdin();
  const { size, isFile } = await statOf(io, file).then((found) => ({ size: found.size, isFile: !found.isDirectory() }));
  if (!isFile) throw new UnusableFile(`${file} is a folder`);
  if (size > MOST_BYTES)
    throw new UnusableFile(`${file} has ${Math.round(size / 2 ** 20)} MiB; at most ${MOST_BYTES / 2 ** 20} are read`);
  try {
    return await readFile(path.resolve(io.cwd, file));
  } catch (error) {
    throw unusable(file, error);
  }
}

/** The text of a design. @throws UnusableFile if it is no text. */
export async function readDesign(io: Io, file: string): Promise<string> {
  const bytes = await readBytes(io, file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const isArchive = looksLikeZip(bytes);
    throw new UnusableFile(
      isArchive
        ? `${nameOf(file)} is a workbook or another archive and no design; "vdc import ${nameOf(file)} -o estate.vdc" makes one of an inventory`
        : `${nameOf(file)} is not UTF-8 text; save it as UTF-8`,
    );
  }
}

/** The text of a file that an import names; undefined if it is no design that can be read. */
export async function readImport(file: string): Promise<string | undefined> {
  if (!file.endsWith('.vdc')) return undefined;
  try {
    const found = await stat(file);
    if (!found.isFile() || found.size > MOST_BYTES) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch {
    return undefined;
  }
}

export async function writeText(io: Io, file: string, text: string): Promise<void> {
  try {
    await writeFile(path.resolve(io.cwd, file), text);
  } catch (error) {
    // Of a file that is to be written it is the folder that is missing.
    if (codeOf(error) === 'ENOENT')
      throw new UnusableFile(`${nameOf(file)}: there is no folder ${path.dirname(file)} to write it into`);
    throw unusable(file, error);
  }
}

/** How a file is called in messages. */
export function nameOf(file: string): string {
  return file === STDIN ? 'standard input' : file;
}

export function uriOf(io: Io, file: string): string {
  return pathToFileURL(file === STDIN ? path.join(io.cwd, 'stdin.vdc') : path.resolve(io.cwd, file)).href;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be accessed',
  EPERM: 'it may not be accessed',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function unusable(file: string, error: unknown): UnusableFile {
  const reason = REASONS[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
  return new UnusableFile(`${nameOf(file)}: ${reason}`);
}
