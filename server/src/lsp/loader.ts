import type { Workspace } from '../ide/workspace.ts';

/** Files of the workspace that are read at a time, so that what an import names is not kept waiting. */
const BATCH = 16;
/** Characters of files that nobody opened. A design of a hundred thousand VMs has fifteen million. */
const MOST_TEXT = 32 * 2 ** 20;

/** Reads files for a workspace: what an import names at once, what only lies in its folders after that. */
export class Loader {
  private readonly workspace: Workspace;
  private readonly read: (uri: string) => Promise<string | undefined>;
  /** Called with the files that have been read, once nothing is left to read that somebody waits for. */
  private readonly onLoaded: (uris: readonly string[]) => void;
  private readonly onTooMuch: () => void;
  private readonly urgent = new Set<string>();
  private readonly idle = new Set<string>();
  /** Length of each file that was read because it lies in the workspace. */
  private readonly lengths = new Map<string, number>();
  private length = 0;
  private isLoading = false;

  constructor(
    workspace: Workspace,
    read: (uri: string) => Promise<string | undefined>,
    onLoaded: (uris: readonly string[]) => void,
    onTooMuch: () => void,
  ) {
    this.workspace = workspace;
    this.read = read;
    this.onLoaded = onLoaded;
    this.onTooMuch = onTooMuch;
  }

  /** Reads files, and those that their imports name. */
  load(uris: Iterable<string>): void {
    for (const uri of uris) this.urgent.add(uri);
    void this.work();
  }

  /** Reads files when there is nothing else to read. */
  loadWhenIdle(uris: Iterable<string>): void {
    for (const uri of uris) this.idle.add(uri);
    void this.work();
  }

  /** A file is not to be read any more. */
  drop(uri: string): void {
    this.idle.delete(uri);
    this.length -= this.lengths.get(uri) ?? 0;
    this.lengths.delete(uri);
  }

  private async work(): Promise<void> {
    if (this.isLoading || this.urgent.size + this.idle.size === 0) return;
    this.isLoading = true;
    const inBackground: string[] = [];
    try {
      while (this.urgent.size > 0 || this.idle.size > 0) {
        const waitedFor: string[] = [];
        while (this.urgent.size > 0) waitedFor.push(...(await this.take(this.urgent, this.urgent.size)));
        if (waitedFor.length > 0) this.onLoaded(waitedFor);
        else inBackground.push(...(await this.take(this.idle, BATCH)));
      }
    } finally {
      this.isLoading = false;
    }
    if (inBackground.length > 0) this.onLoaded(inBackground);
  }

  private async take(queue: Set<string>, most: number): Promise<readonly string[]> {
    const batch = [...queue].slice(0, most);
    for (const uri of batch) queue.delete(uri);
    const texts = await Promise.all(batch.map((uri) => this.read(uri).catch(() => undefined)));
    const read = batch.map((uri, index) => ({ uri, text: texts[index] }));
    // What imports others goes first: then those have a design already, and get none of their own.
    if (queue === this.idle) read.sort((a, b) => Number(hasImport(b.text)) - Number(hasImport(a.text)));
    for (const { uri, text } of read) {
      if (queue === this.idle) {
        if (!this.mayHold(uri, text)) continue;
        await pause();
      }
      this.workspace.provide(uri, text);
    }
    for (const uri of this.workspace.wanted()) this.urgent.add(uri);
    return batch;
  }

  private mayHold(uri: string, text: string | undefined): boolean {
    if (!this.workspace.isListed(uri)) return false;
    const length = text?.length ?? 0;
    if (this.length + length > MOST_TEXT) {
      this.onTooMuch();
      return false;
    }
    this.drop(uri);
    this.lengths.set(uri, length);
    this.length += length;
    return true;
  }
}

function hasImport(text: string | undefined): boolean {
  return text !== undefined && /^\s*import\b/m.test(text);
}

/** Lets the server answer what has been asked in the meantime. */
function pause(): Promise<void> {
  return new Promise((resume) => setTimeout(resume));
}
