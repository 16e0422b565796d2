import type { Group } from '../base/bag.ts';
import { derive, sameList } from '../base/reactive.ts';
import type { Declaration } from './declaration.ts';
import type { Design, Import } from './design.ts';
import { referencesIn } from './names.ts';
import type { Place } from './place.ts';

/** What is declared and not used. */
export interface Unused {
  readonly classes: readonly Declaration[];
  readonly imports: readonly Import[];
}

/** What some places declare, as far as it matters to what is used. */
interface Outline {
  readonly classes: readonly Declaration[];
  /** Classes that classes and amendments name, as `usedAs` says. */
  readonly uses: readonly string[];
  /** Files with machines: they are designs, not libraries. */
  readonly designs: readonly string[];
  /** Files with something other than classes: they say something even if nobody names it. */
  readonly others: readonly string[];
}

const MACHINES: ReadonlySet<string> = new Set(['host', 'cluster', 'vm', 'server']);

const usedAs = (kind: string, name: string): string => `${kind} ${name}`;

const outlineOf = derive((group: Group<Place>): Outline => {
  const classes: Declaration[] = [];
  const uses: string[] = [];
  const designs = new Set<string>();
  const others = new Set<string>();
  for (const { declarations } of group.members()) {
    for (const declaration of declarations) {
      const { word, kind, uri } = declaration;
      if (word !== 'class') others.add(uri);
      if (MACHINES.has(word)) designs.add(uri);
      if (word === 'class') classes.push(declaration);
      if (word !== 'class' && word !== 'amend') continue;
      for (const { name } of referencesIn(declaration.head()?.sentence.clauses.get(':')?.value))
        uses.push(usedAs(kind, name));
    }
  }
  return { classes, uses, designs: [...designs], others: [...others] };
}, sameOutline);

function sameOutline(a: Outline, b: Outline): boolean {
  return (
    sameList(a.classes, b.classes) &&
    sameList(a.uses, b.uses) &&
    sameList(a.designs, b.designs) &&
    sameList(a.others, b.others)
  );
}

const NOTHING: Unused = { classes: [], imports: [] };

/**
 * Classes of a design's own file that nothing is of, and imports of it that bring classes alone, none of which is used.
 * Only where that is sure: a file that is no design of its own may be there for others, and a file that was not read
 * may use anything.
 */
export const unusedOf = derive((design: Design): Unused => {
  const outlines = design.places.groups().map(outlineOf);
  const classes = outlines.flatMap((outline) => outline.classes);
  const imports = design.imports();
  if (classes.length === 0 && imports.length === 0) return NOTHING;
  if (imports.some(({ isRead }) => !isRead)) return NOTHING;
  if (!outlines.some(({ designs }) => designs.includes(design.root))) return NOTHING;
  const uses = new Set(outlines.flatMap((outline) => outline.uses));
  const others = new Set(outlines.flatMap((outline) => outline.others));
  const isUsed = ({ kind, names }: Declaration): boolean =>
    names.some((name) => uses.has(usedAs(kind, name)) || design.names.inside(`class ${kind}`, name).length > 0);
  const unused = new Set(classes.filter((declaration) => !isUsed(declaration)));
  const brings = (uri: string): boolean =>
    others.has(uri) ||
    !classes.some((one) => one.uri === uri) ||
    classes.some((one) => one.uri === uri && !unused.has(one));
  return {
    classes: [...unused].filter(({ uri }) => uri === design.root),
    imports: imports.filter(
      ({ declaration, uri }) =>
        declaration.uri === design.root && uri !== undefined && uri !== design.root && !brings(uri),
    ),
  };
});
