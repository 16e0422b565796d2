import * as lsp from 'vscode-languageserver';
import { parseDayOrMonth } from '../base/dates.ts';
import { importInventory } from '../ide/import-inventory.ts';
import {
  type FindFilesParams,
  type FindFilesResult,
  findFilesRequest,
  type ImportParams,
  type ImportResult,
  importRequest,
  type ReadFileParams,
  type ReadFileResult,
  readFileRequest,
} from '../protocol/requests.ts';
import { workerRouter } from '../topology/layout/router.ts';
import { Background } from './background.ts';
import { type ClientFeatures, clientFeatures, PLAIN_CLIENT } from './client.ts';
import { Documents } from './documents.ts';
import type { Environment } from './environment.ts';
import { cancelled, onDocumentOf, type Service } from './feature.ts';
import { registerFindings } from './findings.ts';
import { showMessage } from './messages.ts';
import { Planner } from './planner/planner.ts';
import { registerPlans } from './plans.ts';
import { registerReport } from './report.ts';
import { FEATURES } from './requests/index.ts';
import { DEFAULT_SETTINGS, readSettings } from './settings.ts';
import { registerTopology } from './topology.ts';

export type { Environment };

const CAPABILITIES: lsp.ServerCapabilities = {
  positionEncoding: lsp.PositionEncodingKind.UTF16,
  textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** What the server can do, as it says on `initialize`. */
function capabilitiesFor(client: ClientFeatures): lsp.ServerCapabilities {
  const own = FEATURES.filter(({ isFor }) => isFor?.(client) ?? true).map(({ capabilities }) => capabilities);
  const workspace = Object.assign({}, CAPABILITIES.workspace, ...own.map((capabilities) => capabilities.workspace));
  return Object.assign({}, CAPABILITIES, ...own, { workspace });
}

/** Answers an editor over a connection until it closes. */
export function startServer(connection: lsp.Connection, environment: Environment): Documents {
  let client = PLAIN_CLIENT;
  let settings = DEFAULT_SETTINGS;
  const files: Environment = {
    ...environment,
    readFile: (uri) => (client.readsFiles ? readThrough(connection, uri) : environment.readFile(uri)),
    findFiles: (folders, most) =>
      client.readsFiles ? findThrough(connection, most) : environment.findFiles(folders, most),
  };
  const user = { client: () => client, settings: () => settings };
  const documents = new Documents(connection, files, user);
  const asked = { connection, documents, workspace: documents.workspace, ...user };
  const background = new Background(() => documents.workspace.revision);
  const planner = new Planner({
    workspace: documents.workspace,
    background,
    spawn: () => environment.spawnPlanner(client.server),
    onChanged: (listener) => documents.onChanged(listener),
  });
  const service: Service = { ...asked, onDocument: onDocumentOf(asked), background, planner };
  const evaluateAt = (text: string): void => {
    const day = text === '' ? undefined : parseDayOrMonth(text);
    if (day && 'error' in day) showMessage(connection, lsp.MessageType.Warning, `vdc.evaluateAt: ${day.error}`);
    documents.workspace.evaluateAt(day && 'value' in day ? day.value : undefined);
  };
  const configure = async (sent?: unknown): Promise<void> => {
    const found = client.hasConfiguration ? await connection.workspace.getConfiguration('vdc') : sent;
    const before = settings.evaluateAt;
    settings = readSettings(found);
    if (settings.evaluateAt !== before) evaluateAt(settings.evaluateAt);
    documents.configure();
    for (const feature of FEATURES) feature.configured?.(service);
  };
  connection.onInitialize((params) => {
    client = clientFeatures(params);
    return { serverInfo: { name: 'vdc' }, capabilities: capabilitiesFor(client) };
  });
  connection.onInitialized(() => {
    if (client.watchesOnDemand) {
      const watchers = [{ globPattern: '**/*.vdc' }];
      // A client that refuses tells of no changes; all else works.
      void connection.client.register(lsp.DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
    }
    if (client.tellsFolders)
      connection.workspace.onDidChangeWorkspaceFolders((event) => documents.folders.changeFolders(event));
    documents.folders.setFolders(client.folders);
    void configure().catch(() => documents.configure());
  });
  connection.onDidChangeConfiguration(({ settings: sent }) => void configure(sent?.vdc).catch(() => undefined));
  for (const feature of FEATURES) feature.register(service);
  // The layout worker starts with the first picture that needs it.
  const router = workerRouter({ spawn: () => environment.spawnLayout(client.layoutWorker) });
  connection.onShutdown(() => {
    router.dispose();
    planner.dispose();
  });
  registerTopology(service, router);
  registerReport(service, router);
  registerPlans(service);
  registerFindings(connection, documents);
  connection.onRequest(importRequest, (params: ImportParams, token: lsp.CancellationToken) =>
    token.isCancellationRequested ? cancelled() : importFor(params),
  );
  connection.listen();
  return documents;
}

async function importFor({ files }: ImportParams): Promise<ImportResult> {
  const imported = await importInventory(
    files.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)) })),
  );
  if ('error' in imported) throw new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, imported.error);
  return imported;
}

/** Asks the editor for the designs of its folders: it knows what the user has excluded. */
async function findThrough(connection: lsp.Connection, most: number): Promise<readonly string[]> {
  const params: FindFilesParams = { most };
  return await connection.sendRequest<FindFilesResult>(findFilesRequest, params);
}

/** Asks the editor for a file: it reads in remote and virtual workspaces, too. */
async function readThrough(connection: lsp.Connection, uri: string): Promise<string | undefined> {
  const params: ReadFileParams = { uri };
  return (await connection.sendRequest<ReadFileResult>(readFileRequest, params)) ?? undefined;
}
