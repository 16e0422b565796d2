import type { PlanDate } from '../../base/dates.ts';
import type { ParentPort, WorkerPort } from '../../base/worker-port.ts';
import type { QuestionName, QuestionParams } from './questions.ts';

/** The role of the worker that makes plans: it is the server's own script. */
export const PLANNER_ROLE = 'vdc-planner';

/** What is new of the designs that a question is about since the last one. */
export interface TextChanges {
  /** Everything is: forget what was sent before. */
  readonly isFresh: boolean;
  /** Files that are the root of a design, those that became one first in front. */
  readonly roots: readonly string[];
  readonly at: PlanDate | undefined;
  readonly texts: readonly { readonly uri: string; readonly text: string }[];
  /** Files that there are no more. */
  readonly gone: readonly string[];
}

/** What goes to the worker. One question at a time. */
export type PlannerRequest =
  | {
      readonly type: 'ask';
      readonly id: number;
      readonly name: QuestionName;
      readonly params: QuestionParams<QuestionName>;
      readonly changes: TextChanges;
    }
  /** Come to an end with the best so far. */
  | { readonly type: 'stop'; readonly id: number }
  /** Nobody waits for the answer any more. */
  | { readonly type: 'drop'; readonly id: number };

/** What comes back. */
export type PlannerResponse =
  /** It has started, and will answer. */
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly share: number; readonly doing: string | undefined }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'dropped'; readonly id: number }
  | { readonly type: 'error'; readonly id: number; readonly message: string };

export type PlannerPort = WorkerPort<PlannerRequest, PlannerResponse>;
export type PlannerParent = ParentPort<PlannerRequest, PlannerResponse>;
