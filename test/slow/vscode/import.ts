import * as vscode from 'vscode';
import { workbook } from '../../importers/workbooks.ts';
import { type Case, equal, ok } from '../../support/vscode-suite.ts';
import { workspaceUri } from './workspace.ts';

export const importCases: readonly Case[] = [
  {
    name: 'an inventory export becomes a design beside it, not saved yet',
    run: async () => {
      const source = workspaceUri('estate.xlsx');
      const vInfo = [
        ['VM', 'Powerstate', 'CPUs', 'Memory', 'Cluster', 'Host'],
        ['shop-1', 'poweredOn', 4, 8192, 'prod', 'esx-01'],
      ];
      await vscode.workspace.fs.writeFile(source, workbook({ vInfo }));
      await vscode.commands.executeCommand('vdc.importInventory', source);
      const { document } = vscode.window.activeTextEditor ?? {};
      ok(document, 'no editor is open');
      equal([document.languageId, document.isUntitled, document.isDirty], ['vdc', true, true], 'the new document');
      ok(document.uri.path.endsWith('/estate.vdc'), `it is called ${document.uri.path}`);
      const text = document.getText();
      ok(text.includes('shop-1'), `the text is ${text}`);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    },
  },
  {
    name: 'a file that is no inventory is refused with a message',
    run: async () => {
      const source = workspaceUri('notes.xlsx');
      await vscode.workspace.fs.writeFile(source, new TextEncoder().encode('no workbook at all'));
      const before = vscode.workspace.textDocuments.length;
      await vscode.commands.executeCommand('vdc.importInventory', source);
      equal(vscode.workspace.textDocuments.length, before, 'open documents');
    },
  },
];
