import type * as lsp from 'vscode-languageserver';
import { diagnosticsOf } from '../ide/diagnostics.ts';
import { resolveImport } from '../ide/import-path.ts';
import { Workspace } from '../ide/workspace.ts';
import type { WorkerPort } from '../topology/layout/router.ts';
import { fromChange } from './from-lsp.ts';
import { toDiagnostic } from './to-lsp.ts';

/** What the server needs from where it runs. */
export interface Environment {
  /** The text of a file that no editor holds; undefined if there is none. */
  readonly readFile: (uri: string) => Promise<string | undefined>;
  /** Starts the worker that routes links; `script` is where the editor says that its file is. */
  readonly spawnLayout: (script: string | undefined) => WorkerPort;
}

/** Told of an open file that another design may come from now: its own text was changed, or another file on the disk. */
type Listener = (uri: string, by: 'editor' | 'disk') => void;

/** Keeps the workspace in step with the editor, and the editor's diagnostics in step with the workspace. */
export class Documents {
  readonly workspace: Workspace;
  /** Where the editor has the pages of the rules. */
  rulePages: string | undefined;
  private readonly connection: lsp.Connection;
  private readonly environment: Environment;
  private readonly versions = new Map<string, number>();
  /** Diagnostics last published, as text, so that files nothing has changed in are left alone. */
  private readonly published = new Map<string, string>();
  private readonly listeners: Listener[] = [];
  private readonly closeListeners: ((uri: string) => void)[] = [];
  /** Files to be read. */
  private readonly queue = new Set<string>();
  private isLoading = false;

  constructor(connection: lsp.Connection, environment: Environment) {
    this.connection = connection;
    this.environment = environment;
    this.workspace = new Workspace({ resolve: resolveImport });
    connection.onDidOpenTextDocument(({ textDocument }) => {
      this.versions.set(textDocument.uri, textDocument.version);
      this.workspace.openText(textDocument.uri, textDocument.text);
      this.afterChange(textDocument.uri);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => this.change(textDocument, contentChanges));
    connection.onDidCloseTextDocument(({ textDocument }) => {
      this.workspace.closeText(textDocument.uri);
      this.versions.delete(textDocument.uri);
      this.published.delete(textDocument.uri);
      for (const listener of this.closeListeners) listener(textDocument.uri);
      void connection.sendDiagnostics({ uri: textDocument.uri, diagnostics: [] });
      this.publishAffected(textDocument.uri);
      // What was typed and not saved is gone; who imports the file has what lies on the disk.
      if (this.workspace.projectsOf(textDocument.uri).length > 0) void this.load([textDocument.uri]);
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      const uris = changes.map(({ uri }) => uri);
      void this.load(uris.filter((uri) => this.workspace.isKnown(uri) && !this.workspace.isOpen(uri)));
    });
  }

  /** Calls back after every change of a text, and for every open file when files on the disk have changed. */
  onChanged(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Calls back when an editor has closed a text, with its uri. */
  onClosed(listener: (uri: string) => void): void {
    this.closeListeners.push(listener);
  }

  private change(
    document: lsp.VersionedTextDocumentIdentifier,
    changes: readonly lsp.TextDocumentContentChangeEvent[],
  ): void {
    this.versions.set(document.uri, document.version);
    for (const change of changes) {
      const file = this.workspace.file(document.uri);
      const edit = file && fromChange(file, change);
      if (edit) this.workspace.edit(document.uri, [edit]);
      else this.workspace.replaceText(document.uri, change.text);
    }
    this.afterChange(document.uri);
  }

  private afterChange(uri: string): void {
    this.publish(uri, true);
    this.publishAffected(uri);
    const wanted = this.workspace.wanted();
    if (wanted.length > 0) void this.load(wanted);
    for (const listener of this.listeners) listener(uri, 'editor');
  }

  /** Reads files, and those that their imports name, until nothing more is wanted. */
  private async load(uris: readonly string[]): Promise<void> {
    for (const uri of uris) this.queue.add(uri);
    if (this.isLoading || this.queue.size === 0) return;
    this.isLoading = true;
    try {
      while (this.queue.size > 0) {
        const batch = [...this.queue];
        this.queue.clear();
        const texts = await Promise.all(batch.map((uri) => this.environment.readFile(uri).catch(() => undefined)));
        for (const [index, uri] of batch.entries()) this.workspace.provide(uri, texts[index]);
        for (const uri of this.workspace.wanted()) this.queue.add(uri);
      }
    } finally {
      this.isLoading = false;
    }
    for (const uri of this.workspace.openUris()) this.publish(uri, false);
    for (const listener of this.listeners) for (const uri of this.workspace.openUris()) listener(uri, 'disk');
  }

  private publishAffected(uri: string): void {
    for (const other of this.workspace.affectedBy(uri))
      if (other !== uri && this.workspace.isOpen(other)) this.publish(other, false);
  }

  private publish(uri: string, always: boolean): void {
    const file = this.workspace.file(uri);
    if (!file) return;
    const diagnostics = diagnosticsOf(this.workspace, uri).map((diagnostic) =>
      toDiagnostic(this.workspace, file, diagnostic, this.rulePages),
    );
    if (!always) {
      const text = JSON.stringify(diagnostics);
      if (this.published.get(uri) === text) return;
      this.published.set(uri, text);
    } else this.published.delete(uri);
    const version = this.versions.get(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
