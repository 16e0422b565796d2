import { add, type Bins } from './bins.ts';
import type { PlanMove } from './model.ts';

/** How many orders are tried before a set of moves is taken to have none. */
const MOST_TRIES = 5_000;

/**
 * Moves in an order in which no step makes anything too full that was not; what is to be relieved may become fuller for
 * a while if that makes it no worse in kind. Undefined if there is no such order: the moves wait for each other.
 */
export function orderMoves(bins: Bins, moves: readonly PlanMove[]): readonly PlanMove[] | undefined {
  const load = bins.load.slice();
  const left = new Set(moves);
  const ordered: PlanMove[] = [];
  const failed = new Set<string>();
  let tries = 0;
  const carry = ({ unit, from, to }: PlanMove, sign: 1 | -1) => {
    add(load, bins.entries(unit, from), sign === 1 ? -1 : 1);
    add(load, bins.entries(unit, to), sign);
  };
  const fits = (move: PlanMove) => {
    const entries = bins.entries(move.unit, move.to);
    for (let at = 0; at < entries.length; at += 2) {
      const bin = entries[at] ?? 0;
      if ((load[bin] ?? 0) > (bins.stepLimit[bin] ?? 0)) return false;
    }
    return true;
  };
  const go = (): boolean => {
    if (left.size === 0) return true;
    const key = [...left].map(({ unit }) => unit).join(' ');
    if (failed.has(key) || tries++ > MOST_TRIES) return false;
    for (const move of [...left]) {
      carry(move, 1);
      if (fits(move)) {
        left.delete(move);
        ordered.push(move);
        if (go()) return true;
        ordered.pop();
        restore(left, moves, move);
      }
      carry(move, -1);
    }
    failed.add(key);
    return false;
  };
  return go() ? ordered : undefined;
}

/** Puts a move back at its place, so that the order in which moves are tried stays the same. */
function restore(left: Set<PlanMove>, all: readonly PlanMove[], move: PlanMove): void {
  left.add(move);
  const sorted = all.filter((one) => left.has(one));
  left.clear();
  for (const one of sorted) left.add(one);
}
