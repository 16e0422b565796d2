import type { ExtensionContext } from 'vscode';
import { activateExtension } from './extension.ts';
import { startBrowserClient } from './language-client.browser.ts';

/** Entry point in the web extension host. */
export function activate(context: ExtensionContext): Promise<void> {
  return activateExtension(context, startBrowserClient);
}
