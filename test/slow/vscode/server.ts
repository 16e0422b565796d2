import * as vscode from 'vscode';
import { askPage, type Case, equal, eventually, expectedHost, ok } from '../../support/vscode-suite.ts';
import { openExample, statusBar } from './workspace.ts';

/** Types a slip at the end of a document, and waits until it is underlined. */
async function slipIsUnderlined({ document }: vscode.TextEditor): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(document.getText().length), '\nvm slip { vcpu }\n');
  ok(await vscode.workspace.applyEdit(edit), 'the edit was not applied');
  await eventually('the underline', () =>
    vscode.languages.getDiagnostics(document.uri).some(({ range }) => document.getText(range) === 'vcpu'),
  );
}

/** How many errors the status bar counts, once it counts. */
async function errors(): Promise<number | undefined> {
  const text = await statusBar();
  const [, count = '0'] = /(\d+) errors?/.exec(text) ?? [];
  return /: (?:\d|nothing found)/.test(text) ? Number(count) : undefined;
}

export const serverCases: readonly Case[] = [
  {
    name: 'a server that was killed comes back by itself, and its answers with it',
    run: async () => {
      // In the web it is a worker, which nobody can kill.
      if (expectedHost === 'web') return;
      const editor = await openExample('branch-office.vdc');
      const before = await eventually('the counts', errors);
      equal(await askPage({ op: 'killProcess', name: '/dist/server.js' }), 1, 'servers killed');
      await slipIsUnderlined(editor);
      await eventually('one error more', async () => (await errors()) === before + 1);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'a server is restarted by a command while it answers',
    run: async () => {
      const editor = await openExample('branch-office.vdc');
      await Promise.all([
        vscode.commands.executeCommand('vdc.restartServer'),
        vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', editor.document.uri),
      ]);
      await slipIsUnderlined(editor);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'the output is one click away',
    run: async () => {
      await vscode.commands.executeCommand('vdc.showOutput');
      await eventually('the output', () =>
        vscode.workspace.textDocuments.some(({ uri }) => uri.scheme === 'output' && uri.path.includes('VDC Designer')),
      );
      await vscode.commands.executeCommand('workbench.action.closePanel');
    },
  },
];
