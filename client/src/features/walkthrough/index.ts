import { commands, type ExtensionContext } from 'vscode';

/** "VDC: Get Started" opens the walkthrough of package.json. */
export function activateWalkthrough(context: ExtensionContext): void {
  const open = () =>
    commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false);
  context.subscriptions.push(commands.registerCommand('vdc.openWalkthrough', open));
}
