import { finish } from '../../server/src/base/steps.ts';
import type { Supposition } from '../../server/src/ide/scenario.ts';
import { type Topology, topologyInSteps } from '../../server/src/ide/topology.ts';
import type { Workspace } from '../../server/src/ide/workspace.ts';

/** The picture that an editor is sent of a file's design, at once. */
export function topologyOf(workspace: Workspace, uri: string, supposition: Supposition = {}): Topology | undefined {
  return finish(topologyInSteps(workspace, uri, supposition));
}
