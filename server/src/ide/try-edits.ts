import type { Steps } from '../base/steps.ts';
import { formatFigure } from '../capacity/figure.ts';
import { type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import type { FileEdit } from '../design/edits.ts';
import { limitsAt } from '../topology/build/limits.ts';
import { classify, type FindingChanges, type LoadClass, type Thresholds } from '../topology/graph.ts';
import { changesBetween, foundIn } from './finding-notes.ts';
import { entityCalled } from './links.ts';
import { type HostFigures, hostFigures, type PlainFigure } from './plans/figures.ts';
import { byFile } from './proof.ts';
import type { Workspace } from './workspace.ts';

/** What edits would bring about. */
export interface Trial {
  /** In the order in which they were asked for. */
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
}

interface ShownFigure {
  readonly text: string;
  readonly share?: number;
  readonly class?: LoadClass;
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
