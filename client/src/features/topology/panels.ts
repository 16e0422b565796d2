import { type ExtensionContext, type TextEditor, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { PanelCommand, PanelState, PlanShown } from '../../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../../language-server.ts';
import { TopologyPanel } from './panel.ts';
import { copyViewLink } from './view-links.ts';

/**
 * All topology panels of a window. Those that are not locked follow the design that is being edited; what is selected in one is selected in the
 * others that show the same design.
 */
export class TopologyPanels {
  readonly #context: ExtensionContext;
  readonly #server: LanguageServer;
  /** The one that was in front last comes last. */
  #panels: readonly TopologyPanel[] = [];

  constructor(context: ExtensionContext, server: LanguageServer) {
    this.#context = context;
    this.#server = server;
  }

  get isEmpty(): boolean {
    return this.#panels.length === 0;
  }

  /** The panel that was in front last. */
  get latest(): TopologyPanel | undefined {
    return this.#panels.at(-1);
  }

  /** Shows a design in the panel that shows it already, else in the last one that may follow, else in a new one. */
  show(uri: string): TopologyPanel {
    const panel = this.#panels.findLast((one) => one.uri === uri) ?? this.#panels.findLast((one) => !one.isLocked);
    if (!panel) return this.open(uri);
    panel.show(uri);
    panel.bringToFront();
    return panel;
  }

  /**
   * Shows a plan in the panels of a design, or ends that; they come to the front for it. Opens one where there is none if that is asked
   * for. Answers whether there is one.
   */
  showPlan(uri: string, plan: PlanShown, opens: boolean): boolean {
    if (opens && plan.id !== null) this.show(uri);
    const shown = this.#panels.filter((panel) => panel.uri === uri);
    for (const panel of shown) {
      if (plan.id !== null && !plan.isAccepted) panel.bringToFront();
      panel.showPlan(plan);
    }
    return shown.length > 0;
  }

  /** One more panel: beside the text, and further ones beside the last, so that both can be seen. */
  open(uri: string, view?: string): TopologyPanel {
    const last = this.latest?.viewColumn;
    const column: ViewColumn = last === undefined ? ViewColumn.Beside : Math.min(ViewColumn.Nine, last + 1);
    return this.#adopt(TopologyPanel.create(this.#context.extensionUri, this.#server, uri, column), view);
  }

  restore(webview: WebviewPanel, state: PanelState | undefined, uri: string): void {
    const panel = TopologyPanel.restore(this.#context.extensionUri, this.#server, uri, webview);
    panel.isLocked = state?.isLocked === true;
    this.#adopt(panel);
  }

  /** The design that is edited now. */
  follow(editor: TextEditor | undefined): void {
    if (editor?.document.languageId !== 'vdc') return;
    const uri = editor.document.uri.toString();
    for (const panel of this.#panels) if (!panel.isLocked) panel.show(uri);
  }

  caret(editor: TextEditor): void {
    const caret = editor.selection.active;
    for (const panel of this.#panels) void panel.showCaret(editor.document.uri, caret);
  }

  refresh(): void {
    for (const panel of this.#panels) panel.refresh();
  }

  run(command: PanelCommand): void {
    if (this.latest) this.latest.run(command);
    else void window.showInformationMessage('Open a topology first.');
  }

  #adopt(panel: TopologyPanel, view?: string): TopologyPanel {
    this.#panels = [...this.#panels, panel];
    if (view !== undefined) panel.lookAt(view);
    panel.onDidDispose(() => {
      this.#panels = this.#panels.filter((one) => one !== panel);
    });
    panel.onDidActivate(() => {
      this.#panels = [...this.#panels.filter((one) => one !== panel), panel];
    });
    panel.onDidSelect((node) => {
      for (const other of this.#panels) if (other !== panel && other.uri === panel.uri) other.share(node);
    });
    panel.onDidAsk((asked) => {
      if (asked.type === 'another') this.open(panel.uri, asked.view);
      else void copyViewLink(this.#context, panel.uri, asked.view);
    });
    return panel;
  }
}
