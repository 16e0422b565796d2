import type { Declaration } from '../design/declaration.ts';
import type { FileEdit } from '../design/edits.ts';
import { locate } from '../design/place.ts';
import { expandNames, isPattern, isRange } from '../language/values/names.ts';
import type { NamePart } from '../language/values/value.ts';
import { mistakesOf } from './diagnostics.ts';
import { type Meant, meantBy, mentionsIn } from './mentions.ts';
import { byFile } from './proof.ts';
import { textFilter } from './references.ts';
import { statementsOf } from './spot.ts';
import type { Project, Workspace } from './workspace.ts';

/** Which names a renaming may concern, judged by their text: resolving each name of a large estate would take long. */
export interface Concerns {
  readonly names: ReadonlySet<string>;
  text(text: string): boolean;
  part(part: NamePart): boolean;
}

/** Old and new names, and whatever stands for several. */
export function concernedBy({ from, to }: { readonly from: string; readonly to: string }): Concerns {
  const names = new Set([from, to]);
  for (const name of [from, to]) {
    const members = expandNames(name);
    if ('value' in members) for (const member of members.value) names.add(member);
  }
  const isSeveral = (text: string) => isRange(text) || isPattern(text);
  return {
    names,
    text: textFilter(names),
    part: ({ text, quoted, scope }) =>
      names.has(text) || (!quoted && isSeveral(text)) || (scope !== undefined && (names.has(scope) || isRange(scope))),
  };
}

/** What a name in the text means, in words that the renaming leaves alone. */
interface Reading {
  readonly text: string;
  readonly uri: string;
  readonly line: number;
  readonly meant: string;
}

/** What would mean something else after a renaming, or be a mistake; undefined if nothing would. */
export function whatBreaks(
  workspace: Workspace,
  edits: readonly FileEdit[],
  renaming: { readonly from: string; readonly to: string },
): string | undefined {
  const files = byFile(edits);
  const projects = [...new Set([...files.keys()].flatMap((uri) => workspace.projectsOf(uri)))];
  const concerns = concernedBy(renaming);
  const ask = () => ({
    readings: projects.flatMap((project) => readingsIn(project, concerns)),
    mistakes: projects.reduce((sum, { design }) => sum + mistakesOf(design).length, 0),
  });
  const before = ask();
  const after = workspace.suppose(files, ask);
  const other = before.readings.find(({ meant }, index) => after.readings[index]?.meant !== meant);
  if (other) {
    const file = other.uri.slice(other.uri.lastIndexOf('/') + 1);
    return `after that, ${other.text} in line ${other.line} of ${file} would mean something else`;
  }
  const isWorse = after.readings.length !== before.readings.length || after.mistakes > before.mistakes;
  return isWorse ? 'after that, some reference would mean something else' : undefined;
}

function readingsIn(project: Project, concerns: Concerns): readonly Reading[] {
  const found: Reading[] = [];
  const labels = new Map<Declaration, string>();
  for (const uri of project.design.files.keys()) {
    for (const { sentence, owner, place } of statementsOf(project, uri, concerns.text)) {
      for (const mention of mentionsIn(sentence)) {
        const { part } = mention;
        if (!concerns.part(part)) continue;
        const line = (locate(place)?.line ?? 0) + 1;
        found.push({ text: part.text, uri, line, meant: meaning(meantBy(mention, owner), labels) });
      }
    }
  }
  return found;
}

/** A renaming moves nothing to another line, and leaves the order of what a block declares. */
function meaning({ entities, classes }: Meant, labels: Map<Declaration, string>): string {
  const label = (declaration: Declaration) => {
    const known = labels.get(declaration);
    if (known !== undefined) return known;
    const { uri, path, place, word, kind } = declaration;
    const made = `${uri} ${place && locate(place)?.line} ${path.join('.')} ${word} ${kind}`;
    labels.set(declaration, made);
    return made;
  };
  const orders = new Map<Declaration, Map<unknown, number>>();
  const order = (declaration: Declaration) => {
    const known = orders.get(declaration);
    if (known) return known;
    const made = new Map(declaration.entities.map((entity, index) => [entity as unknown, index]));
    orders.set(declaration, made);
    return made;
  };
  const things = entities.map((entity) => `${label(entity.declaration)} ${order(entity.declaration).get(entity)}`);
  return [...things, ...classes.map(label)].sort().join('\n');
}
