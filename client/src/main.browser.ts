import type { ExtensionContext } from 'vscode';
import { activateExtension, type Exports } from './extension.ts';
import { startBrowserClient } from './language-client.browser.ts';

/** Entry point in the web extension host. */
export function activate(context: ExtensionContext): Exports {
  return activateExtension(context, startBrowserClient);
}
