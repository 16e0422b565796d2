import { commands, type ExtensionContext, window, workspace } from 'vscode';
import { samples } from './samples.ts';

/** "VDC: New Sample Design" opens one of the examples as a new, unsaved file. */
export function activateSample(context: ExtensionContext): void {
  context.subscriptions.push(commands.registerCommand('vdc.newSample', newSample));
}

async function newSample(): Promise<void> {
  const chosen = await window.showQuickPick(samples, {
    title: 'New Sample Design',
    placeHolder: 'What should the sample show?',
    matchOnDescription: true,
  });
  if (!chosen) return;
  const document = await workspace.openTextDocument({ language: 'vdc', content: chosen.text });
  await window.showTextDocument(document);
}
