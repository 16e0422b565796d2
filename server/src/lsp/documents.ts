import type * as lsp from 'vscode-languageserver';
import { resolveImport } from '../ide/import-path.ts';
import { Workspace } from '../ide/workspace.ts';
import type { ClientFeatures } from './client.ts';
import type { Environment } from './environment.ts';
import { FolderList } from './folder-list.ts';
import { fromChange } from './from-lsp.ts';
import { Loader } from './loader.ts';
import { Publisher } from './publisher.ts';
import type { Settings } from './settings.ts';

/** Whether texts have changed because somebody types, or because of what lies on the disk or in the settings. */
export type Cause = 'edit' | 'disk';

export interface DocumentsOptions {
  readonly client: () => ClientFeatures;
  readonly settings: () => Settings;
}

/** Keeps the workspace in step with the editor and the disk, and the editor's diagnostics in step with the workspace. */
export class Documents {
  readonly workspace: Workspace;
  readonly folders: FolderList;
  private readonly options: DocumentsOptions;
  private readonly versions = new Map<string, number>();
  private readonly listeners: ((uris: readonly string[], cause: Cause) => void)[] = [];
  private readonly closeListeners: ((uri: string) => void)[] = [];
  private readonly loader: Loader;
  private readonly publisher: Publisher;

  constructor(connection: lsp.Connection, environment: Environment, options: DocumentsOptions) {
    this.options = options;
    this.workspace = new Workspace({ resolve: resolveImport });
    const warn = (message: string) => connection.console.warn(message);
    this.loader = new Loader(
      this.workspace,
      environment.readFile,
      (uris) => this.afterLoad(uris),
      () => this.folders.warnOfText(),
    );
    this.folders = new FolderList(this.workspace, this.loader, environment.findFiles, warn, (uris) => this.tell(uris));
    this.publisher = new Publisher(connection, this.workspace, {
      version: (uri) => this.versions.get(uri),
      isShown: (uri) => this.isShown(uri),
      rulePages: () => options.client().rulePages,
      isPushing: () => !options.client().pullsDiagnostics,
    });
    connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      this.versions.set(uri, version);
      this.workspace.openText(uri, text);
      this.afterChange(uri);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => this.change(textDocument, contentChanges));
    connection.onDidCloseTextDocument(({ textDocument }) => this.close(textDocument.uri));
    connection.onDidChangeWatchedFiles(({ changes }) => this.follow(changes));
    connection.onShutdown(() => {
      this.publisher.dispose();
      this.folders.dispose();
    });
  }

  /** Calls back after every change of texts, with the files whose findings may be others now; one that was edited is the first. */
  onChanged(listener: (uris: readonly string[], cause: Cause) => void): void {
    this.listeners.push(listener);
  }

  /** Calls back when an editor has closed a text, with its uri. */
  onClosed(listener: (uri: string) => void): void {
    this.closeListeners.push(listener);
  }

  /** The version of an open document, as the editor counts. */
  version(uri: string): number | undefined {
    return this.versions.get(uri);
  }

  /** Whether the user wants to see what is wrong with a file. */
  isShown(uri: string): boolean {
    if (this.workspace.isOpen(uri)) return true;
    return this.options.settings().diagnostics.scope === 'workspace' && this.workspace.projectsOf(uri).length > 0;
  }

  /** Takes over the user's settings. */
  configure(): void {
    this.folders.enable(this.options.settings().diagnostics.scope === 'workspace');
    this.tell([...new Set([...this.publisher.publishedUris(), ...this.workspace.checkedUris()])]);
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
    this.publisher.publish(uri);
    this.tell(this.workspace.affectedBy(uri), uri);
    this.loader.load(this.workspace.wanted());
  }

  private close(uri: string): void {
    const before = this.workspace.affectedBy(uri);
    this.versions.delete(uri);
    this.workspace.closeText(uri);
    for (const listener of this.closeListeners) listener(uri);
    // What was typed and not saved is gone; who imports or lists the file has what lies on the disk.
    if (this.workspace.projectsOf(uri).length > 0) this.loader.load([uri]);
    else this.publisher.publish(uri);
    this.tell(before);
  }

  private follow(changes: readonly lsp.FileEvent[]): void {
    const gone = this.folders.follow(changes);
    const known = changes.filter(({ uri }) => this.workspace.isKnown(uri) && !this.workspace.isOpen(uri));
    this.loader.load([...known.map(({ uri }) => uri), ...gone]);
  }

  private afterLoad(uris: readonly string[]): void {
    const affected = new Set(uris);
    for (const uri of uris) for (const other of this.workspace.affectedBy(uri)) affected.add(other);
    this.tell([...affected]);
  }

  /** Files whose findings may be others now: open ones are published at once, the others when there is time. */
  private tell(uris: readonly string[], published?: string): void {
    const others = uris.filter((uri) => uri !== published);
    for (const uri of others) if (this.workspace.isOpen(uri)) this.publisher.update(uri);
    this.publisher.updateLater(others.filter((uri) => !this.workspace.isOpen(uri)));
    const all = published === undefined ? uris : [published, ...others];
    if (all.length > 0) for (const listener of this.listeners) listener(all, published === undefined ? 'disk' : 'edit');
  }
}
