import { azureMigrate } from './azure-migrate/index.ts';
import { hyperV } from './hyper-v/index.ts';
import type { Importer, ImportFile } from './importer.ts';
import { libvirt } from './libvirt/index.ts';
import { proxmox } from './proxmox/index.ts';
import { rvtools } from './rvtools/index.ts';

/** Every importer, in the order in which they are asked. */
export const importers: readonly Importer[] = [rvtools, proxmox, hyperV, azureMigrate, libvirt];

/** The importer by the id that `vdc import --from` takes. */
export function importerOf(id: string): Importer | undefined {
  return importers.find((importer) => importer.id === id);
}

/** The importer that the files most likely come from, by the one that fits it best. */
export function recogniseImporter(files: readonly ImportFile[]): Importer | undefined {
  let best: Importer | undefined;
  let likelihood = 0;
  for (const importer of importers) {
    const own = Math.max(0, ...files.map((file) => importer.accepts(file)));
    if (own > likelihood) {
      likelihood = own;
      best = importer;
    }
  }
  return best;
}
