import type * as lsp from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/requests.ts';

/** What the editor can do, as far as answers depend on it. */
export interface ClientFeatures {
  readonly hasSnippets: boolean;
  readonly hasInsertReplace: boolean;
  readonly hasDefinitionLinks: boolean;
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
  /** It tells the user's settings when it is asked for them. */
  readonly hasConfiguration: boolean;
  /** It reads files for the server. */
  readonly readsFiles: boolean;
  /** It watches files if it is asked to; one of our own does so unasked. */
  readonly watchesOnDemand: boolean;
  /** Where it has the pages of the rules. */
  readonly rulePages: string | undefined;
  /** Where it keeps the script of the layout worker. */
  readonly layoutWorker: string | undefined;
}

export const PLAIN_CLIENT: ClientFeatures = {
  hasSnippets: false,
  hasInsertReplace: false,
  hasDefinitionLinks: false,
  resolvesEdits: false,
  resolvesHintTooltips: false,
  refreshesInlayHints: false,
  refreshesCodeLenses: false,
  hasRangeTokens: false,
  commands: new Set(),
  hasConfiguration: false,
  readsFiles: false,
  watchesOnDemand: false,
  rulePages: undefined,
  layoutWorker: undefined,
};

export function clientFeatures({ capabilities, initializationOptions }: lsp.InitializeParams): ClientFeatures {
  const { completion, definition, codeAction, inlayHint, semanticTokens } = capabilities.textDocument ?? {};
  const options = initializationOptions as InitializationOptions | null | undefined;
  return {
    hasSnippets: completion?.completionItem?.snippetSupport ?? false,
    hasInsertReplace: completion?.completionItem?.insertReplaceSupport ?? false,
    hasDefinitionLinks: definition?.linkSupport ?? false,
    resolvesEdits: (codeAction?.dataSupport && codeAction.resolveSupport?.properties.includes('edit')) ?? false,
    resolvesHintTooltips: inlayHint?.resolveSupport?.properties.includes('tooltip') ?? false,
    refreshesInlayHints: capabilities.workspace?.inlayHint?.refreshSupport ?? false,
    refreshesCodeLenses: capabilities.workspace?.codeLens?.refreshSupport ?? false,
    hasRangeTokens: Boolean(semanticTokens?.requests.range),
    commands: new Set(Array.isArray(options?.commands) ? options.commands : []),
    hasConfiguration: capabilities.workspace?.configuration ?? false,
    readsFiles: options?.readsFiles ?? false,
    watchesOnDemand:
      (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false) && !options?.readsFiles,
    rulePages: options?.rulePages,
    layoutWorker: options?.layoutWorker,
  };
}
