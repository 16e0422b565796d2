import { type Disposable, EventEmitter } from 'vscode';
import { type FindingsResult, findingsChanged, findingsRequest } from '../../../../server/src/protocol/findings.ts';
import type { LanguageServer } from '../../language-server.ts';

/** What the server has found last. Whoever shows it follows `onDidChange`; the server is asked once for all of them. */
export class Findings implements Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<void>();
  readonly #disposables: readonly Disposable[];
  #result: FindingsResult | undefined;
  #isAsking = false;
  #isWanted = false;

  readonly onDidChange = this.#changed.event;

  constructor(server: LanguageServer) {
    this.#server = server;
    const refresh = (): void => void this.#refresh();
    this.#disposables = [
      this.#changed,
      server.onNotification(findingsChanged, refresh),
      server.onStateChanged((state) => {
        if (state === 'running') refresh();
        else this.#set(undefined);
      }),
    ];
  }

  /** Undefined while there is no server to ask. */
  get result(): FindingsResult | undefined {
    return this.#result;
  }

  /** Asks for the findings, one question at a time. */
  async #refresh(): Promise<void> {
    this.#isWanted = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isWanted) {
      this.#isWanted = false;
      // A server that died on the way says so by its state.
      const result = await this.#server.request<FindingsResult>(findingsRequest).catch(() => undefined);
      if (result) this.#set(result);
    }
    this.#isAsking = false;
  }

  #set(result: FindingsResult | undefined): void {
    this.#result = result;
    this.#changed.fire();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
