import type { Steps } from '../base/steps.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import type { FileEdit } from '../design/edits.ts';
import { limitsAt } from '../topology/build/limits.ts';
import type { FindingChanges, HostChange } from '../topology/graph.ts';
import { changesBetween, foundIn } from './finding-notes.ts';
import { changesIn } from './host-changes.ts';
import { entityCalled } from './links.ts';
import { type HostFigures, hostFigures } from './plans/figures.ts';
import { byFile } from './proof.ts';
import type { Workspace } from './workspace.ts';

/** What edits would bring about. */
export interface Trial {
  /** In the order in which they were asked for. */
  readonly hosts: readonly HostChange[];
  readonly findings: FindingChanges;
}

/**
 * Makes edits in thought, and looks at some hosts and at everything that is found before and after. In steps; the last one finds out again
 * what is wrong with the design as it is.
 */
export function* tryEdits(
  workspace: Workspace,
  uri: string,
  design: Design,
  entities: readonly Entity[],
  edits: readonly FileEdit[],
): Steps<Trial> {
  const hosts = entities.map((host) => ({
    id: entityId(host),
    name: host.name,
    limits: limitsAt(host),
    before: hostFigures(host),
  }));
  const before = foundIn(design, false);
  yield;
  const after = workspace.suppose(byFile(edits), () => {
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
    findings: changesBetween(before, after.found),
    hosts: hosts.map(({ id, name, limits, before: old }, index) => ({
      host: id,
      name,
      figures: changesIn(old, after.figures[index] ?? new Map(), limits),
    })),
  };
}
