/** Request, client to server: the report of the design that this file belongs to, made in the background. */
export const reportRequest = 'vdc/report';

/** Notification, server to client: the report may be another now. Sent once after each answer, and not before the first. No params. */
export const reportChanged = 'vdc/reportChanged';

export interface ReportParams {
  /** Any file of the design. */
  readonly uri: string;
}

export interface ReportResult {
  readonly title: string;
  /** Style sheet of the page; it follows the classes that VS Code sets on the body, else what the reader prefers. */
  readonly style: string;
  /** Markup of the page's body. It needs no script and loads nothing. */
  readonly body: string;
  /** Uris of files: an element with `data-at="<index>:<line>"` names a place in one of them, lines counting from 1. */
  readonly places: readonly string[];
}

/** Request, client to server: a design as a file of another format. */
export const exportRequest = 'vdc/export';

export interface ExportParams {
  /** Any file of the design. */
  readonly uri: string;
  readonly format: 'svg' | 'html' | 'mermaid' | 'dot' | 'drawio' | 'json' | 'csv';
  /** Of csv, VMs when absent. */
  readonly table?: 'vms' | 'hosts' | 'clusters' | 'networks' | 'datastores' | 'arrays' | 'costs' | 'findings';
}

export interface ExportResult {
  readonly text: string;
}

/** Extension to page. */
export type ToReport =
  /** Show this; the page keeps where it is scrolled to. */
  | { readonly type: 'report'; readonly style: string; readonly body: string; readonly uri: string }
  | { readonly type: 'failure'; readonly message: string };

/** Page to extension. */
export type FromReport =
  /** The script runs; nothing is sent to it before. */
  | { readonly type: 'ready' }
  /** Show a place in the text: the number of its file, and its line, from 1. */
  | { readonly type: 'show'; readonly file: number; readonly line: number };

/** What the page keeps: a reload starts from it. */
export interface ReportState {
  readonly uri: string;
}
