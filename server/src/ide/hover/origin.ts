import { arithmeticOf } from '../../capacity/arithmetic.ts';
import { type Figure, formatFigure } from '../../capacity/figure.ts';
import type { Located } from '../../design/declaration.ts';
import { locate } from '../../design/place.ts';
import type { LayerSource, Stated } from '../../design/props.ts';
import { positionAt } from '../../language/syntax/positions.ts';
import { plain } from './markdown.ts';

/** Where a statement stands, as a link: `line 12`, `hardware.vdc line 3` from another file. */
export function placeLink({ place, sentence }: Located, uri: string): string {
  const position = locate(place);
  if (!position) return '';
  const line = positionAt(place.file.parsed, position.from + sentence.from).line + 1;
  const file = place.file.uri === uri ? '' : `${plain(fileName(place.file.uri))} `;
  return `[${file}line ${line}](${place.file.uri}#L${line})`;
}

/** The last part of a uri, for people. */
function fileName(uri: string): string {
  const last = uri.split('/').at(-1) ?? uri;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

export const SOURCES: Readonly<Record<LayerSource, string>> = {
  own: '',
  amend: 'amended',
  class: 'class',
  cluster: 'from its cluster',
  assume: 'assumed',
};

/** Who states something: `line 12`, `class dl380, line 3`, `assumed, line 40`. */
export function statedBy(stated: Stated, uri: string): string {
  const { source, declaration } = stated.layer;
  const who = source === 'class' ? `class ${plain(declaration.names[0] ?? '')}` : SOURCES[source];
  return [who, placeLink(stated, uri)].filter((part) => part !== '').join(', ');
}

/** How a figure is known, in a few words. */
export function originOf(figure: Figure, uri: string): string {
  if (figure.assumption) return `assumed: ${plain(figure.assumption)}`;
  if (figure.by?.layer.source === 'assume') return statedBy(figure.by, uri);
  if (figure.by) return `stated ${statedBy(figure.by, uri)}`;
  return figure.origin;
}

/** A figure's value; one that rests on incomplete inputs is a lower bound. */
export function shownValue(figure: Figure): string {
  return `${figure.isAtLeast ? '≥ ' : ''}${plain(formatFigure(figure))}`;
}

/** The arithmetic of figures as nested list items: formula, inputs, and where each comes from. What was told once is named again alone. */
export function arithmetic(figures: readonly Figure[], uri: string): string[] {
  return arithmeticOf(figures).map((line) => {
    const indent = '  '.repeat(line.depth);
    if ('smaller' in line) return `${indent}- and ${line.smaller} smaller`;
    const { figure, times, isTold } = line;
    const how = isTold ? ', as above' : figure.formula ? ` = ${plain(figure.formula)}` : ` ${originOf(figure, uri)}`;
    const source = figure.source && !isTold ? ` (${plain(figure.source)})` : '';
    const count = times > 1 ? ` × ${times}` : '';
    return `${indent}- ${plain(figure.label)} **${shownValue(figure)}**${count}${how}${source}`;
  });
}
