import { EventEmitter, type FileSystemWatcher, FileType, type Uri, workspace } from 'vscode';
import type { FindFilesParams, FindFilesResult } from '../../server/src/protocol/requests.ts';

/** Folders that hold no designs of their own; the user's `files.exclude` holds beside them. */
const EXCLUDED = '**/{node_modules,.*}/**';

/** Answers the server's request for the designs in the folders of the workspace. */
export async function findFiles({ most }: FindFilesParams): Promise<FindFilesResult> {
  const found = await workspace.findFiles('**/*.vdc', EXCLUDED, most);
  return found.map((uri) => uri.toString()).sort();
}

/** Places that hold no designs, and files of which the other watcher tells. */
const isPassedOver = ({ path }: Uri): boolean => /\/(?:node_modules|\.[^/]*)(?:\/|$)|\.vdc$/.test(path);

/**
 * Watches folders: one that is deleted takes its files along without a word about them, one that is moved here brings
 * them so. Other files that are deleted are told, too: nobody can say any more whether they were folders.
 */
export class FolderWatcher implements FileSystemWatcher {
  readonly ignoreCreateEvents = false;
  readonly ignoreChangeEvents = true;
  readonly ignoreDeleteEvents = false;
  readonly #watcher = workspace.createFileSystemWatcher('**/*', false, true, false);
  readonly #created = new EventEmitter<Uri>();
  readonly #deleted = new EventEmitter<Uri>();
  readonly onDidCreate = this.#created.event;
  readonly onDidChange = this.#watcher.onDidChange;
  readonly onDidDelete = this.#deleted.event;

  constructor() {
    this.#watcher.onDidCreate(async (uri) => {
      if (!isPassedOver(uri) && (await isFolder(uri))) this.#created.fire(uri);
    });
    this.#watcher.onDidDelete((uri) => {
      if (!isPassedOver(uri)) this.#deleted.fire(uri);
    });
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#created.dispose();
    this.#deleted.dispose();
  }
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
