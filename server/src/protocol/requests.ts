/**
 * What client and server say to each other beyond the Language Server Protocol. The server nudges
 * (`vdc/topologyChanged` says only that a picture may be out of date), whoever shows something pulls.
 */

/** A zero-based line and UTF-16 column, as on the wire everywhere. */
export interface WirePosition {
  readonly line: number;
  readonly character: number;
}

export interface WireRange {
  readonly start: WirePosition;
  readonly end: WirePosition;
}

export interface WireLocation {
  readonly uri: string;
  readonly range: WireRange;
}

/** Request, client to server: the topology of the design that this file belongs to. See `topology.ts` for the answer. */
export const topologyRequest = 'vdc/topology';

/** Notification, server to client: a picture may be out of date, pull again if you show one. `uri` is a file that has changed. */
export const topologyChanged = 'vdc/topologyChanged';

export interface TopologyChangedParams {
  readonly uri: string;
}

/** Request, client to server: where the node is declared now, or null if the text no longer has it. */
export const revealRequest = 'vdc/reveal';

export interface RevealParams {
  /** Any file of the design. */
  readonly uri: string;
  readonly node: string;
}

export type RevealResult = WireLocation | null;

/** Request, client to server: the innermost node whose text holds the position, or null. */
export const nodeAtRequest = 'vdc/nodeAt';

export interface NodeAtParams {
  readonly uri: string;
  readonly position: WirePosition;
}

export type NodeAtResult = string | null;

/** Request, client to server: the edits of one fix of one finding, or null if the text has changed from under it. */
export const fixRequest = 'vdc/fix';

export interface FixParams {
  /** Any file of the design. */
  readonly uri: string;
  /** Ids as the topology names them. */
  readonly finding: string;
  /** `silence` silences it where it stands, with `reason`. */
  readonly fix: string;
  readonly reason?: string;
}

export interface WireFileEdits {
  readonly uri: string;
  readonly edits: readonly { readonly range: WireRange; readonly newText: string }[];
}

export type FixResult = readonly WireFileEdits[] | null;

/** Request, client to server: an inventory export, of one file or several, as a design. Fails with a message for the user if it cannot be read. */
export const importRequest = 'vdc/import';

export interface ImportParams {
  readonly files: readonly {
    /** File name with its extension, for the header of the design and as a hint to its format. */
    readonly name: string;
    /** The file's bytes in base64. */
    readonly bytes: string;
  }[];
}

export interface ImportResult {
  readonly text: string;
  /** What is missing from the text and why, one sentence each. */
  readonly notCarried: readonly string[];
}

/**
 * Request, server to client: the text of a file that an import names and no editor holds, or null if there is none.
 * The client reads it through the editor, so that it works in remote and virtual workspaces, too.
 */
export const readFileRequest = 'vdc/readFile';

export interface ReadFileParams {
  readonly uri: string;
}

export type ReadFileResult = string | null;

/** Command of a code lens: shows a node in the topology. Arguments: uri of a file of its design, id of the node. */
export const showInTopologyCommand = 'vdc.showInTopology';

/** Command of a code lens: shows the arithmetic of a figure, as a hover does. Arguments: uri, `WirePosition`. */
export const showArithmeticCommand = 'vdc.showArithmetic';

/** Larger files are read neither for an import nor because they lie in the workspace, bytes. */
export const LARGEST_FILE = 32 * 2 ** 20;

/** Request, server to client: the designs in the folders of the workspace, without those that the user has excluded. */
export const findFilesRequest = 'vdc/findFiles';

export interface FindFilesParams {
  /** At most so many. */
  readonly most: number;
}

/** Uris. */
export type FindFilesResult = readonly string[];

/** What the client says about itself when it starts the server. */
export interface InitializationOptions {
  /**
   * The client answers `vdc/readFile` and `vdc/findFiles`, and tells of changed files unasked. Without it the server
   * reads and looks for files itself, where it can.
   */
  readonly readsFiles?: boolean;
  /** Uri of the folder with a page for each rule, `<id>.md`; diagnostics link to them. */
  readonly rulePages?: string;
  /** Commands that the client carries out when a code lens or a code action is clicked; a lens without one only tells. */
  readonly commands?: readonly string[];
  /** Where a web worker finds the script of the layout worker. */
  readonly layoutWorker?: string;
  /** Where a web worker finds the script of the server itself, which also makes plans in a worker of its own. */
  readonly server?: string;
}
