import type { ExtensionContext } from 'vscode';
import { activateExtension } from './extension.ts';
import { startNodeClient } from './language-client.node.ts';

/** Entry point in the desktop's and the remote extension host. */
export function activate(context: ExtensionContext): Promise<void> {
  return activateExtension(context, startNodeClient);
}
