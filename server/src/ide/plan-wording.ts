import { type Figure, formatFigure } from '../capacity/figure.ts';
import type { Mending } from '../planner/mend-host.ts';
import type { PlannedMove } from './plan.ts';
import type { Setting } from './plan-tasks.ts';

/** Most hosts whose obstacle is named in a sentence. */
const MOST_NAMED = 3;

interface Watched {
  readonly label: string;
  readonly figure: Figure;
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

/** What stands in the way at each host, and the least that would have to be added. */
export function noWay(
  mending: Exclude<Mending, { readonly outcome: 'mended' }>,
  obstacles: readonly { readonly host: string; readonly reason: string }[],
  { subject, goal }: Pick<Setting, 'subject' | 'goal'>,
): string {
  const what =
    mending.outcome === 'impossible'
      ? `No moves can ${goal.kind === 'host' ? `relieve ${subject}` : `spread ${subject}`}`
      : `No moves were found that ${goal.kind === 'host' ? `relieve ${subject}` : `spread ${subject}`}`;
  const named = obstacles.slice(0, MOST_NAMED).map(({ host, reason }) => `${host}: ${reason}`);
  const more = obstacles.length > MOST_NAMED ? `; and ${obstacles.length - MOST_NAMED} more hosts` : '';
  const why = named.length > 0 ? `. ${named.join('; ')}${more}` : '';
  const short = mending.short.map(({ amount, unit, label }) => `${formatFigure({ value: amount, unit })} of ${label}`);
  const lacking = short.length > 0 ? `. All hosts together lack ${short.join(' and ')}` : '';
  const { hostsNeeded: needed } = mending;
  const hosts = needed === 1 ? 'One more host' : `${needed} more hosts`;
  const added =
    needed === undefined ? '' : `. ${hosts} like ${goal.kind === 'host' ? subject : 'these'} would make room`;
  return `${what}${why}${lacking}${added}.`;
}
