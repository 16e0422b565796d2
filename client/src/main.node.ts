import type { ExtensionContext } from 'vscode';
import { activateExtension, type Exports } from './extension.ts';
import { startNodeClient } from './language-client.node.ts';

/** Entry point in the desktop's and the remote extension host. */
export function activate(context: ExtensionContext): Exports {
  return activateExtension(context, startNodeClient);
}
