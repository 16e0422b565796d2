/** What a suite inside the extension host says to the runner outside, over HTTP on the loopback interface. */
export type BridgeRequest =
  | { readonly type: 'case'; readonly name: string; readonly error: string | null; readonly milliseconds: number }
  /** A case failed, and is run once more. */
  | { readonly type: 'first attempt'; readonly name: string; readonly error: string }
  | { readonly type: 'done'; readonly error: string | null }
  | { readonly type: 'page'; readonly question: PageQuestion };

/** What a suite can ask of the page that shows the workbench. A frame is found by what a selector matches in it. */
export type PageQuestion =
  /** Text content of every element that matches in a webview now. */
  | { readonly op: 'webviewTexts'; readonly selector: string }
  /** Whether an element of a webview matches now. */
  | { readonly op: 'webviewHas'; readonly selector: string }
  /** In how many webviews an element matches now. */
  | { readonly op: 'webviewsWith'; readonly selector: string }
  /** Clicks the first element that matches in a webview; waits until there is one. */
  | {
      readonly op: 'webviewClick';
      readonly selector: string;
      readonly button?: 'left' | 'right';
      readonly count?: number;
      /** It may have to be scrolled to. */
      readonly scroll?: boolean;
    }
  /** Values of an attribute of every element that matches in a webview now. */
  | { readonly op: 'webviewAttributes'; readonly selector: string; readonly attribute: string }
  /** Text content of every element of the workbench itself that matches now. */
  | { readonly op: 'workbenchTexts'; readonly selector: string }
  /** Values of an attribute of every element of the workbench itself that matches now. */
  | { readonly op: 'workbenchAttributes'; readonly selector: string; readonly attribute: string }
  /** Clicks the first element of the workbench itself that matches; waits until there is one. */
  | { readonly op: 'workbenchClick'; readonly selector: string; readonly button?: 'left' | 'right' }
  /** Gives the first field of the workbench itself that matches a text. */
  | { readonly op: 'workbenchFill'; readonly selector: string; readonly text: string }
  /** Presses a key in the first element of the workbench itself that matches, wherever the focus was. */
  | { readonly op: 'workbenchPress'; readonly selector: string; readonly key: string }
  | { readonly op: 'press'; readonly key: string }
  | { readonly op: 'type'; readonly text: string }
  /** Kills the processes of the workbench whose command line contains a text; answers how many there were. */
  | { readonly op: 'killProcess'; readonly name: string }
  /** Loads the page of the workbench again: the suite ends here, and begins anew. */
  | { readonly op: 'reload' }
  | { readonly op: 'screenshot'; readonly name: string };

export interface CaseResult {
  readonly name: string;
  readonly error: string | null;
  readonly milliseconds: number;
}
