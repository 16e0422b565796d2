import { ProgressLocation, window } from 'vscode';

/** Milliseconds after which somebody wonders. */
const unnoticed = 500;

/** Says in the status bar that something is being done, for as long as any of it takes, and only if it takes long. */
export class Busy {
  readonly #title: string;
  #running = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #finish: (() => void) | undefined;

  constructor(title: string) {
    this.#title = title;
  }

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running++ === 0) this.#timer = setTimeout(() => this.#show(), unnoticed);
    try {
      return await work();
    } finally {
      if (--this.#running === 0) this.#hide();
    }
  }

  #show(): void {
    const finished = new Promise<void>((finish) => {
      this.#finish = finish;
    });
    void window.withProgress({ location: ProgressLocation.Window, title: this.#title }, () => finished);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#finish?.();
    this.#finish = undefined;
  }
}
