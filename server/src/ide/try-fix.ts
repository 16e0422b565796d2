import type { Steps } from '../base/steps.ts';
import type { Entity } from '../design/declaration.ts';
import { placementOf } from '../design/placement.ts';
import { checkDesign } from '../rules/run.ts';
import { findingKey } from './finding-notes.ts';
import { fixOf } from './topology.ts';
import { type Trial, tryEdits } from './try-edits.ts';
import type { Workspace } from './workspace.ts';

/** What a fix of a finding would bring about. */
export interface FixTrial extends Trial {
  /** What it does, in words: of a plan, its moves. */
  readonly title: string;
}

/** Hosts of a cluster that are looked at. */
const MOST_HOSTS = 200;

/**
 * Tries a fix that a note of a picture names: the hosts around the finding whose figures it changes, and the findings that would come and go.
 * Undefined if there is no such fix any more, or no way. In steps.
 */
export function* tryFix(workspace: Workspace, uri: string, finding: string, fix: string): Steps<FixTrial | undefined> {
  const found = yield* fixOf(workspace, uri, finding, fix);
  const design = workspace.projectOf(uri)?.design;
  if (!found || !design) return undefined;
  const entity = checkDesign(design).findings.find((other) => findingKey(other) === finding)?.entity;
  const hosts = entity ? hostsAround(entity).slice(0, MOST_HOSTS) : [];
  const trial = yield* tryEdits(workspace, uri, design, hosts, found.edits);
  const changed = trial.hosts.filter(({ figures }) =>
    figures.some(({ before, after }) => before?.text !== after?.text),
  );
  return { title: found.title, findings: trial.findings, hosts: changed };
}

/** The hosts that a finding may be mended on: those of the cluster that it is of or in. */
function hostsAround(entity: Entity): readonly Entity[] {
  const thing = entity.kind === 'vm' ? (placementOf(entity).host ?? entity) : entity;
  const cluster = thing.kind === 'cluster' ? thing : thing.parent?.kind === 'cluster' ? thing.parent : undefined;
  if (!cluster) return thing.kind === 'host' ? [thing] : [];
  const inside = [...entity.design.members('host')].filter((host) => host.parent === cluster);
  // The one that it is about comes first.
  return thing.kind === 'host' ? [thing, ...inside.filter((host) => host !== thing)] : inside;
}
