import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import type { Strictness } from '../../planner/aims.ts';
import type { Estate } from '../../planner/from-design/estate.ts';
import type { Problem } from '../../planner/problem.ts';

/** What a plan is to bring about, ready for the search. */
export interface Task {
  readonly estate: Estate;
  /** The problem of the estate with an aim. */
  readonly problem: Problem;
  /** What is relieved, emptied, spread. */
  readonly subject: string;
  /** In a sentence that begins with "No moves can": `relieve esx-1`. */
  readonly aim: string;
  /** The host whose likes would be added; undefined: none would be. */
  readonly like: Entity | undefined;
  /** Whether a stricter goal can be tried if this one does not do. */
  readonly canTighten: boolean;
  /** Whether it came true, asked of the design that the moves lead to. */
  readonly isDone: (design: Design) => boolean;
}

/** A task, that there is nothing to do, or why there can be none. */
export type Tasked =
  | Task
  | { readonly nothing: string }
  | {
      readonly reason: string;
      /** Further hosts that would help, of the cluster that they would join. */
      readonly addition?: { readonly cluster: Entity; readonly hosts: number } | undefined;
    };

export interface TaskOptions {
  readonly strictness: Strictness;
  /** How much stricter than the least that might do. */
  readonly tightness: number;
  /** For a rebalancing: the most VMs that may move; a tenth of them unless it is said. */
  readonly mostMoves?: number | 'any' | undefined;
}

/** The entity that stands now for one that an edit may have made anew. */
export function presentOf(design: Design, entity: Entity): Entity | undefined {
  const id = entityId(entity);
  return design.names.read(entity.kind, entity.name).entities.find((one) => entityId(one) === id);
}
