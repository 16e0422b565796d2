import { recogniseImporter } from '../importers/index.ts';
import { printStatements } from '../language/make/print.ts';

/** An inventory export as a design, or why it is none. */
export type Imported = { readonly text: string; readonly notCarried: readonly string[] } | { readonly error: string };

/** Reads one inventory export and prints it as a design. */
export async function importInventory(name: string, bytes: Uint8Array): Promise<Imported> {
  const files = [{ name, bytes }];
  const importer = recogniseImporter(files);
  if (!importer) return { error: `${name} is no inventory that is known` };
  const { statements, problems, notCarried } = await importer.read(files);
  const said = problems.map(({ message, where }) => (where === '' ? message : `${where}: ${message}`));
  if (statements.length === 0) return { error: said.join('; ') || `there is nothing in ${name} that a design holds` };
  const dropped = notCarried.map(({ what, reason, count }) => `${what} (${count}): ${reason}`);
  return { text: printStatements(statements), notCarried: [...said, ...dropped] };
}
