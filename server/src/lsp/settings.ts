/** What the user has set for the server, under `vdc.` in the editor's settings. package.json documents each. */
export interface Settings {
  readonly inlayHints: {
    readonly hostLoad: boolean;
    readonly rangeMembers: boolean;
    readonly assumedFigures: boolean;
  };
  readonly codeLens: {
    readonly cluster: boolean;
    readonly subnet: boolean;
    readonly app: boolean;
    readonly topology: boolean;
  };
  readonly diagnostics: {
    /** Of every design in the workspace, or only of those that are open. */
    readonly scope: 'openFiles' | 'workspace';
  };
  /** The day that designs are evaluated at, as text: `2027-06-15`, `2027-06`. Empty: each at its own `as-of`. */
  readonly evaluateAt: string;
}

export const DEFAULT_SETTINGS: Settings = {
  inlayHints: { hostLoad: true, rangeMembers: true, assumedFigures: true },
  codeLens: { cluster: true, subnet: true, app: true, topology: true },
  diagnostics: { scope: 'workspace' },
  evaluateAt: '',
};

/** Settings as an editor sends them: what is missing or of another type has its default. */
export function readSettings(sent: unknown): Settings {
  const { inlayHints, codeLens, diagnostics, evaluateAt } = DEFAULT_SETTINGS;
  const scope = isRecord(sent) && isRecord(sent.diagnostics) ? sent.diagnostics.scope : undefined;
  return {
    inlayHints: switches(inlayHints, sent, 'inlayHints'),
    codeLens: switches(codeLens, sent, 'codeLens'),
    diagnostics: { scope: scope === 'openFiles' || scope === 'workspace' ? scope : diagnostics.scope },
    evaluateAt: isRecord(sent) && typeof sent.evaluateAt === 'string' ? sent.evaluateAt.trim() : evaluateAt,
  };
}

function switches<T extends Readonly<Record<string, boolean>>>(defaults: T, sent: unknown, section: string): T {
  const own = isRecord(sent) ? sent[section] : undefined;
  if (!isRecord(own)) return defaults;
  const read = Object.entries(defaults).map(([name, value]) => [
    name,
    typeof own[name] === 'boolean' ? own[name] : value,
  ]);
  return Object.fromEntries(read) as T;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
