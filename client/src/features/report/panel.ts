import { type Disposable, EventEmitter, Uri, type ViewColumn, type WebviewPanel, window } from 'vscode';
import {
  type FromReport,
  type ReportParams,
  type ReportResult,
  reportRequest,
  type ToReport,
} from '../../../../server/src/protocol/report.ts';
import type { LanguageServer } from '../../language-server.ts';
import { lineOf, revealLocation } from '../../reveal.ts';
import { fileName } from '../topology/file-name.ts';
import { reportHtml } from './html.ts';

export const reportViewType = 'vdc.report';

/** The report of a design beside its text. It is asked for anew when the server says so, and only while it can be seen. */
export class ReportPanel {
  readonly uri: string;
  readonly #panel: WebviewPanel;
  readonly #server: LanguageServer;
  readonly #disposed = new EventEmitter<void>();
  readonly #disposables: readonly Disposable[];
  #isReady = false;
  #isOutdated = true;
  #places: readonly string[] = [];

  readonly onDidDispose = this.#disposed.event;

  static create(extensionUri: Uri, server: LanguageServer, uri: string, column: ViewColumn): ReportPanel {
    const options = { enableFindWidget: true, retainContextWhenHidden: true };
    const panel = window.createWebviewPanel(
      reportViewType,
      'Report',
      { viewColumn: column, preserveFocus: true },
      options,
    );
    return new ReportPanel(panel, extensionUri, server, uri);
  }

  constructor(panel: WebviewPanel, extensionUri: Uri, server: LanguageServer, uri: string) {
    this.#panel = panel;
    this.#server = server;
    this.uri = uri;
    const dist = Uri.joinPath(extensionUri, 'dist');
    panel.title = `Report ${fileName(uri)}`;
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#disposables = [
      panel.webview.onDidReceiveMessage((message: FromReport) => this.#receive(message)),
      panel.onDidChangeViewState(() => this.#update()),
      panel.onDidDispose(() => this.#dispose()),
    ];
    panel.webview.html = reportHtml(panel.webview, dist);
  }

  bringToFront(): void {
    this.#panel.reveal(undefined, true);
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** What is shown may be out of date. */
  refresh(): void {
    this.#isOutdated = true;
    void this.#update();
  }

  async #update(): Promise<void> {
    if (!this.#isReady || !this.#isOutdated || !this.#panel.visible) return;
    this.#isOutdated = false;
    try {
      const params: ReportParams = { uri: this.uri };
      const { style, body, places } = await this.#server.request<ReportResult>(reportRequest, params);
      this.#places = places;
      this.#post({ type: 'report', style, body, uri: this.uri });
    } catch (error) {
      // The next nudge, or the next look, asks again.
      this.#isOutdated = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#post({ type: 'failure', message: `The report could not be made: ${reason}` });
    }
  }

  async #receive(message: FromReport): Promise<void> {
    if (message.type === 'ready') {
      this.#isReady = true;
      this.#isOutdated = true;
      return this.#update();
    }
    const uri = this.#places[message.file];
    if (uri !== undefined) await revealLocation(lineOf({ uri, line: message.line - 1 }), 'focus');
  }

  #post(message: ToReport): void {
    void this.#panel.webview.postMessage(message);
  }

  #dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#disposed.fire();
    this.#disposed.dispose();
  }
}
