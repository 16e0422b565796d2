import { formatFigure } from '../capacity/figure.ts';
import type { Mending } from '../planner/mend-host.ts';
import type { PlainFigure } from './plan-figures.ts';
import type { Setting } from './plan-tasks.ts';
import type { PlannedMove } from './plan-trial.ts';

/** Most kinds of obstacle that are named in a sentence. */
const MOST_NAMED = 3;

interface Watched {
  readonly label: string;
  readonly figure: PlainFigure;
}

/** What a plan does and what it changes: `Move db-2 to esx-02: CPU of esx-01 110 % → 72 %`. */
export function headline(
  moves: readonly PlannedMove[],
  { subject }: Pick<Setting, 'subject'>,
  watched: { readonly before: Watched | undefined; readonly after: Watched | undefined },
): string {
  return `${actionOf(moves)}: ${effectOf(subject, watched)}`;
}

function actionOf(moves: readonly PlannedMove[]): string {
  const [first, second] = moves;
  if (!first) return 'Move nothing';
  if (moves.length === 1) return `Move ${first.vm} to ${first.to}`;
  if (second && moves.length === 2 && first.from === second.to && first.to === second.from)
    return `Swap ${first.vm} on ${first.from} with ${second.vm} on ${second.from}`;
  const targets = [...new Set(moves.map(({ to }) => to))];
  if (moves.length === 2 && second)
    return targets.length === 1
      ? `Move ${first.vm} and ${second.vm} to ${first.to}`
      : `Move ${first.vm} to ${first.to} and ${second.vm} to ${second.to}`;
  return `Move ${moves.length} VMs to ${targets.length === 1 ? first.to : `${targets.length} hosts`}`;
}

function effectOf(
  subject: string,
  { before, after }: { readonly before: Watched | undefined; readonly after: Watched | undefined },
): string {
  if (!before) return `spreads ${subject}`;
  const now = after ? formatFigure(after.figure) : 'none';
  return `${before.label} of ${subject} ${formatFigure(before.figure)} → ${now}`;
}

/** What stands in the way at the other hosts, and the least that would have to be added. */
export function noWay(
  mending: Exclude<Mending, { readonly outcome: 'mended' }>,
  obstacles: readonly { readonly host: string; readonly reason: string }[],
  { subject, goal }: Pick<Setting, 'subject' | 'goal'>,
): string {
  const { outcome, short, hostsNeeded: needed } = mending;
  const aim = goal.kind === 'host' ? `relieve ${subject}` : `spread ${subject}`;
  const sentences = [outcome === 'impossible' ? `No moves can ${aim}` : `No moves were found that ${aim}`];
  if (obstacles.length > 0) sentences.push(obstaclesIn(obstacles));
  const lacking = short.map(({ amount, unit, label }) =>
    unit === 'vCPU'
      ? `room for ${formatFigure({ value: amount, unit })}`
      : `${formatFigure({ value: amount, unit })} of ${label}`,
  );
  if (lacking.length > 0) sentences.push(`Together they lack ${lacking.join(' and ')}`);
  if (needed !== undefined) {
    const like = goal.kind === 'host' ? ` like ${subject}` : '';
    sentences.push(`${needed === 1 ? 'One more host' : `${needed} more hosts`}${like} would make room`);
  }
  return `${sentences.join('. ')}.`;
}

/** One host for each kind of reason, the commonest first. */
function obstaclesIn(obstacles: readonly { readonly host: string; readonly reason: string }[]): string {
  const kinds = new Map<string, { readonly text: string; count: number }>();
  for (const { host, reason } of obstacles) {
    const kind = reason.replace(/[\d.]+/g, '0');
    const known = kinds.get(kind);
    if (known) known.count++;
    else kinds.set(kind, { text: `${host}: ${reason}`, count: 1 });
  }
  const sorted = [...kinds.values()].sort((a, b) => b.count - a.count);
  const named = sorted.slice(0, MOST_NAMED).map(({ text, count }) => {
    const others = count - 1;
    return others === 0 ? text : `${text}, as at ${others} other host${others === 1 ? '' : 's'}`;
  });
  const rest = sorted.slice(MOST_NAMED).reduce((sum, { count }) => sum + count, 0);
  return named.join('; ') + (rest > 0 ? `; ${rest} more hosts cannot either` : '');
}
