/** What the extension and its topology webview say to each other. The webview asks, the extension forwards. */

/** Requests that the webview may send to the language server; the extension fills in the file. */
export type ForwardedMethod = 'vdc/topology';

/** Extension to webview. */
export type ToWebview =
  /** Show the design that this file belongs to, and keep the uri in the webview's state: it is what a reload starts from. */
  | { readonly type: 'design'; readonly uri: string }
  /** What is shown may be out of date: pull when convenient. */
  | { readonly type: 'changed' }
  /** The text cursor is in the text of this node, or of none. */
  | { readonly type: 'caret'; readonly node: string | null }
  /** Select this node and bring it to the middle, as soon as there is a picture. */
  | { readonly type: 'select'; readonly node: string }
  /** The answer to a question, by its id. */
  | { readonly type: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string };

/** Webview to extension. */
export type FromWebview =
  /** The webview's script runs; nothing is sent to it before. */
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly id: number; readonly method: ForwardedMethod; readonly params: object }
  /** Show the node's text; `focus` moves the keyboard there, too. */
  | { readonly type: 'reveal'; readonly node: string; readonly focus: boolean }
  /** Show the node's text and offer the quick fixes there. */
  | { readonly type: 'fix'; readonly node: string }
  | { readonly type: 'failed'; readonly message: string };

/** What the webview keeps with `setState`; the rest of its state is its own business. */
export interface PanelState {
  readonly uri: string;
}
