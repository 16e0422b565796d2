import { Uri } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { StartClient } from './language-server.ts';

/** A larger nursery makes the server no faster, and the process a hundred megabytes bigger. */
const execArgv = ['--max-semi-space-size=8'];

/** Starts the server as a process of its own, on the Node that the editor brings. */
export const startNodeClient: StartClient = (context, options) => {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  // Node keeps the compiled script there, and starts it sooner the next time; one that cannot ignores it.
  const env = { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, 'compiled').fsPath };
  return new LanguageClient(
    'vdc',
    'VDC Designer',
    {
      run: { module, transport: TransportKind.ipc, options: { execArgv, env } },
      debug: {
        module,
        transport: TransportKind.ipc,
        options: { env, execArgv: [...execArgv, '--nolazy', '--inspect=6009'] },
      },
    },
    options,
  );
};
