import type * as lsp from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/requests.ts';

const LINK_REQUESTS = ['definition', 'typeDefinition', 'implementation'] as const;
export type LinkRequest = (typeof LINK_REQUESTS)[number];

/** What the editor can do, as far as answers depend on it. */
export interface ClientFeatures {
  readonly hasSnippets: boolean;
  readonly hasInsertReplace: boolean;
  /** Requests for definitions whose answers may say what was asked about, too. */
  readonly links: ReadonlySet<LinkRequest>;
  /** It asks for the edits of a code action when the action is chosen. */
  readonly resolvesEdits: boolean;
  /** It asks for the tooltip of an inlay hint when somebody points at it. */
  readonly resolvesHintTooltips: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  /** It colours what is on screen by itself, so that large files need not be coloured whole. */
  readonly hasRangeTokens: boolean;
  /** Commands of ours that it carries out. */
  readonly commands: ReadonlySet<string>;
  /** It makes files that an edit needs. */
  readonly createsFiles: boolean;
  /** It leaves the cursor in what is to be filled in of an edit. */
  readonly editsSnippets: boolean;
  /** It tells the user's settings when it is asked for them. */
  readonly hasConfiguration: boolean;
  /** It reads files for the server. */
  readonly readsFiles: boolean;
  /** It asks for diagnostics, and takes none unasked. */
  readonly pullsDiagnostics: boolean;
  /** Asked for the diagnostics of a file it takes those of others, too. */
  readonly hasRelatedDocuments: boolean;
  /** It asks for diagnostics anew if it is told to. */
  readonly refreshesDiagnostics: boolean;
  /** Folders of the workspace, as it names them at the start. */
  readonly folders: readonly string[];
  /** It tells when a folder is added to the workspace or taken out of it. */
  readonly tellsFolders: boolean;
  /** It watches files if it is asked to; one of our own does so unasked. */
  readonly watchesOnDemand: boolean;
  /** Where it has the pages of the rules. */
  readonly rulePages: string | undefined;
  /** Where it keeps the script of the layout worker. */
  readonly layoutWorker: string | undefined;
  /** Where it keeps the script of the server. */
  readonly server: string | undefined;
  /** It shows how far something is that takes long, if it is told. */
  readonly showsProgress: boolean;
}

export const PLAIN_CLIENT: ClientFeatures = {
  hasSnippets: false,
  hasInsertReplace: false,
  links: new Set(),
  resolvesEdits: false,
  resolvesHintTooltips: false,
  refreshesInlayHints: false,
  refreshesCodeLenses: false,
  hasRangeTokens: false,
  commands: new Set(),
  createsFiles: false,
  editsSnippets: false,
  hasConfiguration: false,
  readsFiles: false,
  pullsDiagnostics: false,
  hasRelatedDocuments: false,
  refreshesDiagnostics: false,
  folders: [],
  tellsFolders: false,
  watchesOnDemand: false,
  rulePages: undefined,
  layoutWorker: undefined,
  server: undefined,
  showsProgress: false,
};

export function clientFeatures(params: lsp.InitializeParams): ClientFeatures {
  const { capabilities, initializationOptions } = params;
  const { textDocument = {} } = capabilities;
  const { completion, codeAction, diagnostic, publishDiagnostics, inlayHint, semanticTokens } = textDocument;
  const { documentChanges, resourceOperations, snippetEditSupport } = capabilities.workspace?.workspaceEdit ?? {};
  const options = initializationOptions as InitializationOptions | null | undefined;
  return {
    hasSnippets: completion?.completionItem?.snippetSupport ?? false,
    hasInsertReplace: completion?.completionItem?.insertReplaceSupport ?? false,
    links: new Set(LINK_REQUESTS.filter((request) => textDocument[request]?.linkSupport)),
    resolvesEdits: (codeAction?.dataSupport && codeAction.resolveSupport?.properties.includes('edit')) ?? false,
    resolvesHintTooltips: inlayHint?.resolveSupport?.properties.includes('tooltip') ?? false,
    refreshesInlayHints: capabilities.workspace?.inlayHint?.refreshSupport ?? false,
    refreshesCodeLenses: capabilities.workspace?.codeLens?.refreshSupport ?? false,
    hasRangeTokens: Boolean(semanticTokens?.requests.range),
    commands: new Set(Array.isArray(options?.commands) ? options.commands : []),
    createsFiles: (documentChanges && resourceOperations?.includes('create')) ?? false,
    editsSnippets: (documentChanges && snippetEditSupport) ?? false,
    hasConfiguration: capabilities.workspace?.configuration ?? false,
    readsFiles: options?.readsFiles ?? false,
    pullsDiagnostics: diagnostic !== undefined && publishDiagnostics === undefined,
    hasRelatedDocuments: diagnostic?.relatedDocumentSupport ?? false,
    refreshesDiagnostics: capabilities.workspace?.diagnostics?.refreshSupport ?? false,
    folders: foldersOf(params),
    tellsFolders: capabilities.workspace?.workspaceFolders ?? false,
    watchesOnDemand:
      (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false) && !options?.readsFiles,
    rulePages: options?.rulePages,
    layoutWorker: options?.layoutWorker,
    server: options?.server,
    showsProgress: capabilities.window?.workDoneProgress ?? false,
  };
}

function foldersOf({ workspaceFolders, rootUri }: lsp.InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}
