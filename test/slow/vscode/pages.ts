import * as vscode from 'vscode';
import { askPage, type Case, eventually, expectedHost, ok } from '../../support/vscode-suite.ts';
import { closeAll, workspaceUri } from './workspace.ts';

export const pageCases: readonly Case[] = [
  {
    name: 'the walkthrough opens, with its steps and pictures',
    run: async () => {
      await closeAll();
      await vscode.commands.executeCommand('vdc.openWalkthrough');
      const titles = await eventually('the steps', async () => {
        const found = await askPage<string[]>({
          op: 'workbenchTexts',
          selector: '.gettingStartedContainer .step-title',
        });
        return found.length > 0 && found;
      });
      ok(titles.includes('Open the topology'), `the steps are ${titles}`);
      await eventually('a picture', () => askPage<boolean>({ op: 'webviewHas', selector: 'svg' }));
      await askPage({ op: 'screenshot', name: `suite-walkthrough-${vscode.env.uiKind}` });
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    },
  },
  {
    name: 'a design in Markdown is coloured in the preview',
    run: async () => {
      // Here the preview runs in the other extension host, and sees only extensions of its own.
      if (expectedHost === 'web') return;
      const uri = workspaceUri('notes.md');
      const text = '# Notes\n\n```vdc\ncluster prod { failover 1 host }\n```\n';
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      await vscode.commands.executeCommand('markdown.showPreview', uri);
      const words = await eventually('coloured words', async () => {
        const found = await askPage<string[]>({ op: 'webviewTexts', selector: 'code .hljs-keyword' });
        return found.length > 0 && found;
      });
      ok(words.join() === 'cluster,failover', `the words are ${words}`);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    },
  },
];
