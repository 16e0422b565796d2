import type { ImportFile } from '../importers/importer.ts';
import { importers, recogniseImporter } from '../importers/index.ts';
import { printStatements } from '../language/make/print.ts';

/** An inventory export as a design, or why it is none. */
export type Imported = { readonly text: string; readonly notCarried: readonly string[] } | { readonly error: string };

/** Reads one inventory export, of one file or several, and prints it as a design. */
export async function importInventory(files: readonly ImportFile[]): Promise<Imported> {
  const importer = recogniseImporter(files);
  const name = files.map((file) => file.name).join(', ');
  if (!importer) {
    const known = importers.map(({ title }) => title).join(', ');
    return { error: `${name}: no inventory that is known (${known})` };
  }
  const { statements, problems, notCarried } = await importer.read(files);
  const said = problems.map(({ message, where }) => (where === '' ? message : `${where}: ${message}`));
  if (statements.length === 0) return { error: said.join('; ') || `there is nothing in ${name} that a design holds` };
  const dropped = notCarried.map(({ what, reason, count }) => `${what} (${count}): ${reason}`);
  return { text: printStatements(statements), notCarried: [...said, ...dropped] };
}
