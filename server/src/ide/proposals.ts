import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import type { FileEdit } from '../design/edits.ts';
import { moveVms, type VmMove } from '../design/placement-edits.ts';
import { editFile, fileText, type ParsedFile } from '../language/syntax/file.ts';
import type { PlannedMove, PlanWindow } from './plans/trial.ts';
import { byFile, fromTheEnd } from './proof.ts';
import type { Project, Workspace } from './workspace.ts';

/** A plan, or a fix, that somebody looks at before it is accepted. It is for the texts that it was made for, and for no others. */
export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly moves: readonly PlannedMove[];
  readonly window: PlanWindow | undefined;
  readonly edits: readonly FileEdit[];
  /** Steps that can be looked at one by one; 1 where it can only be taken as a whole. */
  readonly steps: number;
  /** Root of its design. */
  readonly root: string;
  /** All files of the design, as they were. */
  readonly texts: Map<string, ParsedFile>;
}

/** So many are remembered: of several panels each may look at another one. */
const MOST_KEPT = 8;

const kept = new WeakMap<Workspace, { count: number; list: readonly Proposal[] }>();

/** Remembers a plan with the texts that it was made for, and gives it an id. */
export function propose(
  workspace: Workspace,
  { design }: Project,
  plan: Pick<Proposal, 'title' | 'moves' | 'window' | 'edits'>,
): Proposal {
  const known = kept.get(workspace) ?? { count: 0, list: [] };
  const { title, moves, window, edits } = plan;
  const proposal: Proposal = {
    id: `plan-${known.count + 1}`,
    title,
    moves,
    window,
    edits,
    steps: stepsOf(design, moves),
    root: design.root,
    texts: new Map([...design.files].map(([uri, { parsed }]) => [uri, parsed])),
  };
  kept.set(workspace, { count: known.count + 1, list: [...known.list.slice(1 - MOST_KEPT), proposal] });
  return proposal;
}

/** The proposal of an id; undefined where it is forgotten, or of another design, or one of its texts is another by now. */
export function proposalOf(workspace: Workspace, { design }: Project, id: string): Proposal | undefined {
  const found = kept.get(workspace)?.list.find((one) => one.id === id);
  if (!found || found.root !== design.root || found.texts.size !== design.files.size) return undefined;
  for (const [uri, parsed] of found.texts) {
    const now = design.files.get(uri)?.parsed;
    if (now === parsed) continue;
    // Opened in an editor, a file is read anew and says the same.
    if (!now || fileText(now) !== fileText(parsed)) return undefined;
    found.texts.set(uri, now);
  }
  return found;
}

/** The texts that a proposal changes, as they are after some of its steps. */
export function textsAfter(proposal: Proposal, design: Design, step: number): ReadonlyMap<string, ParsedFile> {
  const edits = step >= proposal.steps ? proposal.edits : editsUpTo(proposal, design, step);
  const texts = new Map<string, ParsedFile>();
  for (const [uri, list] of byFile(edits)) {
    const parsed = proposal.texts.get(uri);
    if (parsed) texts.set(uri, fromTheEnd(list).reduce(editFile, parsed));
  }
  return texts;
}

/** A plan that adds the VMs that it places is one step: before it they are nowhere. */
function stepsOf(design: Design, moves: readonly PlannedMove[]): number {
  const last = moves.at(-1)?.step ?? 1;
  if (last < 2) return 1;
  const vms = byId(design, 'vm', new Set(moves.map(({ ids }) => ids.vm)));
  return moves.every(({ ids }) => vms.has(ids.vm)) ? last : 1;
}

function editsUpTo({ moves }: Proposal, design: Design, step: number): readonly FileEdit[] {
  const made = moves.filter((move) => move.step <= step);
  const vms = byId(design, 'vm', new Set(made.map(({ ids }) => ids.vm)));
  const hosts = byId(design, 'host', new Set(made.map(({ ids }) => ids.to)));
  const list = made.flatMap(({ ids }): VmMove[] => {
    const [vm, to] = [vms.get(ids.vm), hosts.get(ids.to)];
    return vm && to ? [{ vm, to }] : [];
  });
  const result = moveVms(list);
  return 'edits' in result ? result.edits : [];
}

function byId(design: Design, kind: string, wanted: ReadonlySet<string>): ReadonlyMap<string, Entity> {
  const found = new Map<string, Entity>();
  if (wanted.size === 0) return found;
  for (const entity of design.members(kind)) {
    const id = entityId(entity);
    if (wanted.has(id)) found.set(id, entity);
  }
  return found;
}
