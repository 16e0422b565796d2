import type { Steps } from '../base/steps.ts';
import { formatFigure } from '../capacity/figure.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { moveVms } from '../design/placement-edits.ts';
import { barTo, boundReason, closedReason, ruleBar } from '../planner/reach.ts';
import { limitsAt } from '../topology/build/limits.ts';
import { classify, type FindingChanges, type LoadClass, type Thresholds } from '../topology/graph.ts';
import { changesBetween, foundIn } from './finding-notes.ts';
import { type HostFigures, hostFigures, type PlainFigure } from './plans/figures.ts';
import { byFile } from './proof.ts';
import { entityCalled } from './topology.ts';
import type { Workspace } from './workspace.ts';

/** What would become of a VM, its host and another one if it moved there. */
export interface MoveTrial {
  readonly barred: string | undefined;
  readonly hosts: readonly {
    readonly host: string;
    readonly name: string;
    readonly figures: readonly {
      readonly label: string;
      readonly before: ShownFigure | null;
      readonly after: ShownFigure | null;
    }[];
  }[];
  readonly findings: FindingChanges;
  readonly edits: readonly FileEdit[] | undefined;
  readonly refused: string | undefined;
}

interface ShownFigure {
  readonly text: string;
  readonly share?: number;
  readonly class?: LoadClass;
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
  const hosts = [target, ...(home && home !== target ? [home] : [])].map((host) => ({
    id: entityId(host),
    name: host.name,
    limits: limitsAt(host),
    before: hostFigures(host),
  }));
  const nothing = { hosts: [], findings: NO_CHANGES, edits: undefined };
  if (home === target) return { ...nothing, barred: `${mover.name} runs there already`, refused: undefined };
  const barred = barOf(mover, home, target);
  const result = moveVms([{ vm: mover, to: target }]);
  if ('refused' in result) return { ...nothing, barred, refused: result.refused[0]?.reason ?? '' };
  const before = foundIn(design, false);
  yield;
  const after = workspace.suppose(byFile(result.edits), () => {
    const now = workspace.projectOf(uri)?.design ?? design;
    const figures = hosts.map(({ id }): HostFigures => {
      const host = entityCalled(now, id);
      return host ? hostFigures(host) : new Map();
    });
    return { found: foundIn(now, false), figures };
  });
  yield;
  foundIn(design, false);
  return {
    barred,
    refused: undefined,
    edits: result.edits,
    findings: changesBetween(before, after.found),
    hosts: hosts.map(({ id, name, limits, before: old }, index) => {
      const now = after.figures[index] ?? new Map();
      const labels = [...new Set([...old.keys(), ...now.keys()])].filter((label) => !label.includes('undefined'));
      const figures = labels.map((label) => ({
        label,
        before: shown(old.get(label), limitsOf(label, limits)),
        after: shown(now.get(label), limitsOf(label, limits)),
      }));
      return { host: id, name, figures };
    }),
  };
}

/** Why a VM may not move to a host, whatever room there is. */
function barOf(vm: Entity, home: Entity | undefined, target: Entity): string | undefined {
  const closed = closedReason(target);
  if (closed !== undefined) return `${target.name} ${closed}`;
  const bound = boundReason(vm);
  if (bound !== undefined) return bound;
  const bar = home ? barTo(vm, home, target) : ruleBar(vm, target);
  if (bar === undefined) return undefined;
  return bar.startsWith(vm.name) ? bar : `${target.name} ${bar}`;
}

function shown(figure: PlainFigure | undefined, limits: Thresholds | undefined): ShownFigure | null {
  if (!figure) return null;
  const share = figure.unit === 'share' ? { share: figure.value } : {};
  const own = limits && figure.unit === 'share' ? { class: classify(figure.value, limits) } : {};
  return { text: `${figure.isAtLeast ? '≥ ' : ''}${formatFigure(figure)}`, ...share, ...own };
}

function limitsOf(label: string, limits: ReturnType<typeof limitsAt>): Thresholds | undefined {
  if (label === 'CPU' || label.startsWith('CPU ')) return limits.cpu;
  if (label === 'memory') return limits.memory;
  return label.startsWith('network') ? limits.network : undefined;
}
