import { finish, type Steps } from '../base/steps.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { mendHost } from '../planner/mend-host.ts';
import type { PlanMove } from '../planner/model.ts';
import type { Finding } from '../rules/run.ts';
import { keyOf } from './plan-proof.ts';
import { settingFor } from './plan-tasks.ts';
import { type Ban, type FigureChange, type PlannedMove, type PlanWindow, tryMoves } from './plan-trial.ts';
import { headline, noWay } from './plan-wording.ts';
import type { Project, Workspace } from './workspace.ts';

/** Moves that mend a finding. They were tried on the design: the finding is gone, and nothing else is wrong that was not. */
export interface Plan {
  readonly kind: 'plan';
  /** `Move db-2 to esx-02: CPU of esx-01 110 % → 72 %` */
  readonly title: string;
  readonly moves: readonly PlannedMove[];
  /** How long they take together; undefined while that is not known. */
  readonly window: PlanWindow | undefined;
  readonly edits: readonly FileEdit[];
  readonly figures: readonly FigureChange[];
}

export interface NoPlan {
  readonly kind: 'no-plan';
  /** What stands in the way, and what would have to be added. */
  readonly reason: string;
  readonly obstacles: readonly { readonly host: string; readonly reason: string }[];
  /** How many more hosts of the same model would make room; undefined if that is not known to help. */
  readonly hostsNeeded: number | undefined;
}

/** How often a plan that would make something else worse is sought anew without what did so. */
const MOST_ATTEMPTS = 8;

/**
 * A plan of moves that mends a finding of a rule whose remedy is one, or why there is none. The design is asked what
 * would be if, and is afterwards as it was; entities read before may have been made anew.
 */
export function planFor(workspace: Workspace, project: Project, finding: Finding): Plan | NoPlan {
  return finish(planInSteps(workspace, project, finding));
}

/** The same, in steps: between two of them the design is as it was. */
export function* planInSteps(workspace: Workspace, project: Project, finding: Finding): Steps<Plan | NoPlan> {
  const target = { rule: finding.rule.id, about: entityId(finding.entity), key: keyOf(finding) };
  const bans: Ban[] = [];
  let tightness = 0;
  let worsens: string | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const setting = settingFor(project.design, finding, tightness);
    if ('reason' in setting) return noPlan(worsens ?? setting.reason);
    const { model, hosts, vmsOf } = setting.estate;
    yield;
    const mending = yield* mendHost(model, setting.goal, { forbidden: forbiddenBy(bans, hosts, vmsOf) });
    if (mending.outcome !== 'mended') {
      const named = mending.obstacles.map(({ host, reason }) => ({ host: model.hosts[host]?.name ?? '', reason }));
      const reason = worsens ?? noWay(mending, named, setting);
      return { kind: 'no-plan', reason, obstacles: named, hostsNeeded: mending.hostsNeeded };
    }
    const moves = vmMovesOf(mending.moves, hosts, vmsOf);
    if (moves.length === 0) return noPlan('what is too much does not come from VMs that could move');
    const trial = yield* tryMoves(workspace, project, moves, target);
    switch (trial.outcome) {
      case 'mended':
        return {
          kind: 'plan',
          title: headline(trial.moves, setting, trial.watched),
          moves: trial.moves,
          window: trial.window,
          edits: trial.edits,
          figures: trial.figures,
        };
      case 'same':
        if (!setting.canTighten) return noPlan('moving VMs would not make the finding go away');
        tightness++;
        break;
      case 'refused':
        bans.push(...trial.bans);
        break;
      case 'worse':
        worsens ??= `every way found makes something else worse: ${trial.message}`;
        bans.push(...trial.bans);
    }
  }
  return noPlan(worsens ?? 'no way was found');
}

function noPlan(reason: string): NoPlan {
  return { kind: 'no-plan', reason, obstacles: [], hostsNeeded: undefined };
}

function vmMovesOf(moves: readonly PlanMove[], hosts: readonly Entity[], vmsOf: readonly (readonly Entity[])[]) {
  return moves.flatMap(({ unit, from, to }) => {
    const [source, target] = [hosts[from], hosts[to]];
    return source && target ? (vmsOf[unit] ?? []).map((vm) => ({ vm, from: source, to: target })) : [];
  });
}

function forbiddenBy(
  bans: readonly Ban[],
  hosts: readonly Entity[],
  vmsOf: readonly (readonly Entity[])[],
): ReadonlySet<string> {
  const forbidden = new Set<string>();
  if (bans.length === 0) return forbidden;
  const hostIds = hosts.map(entityId);
  for (const [unit, vms] of vmsOf.entries()) {
    const ids = vms.map(entityId);
    for (const ban of bans) {
      if (ban.vm !== undefined && !ids.includes(ban.vm)) continue;
      for (const [host, id] of hostIds.entries())
        if (ban.host === undefined || ban.host === id) forbidden.add(`${unit} ${host}`);
    }
  }
  return forbidden;
}
