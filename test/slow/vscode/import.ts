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
    name: 'an inventory of several files is one design',
    run: async () => {
      const answer = (path: string, data: unknown) => new TextEncoder().encode(JSON.stringify({ path, data }));
      const resources = [
        { id: 'node/pve1', type: 'node', node: 'pve1', status: 'online', maxcpu: 8, maxmem: 2 ** 34 },
        { id: 'qemu/100', type: 'qemu', vmid: 100, name: 'mail', node: 'pve1', status: 'running', maxmem: 2 ** 32 },
      ];
      const sources = [workspaceUri('proxmox-1.json'), workspaceUri('proxmox-2.json')] as const;
      await vscode.workspace.fs.writeFile(sources[0], answer('/cluster/resources', resources));
      await vscode.workspace.fs.writeFile(sources[1], answer('/nodes/pve1/qemu/100/config', { cores: 3 }));
      await vscode.commands.executeCommand('vdc.importInventory', sources[0], sources);
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      ok(/^vm mail \{ vcpu 3; memory 4 GiB/m.test(text), `the text is ${text}`);
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
