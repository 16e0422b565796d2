/** Small pieces of Markdown. */

/** Plain text, with whatever Markdown or HTML would read otherwise escaped. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Text as code; it stays on its line. */
export function code(text: string): string {
  const flat = text.replace(/\s*[\r\n]+\s*/g, ' ');
  return flat.includes('`') ? `\`\` ${flat} \`\`` : `\`${flat}\``;
}

const WIDTH = 10;

/** A share as a bar of text that needs no colour: full at 100 %, with an arrow beyond. */
export function bar(share: number): string {
  const filled = Math.max(0, Math.min(WIDTH, Math.round(share * WIDTH)));
  return `\`${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}${share > 1 ? '▶' : ' '}\``;
}

/** A table without a heading: hovers are narrow. Empty columns are left out. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const used = Array.from({ length: columns }, (_, column) => column).filter((column) =>
    rows.some((row) => (row[column] ?? '') !== ''),
  );
  if (used.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(used.map(() => ' ')),
    line(used.map(() => ':--')),
    ...rows.map((row) => line(used.map((column) => row[column] ?? ''))),
  ].join('\n');
}

/** Paragraphs, empty ones left out. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}
