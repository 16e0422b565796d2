import * as vscode from 'vscode';
import { askPage, type Case, equal, eventually, eventuallyAfter, ok } from '../../support/vscode-suite.ts';
import { answerBox, caretIsShown, closeAll, openExample, statusBar } from './workspace.ts';

const rowsSelector = '.pane-body .monaco-list-row';

/** What a screen reader says of the rows that are in sight. */
const rows = async (): Promise<readonly string[]> =>
  (
    await askPage<(string | null)[]>({ op: 'workbenchAttributes', selector: rowsSelector, attribute: 'aria-label' })
  ).filter((label) => label !== null);

const row = (text: string): Promise<string> =>
  eventually(`a row "${text}"`, async () => (await rows()).find((label) => label.startsWith(text)));

async function openView(example: string): Promise<vscode.TextEditor> {
  const editor = await openExample(example);
  await vscode.commands.executeCommand('vdc.findings.focus');
  return editor;
}

/** Clicks a finding, and waits until the text that it leads to has the caret, in the page too. */
async function goToText(editor: vscode.TextEditor, label: string, text: string): Promise<void> {
  await row(label);
  await eventuallyAfter(
    () => askPage({ op: 'workbenchClick', selector: `${selectorOf(label)} .custom-view-tree-node-item-icon` }),
    `the caret at ${text}`,
    () => editor.document.lineAt(editor.selection.active.line).text.includes(text),
  );
  await caretIsShown(editor);
}

const selectorOf = (label: string): string => `${rowsSelector}[aria-label^="${label}"]`;

export const findingsViewCases: readonly Case[] = [
  {
    name: 'findings are a tree by pain point, with counts, and a badge counts the pressing ones',
    run: async () => {
      await closeAll();
      await openView('shopping-cart.vdc');
      for (const group of ['Resource starvation', 'Unanticipated costs', 'Overflowing storage'])
        await row(`${group}, `);
      ok(/\d+ errors?/.test(await row('Application awareness')), 'the group has its counts');
      const badge = await askPage<string[]>({ op: 'workbenchTexts', selector: '.activitybar .badge-content' });
      ok(
        badge.some((text) => Number(text) > 0),
        `the badge says ${badge}`,
      );
      await askPage({ op: 'screenshot', name: `suite-findings-${vscode.env.uiKind}` });
    },
  },
  {
    name: 'a click on a finding goes to its text',
    run: async () => {
      const editor = await openView('shopping-cart.vdc');
      await goToText(editor, 'error: cart: Sessions are lost', 'sessions 12_000');
    },
  },
  {
    name: 'a finding has its actions in a menu',
    run: async () => {
      await openView('shopping-cart.vdc');
      const wanted = 'warning: vmax: ';
      await row(wanted);
      const selector = `${selectorOf(wanted)} .custom-view-tree-node-item-icon`;
      const menu = await eventuallyAfter(
        () => askPage({ op: 'workbenchClick', selector, button: 'right' }),
        'the menu',
        async () => {
          const found = await askPage<string[]>({ op: 'workbenchTexts', selector: '.context-view .action-label' });
          return found.length > 0 && found;
        },
      );
      const wantedItems = ['Show Text', 'Show in Topology', 'Open the Rule', 'Quick Fix', 'Copy Message'];
      for (const item of wantedItems)
        ok(
          menu.some((text) => text.startsWith(item)),
          `${item} in ${menu}`,
        );
      await askPage({ op: 'press', key: 'Escape' });
    },
  },
  {
    name: 'Ctrl+. on a finding opens its quick fixes in the text',
    run: async () => {
      const editor = await openView('shopping-cart.vdc');
      // The click moves the keyboard to the text; the view keeps its selection.
      await goToText(editor, 'warning: vmax: ', 'disks 50 x');
      const texts = (selector: string): Promise<string[]> => askPage({ op: 'workbenchTexts', selector });
      const menu = '.action-widget .monaco-list-row';
      const fixes = await eventuallyAfter(
        async () => {
          await vscode.commands.executeCommand('vdc.findings.focus');
          await eventually(
            'the keyboard in the view',
            async () => (await texts('.pane-body .monaco-list:focus .monaco-list-row.selected')).length > 0,
          );
          await askPage({ op: 'press', key: 'Control+.' });
        },
        'the menu',
        async () => {
          const found = await texts(menu);
          return found.length > 0 && found;
        },
      );
      ok(fixes.join().includes('array-iops-exceeded'), `the fixes are ${fixes}`);
      await askPage({ op: 'press', key: 'Escape' });
    },
  },
  {
    name: 'by team they are, too, and that is remembered',
    run: async () => {
      await openView('shopping-cart.vdc');
      await vscode.commands.executeCommand('vdc.findings.groupByTeam');
      await row('Storage team, ');
      ok(!(await rows()).some((label) => label.startsWith('Overflowing')), 'pain points are gone');
      await vscode.commands.executeCommand('vdc.findings.groupByPainPoint');
      await row('Overflowing storage');
    },
  },
  {
    name: 'a severity can be hidden',
    run: async () => {
      await openView('shopping-cart.vdc');
      await row('warning: vmax: ');
      const filtering = vscode.commands.executeCommand('vdc.findings.filter');
      const choice = '.quick-input-list .monaco-list-row[aria-label*="Warnings"]';
      await askPage({ op: 'workbenchClick', selector: `${choice} .monaco-highlighted-label` });
      await answerBox();
      await filtering;
      await eventually('no warning', async () => !(await rows()).some((label) => label.startsWith('warning: ')));
      ok(
        (await rows()).some((label) => label.startsWith('error: ')),
        'errors stay',
      );
      const again = vscode.commands.executeCommand('vdc.findings.changeFilter');
      await askPage({ op: 'workbenchClick', selector: `${choice} .monaco-highlighted-label` });
      await answerBox();
      await again;
      await row('warning: vmax: ');
    },
  },
  {
    name: 'the rule of a finding has its page',
    run: async () => {
      const uri = vscode.Uri.file('/unused').toString();
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const finding = { rule: 'subnet-exhausted', location: { uri, range } };
      await vscode.commands.executeCommand('vdc.findings.openRule', { finding });
      await eventually('the page', async () => {
        const found = await askPage<boolean>({ op: 'webviewHas', selector: 'h1' });
        return (
          found &&
          (await askPage<string[]>({ op: 'webviewTexts', selector: 'h1' })).includes('Subnet runs out of addresses')
        );
      });
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    },
  },
  {
    name: 'the status bar counts what is wrong with the design, and leads to the findings',
    run: async () => {
      const editor = await openExample('shopping-cart.vdc');
      const before = await eventually('the counts', async () => /\d+ errors?, \d+ warnings/.exec(await statusBar()));
      ok((await statusBar()).includes('shopping-cart.vdc'), 'the name of the file');
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'vm x { vcpu }\n'));
      await eventually('one error more', async () => {
        const [count] = /\d+(?= errors?)/.exec(await statusBar()) ?? [];
        return Number(count) === Number.parseInt(before[0], 10) + 1;
      });
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await vscode.commands.executeCommand('workbench.view.explorer');
      const item = '.statusbar-item[aria-label^="VDC"] a, .statusbar-item a[aria-label^="VDC"]';
      await eventuallyAfter(
        () => askPage({ op: 'workbenchClick', selector: item }),
        'the view',
        async () => (await rows()).some((label) => label.startsWith('Resource starvation')),
      );
    },
  },
  {
    name: 'a healthy design has no counts, and other files have no item',
    run: async () => {
      const content = 'design d { horizon 36 months }\n';
      const document = await vscode.workspace.openTextDocument({ language: 'vdc', content });
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await eventually('nothing found', async () => (await statusBar()).includes('nothing found'));
      const other = await vscode.workspace.openTextDocument({ language: 'plaintext', content: '' });
      await vscode.window.showTextDocument(other, vscode.ViewColumn.One);
      await eventually('no item', async () => (await statusBar()) === '');
      equal(vscode.window.activeTextEditor?.document.languageId, 'plaintext', 'language');
    },
  },
];
