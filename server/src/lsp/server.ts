import * as lsp from 'vscode-languageserver';
import { importInventory } from '../ide/import-inventory.ts';
import {
  type ImportParams,
  type ImportResult,
  importRequest,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
} from '../protocol/requests.ts';
import { Background } from './background.ts';
import { clientFeatures, PLAIN_CLIENT } from './client.ts';
import { Documents, type Environment } from './documents.ts';
import { cancelled, onDocumentOf, type Service } from './feature.ts';
import { FEATURES } from './requests/index.ts';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';
import { registerTopology } from './topology.ts';

export type { Environment };

/** What the server can do, as it says on `initialize`. */
const CAPABILITIES: lsp.ServerCapabilities = Object.assign(
  {
    positionEncoding: lsp.PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental },
  },
  ...FEATURES.map(({ capabilities }) => capabilities),
);

/** Answers an editor over a connection until it closes. */
export function startServer(connection: lsp.Connection, environment: Environment): Documents {
  let client = PLAIN_CLIENT;
  let settings = DEFAULT_SETTINGS;
  const documents = new Documents(connection, {
    ...environment,
    readFile: (uri) => (client.readsFiles ? readThrough(connection, uri) : environment.readFile(uri)),
  });
  const asked = {
    connection,
    documents,
    workspace: documents.workspace,
    client: () => client,
    settings: () => settings,
  };
  const background = new Background(() => documents.workspace.revision);
  const service: Service = { ...asked, onDocument: onDocumentOf(asked), background };
  const configure = async (sent?: unknown): Promise<void> => {
    const found = client.hasConfiguration ? await connection.workspace.getConfiguration('vdc') : sent;
    settings = readSettings(found);
    for (const feature of FEATURES) feature.configured?.(service);
  };
  connection.onInitialize((params) => {
    client = clientFeatures(params);
    documents.rulePages = client.rulePages;
    return { serverInfo: { name: 'vdc' }, capabilities: CAPABILITIES };
  });
  connection.onInitialized(() => {
    if (client.watchesOnDemand) {
      const watchers = [{ globPattern: '**/*.vdc' }];
      // A client that refuses tells of no changes; all else works.
      void connection.client.register(lsp.DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
    }
    if (client.hasConfiguration) void configure().catch(() => undefined);
  });
  connection.onDidChangeConfiguration(({ settings: sent }) => void configure(sent?.vdc).catch(() => undefined));
  for (const feature of FEATURES) feature.register(service);
  registerTopology(service, () => environment.spawnLayout(client.layoutWorker));
  connection.onRequest(importRequest, (params: ImportParams, token: lsp.CancellationToken) =>
    token.isCancellationRequested ? cancelled() : importFor(params),
  );
  connection.listen();
  return documents;
}

async function importFor({ name, bytes }: ImportParams): Promise<ImportResult> {
  const imported = await importInventory(
    name,
    Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)),
  );
  if ('error' in imported) throw new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, imported.error);
  return imported;
}

/** Asks the editor for a file: it reads in remote and virtual workspaces, too. */
async function readThrough(connection: lsp.Connection, uri: string): Promise<string | undefined> {
  const params: ReadFileParams = { uri };
  return (await connection.sendRequest<ReadFileResult>(readFileRequest, params)) ?? undefined;
}
