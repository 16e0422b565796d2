import type { ExtensionContext } from 'vscode';
import { activateImport } from './features/import/index.ts';
import { activateSample } from './features/sample/index.ts';
import { activateTopology } from './features/topology/index.ts';
import { LanguageServer, type StartClient } from './language-server.ts';

/** Everything that the extension does, one line each. `startClient` is what differs between desktop and web. */
export function activateExtension(context: ExtensionContext, startClient: StartClient): Promise<void> {
  const server = new LanguageServer(context, startClient);
  context.subscriptions.push(server);
  activateTopology(context, server);
  activateImport(context, server);
  activateSample(context);
  return server.start();
}
