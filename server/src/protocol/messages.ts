/** What the extension and its topology webview say to each other. The webview asks, the extension forwards. */

import type { WireLocation } from './requests.ts';

/** Requests that the webview may send to the language server; the extension fills in the file. */
export type ForwardedMethod = 'vdc/topology' | 'vdc/card' | 'vdc/tryMove' | 'vdc/tryFix';

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
  /** Another panel of the same design selects this node, or none: select it here, too. */
  | { readonly type: 'shared'; readonly node: string | null }
  /** Look at the design in this way: what `copyLink` has sent once. */
  | { readonly type: 'view'; readonly view: string }
  /** Show this plan before it is accepted, or none any more. `isAccepted`: the edit that makes it so is on its way. */
  | ({ readonly type: 'plan' } & PlanShown)
  /** Do what a command of the palette asks for. */
  | { readonly type: 'run'; readonly command: PanelCommand }
  /** The answer to a question, by its id. */
  | { readonly type: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly message: string };

export interface PlanShown {
  /** As `vdc/plan` answers it. */
  readonly id: string | null;
  readonly isAccepted?: boolean;
}

/** What the palette can ask the panel in front to do. */
export type PanelCommand = 'copyLink' | 'exportSvg' | 'exportPng' | 'copyPicture' | 'toggleTable' | 'find';

/** Webview to extension. */
export type FromWebview =
  /** The webview's script runs; nothing is sent to it before. */
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly id: number; readonly method: ForwardedMethod; readonly params: object }
  /** Show the node's text; `focus` moves the keyboard there, too. */
  | { readonly type: 'reveal'; readonly node: string; readonly focus: boolean }
  /** Show the node's text and offer the quick fixes there. */
  | { readonly type: 'fix'; readonly node: string }
  /** A person has selected this node, or none: panels beside select it, too. */
  | { readonly type: 'selected'; readonly node: string | null }
  /** Put a link to this view on the clipboard: `view` is its part after the file, made of `name=value` pairs. */
  | { readonly type: 'copyLink'; readonly view: string }
  /** Save a picture where the user says; `data` is text for an SVG, base64 for a PNG. */
  | { readonly type: 'save'; readonly format: 'svg' | 'png'; readonly data: string }
  /** One more panel of this design; `view` as in `copyLink`. */
  | { readonly type: 'another'; readonly view: string }
  /** Stay with this design whatever is edited, or follow again. */
  | { readonly type: 'lock'; readonly isLocked: boolean }
  /** Move a VM to a host: an edit of the text that undo takes back. */
  | { readonly type: 'move'; readonly vm: string; readonly to: string }
  /** Take back the last edit of the design, or make it again. */
  | { readonly type: 'undo' | 'redo' }
  /** Show a place in the text, the keyboard with it. */
  | { readonly type: 'showPlace'; readonly location: WireLocation }
  /** Words for the user that are no failure. */
  | { readonly type: 'tell'; readonly message: string }
  | { readonly type: 'failed'; readonly message: string };

/** What the webview keeps with `setState`; the rest of its state is its own business. */
export interface PanelState {
  readonly uri: string;
  readonly isLocked?: boolean;
}
