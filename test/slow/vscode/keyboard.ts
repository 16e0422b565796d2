import * as vscode from 'vscode';
import { askPage, type Case, eventually, eventuallyAfter, ok } from '../../support/vscode-suite.ts';
import { codeOf, keysGoTo, openExample, openSecond, showCaretAt, statusBar } from './workspace.ts';

const press = (key: string): Promise<unknown> => askPage({ op: 'press', key });
const texts = (selector: string): Promise<string[]> => askPage({ op: 'workbenchTexts', selector });

async function openText(content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'vdc', content });
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await keysGoTo(editor);
  return editor;
}

/** A key, and what it opens; whatever else is open is closed first, as a person would who presses it again. */
const afterKey = <Value>(key: string, what: string, probe: () => Promise<Value>) =>
  eventuallyAfter(() => press('Escape').then(() => press(key)), what, probe);

/** Types a word, and waits until the list of completions has one of that name first. */
async function completes(typed: string, wanted: string): Promise<void> {
  await askPage({ op: 'type', text: typed });
  const isFirst = async (): Promise<boolean> =>
    (await texts('.suggest-widget.visible .monaco-list-row.focused .label-name'))[0] === wanted;
  let times = 0;
  await eventuallyAfter(
    async () => times++ > 0 && vscode.commands.executeCommand('editor.action.triggerSuggest'),
    `${wanted} in the list`,
    isFirst,
  );
}

export const keyboardCases: readonly Case[] = [
  {
    name: 'a word that is begun is completed from the list',
    run: async () => {
      const editor = await openText('vm web-1 {\n  \n}\n');
      await showCaretAt(editor, '\n}');
      await completes('mem', 'memory');
      await askPage({ op: 'screenshot', name: `suite-completion-${vscode.env.uiKind}` });
      await press('Enter');
      await eventually('the word', () => editor.document.lineAt(1).text.startsWith('  memory'));
    },
  },
  {
    name: 'a pattern of several blocks is a snippet',
    run: async () => {
      const editor = await openText('\n');
      await completes('three-tier', 'three-tier-app');
      await press('Enter');
      await eventually('its text', () => editor.document.getText().includes('apart shop-web-[1..2] by host'));
    },
  },
  {
    name: 'a hover shows the figures of a host',
    run: async () => {
      const editor = await openExample('shopping-cart.vdc');
      await showCaretAt(editor, 'esx-01 :');
      const shown = await eventuallyAfter(
        () => vscode.commands.executeCommand('editor.action.showHover'),
        'the hover',
        async () => {
          const found = (await texts('.monaco-hover:not(.hidden) .hover-contents')).join('\n');
          return found.includes('esx-01') && found;
        },
      );
      ok(/\d/.test(shown), `the hover says ${shown}`);
      await askPage({ op: 'screenshot', name: `suite-hover-${vscode.env.uiKind}` });
      await press('Escape');
    },
  },
  {
    name: 'F2 renames a class in the file that declares it, and in the one that imports that',
    run: async () => {
      const parts = await openSecond('parts.vdc');
      const whole = await openSecond('whole.vdc');
      await showCaretAt(whole, 'small {');
      await eventually('the server', async () => (await statusBar()).includes('nothing found'));
      await afterKey('F2', 'the box', async () => (await texts('.rename-box input:focus')).length > 0);
      await press('Control+a');
      await askPage({ op: 'type', text: 'large' });
      await press('Enter');
      await eventually('the new name', () => /^host a : large /m.test(whole.document.getText()));
      await eventually('the new name', () => /^class host large /m.test(parts.document.getText()));
      for (const name of ['parts.vdc', 'whole.vdc']) {
        await openSecond(name);
        await vscode.commands.executeCommand('workbench.action.files.revert');
      }
    },
  },
  {
    name: 'Ctrl+. and Enter mend what is underlined',
    run: async () => {
      const editor = await openExample('ten-vms-one-nic.vdc');
      const { uri } = editor.document;
      const rule = 'bandwidth-below-baseline';
      const underlined = (): vscode.Diagnostic | undefined =>
        vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === rule);
      await eventually('the underline', underlined);
      await showCaretAt(editor, 'vmnic0 to');
      const before = editor.document.getText();
      await eventually(
        'the light bulb',
        async () => (await texts('[class*="lightbulb"], .lightBulbWidget')).length > 0,
      );
      await afterKey('Control+.', 'the menu', async () => (await texts('.action-widget .monaco-list-row')).length > 0);
      await askPage({ op: 'screenshot', name: `suite-quick-fix-${vscode.env.uiKind}` });
      await press('Enter');
      await eventually('another text', () => editor.document.getText() !== before);
      await eventually('no underline', () => underlined() === undefined);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'lenses stand above the blocks, and hints behind the hosts',
    run: async () => {
      const editor = await openExample('shopping-cart.vdc');
      editor.revealRange(editor.document.lineAt(53).range, vscode.TextEditorRevealType.AtTop);
      await eventually('a lens', async () =>
        (await texts('.codelens-decoration')).some((text) => text.includes('N+1')),
      );
      await eventually('a hint', async () =>
        (await texts('.view-line')).some((line) => line.includes('host') && /\d\s%/.test(line)),
      );
      await askPage({ op: 'screenshot', name: `suite-lenses-${vscode.env.uiKind}` });
      await eventuallyAfter(
        () => askPage({ op: 'workbenchClick', selector: '.codelens-decoration a:has-text("N+1")' }),
        'the arithmetic',
        async () => (await texts('.monaco-hover:not(.hidden) .hover-contents')).join().includes('prod'),
      );
      await press('Escape');
    },
  },
];
