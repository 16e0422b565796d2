export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan';
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, number>> = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  cyan: 36,
};

/** Colours for a terminal that shows them; plain text for all else. */
export function painter(colours: boolean): Paint {
  return (style, text) => (colours ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
}

/** Text of a file without signs that a terminal would obey; each stays one sign wide. */
export function shown(text: string): string {
  return Array.from(text, (sign) => {
    const code = sign.charCodeAt(0);
    if (code === 0x09) return ' ';
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    const isControl = (code >= 0x7f && code < 0xa0) || /[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/.test(sign);
    return isControl ? '\u2421' : sign;
  }).join('');
}

/** A sentence on lines of at most so many signs. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A unified diff, each line in the colour of what it does. */
export function paintDiff(diff: string, paint: Paint): string {
  return diff
    .split('\n')
    .map((line) => {
      const text = shown(line);
      if (/^(?:---|\+\+\+) /.test(line)) return paint('bold', text);
      if (line.startsWith('@@')) return paint('cyan', text);
      if (line.startsWith('-')) return paint('red', text);
      return line.startsWith('+') ? paint('green', text) : text;
    })
    .join('\n');
}
