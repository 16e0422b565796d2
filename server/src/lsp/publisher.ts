import type * as lsp from 'vscode-languageserver';
import { diagnosticsOf } from '../ide/diagnostics.ts';
import type { Workspace } from '../ide/workspace.ts';
import { toDiagnostic } from './to-lsp.ts';

/** Diagnostics of a file as the protocol has them. */
export function wireDiagnostics(workspace: Workspace, uri: string, rulePages: string | undefined): lsp.Diagnostic[] {
  const file = workspace.file(uri);
  if (!file) return [];
  return diagnosticsOf(workspace, uri).map((diagnostic) => toDiagnostic(workspace, file, diagnostic, rulePages));
}

/** Milliseconds until files that nobody looks at follow a change: typing goes first. */
const BACKGROUND_DELAY = 100;
/** Milliseconds for which files are checked in one go. */
const SLICE = 15;

export interface PublisherOptions {
  readonly version: (uri: string) => number | undefined;
  /** Whether diagnostics of the file are to be shown at all. */
  readonly isShown: (uri: string) => boolean;
  readonly rulePages: () => string | undefined;
  /** Diagnostics are sent to the client; otherwise it asks for them. */
  readonly isPushing: () => boolean;
}

/** Sends diagnostics to the editor: at once for what is typed in, later for what else it changes. */
export class Publisher {
  private readonly connection: lsp.Connection;
  private readonly workspace: Workspace;
  private readonly options: PublisherOptions;
  /** Diagnostics last published, as text, so that files nothing has changed in are left alone; undefined: not known. */
  private readonly published = new Map<string, string | undefined>();
  private readonly queue = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: lsp.Connection, workspace: Workspace, options: PublisherOptions) {
    this.connection = connection;
    this.workspace = workspace;
    this.options = options;
  }

  /** Publishes, also what was published before: an editor waits for the diagnostics of its version. */
  publish(uri: string): void {
    if (!this.options.isPushing()) return;
    this.queue.delete(uri);
    this.published.set(uri, undefined);
    this.send(uri, this.options.isShown(uri) ? this.diagnostics(uri) : []);
  }

  /** Publishes what is another than before. */
  update(uri: string): void {
    if (!this.options.isPushing()) return;
    this.queue.delete(uri);
    const diagnostics = this.options.isShown(uri) ? this.diagnostics(uri) : [];
    const text = JSON.stringify(diagnostics);
    const before = this.published.has(uri) ? this.published.get(uri) : NONE;
    if (text === NONE && !this.workspace.isOpen(uri)) this.published.delete(uri);
    else this.published.set(uri, text);
    if (text !== before) this.send(uri, diagnostics);
  }

  /** The same when there is time. */
  updateLater(uris: Iterable<string>): void {
    if (!this.options.isPushing()) return;
    for (const uri of uris) this.queue.add(uri);
    if (this.queue.size > 0) this.timer ??= setTimeout(() => this.work(), BACKGROUND_DELAY);
  }

  /** Files with diagnostics in the editor. */
  publishedUris(): readonly string[] {
    return [...this.published.keys()];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.queue.clear();
  }

  private work(): void {
    const end = performance.now() + SLICE;
    for (const uri of this.queue) {
      this.update(uri);
      if (performance.now() > end) break;
    }
    this.timer = this.queue.size > 0 ? setTimeout(() => this.work()) : undefined;
  }

  private diagnostics(uri: string): lsp.Diagnostic[] {
    return wireDiagnostics(this.workspace, uri, this.options.rulePages());
  }

  private send(uri: string, diagnostics: lsp.Diagnostic[]): void {
    const version = this.options.version(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}

const NONE = '[]';
