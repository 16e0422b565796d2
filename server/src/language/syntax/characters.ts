/** UTF-16 codes of the characters with a meaning of their own. */
export const charCodes = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  hash: 0x23,
  comma: 0x2c,
  dot: 0x2e,
  slash: 0x2f,
  colon: 0x3a,
  semicolon: 0x3b,
  bracketOpen: 0x5b,
  bracketClose: 0x5d,
  braceOpen: 0x7b,
  braceClose: 0x7d,
} as const;

/** Space, tab and every other Unicode space, no-break spaces and the byte order mark included; not a line end. */
export function isBlank(code: number): boolean {
  if (code === 0x20 || code === 0x09) return true;
  if (code < 0xa0) return code === 0x0b || code === 0x0c || code === 0x85;
  if (code === 0xa0 || code === 0x1680 || code === 0x202f || code === 0x205f || code === 0x3000) return true;
  return (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0xfeff;
}

export function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** Where the next line begins after the line end at `at`. */
export function afterLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === charCodes.carriageReturn && text.charCodeAt(at + 1) === charCodes.lineFeed
    ? at + 2
    : at + 1;
}

/** Number of line ends in a text. */
export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === charCodes.lineFeed) count++;
    else if (code === charCodes.carriageReturn && text.charCodeAt(at + 1) !== charCodes.lineFeed) count++;
  }
  return count;
}
