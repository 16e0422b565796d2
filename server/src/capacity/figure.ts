import { type Dimension, formatNumber, formatQuantity } from '../base/units.ts';
import type { Stated, StatedNumber } from '../design/props.ts';

/** Where a figure comes from: the text, a named default, or a formula over other figures. */
export type Origin = 'stated' | 'assumed' | 'derived';

/** What a figure counts, when it is no quantity of the language. */
export type Unit = Dimension | 'count' | 'IOPS' | 'ratio' | 'addresses' | 'vCPU' | 'cores';

/** A number with its history: what a hover shows and a finding reports. Values are in base units. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly unit: Unit;
  readonly origin: Origin;
  /** Some inputs are not stated: the true value is at least this. */
  readonly isAtLeast: boolean;
  /** Where it is stated, or the default that is assumed. */
  readonly by?: Stated | undefined;
  /** The default's name and reason, for an assumed figure that no text states. */
  readonly assumption?: string | undefined;
  readonly formula?: string | undefined;
  /** Where the formula comes from. */
  readonly source?: string | undefined;
  readonly inputs?: readonly Figure[] | undefined;
}

export function formatFigure(figure: Pick<Figure, 'value' | 'unit'>): string {
  const { value, unit } = figure;
  switch (unit) {
    case 'ratio':
      return `${formatNumber(value, 2)}:1`;
    case 'count':
      return formatNumber(value);
    case 'IOPS':
    case 'addresses':
    case 'vCPU':
    case 'cores':
      return `${formatNumber(value, value < 10 ? 1 : 0)} ${unit}`;
    default:
      return formatQuantity(value, unit);
  }
}

/** A figure read from the text, or from an `assume`. */
export function statedFigure(label: string, unit: Unit, number: StatedNumber): Figure {
  return {
    label,
    unit,
    value: number.value,
    origin: number.assumed ? 'assumed' : 'stated',
    isAtLeast: false,
    by: number.by,
  };
}

/** A default of ours that nothing in the text overrides. */
export function assumedFigure(label: string, unit: Unit, value: number, assumption: string): Figure {
  return { label, unit, value, origin: 'assumed', isAtLeast: false, assumption };
}

export function derivedFigure(
  label: string,
  unit: Unit,
  value: number,
  formula: string,
  inputs: readonly Figure[],
  more: { readonly source?: string; readonly isAtLeast?: boolean } = {},
): Figure {
  const isAtLeast = more.isAtLeast ?? inputs.some((input) => input.isAtLeast);
  return { label, unit, value, origin: 'derived', isAtLeast, formula, inputs, source: more.source };
}

/** A derived figure whose inputs are listed only when somebody asks: a sum over many VMs would else hold all of them twice. */
export class SummedFigure implements Figure {
  readonly label: string;
  readonly value: number;
  readonly unit: Unit;
  readonly formula: string;
  readonly isAtLeast: boolean;
  private readonly list: () => readonly Figure[];

  constructor(
    figure: Pick<SummedFigure, 'label' | 'unit' | 'value' | 'formula' | 'isAtLeast'>,
    list: () => readonly Figure[],
  ) {
    this.label = figure.label;
    this.unit = figure.unit;
    this.value = figure.value;
    this.formula = figure.formula;
    this.isAtLeast = figure.isAtLeast;
    this.list = list;
  }

  get origin(): Origin {
    return 'derived';
  }

  get inputs(): readonly Figure[] {
    return this.list();
  }
}

/** Whether a figure rests on an assumption, directly or through its inputs. */
export function isAssumed(figure: Figure): boolean {
  return figure.origin === 'assumed' || (figure.inputs?.some(isAssumed) ?? false);
}
