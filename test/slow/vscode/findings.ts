import * as vscode from 'vscode';
import { type Case, equal, eventually, ok } from '../../support/vscode-suite.ts';
import { codeOf, openExample } from './workspace.ts';

/** The diagnostic of a rule, once it is there. */
function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return eventually(`the finding ${rule}`, () =>
    vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === rule),
  );
}

export const findingCases: readonly Case[] = [
  {
    name: 'ten VMs on one network card are underlined, and one quick fix mends it',
    run: async () => {
      const { document } = await openExample('ten-vms-one-nic.vdc');
      const { uri } = document;
      const found = await finding(uri, 'bandwidth-below-baseline');
      equal(document.getText(found.range), 'vmnic0', 'underlined text');
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        found.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ isPreferred }) => isPreferred);
      ok(fix?.edit, 'there is no preferred quick fix');
      ok(await vscode.workspace.applyEdit(fix.edit), 'the fix could not be applied');
      await eventually('the finding to go', () =>
        vscode.languages.getDiagnostics(uri).every((left) => codeOf(left) !== 'bandwidth-below-baseline'),
      );
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'the outline shows what a design declares',
    run: async () => {
      const { document } = await openExample('shopping-cart.vdc');
      const symbols = await eventually('the outline', () =>
        vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
          'vscode.executeDocumentSymbolProvider',
          document.uri,
        ),
      );
      const names = symbols.map(({ name }) => name);
      ok(
        ['storefront', 'prod', 'cart'].every((name) => names.some((shown) => shown.includes(name))),
        `the outline is ${names.join(', ')}`,
      );
    },
  },
  {
    name: 'a name leads to its declaration in a file that no editor holds',
    run: async () => {
      const { document } = await openExample('berlin.vdc');
      const at = document.getText().indexOf(': ') + 2;
      const links = await eventually('a definition', async () => {
        const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          document.positionAt(at),
        );
        return found.length > 0 && found;
      });
      const [first] = links;
      const target = first && ('targetUri' in first ? first.targetUri : first.uri);
      ok(target?.path.endsWith('/hardware.vdc'), `the definition is in ${target?.path}`);
    },
  },
  {
    name: 'a design is formatted',
    run: async () => {
      const content = 'design d{\nhorizon   36months\n}\n';
      const document = await vscode.workspace.openTextDocument({ language: 'vdc', content });
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('editor.action.formatDocument');
      equal(document.getText(), 'design d {\n  horizon 36 months\n}\n', 'text');
    },
  },
];
