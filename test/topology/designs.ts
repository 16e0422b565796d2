import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { entityId } from '../../server/src/design/declaration.ts';
import { Design } from '../../server/src/design/design.ts';
import { sitesOf } from '../../server/src/design/things.ts';
import { rvtools } from '../../server/src/importers/rvtools/index.ts';
import { printStatements } from '../../server/src/language/make/print.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { checkDesign } from '../../server/src/rules/run.ts';
import { buildTopology, type NodeFinding } from '../../server/src/topology/build.ts';
import type { TopologyGraph } from '../../server/src/topology/graph.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The picture of a text with its findings, and with what it imports. */
export function graphOfText(
  text: string,
  name = 'main.vdc',
  read: (name: string) => string | undefined = () => undefined,
): TopologyGraph {
  const parsed = new Map([[name, parseFile(text)]]);
  const file = (uri: string) => {
    const known = parsed.get(uri);
    if (known) return known;
    const found = read(uri);
    if (found === undefined) return undefined;
    const fresh = parseFile(found);
    parsed.set(uri, fresh);
    return fresh;
  };
  const design = new Design(name, { file, importUri: (_, to) => path.basename(to) });
  const findings = checkDesign(design).findings.flatMap((f, i): NodeFinding[] =>
    f.silencedBy
      ? []
      : [
          {
            key: String(i),
            rule: f.rule.id,
            severity: f.severity,
            message: f.message,
            fixes: [],
            things: [entityId(f.entity)],
            sites: sitesOf(f.entity).map(entityId),
          },
        ],
  );
  return buildTopology(design, { fileName: name, findings });
}

function graphOfFile(file: string): TopologyGraph {
  const folder = path.dirname(file);
  const read = (name: string): string | undefined => {
    const place = path.join(folder, name);
    return existsSync(place) ? readFileSync(place, 'utf8') : undefined;
  };
  return graphOfText(readFileSync(file, 'utf8'), path.basename(file), read);
}

/** Every design of a folder, with its name; none where the folder is absent. */
export function designsIn(folder: string): readonly (readonly [name: string, graph: TopologyGraph])[] {
  const place = path.resolve(ROOT, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith('.vdc'))
    .map((name) => [`${folder}/${name}`, graphOfFile(path.join(place, name))] as const);
}

/** The designs that lie beside the project while it is written; undefined where they do not. */
export const REFERENCE = ['../../shared/reference/designs', '../shared/reference/designs']
  .map((folder) => path.resolve(ROOT, folder))
  .find((folder) => existsSync(folder));

/** The estate of a real workbook; undefined where it is not beside the project. */
export async function workbookGraph(): Promise<TopologyGraph | undefined> {
  const file = path.resolve(ROOT, '../../shared/data/rvtools/SizingWorkshop-RVTools.xlsx');
  if (!existsSync(file)) return undefined;
  const { statements } = await rvtools.read([{ name: path.basename(file), bytes: readFileSync(file) }]);
  return graphOfText(printStatements(statements));
}
