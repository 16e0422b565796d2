import type { Entity } from '../../design/declaration.ts';
import type { Import } from '../../design/design.ts';
import { countOf } from '../inlay/hint.ts';
import type { Workspace } from '../workspace.ts';
import { paragraphs, plain } from './markdown.ts';

/** Kinds of thing that are counted, the most telling first. */
const COUNTED = ['site', 'cluster', 'host', 'vm', 'app', 'network', 'switch', 'array', 'datastore', 'team'];

/** What an imported file brings. */
export function importCard(workspace: Workspace, { declaration, path, uri, scope, isRead }: Import): string {
  const { design } = declaration;
  if (uri === undefined) return plain(`${path} lies outside of the workspace and is not read.`);
  if (!isRead || !workspace.file(uri)) return plain(`${path} cannot be read.`);
  const isOfFile = (entity: Entity) => entity.declaration.uri === uri;
  const counts = COUNTED.flatMap((kind) => {
    const count = [...design.members(kind)].filter(isOfFile).length;
    return count > 0 ? [countOf(kind, count)] : [];
  });
  const names = scope === undefined || scope === declaration.scope ? '' : `Its names are reached with @${scope}.`;
  return paragraphs([
    `**[${plain(path)}](${uri})**`,
    plain(counts.length > 0 ? counts.join(', ') : 'no things of its own: classes, policies or imports'),
    plain(names),
  ]);
}
