import { formatDuration, formatNumber, formatQuantity } from '../base/units.ts';
import type { Design } from '../design/design.ts';
import { type PlanFacts, withPlan } from '../topology/build/plan.ts';
import type { HostNode, TopologyGraph } from '../topology/graph.ts';
import { NARROW } from '../topology/text.ts';
import { changesBetween, foundIn } from './finding-notes.ts';
import { hostChanges } from './host-changes.ts';
import type { Proposal } from './proposals.ts';
import type { PlanStep } from './scenario.ts';

/** Hosts of which it is told what becomes of their figures. */
const MOST_HOSTS = 200;

/** The picture of a design with a plan, after some of its steps. */
export function plannedGraph(
  before: Design,
  after: Design,
  was: TopologyGraph,
  is: TopologyGraph,
  { proposal, step }: PlanStep,
): TopologyGraph {
  const { id, title, moves, steps } = proposal;
  const isWalked = steps > 1;
  const facts: PlanFacts = {
    id,
    title,
    moves: moves.map((move) => ({
      vm: move.ids.vm,
      name: move.vm,
      to: move.ids.to,
      step: isWalked ? move.step : 1,
    })),
    steps,
    step: Math.min(step, steps),
    costs: costsOf(proposal),
    hosts: [],
    findings: changesBetween(foundIn(before, false), foundIn(after, false)),
  };
  const graph = withPlan(was, is, facts);
  const touched = graph.sites
    .flatMap(({ clusters }) => clusters.flatMap(({ hosts }) => hosts))
    .filter(isTouched)
    .map((host) => host.id);
  const hosts = hostChanges(touched.slice(0, MOST_HOSTS), before, after);
  return graph.plan ? { ...graph, plan: { ...graph.plan, hosts } } : graph;
}

const isTouched = ({ gauges, left, added, most }: HostNode): boolean =>
  added === true ||
  left !== undefined ||
  most !== undefined ||
  Object.values(gauges).some(({ was }) => was !== undefined);

/** What moves cost together, as far as it is stated. */
function costsOf({ moves, window }: Pick<Proposal, 'moves' | 'window'>): readonly string[] {
  const costs: string[] = [];
  if (window && window.time > 0)
    costs.push(`${window.isAtLeast ? 'at least ' : ''}${formatDuration(window.time).replaceAll(' ', NARROW)}`);
  const data = moves.reduce((sum, move) => sum + (move.data ?? 0), 0);
  const isLeast = moves.some((move) => move.data === undefined || move.isAtLeast);
  if (data > 0) costs.push(`${isLeast ? 'at least ' : ''}${formatQuantity(data, 'size').replace(' ', NARROW)} copied`);
  const sessions = moves.reduce((sum, move) => sum + (move.sessions ?? 0), 0);
  if (sessions > 0) costs.push(`${formatNumber(sessions, 0)} session${sessions === 1 ? '' : 's'}`);
  const down = moves.filter(({ method }) => method === 'restart').length;
  if (down > 0) costs.push(`${down} VM${down === 1 ? '' : 's'} shut down and started`);
  return costs;
}
