/** A sample that can be picked. */
export interface Sample {
  readonly name: string;
  /** What its header says. */
  readonly detail: string;
  /** Its own file last, those that it imports before it. */
  readonly files: readonly SampleFile[];
}

export interface SampleFile {
  /** `shopping-cart.vdc` */
  readonly name: string;
  readonly text: string;
}

/** Shown first: they are small, and each shows one thing. */
const first = ['storefront', 'shopping-cart', 'ten-vms-one-nic'];

/** The designs among the files; what others import is part of those. */
export function samplesOf(texts: Readonly<Record<string, string>>): readonly Sample[] {
  const imported = new Set(Object.values(texts).flatMap(importsOf));
  const rank = ({ name }: Sample): number => (first.includes(name) ? first.indexOf(name) : first.length);
  return Object.keys(texts)
    .filter((file) => !imported.has(file))
    .map((file) => ({
      name: file.replace(/\.vdc$/, ''),
      detail: headerOf(texts[file] ?? ''),
      files: reached(file, texts).map((name) => ({ name, text: texts[name] ?? '' })),
    }))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function reached(file: string, texts: Readonly<Record<string, string>>): readonly string[] {
  const others = importsOf(texts[file] ?? '').flatMap((name) => reached(name, texts));
  return [...new Set([...others, file])];
}

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^import "([^"]+)"/gm)].map(([, name = '']) => name);

/** The comment that a file begins with, as one paragraph. */
function headerOf(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join(' ');
}
