import type { Steps } from '../base/steps.ts';
import type { Entity } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { clusterOfHost, hostsOf, placementOf } from '../design/placement.ts';
import { moveVms } from '../design/placement-edits.ts';
import { barTo, boundReason, closedReason, newcomerBar } from '../planner/reach.ts';
import type { FindingChanges } from '../topology/graph.ts';
import { entityCalled } from './links.ts';
import { type Trial, tryEdits } from './try-edits.ts';
import type { Workspace } from './workspace.ts';

/** What would become of a VM, its host and another one if it moved there. */
export interface MoveTrial extends Trial {
  readonly barred: string | undefined;
  readonly edits: readonly FileEdit[] | undefined;
  readonly refused: string | undefined;
}

const NO_CHANGES: FindingChanges = { added: [], gone: [] };

/**
 * Tries a move on the design: the edits are made in thought, and both hosts and everything that is found are looked at before and
 * after. Undefined if there is no such VM or host. In steps; the last one finds out again what is wrong with the design as it is.
 */
export function* tryMove(workspace: Workspace, uri: string, vm: string, to: string): Steps<MoveTrial | undefined> {
  const project = workspace.projectOf(uri);
  const design = project?.design;
  const [mover, target] = [design && entityCalled(design, vm), design && entityCalled(design, to)];
  if (!design || mover?.kind !== 'vm' || target?.kind !== 'host') return undefined;
  const { host: home } = placementOf(mover);
  const hosts = [target, ...(home && home !== target ? [home] : [])];
  const nothing = { hosts: [], findings: NO_CHANGES, edits: undefined };
  if (home === target) return { ...nothing, barred: `${mover.name} runs there already`, refused: undefined };
  const barred = barOf(mover, home, target);
  const result = moveVms([{ vm: mover, to: target }]);
  if ('refused' in result) return { ...nothing, barred, refused: result.refused[0]?.reason ?? '' };
  const trial = yield* tryEdits(workspace, uri, design, hosts, result.edits);
  return { barred, refused: undefined, edits: result.edits, ...trial };
}

/** Why a VM may not move to a host, whatever room there is. */
function barOf(vm: Entity, home: Entity | undefined, target: Entity): string | undefined {
  const closed = closedReason(target);
  if (closed !== undefined) return `${target.name} ${closed}`;
  const bound = home && boundReason(vm);
  if (bound !== undefined) return bound;
  const bar = home ? barTo(vm, home, target) : newcomerBar(vm, target, peersOf(vm, target));
  if (bar === undefined) return undefined;
  return bar.startsWith(vm.name) ? bar : `${target.name} ${bar}`;
}

/** Hosts that a VM without one could run on as well: what none of them has either is no fault of the target. */
function peersOf(vm: Entity, target: Entity): readonly Entity[] {
  const cluster = placementOf(vm).cluster ?? clusterOfHost(target);
  return cluster ? hostsOf(cluster) : [];
}
