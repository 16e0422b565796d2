import { formatDuration, formatNumber, formatQuantity, formatShare } from '../../base/units.ts';
import { formatFigure } from '../../capacity/figure.ts';
import type { BalanceChange, Plan } from './make.ts';
import type { FigureChange, PlannedMove, PlanWindow } from './trial.ts';

/** A table for people: cells are plain text, those that nothing is known for a dash. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers, by index: they end flush right. */
  readonly numbers: readonly number[];
}

const UNKNOWN = '–';

/** The moves in their order with what each costs; columns that say nothing of any of them are left out. */
export function movesTable(moves: readonly PlannedMove[]): Table {
  const columns: readonly (readonly [head: string, cell: (move: PlannedMove) => string, isNumber?: true])[] = [
    ['', ({ step }) => `${step}`, true],
    ['VM', ({ vm }) => vm],
    ['from', ({ from }) => from ?? UNKNOWN],
    ['to', ({ to }) => to],
    [
      'copies',
      ({ data, method }) =>
        data === undefined || method === 'start' ? UNKNOWN : data === 0 ? 'nothing' : formatQuantity(data, 'size'),
      true,
    ],
    [
      'begins',
      ({ start, method }) =>
        start === undefined || method === 'start'
          ? UNKNOWN
          : start === 0
            ? 'at once'
            : `after ${formatDuration(start)}`,
      true,
    ],
    ['takes', (move) => timeOf(move), true],
    [
      'stands still',
      ({ downtime, method }) => (downtime === undefined || method === 'start' ? UNKNOWN : formatDuration(downtime)),
      true,
    ],
    ['sessions', ({ sessions }) => (sessions === undefined ? UNKNOWN : formatNumber(sessions, 0)), true],
    ['teams', ({ teams }) => teams.join(', ') || UNKNOWN],
    ['how', ({ method }) => METHODS[method]],
  ];
  const isLive = moves.every(({ method }) => method === 'live');
  const kept = columns.flatMap(([head, cell, isNumber]) => {
    const cells = moves.map((move) => cell(move));
    const saysNothing = cells.every((text) => text === UNKNOWN) || (head === 'how' && isLive);
    return saysNothing ? [] : [{ head, cells, isNumber }];
  });
  return {
    head: kept.map(({ head }) => head),
    rows: moves.map((_, row) => kept.map(({ cells }) => cells[row] ?? '')),
    numbers: kept.flatMap(({ isNumber }, index) => (isNumber ? [index] : [])),
  };
}

const METHODS = { live: 'while it runs', restart: 'shut down and started', off: 'switched off', start: 'starts there' };

function timeOf({ start, end, time, isAtLeast, method }: PlannedMove): string {
  const taken = start !== undefined && end !== undefined ? end - start : time;
  if (taken === undefined || method === 'start') return UNKNOWN;
  return `${isAtLeast && taken > 0 ? '≥ ' : ''}${formatDuration(taken)}`;
}

/** Figures of hosts before and after, one host a row; a figure that stays as it is stands once. */
export function figuresTable(figures: readonly FigureChange[]): Table {
  const labels = [...new Set(figures.map(({ label }) => label))];
  const hosts = [...new Set(figures.map(({ host }) => host))];
  const cells = new Map(figures.map((change) => [`${change.host} ${change.label}`, changeText(change)]));
  return {
    head: ['host', ...labels],
    rows: hosts.map((host) => [host, ...labels.map((label) => cells.get(`${host} ${label}`) ?? UNKNOWN)]),
    numbers: labels.map((_, index) => index + 1),
  };
}

/** `84 % → 73.5 %` */
export function changeText({ before, after }: Pick<FigureChange, 'before' | 'after'>): string {
  const [was, is] = [before, after].map((figure) => (figure ? formatFigure(figure) : 'none'));
  return was === is ? `${is}` : `${was} → ${is}`;
}

/** The spread of a measure: in percent of what hosts offer, or in vCPUs per core. */
export function balanceText(change: BalanceChange, when: 'before' | 'after'): string {
  return change.unit === 'share' ? formatShare(change[when]) : formatNumber(change[when], 2);
}

/** What stands above findings that a plan brings. */
export function acceptedText({ waves }: Plan): string {
  return waves.length > 0 ? 'Found anew, for people to settle:' : 'Found anew, and accepted:';
}

/** What was looked at, in a sentence. */
export function checkedText({ moves, waves, accepted, stepsTried, isStopped }: Plan): string {
  const [steps, one] = waves.length > 0 ? [waves.length, 'waves'] : [moves.at(-1)?.step ?? 0, 'steps'];
  const what =
    waves.length > 0 && accepted.length > 0
      ? 'Nothing else is found anew'
      : accepted.length > 0
        ? 'No error is new'
        : 'Nothing new is found';
  if (steps < 2 || stepsTried === 0) return `${what} afterwards.`;
  if (stepsTried + 1 >= steps) return `${what} after any of ${steps} ${one}.`;
  return `${what} afterwards, and after ${stepsTried} of the ${steps} steps${isStopped ? '' : ', evenly spread'}; each step keeps the limits of hosts and the rules.`;
}

/** How long all moves take, in a sentence. */
export function windowText(window: PlanWindow | undefined, moves: readonly PlannedMove[]): string {
  if (!window) {
    const missing = moves.some(({ method }) => method === 'restart')
      ? 'some VMs have to be shut down, which takes as long as their systems do'
      : moves.some(({ data }) => data === undefined)
        ? 'the memory of some VMs is not stated'
        : 'no host states a migration service on a network whose uplinks have a speed';
    return `How long the moves take is not known: ${missing}.`;
  }
  if (window.time === 0) return 'Nothing is copied.';
  const together =
    window.atOnce === undefined
      ? 'one after the other on each host, since the limit of its platform is not known'
      : window.atOnce === 1
        ? 'one at a time on each host'
        : `up to ${window.atOnce} at once on a host`;
  return `All moves take ${window.isAtLeast ? 'at least ' : ''}${formatDuration(window.time)}, ${together}.`;
}
