import * as lsp from 'vscode-languageserver';
import type { Workspace } from '../ide/workspace.ts';
import type { Loader } from './loader.ts';

/** More designs in one workspace are checked when they are opened. */
export const MOST_FILES = 5_000;
/** Milliseconds in which file events are gathered: switching a branch brings hundreds. */
const GATHERING = 200;

type FindFiles = (folders: readonly string[], most: number) => Promise<readonly string[]>;

/** Which files lie in the folders of the workspace, kept in step with the disk. */
export class FolderList {
  private readonly workspace: Workspace;
  private readonly loader: Loader;
  private readonly findFiles: FindFiles;
  private readonly warn: (message: string) => void;
  /** Called with the files that are checked no more, or as part of another design. */
  private readonly onGone: (uris: readonly string[]) => void;
  private readonly warned = new Set<string>();
  private folders: readonly string[] = [];
  private isEnabled = false;
  /** A later search makes the answer to an earlier one worthless. */
  private search = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    workspace: Workspace,
    loader: Loader,
    findFiles: FindFiles,
    warn: (message: string) => void,
    onGone: (uris: readonly string[]) => void,
  ) {
    this.workspace = workspace;
    this.loader = loader;
    this.findFiles = findFiles;
    this.warn = warn;
    this.onGone = onGone;
  }

  /** The folders of the workspace are others now. */
  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.refreshSoon(0);
  }

  changeFolders({ added, removed }: lsp.WorkspaceFoldersChangeEvent): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.setFolders([...this.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)]);
  }

  /** Checks every file of the folders, or only what is open. */
  enable(isEnabled: boolean): void {
    if (this.isEnabled === isEnabled) return;
    this.isEnabled = isEnabled;
    if (isEnabled) this.refreshSoon(0);
    else this.take([]);
  }

  /** Follows what happened on the disk; answers files that were read and are gone, with the folder they lay in perhaps. */
  follow(changes: readonly lsp.FileEvent[]): readonly string[] {
    const deleted = new Set(changes.filter(({ type }) => type === lsp.FileChangeType.Deleted).map(({ uri }) => uri));
    const isNew = changes.some(({ uri, type }) => type === lsp.FileChangeType.Created && !this.workspace.isListed(uri));
    if (isNew) this.refreshSoon(GATHERING);
    if (deleted.size === 0) return [];
    this.drop(this.workspace.listedUris().filter((uri) => isWithin(uri, deleted)));
    return this.workspace.readUris().filter((uri) => isWithin(uri, deleted));
  }

  warnOfText(): void {
    this.warnOnce('The workspace holds more designs than are checked at once; open those that are missing.');
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.isEnabled = false;
  }

  private refreshSoon(delay: number): void {
    if (!this.isEnabled) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), delay);
  }

  private async refresh(): Promise<void> {
    const search = ++this.search;
    try {
      const found = await this.findFiles(this.folders, MOST_FILES + 1);
      if (search !== this.search || !this.isEnabled) return;
      if (found.length > MOST_FILES)
        this.warnOnce(
          `The workspace has more than ${MOST_FILES} designs; the others are checked when they are opened.`,
        );
      this.take(found.slice(0, MOST_FILES));
    } catch (error) {
      this.warn(`The designs of the workspace cannot be listed: ${error instanceof Error ? error.message : error}`);
    }
  }

  private take(found: readonly string[]): void {
    const here = new Set(found);
    this.drop(this.workspace.listedUris().filter((uri) => !here.has(uri)));
    const added = found.filter((uri) => !this.workspace.isListed(uri));
    for (const uri of added) this.workspace.list(uri);
    this.loader.loadWhenIdle(added.filter((uri) => !this.workspace.isKnown(uri)));
  }

  private drop(gone: readonly string[]): void {
    if (gone.length === 0) return;
    const affected = new Set(gone);
    for (const uri of gone) {
      for (const other of this.workspace.affectedBy(uri)) affected.add(other);
      this.workspace.unlist(uri);
      this.loader.drop(uri);
    }
    this.onGone([...affected]);
  }

  private warnOnce(message: string): void {
    if (this.warned.has(message)) return;
    this.warned.add(message);
    this.warn(message);
  }
}

/** Whether a file or a folder that it lies in is among some. */
function isWithin(uri: string, places: ReadonlySet<string>): boolean {
  if (places.has(uri)) return true;
  for (let at = uri.lastIndexOf('/'); at > 0; at = uri.lastIndexOf('/', at - 1))
    if (places.has(uri.slice(0, at))) return true;
  return false;
}
