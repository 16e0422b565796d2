import { nameIn, type PlanNote } from '../../server/src/topology/graph.ts';
import { count, plural } from '../../server/src/topology/scene/context.ts';

/** `52 moves`, or what else there is to see. */
export const movesText = ({ moves, added }: PlanNote): string =>
  [
    moves.length > 0 ? plural(moves.length, 'move') : '',
    added.length > 0 ? `${count(added.length)} new ${added.length === 1 ? 'host' : 'hosts'}` : '',
  ]
    .filter(Boolean)
    .join(' · ') || 'nothing moves';

/** `Step 3 of 52: db-2 to esx-04`, in words for the eye and the ear. */
export function stepText({ moves, steps }: PlanNote, step: number): string {
  if (step <= 0) return `Before the first of ${plural(steps, 'step')}`;
  if (step >= steps) return steps === 1 ? 'After the only step' : `After all ${steps} steps`;
  const own = moves.filter((move) => move.step === step);
  const [first] = own;
  const to = new Set(own.map((move) => move.to));
  const what =
    own.length === 1
      ? (first?.name ?? '')
      : own.length <= 3
        ? own.map(({ name }) => name).join(', ')
        : plural(own.length, 'VM');
  return `Step ${step} of ${steps}: ${what} to ${to.size === 1 ? nameIn(first?.to ?? '') : `${to.size} hosts`}`;
}
