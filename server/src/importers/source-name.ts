import type { ImportFile } from './importer.ts';

/** The last part of the path; of several files in one folder the folder. */
export function sourceName(files: readonly ImportFile[]): string {
  const [first = [], ...others] = files.map((file) => file.name.split(/[\\/]/));
  const last = first[first.length - 1] ?? '';
  if (others.length === 0) return last;
  const differs = first.findIndex((part, at) => others.some((parts) => parts[at] !== part));
  const shared = differs < 0 ? first.slice(0, -1) : first.slice(0, differs);
  return shared[shared.length - 1] || `${last} and ${others.length} more`;
}
