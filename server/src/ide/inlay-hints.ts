import type { Span } from '../base/span.ts';
import { assumedFigureHints } from './inlay/assumed-figures.ts';
import type { HintKind, HintReader, InlayHint } from './inlay/hint.ts';
import { hostLoadHints } from './inlay/host-load.ts';
import { rangeMemberHints } from './inlay/range-members.ts';
import { statementsIn } from './spot.ts';
import type { Workspace } from './workspace.ts';

export type { HintKind, InlayHint };

const READERS: Readonly<Record<HintKind, HintReader>> = {
  hostLoad: hostLoadHints,
  rangeMembers: rangeMemberHints,
  assumedFigures: assumedFigureHints,
};

/** What the text within a span does not say, in text order: hints of the kinds that are wanted. The cost is that of the span. */
export function inlayHints(
  workspace: Workspace,
  uri: string,
  span: Span,
  wants: (kind: HintKind) => boolean = () => true,
): readonly InlayHint[] {
  const project = workspace.projectOf(uri);
  if (!project) return [];
  const readers = Object.entries(READERS).flatMap(([kind, read]) => (wants(kind as HintKind) ? [read] : []));
  const found: InlayHint[] = [];
  for (const visit of statementsIn(project, uri, span))
    for (const read of readers) found.push(...read(visit, uri).filter(({ at }) => span.from <= at && at <= span.to));
  found.sort((a, b) => a.at - b.at);
  const told = new Set<string>();
  return found.filter(({ once }) => once === undefined || (!told.has(once) && told.add(once)));
}
