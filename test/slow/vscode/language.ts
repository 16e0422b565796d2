import * as vscode from 'vscode';
import { type Case, equal, eventually, expectedHost, ok } from '../../support/vscode-suite.ts';
import { codeOf, openExample } from './workspace.ts';

export const languageCases: readonly Case[] = [
  {
    name: 'the suite runs in the extension host it is meant for',
    run: async () => {
      equal('importScripts' in globalThis ? 'web' : 'node', expectedHost, 'extension host');
    },
  },
  {
    name: 'a .vdc file has the language vdc',
    run: async () => {
      const { document } = await openExample('shopping-cart.vdc');
      equal(document.languageId, 'vdc', 'language');
    },
  },
  {
    name: 'the extension is active once a design is open',
    run: async () => {
      await openExample('shopping-cart.vdc');
      const extension = vscode.extensions.getExtension('vdc-designer.vdc-designer');
      ok(extension, 'the extension is not installed');
      await eventually('activation', () => extension.isActive);
      // Fails if activation failed.
      await extension.activate();
    },
  },
  {
    name: 'slips are underlined, and one that is mended is not any more',
    run: async () => {
      const document = await vscode.workspace.openTextDocument({
        language: 'vdc',
        content: 'design d { horizon 36 }\n',
      });
      await vscode.window.showTextDocument(document);
      const diagnostics = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri);
      const [slip] = await eventually('the underline', () => diagnostics().length > 0 && diagnostics());
      equal(slip && codeOf(slip), 'unit-missing', 'code');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 'design d { horizon 36'.length), ' months');
      ok(await vscode.workspace.applyEdit(edit), 'the edit was not applied');
      await eventually('no underline', () => diagnostics().length === 0);
    },
  },
  {
    name: 'the server can be restarted',
    run: async () => {
      await vscode.commands.executeCommand('vdc.restartServer');
      const { document } = await openExample('half-typed.vdc');
      await eventually('diagnostics', () => vscode.languages.getDiagnostics(document.uri).length > 0);
    },
  },
];
