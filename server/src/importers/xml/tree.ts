import { cleanText } from '../inventory/values.ts';
import { type ImportLimits, UnreadableFile } from '../limits.ts';
import { attributeOf, xmlReader } from './reader.ts';

/** An element with what is in it; prefixes are cut off. */
export class XmlElement {
  readonly name: string;
  readonly children: XmlElement[] = [];
  readonly #attributes: string;
  #text = '';

  constructor(name: string, attributes: string) {
    this.name = name;
    this.#attributes = attributes;
  }

  addText(text: string): void {
    this.#text += text;
  }

  /** The text directly in it. */
  get text(): string | undefined {
    return cleanText(this.#text);
  }

  attribute(name: string): string | undefined {
    const value = attributeOf(this.#attributes, name);
    return value === undefined ? undefined : cleanText(value);
  }

  all(name: string): readonly XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The first element at the end of a path of names. */
  find(...path: readonly string[]): XmlElement | undefined {
    const [first, ...rest] = path;
    if (first === undefined) return this;
    for (const child of this.children) {
      const found = child.name === first ? child.find(...rest) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}

/** What a file holds that may have several documents after each other, and text between them. */
export interface XmlFile {
  readonly roots: readonly XmlElement[];
  /** Everything that stands outside of elements. */
  readonly loose: string;
  /** Why reading ended before the file did. */
  readonly stopped: string | undefined;
}

/** Deeper nesting is no inventory. */
const DEEPEST = 100;

/** Elements that are not closed when the file ends are left out. @throws UnreadableFile if it is longer than allowed */
export function readXml(text: string, limits: ImportLimits): XmlFile {
  if (text.length > limits.documentLength) {
    throw new UnreadableFile(
      `it has more than ${limits.documentLength} characters, which are held in memory at once (limit: documentLength)`,
    );
  }
  const roots: XmlElement[] = [];
  const loose: string[] = [];
  const open: XmlElement[] = [];
  const reader = xmlReader(
    {
      open: (name, attributes) => {
        if (open.length >= DEEPEST) throw new UnreadableFile(`its XML is nested more than ${DEEPEST} deep`);
        open.push(new XmlElement(name, attributes));
      },
      close: (name) => {
        const element = open.pop();
        if (element?.name !== name)
          throw new UnreadableFile(`its XML closes <${name.slice(0, 40)}>, which is not open`);
        const parent = open[open.length - 1];
        if (parent) parent.children.push(element);
        else roots.push(element);
      },
      text: (piece) => {
        const element = open[open.length - 1];
        if (element) element.addText(piece);
        else loose.push(piece);
      },
    },
    limits.cellLength,
  );
  try {
    reader.push(text);
    reader.end();
    const [first] = open;
    return { roots, loose: loose.join(''), stopped: first && `its XML is cut off inside <${first.name.slice(0, 40)}>` };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { roots, loose: loose.join(''), stopped: error.message };
  }
}
