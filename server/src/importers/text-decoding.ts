import { UnreadableFile } from './limits.ts';

/** Decodes a stream of bytes cut anywhere. The first bytes tell the encoding: a byte order mark, or an XML declaration. */
export interface PieceDecoder {
  readonly push: (piece: Uint8Array) => string;
  readonly end: () => string;
}

/** @throws UnreadableFile from `push` for an encoding that is not known */
export function pieceDecoder(): PieceDecoder {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  return {
    push: (piece) => {
      decoder ??= new TextDecoder(encodingOf(piece));
      return decoder.decode(piece, { stream: true });
    },
    end: () => decoder?.decode() ?? '',
  };
}

export interface DecodedText {
  readonly text: string;
  /** The encoding that was guessed because the bytes are not the UTF-8 they should be. */
  readonly guessed?: string;
}

/** Decodes a whole text file: UTF-8, UTF-16 with or without byte order mark, or else Windows-1252. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = markOf(bytes);
  if (marked) return { text: new TextDecoder(marked).decode(bytes) };
  const wide = wideEncodingOf(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), guessed: wide };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), guessed: 'windows-1252' };
  }
}

function encodingOf(bytes: Uint8Array): string {
  const marked = markOf(bytes);
  if (marked) return marked;
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    throw new UnreadableFile(`its XML is written in ${declared}, which is not known`);
  }
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/** UTF-16 without a mark: of text that begins in ASCII every second byte is zero. */
function wideEncodingOf(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : undefined;
}
