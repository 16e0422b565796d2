import type { Declaration, Entity } from '../design/declaration.ts';
import { locate } from '../design/place.ts';
import type { Meant } from './mentions.ts';
import { spotAt } from './spot.ts';
import type { Project, Workspace } from './workspace.ts';

/** The same things and classes as each design knows them that holds a file which declares one of them. */
export function inAllDesigns(workspace: Workspace, { entities, classes }: Meant): ReadonlyMap<Project, Meant> {
  const found = new Map<Project, { readonly entities: Entity[]; readonly classes: Declaration[] }>();
  const meantIn = (project: Project) => {
    const known = found.get(project) ?? { entities: [], classes: [] };
    found.set(project, known);
    return known;
  };
  for (const [declaration, own] of byDeclaration(entities))
    for (const [project, same] of samesOf(workspace, declaration))
      meantIn(project).entities.push(...same.entities.filter((entity) => own.has(pathOf(entity))));
  for (const declaration of classes)
    for (const [project, same] of samesOf(workspace, declaration)) meantIn(project).classes.push(same);
  return found;
}

function byDeclaration(entities: readonly Entity[]): ReadonlyMap<Declaration, ReadonlySet<string>> {
  const found = new Map<Declaration, Set<string>>();
  for (const entity of entities) {
    const paths = found.get(entity.declaration) ?? new Set<string>();
    found.set(entity.declaration, paths.add(pathOf(entity)));
  }
  return found;
}

/** Names of a thing and of what it stands in; import scopes differ between designs. */
function pathOf(entity: Entity): string {
  return entity.parent ? `${pathOf(entity.parent)}\n${entity.name}` : entity.name;
}

function* samesOf(workspace: Workspace, declaration: Declaration): Generator<readonly [Project, Declaration]> {
  const head = declaration.head();
  const from = head && locate(head.place)?.from;
  if (!head || from === undefined) return;
  for (const project of workspace.projectsOf(declaration.uri)) {
    const { design } = project;
    const same =
      design === declaration.design
        ? declaration
        : spotAt(workspace, declaration.uri, from + head.sentence.wordSpan.to, project)?.owner;
    if (same?.word === declaration.word && same.kind === declaration.kind) yield [project, same];
  }
}
