import { type Figure, formatFigure } from './figure.ts';

/** One line of how figures come about: a figure at its depth, or how many smaller inputs are left out there. */
export type ArithmeticLine =
  | {
      readonly depth: number;
      readonly figure: Figure;
      /** Inputs of this label and value. */
      readonly times: number;
      /** Its inputs have been told before. */
      readonly isTold: boolean;
    }
  | { readonly depth: number; readonly smaller: number };

export interface ArithmeticLimits {
  /** Of a sum this many inputs are named, the largest first. */
  readonly inputs: number;
  readonly depth: number;
  /** For one figure with all that it comes from. */
  readonly lines: number;
}

const USUAL_LIMITS: ArithmeticLimits = { inputs: 5, depth: 3, lines: 16 };

/** How figures come about, each followed by its inputs. What was told once (`told` keeps it over several calls) is named again alone. */
export function arithmeticOf(
  figures: readonly Figure[],
  limits = USUAL_LIMITS,
  told: Set<string> = new Set(),
): readonly ArithmeticLine[] {
  return figures.flatMap((figure) => {
    const lines: ArithmeticLine[] = [];
    explain({ figure, times: 1 }, { limits, told, lines }, 0);
    return lines;
  });
}

interface Telling {
  readonly limits: ArithmeticLimits;
  /** Derived figures that have been told already. */
  readonly told: Set<string>;
  readonly lines: ArithmeticLine[];
}

function explain({ figure, times }: Alike, telling: Telling, depth: number): void {
  const { limits, told, lines } = telling;
  const inputs = alike(figure.inputs ?? []);
  const key =
    [figure, ...inputs.slice(0, limits.inputs).map((input) => input.figure)].map(keyOf).join(' ') + figure.formula;
  const isTold = told.has(key);
  lines.push({ depth, figure, times, isTold });
  if (isTold || depth >= limits.depth || lines.length >= limits.lines) return;
  if (inputs.length > 0) told.add(key);
  const isSum = inputs.length > limits.inputs;
  const sorted = isSum ? [...inputs].sort((a, b) => b.figure.value - a.figure.value) : inputs;
  const shown = isSum ? sorted.slice(0, limits.inputs) : inputs;
  for (const input of shown) explain(input, telling, depth + 1);
  if (isSum) lines.push({ depth: depth + 1, smaller: inputs.length - shown.length });
}

interface Alike {
  readonly figure: Figure;
  readonly times: number;
}

function keyOf(figure: Figure): string {
  return `${figure.label} ${figure.isAtLeast ? '≥ ' : ''}${formatFigure(figure)}`;
}

/** Inputs of one label and value, each with how many there are. */
function alike(inputs: readonly Figure[]): readonly Alike[] {
  const found = new Map<string, { figure: Figure; times: number }>();
  for (const figure of inputs) {
    const key = keyOf(figure);
    const known = found.get(key);
    if (known) known.times++;
    else found.set(key, { figure, times: 1 });
  }
  return [...found.values()];
}
