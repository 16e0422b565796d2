import {
  commands,
  type Disposable,
  EventEmitter,
  type Position,
  Uri,
  type ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import type {
  ForwardedMethod,
  FromWebview,
  PanelCommand,
  PlanShown,
  ToWebview,
} from '../../../../server/src/protocol/messages.ts';
import { previewPlanCommand } from '../../../../server/src/protocol/plans.ts';
import {
  type FixParams,
  type NodeAtParams,
  type NodeAtResult,
  nodeAtRequest,
  type RevealParams,
  type RevealResult,
  revealRequest,
  topologyRequest,
} from '../../../../server/src/protocol/requests.ts';
import {
  cardRequest,
  type DiagramAction,
  tryFixRequest,
  tryMoveRequest,
} from '../../../../server/src/protocol/topology.ts';
import type { LanguageServer } from '../../language-server.ts';
import { lineOf, revealLocation } from '../../reveal.ts';
import { applyFix, moveVm, takeBack } from './apply-fix.ts';
import { fileName } from './file-name.ts';
import { topologyHtml } from './html.ts';
import { savePicture } from './save-picture.ts';

export const viewType = 'vdc.topology';

const forwarded: readonly ForwardedMethod[] = [topologyRequest, cardRequest, tryMoveRequest, tryFixRequest];

/** What a panel wants done with the plan that it shows. */
const PLAN_COMMANDS = {
  accept: 'vdc.applyPlan',
  discard: 'vdc.discardPlan',
  compare: 'vdc.comparePlan',
  anew: 'vdc.planAnew',
} as const;

const fixOf = ({ finding, fix, reason }: Extract<DiagramAction, { type: 'applyFix' }>): Omit<FixParams, 'uri'> => ({
  finding,
  fix,
  ...(reason === undefined ? {} : { reason }),
});

/** What a panel asks of those who keep panels. `view`: its part of a link. */
export interface PanelRequest {
  readonly type: 'another' | 'copyLink';
  readonly view: string;
}

/** The webview panel and the mail between it and the language server. It computes nothing. */
export class TopologyPanel {
  readonly #panel: WebviewPanel;
  readonly #server: LanguageServer;
  readonly #disposed = new EventEmitter<void>();
  readonly #activated = new EventEmitter<void>();
  readonly #selected = new EventEmitter<string | null>();
  readonly #asked = new EventEmitter<PanelRequest>();
  readonly #disposables: Disposable[];
  #uri: string;
  #isReady = false;
  #caret: string | null = null;
  /** What the page is to be told as soon as it can be seen. */
  #waiting: ToWebview[] = [];
  /** Stays with its design whatever is edited. */
  isLocked = false;

  readonly onDidDispose = this.#disposed.event;
  readonly onDidActivate = this.#activated.event;
  /** A person has selected a node, or none. */
  readonly onDidSelect = this.#selected.event;
  readonly onDidAsk = this.#asked.event;

  static create(extensionUri: Uri, server: LanguageServer, uri: string, column: ViewColumn): TopologyPanel {
    const panel = window.createWebviewPanel(
      viewType,
      'Topology',
      { viewColumn: column, preserveFocus: true },
      { retainContextWhenHidden: true },
    );
    return new TopologyPanel(panel, extensionUri, server, uri);
  }

  static restore(extensionUri: Uri, server: LanguageServer, uri: string, panel: WebviewPanel): TopologyPanel {
    return new TopologyPanel(panel, extensionUri, server, uri);
  }

  private constructor(panel: WebviewPanel, extensionUri: Uri, server: LanguageServer, uri: string) {
    this.#panel = panel;
    this.#server = server;
    this.#uri = uri;
    const dist = Uri.joinPath(extensionUri, 'dist');
    const images = Uri.joinPath(extensionUri, 'images');
    panel.iconPath = {
      light: Uri.joinPath(images, 'topology-light.svg'),
      dark: Uri.joinPath(images, 'topology-dark.svg'),
    };
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#disposables = [
      panel.webview.onDidReceiveMessage((message: FromWebview | DiagramAction) => this.#receive(message)),
      panel.onDidDispose(() => this.#dispose()),
      panel.onDidChangeViewState(() => this.#viewStateChanged()),
    ];
    this.#setTitle();
    panel.webview.html = topologyHtml(panel.webview, dist);
  }

  /** Where it stands; undefined while it is behind others. */
  get viewColumn(): ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  get uri(): string {
    return this.#uri;
  }

  /** Switches to the design of another file. */
  show(uri: string): void {
    if (uri === this.#uri) return;
    this.#uri = uri;
    this.#setTitle();
    this.#post({ type: 'design', uri });
  }

  bringToFront(): void {
    this.#panel.reveal(undefined, true);
  }

  /** Selects a node and brings it to the middle, as soon as there is a picture. */
  select(node: string): void {
    this.#postWhenSeen({ type: 'select', node });
  }

  /** Looks at the design as a link says. */
  lookAt(view: string): void {
    this.#postWhenSeen({ type: 'view', view });
  }

  /** Shows a plan, or none any more. */
  showPlan(plan: PlanShown): void {
    this.#postWhenSeen({ type: 'plan', ...plan });
  }

  /** Another panel of the same design has selected a node, or none. */
  share(node: string | null): void {
    this.#post({ type: 'shared', node });
  }

  run(command: PanelCommand): void {
    this.bringToFront();
    this.#postWhenSeen({ type: 'run', command });
  }

  /** Tells the webview that its picture may be out of date. */
  refresh(): void {
    if (this.#panel.visible) this.#post({ type: 'changed' });
    else if (!this.#waiting.some(({ type }) => type === 'changed')) this.#waiting.push({ type: 'changed' });
  }

  /** Marks the node that the text cursor is in. */
  async showCaret(uri: Uri, position: Position): Promise<void> {
    const params: NodeAtParams = {
      uri: uri.toString(),
      position: { line: position.line, character: position.character },
    };
    const node = await this.#server.request<NodeAtResult>(nodeAtRequest, params).catch(() => null);
    if (node === this.#caret) return;
    this.#caret = node;
    this.#post({ type: 'caret', node });
  }

  async #receive(message: FromWebview | DiagramAction): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#post({ type: 'design', uri: this.#uri });
        this.#post({ type: 'caret', node: this.#caret });
        this.#flush();
        return;
      case 'selected':
        this.#selected.fire(message.node);
        return;
      case 'another':
      case 'copyLink':
        this.#asked.fire({ type: message.type, view: message.view });
        return;
      case 'move':
        return moveVm(this.#server, { uri: this.#uri, vm: message.vm, to: message.to });
      case 'undo':
      case 'redo':
        await takeBack(this.#uri, message.type);
        this.#panel.reveal();
        return;
      case 'showPlace':
        await revealLocation(message.location, 'focus');
        return;
      case 'save':
        return savePicture(this.#uri, message.format, message.data);
      case 'lock':
        this.isLocked = message.isLocked;
        this.#setTitle();
        return;
      case 'tell':
        void window.showInformationMessage(message.message);
        return;
      case 'ask':
        return this.#forward(message.id, message.method, message.params);
      case 'reveal':
        return this.#reveal(message.node, message.focus ? 'focus' : 'show');
      case 'fix':
        return this.#reveal(message.node, 'fix');
      case 'applyFix':
        // Where the fix is no longer what it was, the menu at the node shows what there is.
        if (await applyFix(this.#server, { uri: this.#uri, ...fixOf(message) })) return;
        return this.#reveal(message.node, 'fix');
      case 'previewFix': {
        const { finding, fix } = message;
        await commands.executeCommand(previewPlanCommand, this.#uri, { kind: 'fix', finding, fix }, 'picture');
        return;
      }
      case 'plan':
        await commands.executeCommand(PLAN_COMMANDS[message.does]);
        return;
      case 'showBroken':
        await revealLocation(lineOf(message.broken), 'focus');
        return;
      case 'run':
        await commands.executeCommand(message.command === 'import' ? 'vdc.importInventory' : 'vdc.newSample');
        return;
      case 'failed':
        void window.showErrorMessage(`The topology could not be drawn: ${message.message}`);
    }
  }

  async #forward(id: number, method: ForwardedMethod, params: object): Promise<void> {
    try {
      if (!forwarded.includes(method)) throw new Error(`${method} is not for the webview`);
      const result = await this.#server.request<unknown>(method, { ...params, uri: this.#uri });
      this.#post({ type: 'answer', id, result });
    } catch (error) {
      this.#post({ type: 'failure', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #reveal(node: string, purpose: 'show' | 'focus' | 'fix'): Promise<void> {
    const params: RevealParams = { uri: this.#uri, node };
    const location = await this.#server.request<RevealResult>(revealRequest, params).catch(() => null);
    if (location) await revealLocation(location, purpose);
  }

  #viewStateChanged(): void {
    if (this.#panel.active) this.#activated.fire();
    this.#flush();
  }

  #postWhenSeen(message: ToWebview): void {
    this.#waiting.push(message);
    this.#flush();
  }

  #flush(): void {
    if (!this.#isReady || !this.#panel.visible) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.#post(message);
  }

  #post(message: ToWebview): void {
    if (this.#isReady) void this.#panel.webview.postMessage(message);
  }

  #setTitle(): void {
    this.#panel.title = `Topology ${fileName(this.#uri)}`;
  }

  #dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#disposed.fire();
    for (const emitter of [this.#disposed, this.#activated, this.#selected, this.#asked]) emitter.dispose();
  }
}
