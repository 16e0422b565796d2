import { liveMigrationOf } from '../capacity/migration.ts';
import { sessionsOf } from '../capacity/sessions.ts';
import { vmFacts } from '../capacity/vm.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { moveVms, type VmMove } from '../design/placement-edits.ts';
import { appOf } from '../design/things.ts';
import { mendHost } from '../planner/mend-host.ts';
import type { PlanMove } from '../planner/model.ts';
import type { Finding } from '../rules/run.ts';
import { type HostFigures, hostFigures, type PlainFigure, watchedFigure } from './plan-figures.ts';
import { consequencesOf } from './plan-proof.ts';
import { settingFor } from './plan-tasks.ts';
import { headline, noWay } from './plan-wording.ts';
import type { Project, Workspace } from './workspace.ts';

/** One step of a plan; the steps are in an order in which each of them keeps every limit. */
export interface PlannedMove {
  readonly vm: string;
  readonly from: string;
  readonly to: string;
  /** Bytes; undefined if not stated. */
  readonly memory: number | undefined;
  /** Seconds that a live migration takes and that the VM stands still; undefined if an input is not stated. */
  readonly time: number | undefined;
  readonly downtime: number | undefined;
  /** Sessions kept in the VM alone. */
  readonly sessions: number | undefined;
}

/** A figure of a host that takes part in a plan. */
export interface FigureChange {
  readonly host: string;
  readonly label: string;
  /** Undefined where nothing runs on the host. */
  readonly before: PlainFigure | undefined;
  readonly after: PlainFigure | undefined;
}

/** Moves that mend a finding. They were tried on the design: the finding is gone, and nothing else is wrong that was not. */
export interface Plan {
  readonly kind: 'plan';
  /** `Move db-2 to esx-02: CPU of esx-01 110 % → 72 %` */
  readonly title: string;
  readonly moves: readonly PlannedMove[];
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

/** A move that is not to be made: of a VM to a host, of a VM to anywhere, or of anything to a host. */
interface Ban {
  readonly vm: string | undefined;
  readonly host: string | undefined;
}

/**
 * A plan of moves that mends a finding of a rule whose remedy is one, or why there is none. The design is asked what
 * would be if, and is afterwards as it was; entities read before may have been made anew.
 */
export function planFor(workspace: Workspace, project: Project, finding: Finding): Plan | NoPlan {
  const about = { rule: finding.rule.id, about: entityId(finding.entity) };
  const bans: Ban[] = [];
  let tightness = 0;
  let last: NoPlan | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const setting = settingFor(project.design, finding, tightness);
    if ('reason' in setting) return last ?? noPlan(setting.reason);
    const { estate, goal } = setting;
    const mending = mendHost(estate.model, goal, { forbidden: forbiddenBy(bans, estate.hosts, estate.vmsOf) });
    if (mending.outcome !== 'mended') {
      const obstacles = mending.obstacles.map(({ host, reason }) => ({
        host: estate.model.hosts[host]?.name ?? '',
        reason,
      }));
      return (
        last ?? {
          kind: 'no-plan',
          reason: noWay(mending, obstacles, setting),
          obstacles,
          hostsNeeded: mending.hostsNeeded,
        }
      );
    }
    const moves = vmMovesOf(mending.moves, estate.hosts, estate.vmsOf);
    if (moves.length === 0) return noPlan('what is too much does not come from VMs that could move');
    const result = moveVms(moves);
    if ('refused' in result) {
      for (const { move } of result.refused) bans.push({ vm: entityId(move.vm), host: undefined });
      continue;
    }
    const draft = draftOf(moves);
    const before = figuresOf(project, draft);
    const watched = watchedFigure(project.design, about);
    const { isMended, added, answer } = consequencesOf(workspace, result.edits, about, () => ({
      figures: figuresOf(project, draft),
      watched: watchedFigure(project.design, about),
    }));
    if (isMended && added.length === 0) {
      const figures = changesOf(draft, before, answer.figures);
      const title = headline(draft.steps, setting, { before: watched, after: answer.watched });
      return { kind: 'plan', title, moves: draft.steps, edits: result.edits, figures };
    }
    if (added.length === 0) {
      if (!setting.canTighten) return noPlan('moving VMs would not make the finding go away');
      tightness++;
      continue;
    }
    last ??= noPlan(`every way found makes something else worse: ${added[0]?.message ?? ''}`);
    bans.push(...bansFor(added, draft));
  }
  return last ?? noPlan('no way was found');
}

function noPlan(reason: string): NoPlan {
  return { kind: 'no-plan', reason, obstacles: [], hostsNeeded: undefined };
}

/** What is kept of moves while the design is another: names and ids. */
interface Draft {
  readonly steps: readonly PlannedMove[];
  readonly ids: readonly { readonly vm: string; readonly to: string; readonly app: string | undefined }[];
  /** Hosts that take part, by id. */
  readonly hosts: ReadonlyMap<string, string>;
}

function vmMovesOf(moves: readonly PlanMove[], hosts: readonly Entity[], vmsOf: readonly (readonly Entity[])[]) {
  return moves.flatMap(({ unit, from, to }) => {
    const [source, target] = [hosts[from], hosts[to]];
    return source && target ? (vmsOf[unit] ?? []).map((vm) => ({ vm, from: source, to: target })) : [];
  });
}

function draftOf(moves: readonly (VmMove & { readonly from: Entity })[]): Draft {
  const hosts = new Map<string, string>();
  for (const { from, to } of moves) for (const host of [from, to]) hosts.set(entityId(host), host.name);
  return {
    steps: moves.map(stepOf),
    ids: moves.map(({ vm, to }) => {
      const app = appOf(vm);
      return { vm: entityId(vm), to: entityId(to), app: app && entityId(app) };
    }),
    hosts,
  };
}

function stepOf({ vm, from, to }: VmMove & { readonly from: Entity }): PlannedMove {
  const migration = liveMigrationOf(vm, from);
  const app = appOf(vm);
  const sessions = app && sessionsOf(app);
  return {
    vm: vm.name,
    from: from.name,
    to: to.name,
    memory: vmFacts(vm).memory,
    time: migration?.time,
    downtime: migration?.downtime,
    sessions: sessions?.isServerLocal && sessions.members.includes(vm) ? sessions.perMember : undefined,
  };
}

function figuresOf(project: Project, { hosts }: Draft): ReadonlyMap<string, HostFigures> {
  const found = new Map<string, HostFigures>();
  for (const host of project.design.members('host')) {
    if (hosts.has(entityId(host))) found.set(entityId(host), hostFigures(host));
  }
  return found;
}

function changesOf(
  { hosts }: Draft,
  before: ReadonlyMap<string, HostFigures>,
  after: ReadonlyMap<string, HostFigures>,
): FigureChange[] {
  return [...hosts].flatMap(([id, host]) => {
    const [old, now] = [before.get(id), after.get(id)];
    const labels = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    return [...labels].map((label) => ({ host, label, before: old?.get(label), after: now?.get(label) }));
  });
}

/** Moves not to be tried again: those to a host, or of a VM or application, that something new is wrong with; else the first one. */
function bansFor(added: readonly { readonly about: string | undefined }[], { ids }: Draft): Ban[] {
  const bans: Ban[] = [];
  for (const { about } of added) {
    for (const { vm, to, app } of ids) {
      if (about === to) bans.push({ vm: undefined, host: to });
      else if (about === vm || (about !== undefined && about === app)) bans.push({ vm, host: to });
    }
  }
  const [first] = ids;
  return bans.length > 0 || !first ? bans : [{ vm: first.vm, host: first.to }];
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
