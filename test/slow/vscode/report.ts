import * as vscode from 'vscode';
import { askPage, type Case, eventually, eventuallyAfter, ok } from '../../support/vscode-suite.ts';
import { closeAll, openExample } from './workspace.ts';

const texts = (selector: string): Promise<string[]> => askPage({ op: 'webviewTexts', selector });
const has = (selector: string): Promise<boolean> => askPage({ op: 'webviewHas', selector });

export const reportCases: readonly Case[] = [
  {
    name: 'the report opens beside the text, stays current while it changes, and leads to it',
    run: async () => {
      await closeAll();
      const editor = await openExample('shopping-cart.vdc');
      await vscode.commands.executeCommand('vdc.showReport');
      await eventually('the report', () => has('#report main h1'));
      ok((await texts('#report h1')).join() === 'storefront', 'the title');
      const titles = await texts('#report h2');
      for (const title of ['Topology', 'Findings', 'Capacity today', 'Cost', 'Teams', 'Where the figures come from'])
        ok(titles.includes(title), `there is no section ${title} in ${titles}`);
      const [text, report] = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label);
      ok(text === 'shopping-cart.vdc' && report === 'Report shopping-cart.vdc', `tabs ${text}, ${report}`);
      await askPage({ op: 'screenshot', name: `suite-report-${vscode.env.uiKind}` });

      const offset = editor.document.getText().indexOf('storefront');
      const at = editor.document.positionAt(offset);
      await editor.edit((edit) => edit.insert(at, 'new-'));
      await eventually('the new name', async () => (await texts('#report h1')).join() === 'new-storefront');
      await vscode.commands.executeCommand('undo');

      await eventuallyAfter(
        () => askPage({ op: 'webviewClick', selector: '#f1 .place', scroll: true }),
        'the text of the first finding',
        () => editor.document.lineAt(editor.selection.active.line).text.includes('apart'),
      );
      await closeAll();
    },
  },
];
