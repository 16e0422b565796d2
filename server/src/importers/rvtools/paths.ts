/** The datastore in `[gold-1] web-01/web-01.vmx`. */
export function datastoreOfPath(path: string | undefined): string | undefined {
  const name = /^\s*\[([^\]]+)\]/.exec(path ?? '')?.[1]?.trim();
  return name === '' ? undefined : name;
}
