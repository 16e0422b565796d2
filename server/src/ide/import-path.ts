/**
 * The uri that an import means, seen from a file. Imports are relative to their file and use `/`; one that names a
 * scheme, is absolute, or leads above the root means nothing.
 */
export function resolveImport(from: string, path: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('/') || path.includes('\\')) return undefined;
  const [, origin = '', own = ''] = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?)?(.*)$/i.exec(from) ?? [];
  const parts = own.split('/').slice(0, -1);
  const least = own.startsWith('/') ? 1 : 0;
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.length <= least) return undefined;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(encodeURIComponent(part));
  }
  return origin + [...parts].join('/');
}

/** The path that an import in one file writes for another; undefined if they have nothing in common. */
export function importPath(from: string, to: string): string | undefined {
  const origin = (uri: string) => /^[a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?/i.exec(uri)?.[0] ?? '';
  if (origin(from) !== origin(to)) return undefined;
  const own = from.split('/').slice(0, -1);
  const other = to.split('/');
  let shared = 0;
  while (shared < own.length && shared < other.length - 1 && own[shared] === other[shared]) shared++;
  const up = own.slice(shared).map(() => '..');
  try {
    return [...up, ...other.slice(shared).map(decodeURIComponent)].join('/');
  } catch {
    return undefined;
  }
}
