import type { LayoutPort } from '../topology/layout/router.ts';
import type { PlannerPort } from './planner/messages.ts';

/** What the server needs from where it runs. */
export interface Environment {
  /** The text of a file that no editor holds; undefined if there is none. */
  readonly readFile: (uri: string) => Promise<string | undefined>;
  /** The designs below folders, by uri, and at most so many. */
  readonly findFiles: (folders: readonly string[], most: number) => Promise<readonly string[]>;
  /** Starts the worker that routes links; `script` is where the editor says that its file is. */
  readonly spawnLayout: (script: string | undefined) => LayoutPort;
  /** Starts the worker that makes plans; `script` is where the editor says that the server's own file is. */
  readonly spawnPlanner: (script: string | undefined) => PlannerPort;
}
