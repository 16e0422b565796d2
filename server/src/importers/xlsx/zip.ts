/**
 * The parts of a zip archive, unpacked within a budget. Sizes are counted as bytes come out of the inflater, never taken
 * from the archive's own fields, which may lie; so a decompression bomb stops after at most one chunk too many.
 * Format: PKWARE APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
 */
import { Inflate } from 'fflate';
import { type ImportLimits, UnreadableFile } from '../limits.ts';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedSize: number;
  /** As the archive says. */
  readonly statedSize: number;
  readonly offset: number;
}

/** Bytes that may still be unpacked, shared by all parts of an import. */
export interface Budget {
  bytes: number;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;
/** Small enough that the most a deflate stream can hold (1032 to 1) stays near 16 MiB a step. */
const PACKED_CHUNK = 16_384;

/** Whether the bytes begin like a zip archive. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === LOCAL_HEADER;
}

/** The parts by name; of two with one name the last. @throws UnreadableFile */
export function readZipDirectory(bytes: Uint8Array, limits: ImportLimits): ReadonlyMap<string, ZipEntry> {
  const view = viewOf(bytes);
  if (bytes.length >= 8 && view.getUint32(0, false) === 0xd0cf11e0) {
    throw new UnreadableFile('this is an old .xls file or a workbook with a password; save it as .xlsx without one');
  }
  if (!looksLikeZip(bytes)) throw new UnreadableFile('this is no .xlsx file: it does not begin like a zip archive');
  const end = findEnd(view);
  if (end < 0) throw new UnreadableFile('the file is cut short: the directory at the end of the archive is missing');
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff) throw new UnreadableFile('archives of the zip64 kind are not read');
  if (count > limits.entries) {
    throw new UnreadableFile(`the archive has ${count} parts; at most ${limits.entries} are read (limit: entries)`);
  }
  const entries = new Map<string, ZipEntry>();
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL_HEADER) {
      throw new UnreadableFile('the directory of the archive is damaged');
    }
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name.replace(/\\/g, '/'), {
      name,
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      statedSize: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** What is odd about a part that could be read all the same. */
export interface UnpackNotes {
  readonly size: number;
  readonly sizeDiffers: boolean;
  readonly checksumDiffers: boolean;
}

/**
 * Unpacks a part piece by piece into `sink`. A piece is valid until the sink returns.
 * @throws UnreadableFile when the part is damaged, encrypted, or unpacks to more than the limits allow
 */
export function unpack(
  bytes: Uint8Array,
  entry: ZipEntry,
  limits: ImportLimits,
  budget: Budget,
  sink: (piece: Uint8Array) => void,
): UnpackNotes {
  const packed = packedBytes(bytes, entry);
  let size = 0;
  let crc = 0xffffffff;
  const take = (piece: Uint8Array): void => {
    size += piece.length;
    budget.bytes -= piece.length;
    if (budget.bytes < 0) {
      throw new UnreadableFile(
        `stopped unpacking ${entry.name}: more than ${Math.round(limits.unpackedBytes / 2 ** 20)} MiB in all (limit: unpackedBytes)`,
      );
    }
    if (size > limits.ratioFrom && size > packed.length * limits.ratio) {
      throw new UnreadableFile(
        `stopped unpacking ${entry.name}: it grows to more than ${limits.ratio} times its packed size, as a decompression bomb does (limit: ratio)`,
      );
    }
    crc = updateCrc(crc, piece);
    sink(piece);
  };
  if (entry.method === 0) take(packed);
  else inflate(entry, packed, take);
  return {
    size,
    sizeDiffers: size !== entry.statedSize,
    checksumDiffers: (crc ^ 0xffffffff) >>> 0 !== entry.crc,
  };
}

function inflate(entry: ZipEntry, packed: Uint8Array, take: (piece: Uint8Array) => void): void {
  let complete = false;
  let taking = false;
  const inflater = new Inflate((piece, final) => {
    taking = true;
    if (piece.length > 0) take(piece);
    taking = false;
    complete = final;
  });
  try {
    for (let at = 0; at < packed.length || at === 0; at += PACKED_CHUNK) {
      inflater.push(packed.subarray(at, at + PACKED_CHUNK), at + PACKED_CHUNK >= packed.length);
    }
  } catch (error) {
    // What the taker threw is its own business; the rest is the inflater's verdict on the data.
    if (taking) throw error;
    throw new UnreadableFile(`${entry.name} is damaged: its packed data cannot be unpacked`);
  }
  if (!complete) throw new UnreadableFile(`${entry.name} is cut short`);
}

function packedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.encrypted) throw new UnreadableFile(`${entry.name} is encrypted; save the workbook without a password`);
  if (entry.method !== 0 && entry.method !== 8) {
    throw new UnreadableFile(`${entry.name} is packed in a way that is not read (zip method ${entry.method})`);
  }
  const view = viewOf(bytes);
  if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== LOCAL_HEADER) {
    throw new UnreadableFile(`${entry.name} is not where the directory of the archive says`);
  }
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  if (start + entry.packedSize > bytes.length) throw new UnreadableFile(`${entry.name} is cut short`);
  return bytes.subarray(start, start + entry.packedSize);
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - END_LENGTH - LONGEST_COMMENT);
  for (let at = view.byteLength - END_LENGTH; at >= lowest; at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  return -1;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** CRC-32 as zip uses it (reflected polynomial 0xedb88320), eight bits a step. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function updateCrc(crc: number, bytes: Uint8Array): number {
  let value = crc;
  for (let at = 0; at < bytes.length; at++) {
    value = (CRC_TABLE[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (value >>> 8);
  }
  return value;
}
