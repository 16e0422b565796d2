import type * as lsp from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/requests.ts';

/** What the editor can do, as far as answers depend on it. */
export interface ClientFeatures {
  readonly hasSnippets: boolean;
  readonly hasInsertReplace: boolean;
  readonly hasDefinitionLinks: boolean;
  /** It asks for the edits of a code action when the action is chosen. */
  readonly resolvesEdits: boolean;
  /** It makes files that an edit needs. */
  readonly createsFiles: boolean;
  /** It leaves the cursor in what is to be filled in of an edit. */
  readonly editsSnippets: boolean;
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
  createsFiles: false,
  editsSnippets: false,
  hasConfiguration: false,
  readsFiles: false,
  watchesOnDemand: false,
  rulePages: undefined,
  layoutWorker: undefined,
};

export function clientFeatures({ capabilities, initializationOptions }: lsp.InitializeParams): ClientFeatures {
  const { completion, definition, codeAction } = capabilities.textDocument ?? {};
  const { documentChanges, resourceOperations, snippetEditSupport } = capabilities.workspace?.workspaceEdit ?? {};
  const options = initializationOptions as InitializationOptions | null | undefined;
  return {
    hasSnippets: completion?.completionItem?.snippetSupport ?? false,
    hasInsertReplace: completion?.completionItem?.insertReplaceSupport ?? false,
    hasDefinitionLinks: definition?.linkSupport ?? false,
    resolvesEdits: (codeAction?.dataSupport && codeAction.resolveSupport?.properties.includes('edit')) ?? false,
    createsFiles: (documentChanges && resourceOperations?.includes('create')) ?? false,
    editsSnippets: (documentChanges && snippetEditSupport) ?? false,
    hasConfiguration: capabilities.workspace?.configuration ?? false,
    readsFiles: options?.readsFiles ?? false,
    watchesOnDemand:
      (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false) && !options?.readsFiles,
    rulePages: options?.rulePages,
    layoutWorker: options?.layoutWorker,
  };
}
