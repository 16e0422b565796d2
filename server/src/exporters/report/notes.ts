import { arithmeticOf } from '../../capacity/arithmetic.ts';
import { type Figure, formatFigure } from '../../capacity/figure.ts';
import type { Located } from '../../design/declaration.ts';
import { locate } from '../../design/place.ts';
import { positionAt } from '../../language/syntax/positions.ts';
import { type Html, html } from '../html.ts';
import type { ExportInput } from '../input.ts';

/** Inputs and lines that a note has room for; the hover has more. */
const LIMITS = { inputs: 3, depth: 3, lines: 12 };

/** Where the figures of a report come from: numbered notes, which tables refer to and which stand at its end. */
export class Notes {
  private readonly input: ExportInput;
  private readonly notes: { readonly title: string; readonly lines: readonly Html[] }[] = [];
  private readonly files = new Map<string, number>();
  private readonly told = new Set<string>();

  constructor(input: ExportInput) {
    this.input = input;
  }

  /** Notes how the figures of a thing come about, and answers the reference to it. */
  refer(title: string, figures: readonly (Figure | undefined)[], more: readonly (Html | string)[] = []): Html {
    const known = figures.filter((figure) => figure !== undefined);
    const lines = [...this.arithmetic(known), ...more.map((line) => html`<li>${line}</li>`)];
    if (lines.length === 0) return html``;
    this.notes.push({ title, lines });
    const number = this.notes.length;
    return html`\u2060<a class="ref" id="r${number}" href="#n${number}" aria-label="${`Origin of the figures of ${title}: note ${number}`}">${number}</a>`;
  }

  /** The list of all notes. */
  list(): Html {
    return html`<ol class="notes">${this.notes.map(
      ({ title, lines }, index) =>
        html`<li id="n${index + 1}" value="${index + 1}"><b>${title}</b> <a class="back" href="#r${index + 1}" aria-label="${`Back to ${title}`}">↩</a><ul>${lines}</ul></li>\n`,
    )}</ol>`;
  }

  get count(): number {
    return this.notes.length;
  }

  /** Uris of the files that places name, by the number that they are marked with. */
  get places(): readonly string[] {
    return [...this.files.keys()];
  }

  /** A place in the text, marked so that an editor can lead to it. */
  place(uri: string, line: number): Html {
    const index = this.files.get(uri) ?? this.files.size;
    this.files.set(uri, index);
    return html`<span class="place" data-at="${index}:${line}">${this.input.nameOf(uri)}:${line}</span>`;
  }

  /** Where a statement stands. */
  placeOf({ place, sentence }: Located): Html {
    const position = locate(place);
    if (!position) return html``;
    const line = positionAt(place.file.parsed, position.from + sentence.from).line + 1;
    return this.place(place.file.uri, line);
  }

  private arithmetic(figures: readonly Figure[]): Html[] {
    return arithmeticOf(figures, LIMITS, this.told).map((line) => {
      const level = `d${line.depth}`;
      if ('smaller' in line) return html`<li class="${level}">and ${line.smaller} smaller</li>`;
      const { figure, times, isTold } = line;
      const how = isTold
        ? html`, as above`
        : figure.formula
          ? html` = ${figure.formula}${figure.source ? ` (${figure.source})` : ''}`
          : html` ${this.originOf(figure)}`;
      return html`<li class="${level}">${figure.label} ${shown(figure)}${times > 1 ? ` × ${times}` : ''}${how}</li>`;
    });
  }

  private originOf({ assumption, by, origin }: Figure): Html {
    if (assumption) return html`assumed: ${assumption.replaceAll('`', '')}`;
    if (!by) return html`${origin}`;
    const { source, declaration } = by.layer;
    const who = source === 'class' ? `class ${declaration.names[0] ?? ''}, ` : '';
    return html`${source === 'assume' ? 'assumed' : 'stated'} ${who}${this.placeOf(by)}`;
  }
}

/** A figure's value; one that rests on incomplete inputs is a lower bound. */
export function shown(figure: Figure): string {
  // A value and its unit stay on one line.
  return `${figure.isAtLeast ? '≥\u202f' : ''}${formatFigure(figure)}`.replaceAll(' ', '\u00a0');
}
