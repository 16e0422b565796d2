import type { PlainFigure } from '../../ide/plan-figures.ts';
import { changeText, figuresTable, movesTable, type Table, windowText } from '../../ide/plan-tables.ts';
import type { FigureChange, PlannedMove, PlanWindow } from '../../ide/plan-trial.ts';
import { type Paint, shown } from './paint.ts';

/** Moves with what they cost and change, whatever they are for. */
interface Moves {
  readonly moves: readonly PlannedMove[];
  readonly window: PlanWindow | undefined;
  readonly figures: readonly FigureChange[];
}

/** Moves as data: sizes in bytes, times in seconds, null where something is not stated. */
export function movesJson({ moves, window, figures }: Moves): object {
  return {
    moves: moves.map((move) => ({
      vm: move.vm,
      from: move.from ?? null,
      to: move.to,
      method: move.method,
      bytes: move.data ?? null,
      seconds: move.time ?? null,
      isAtLeast: move.isAtLeast,
      downtimeSeconds: move.downtime ?? null,
      sessions: move.sessions ?? null,
      teams: move.teams,
      start: move.start ?? null,
      end: move.end ?? null,
    })),
    window: window ? { seconds: window.time, isAtLeast: window.isAtLeast, atOnce: window.atOnce ?? null } : null,
    figures: figures.map(({ host, label, before, after }) => ({
      host,
      label,
      before: figureJson(before),
      after: figureJson(after),
    })),
  };
}

function figureJson(figure: PlainFigure | undefined): object | null {
  return figure ? { value: figure.value, unit: figure.unit, isAtLeast: figure.isAtLeast } : null;
}

/** The proof of a plan: its moves, how long they take, the hosts before and after. */
export function movesLines({ moves, window, figures }: Moves, paint: Paint): string[] {
  if (moves.length === 0) return [];
  return [
    ...tableLines(movesTable(moves), paint),
    `  ${windowText(window, moves)}`,
    '',
    ...tableLines(figuresTable(figures.filter(isShown)), paint),
    '',
  ];
}

/** Figures that the plan changes nowhere are left out. */
function isShown({ label }: FigureChange, _: number, all: readonly FigureChange[]): boolean {
  return all.some((other) => other.label === label && changeText(other).includes('→'));
}

export function tableLines({ head, rows, numbers }: Table, paint: Paint): string[] {
  const all = [head, ...rows].map((row) => row.map(shown));
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)));
  return all.map((row, index) => {
    const cells = row.map((cell, column) => {
      const blanks = ' '.repeat((widths[column] ?? 0) - [...cell].length);
      return numbers.includes(column) ? blanks + cell : cell + blanks;
    });
    const line = `  ${cells.join('  ').trimEnd()}`;
    return index === 0 ? paint('dim', line) : line;
  });
}
