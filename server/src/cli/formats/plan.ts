import type { PlainFigure } from '../../ide/plans/figures.ts';
import type { Plan, Planned } from '../../ide/plans/make.ts';
import { waveText } from '../../ide/plans/migrate.ts';
import { isShown, STOPPED } from '../../ide/plans/page.ts';
import { acceptedText, checkedText, figuresTable, movesTable, type Table, windowText } from '../../ide/plans/tables.ts';
import type { FigureChange, PlannedMove, PlanWindow } from '../../ide/plans/trial.ts';
import type { Io } from '../io.ts';
import { type Paint, paintDiff, painter, shown, wrap } from './paint.ts';

/** What came of one thing that was asked for. */
export interface PlanOutcome {
  /** The cluster or host that it is about. */
  readonly subject: string;
  readonly planned: Planned;
  /** What it changes in the text, as a unified diff. */
  readonly diff: string;
}

/** A plan, or why there is none, as data; described by `docs/plan-output.schema.json`. */
export function planJson({ subject, planned, diff }: PlanOutcome): object {
  if (planned.kind === 'nothing') return { subject, outcome: 'nothing', reason: planned.reason };
  if (planned.kind === 'no-plan') {
    const { reason, obstacles, addition } = planned;
    const { hosts, like = null, cost } = addition ?? {};
    const needed = addition && { hosts, like, cost: cost ? { ...cost, currency: cost.currency ?? null } : null };
    return {
      subject,
      outcome: 'no-plan',
      reason,
      obstacles,
      addition: needed ?? null,
      isStopped: planned.isStopped ?? false,
    };
  }
  const { title, removed, accepted, stepsTried, balance, waves, notes } = planned;
  const said = ({ rule, message, about }: (typeof removed)[number]) => ({ rule, message, entity: about ?? null });
  return {
    subject,
    outcome: 'plan',
    title,
    ...movesJson(planned),
    findings: { removed: removed.map(said), added: accepted.map(said) },
    statesChecked: stepsTried + 1,
    balance,
    waves,
    notes,
    isStopped: planned.isStopped ?? false,
    diff,
  };
}

/** Plans for people: what to do in which order, what it costs and changes, and what becomes of the text. */
export function planPretty(outcomes: readonly PlanOutcome[], isWritten: boolean, { colours, columns }: Io): string {
  const paint = painter(colours);
  const parts = outcomes.map(({ subject, planned, diff }) => {
    if (planned.kind !== 'plan') {
      const head = planned.kind === 'nothing' ? 'Nothing to do' : 'No plan';
      const [first = '', ...rest] = wrap(shown(`${head} for ${subject}: ${planned.reason}`), columns);
      const hint =
        planned.kind === 'no-plan' && planned.isForWarnings ? ['--accept-warnings allows what is only a warning.'] : [];
      return [paint('bold', first), ...rest, ...hint, ...(planned.kind === 'nothing' ? [] : [''])].join('\n');
    }
    const out = wrap(shown(planned.title), columns).map((line) => paint('bold', line));
    if (planned.isStopped) out.push(...wrap(STOPPED, columns - 2).map((line) => `  ${line}`));
    out.push(...planned.notes.flatMap((note) => wrap(shown(note), columns - 2).map((line) => `  ${line}`)));
    out.push(...planned.waves.flatMap((wave) => wrap(shown(waveText(wave)), columns - 2).map((line) => `  ${line}`)));
    out.push(...movesLines(planned, paint));
    out.push(...proofLines(planned, columns));
    if (diff !== '') out.push('', paintDiff(diff, paint), '');
    return out.join('\n');
  });
  const changed = outcomes.some(({ planned }) => planned.kind === 'plan' && planned.edits.length > 0);
  const wasStopped = outcomes.some(({ planned }) => planned.kind !== 'nothing' && planned.isStopped);
  const last = !changed
    ? []
    : [isWritten ? 'Written.' : wasStopped ? 'Nothing was written, as it was stopped.' : '--write writes it.'];
  return `${[...parts, ...last].join('\n')}\n`;
}

/** What rules find no more, what they find anew, and how far that was looked at. */
function proofLines(planned: Plan, columns: number): string[] {
  const { removed, accepted, balance } = planned;
  const out: string[] = [];
  const list = (head: string, sayings: Plan['removed']) => {
    if (sayings.length === 0) return;
    out.push(`  ${head}`);
    for (const { rule, message } of sayings.slice(0, MOST_SAID))
      out.push(...wrap(shown(`${rule}: ${message}`), columns - 4).map((line) => `    ${line}`));
    if (sayings.length > MOST_SAID) out.push(`    and ${sayings.length - MOST_SAID} more`);
  };
  if (balance.some(({ isEstimate }) => isEstimate))
    out.push('  CPU and memory in use were measured on hosts as a whole; VMs are taken to have their share of it.');
  list('No longer found:', removed);
  list(acceptedText(planned), accepted);
  if (planned.edits.length === 0) return out;
  out.push(...wrap(checkedText(planned), columns - 2).map((line) => `  ${line}`));
  return out;
}

/** Findings that are told; the rest is counted. */
const MOST_SAID = 5;

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
      step: move.step,
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

/** A table in columns, indented. */
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
