import type { Documents } from './documents.ts';

/** An edit is followed by others: it is looked once they pause. */
const PAUSE_MS = 300;

interface Answer {
  /** The answer as it was sent, and how to find what it would be now. */
  readonly sent: string;
  readonly now: () => string;
}

/**
 * Answers that an editor shows for one file and that an edit of another may change: figures. The editor asks again only
 * for the file that was edited. Once edits pause, what was answered for the other open files is computed again, and the
 * editor is told to ask if any of it differs.
 */
export class StaleAnswers {
  private readonly answers = new Map<string, Map<string, Answer>>();
  private readonly documents: Pick<Documents, 'onChanged' | 'workspace'>;
  private readonly refresh: () => void;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(documents: Pick<Documents, 'onChanged' | 'workspace'>, refresh: () => void) {
    this.documents = documents;
    this.refresh = refresh;
    documents.onChanged((uri, by) => {
      if (by === 'editor') this.answers.delete(uri);
      if (this.answers.size === 0) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PAUSE_MS);
    });
  }

  /** Keeps an answer in mind, in place of the last of the same key. `now` finds what it would be later. */
  remember(uri: string, key: string, sent: string, now: () => string): void {
    const ofFile = this.answers.get(uri) ?? new Map<string, Answer>();
    ofFile.set(key, { sent, now });
    this.answers.set(uri, ofFile);
  }

  /** The editor asks for this file anew: earlier answers are not shown any more. */
  forget(uri: string): void {
    this.answers.delete(uri);
  }

  private look(): void {
    let isStale = false;
    for (const [uri, ofFile] of this.answers) {
      if (!this.documents.workspace.isOpen(uri)) this.answers.delete(uri);
      else isStale ||= [...ofFile.values()].some(({ sent, now }) => now() !== sent);
    }
    if (!isStale) return;
    this.answers.clear();
    this.refresh();
  }
}
