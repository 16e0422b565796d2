import type { Span } from '../base/span.ts';
import { spanInFile } from '../design/place.ts';
import type { Workspace } from './workspace.ts';

/** A piece of text that leads to a file. */
export interface DocumentLink extends Span {
  readonly target: string;
}

/** The paths of the imports of a file. One that leads out of the workspace leads nowhere. */
export function importLinks(workspace: Workspace, uri: string): readonly DocumentLink[] {
  const found: DocumentLink[] = [];
  for (const { declaration, uri: target } of workspace.projectOf(uri)?.design.imports() ?? []) {
    const path = declaration.head()?.sentence.subject;
    const span = declaration.place && path && spanInFile(declaration.place, path);
    if (declaration.uri === uri && target !== undefined && span) found.push({ ...span, target });
  }
  return found.sort((a, b) => a.from - b.from);
}
