import { type Figure, formatFigure } from '../capacity/figure.ts';

/** Levels of arithmetic that are printed: a figure, what it was made of, and what that was made of. */
const DEPTH = 2;

/** A number with its arithmetic. Values are in base units: bytes, bit/s, Hz, seconds, watts; a share is a fraction. */
export function figureJson(figure: Figure, depth = DEPTH): object {
  const { label, value, unit, origin, isAtLeast, assumption, formula, inputs } = figure;
  return {
    label,
    value: Number.isFinite(value) ? value : null,
    unit,
    text: formatFigure(figure).replaceAll('\u202f', ' '),
    origin,
    isAtLeast,
    ...(assumption === undefined ? {} : { assumption }),
    ...(formula === undefined ? {} : { formula }),
    ...(inputs && inputs.length > 0 && depth > 0
      ? { inputs: inputs.map((input) => figureJson(input, depth - 1)) }
      : {}),
  };
}
