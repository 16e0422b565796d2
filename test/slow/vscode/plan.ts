import * as vscode from 'vscode';
import { askPage, type Case, equal, eventually, eventuallyAfter, ok } from '../../support/vscode-suite.ts';
import { answerBox, codeOf, showCaretAt } from './workspace.ts';

const press = (key: string): Promise<unknown> => askPage({ op: 'press', key });
const texts = (selector: string): Promise<string[]> => askPage({ op: 'workbenchTexts', selector });
const inWebviews = (selector: string): Promise<string[]> => askPage({ op: 'webviewTexts', selector });

/** Its first host is asked for 84 % of its CPU; the second has room. */
const CROWDED = `class host h {
  cpu 1 x 10 cores 2.0 GHz
  memory 128 GiB
}
class vm small { vcpu 1; memory 4 GiB; demand cpu 100 % }
vm a-[1..8] : small

cluster prod {
  failover none
  host esx-1 : h { runs a-[1..8] }
  host esx-2 : h
}
`;
const RULE = 'host-cpu-overloaded';

async function openCrowded(): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'vdc', content: CROWDED });
  const editor = await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await eventually('the underline', () => underlined(document.uri));
  return editor;
}

const underlined = (uri: vscode.Uri): vscode.Diagnostic | undefined =>
  vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === RULE);

const comparison = (): vscode.TabInputTextDiff | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .map(({ input }) => input)
    .find((input) => input instanceof vscode.TabInputTextDiff);

const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

/** The title of the plan that the picture shows; empty where it shows none. */
const planned = async (): Promise<string> => (await inWebviews('.strip.plan:not([hidden]) strong')).join();

/** What the picture says of a host. */
const pictured = (host: string): Promise<string[]> => inWebviews(`svg.scene [data-node="host:prod/${host}"]`);

/** The crowded design with the plan for its finding in the picture, and nowhere else. */
async function openPlanned(): Promise<vscode.TextEditor> {
  const editor = await openCrowded();
  await vscode.commands.executeCommand('vdc.openTopology');
  await eventually('the picture', async () => (await pictured('esx-1')).length > 0);
  await previewInPicture(editor);
  return editor;
}

async function previewInPicture({ document }: vscode.TextEditor): Promise<void> {
  const wish = { kind: 'fix', finding: `${RULE} host:prod/esx-1`, fix: 'plan' };
  await vscode.commands.executeCommand('vdc.previewPlan', document.uri.toString(), wish, 'picture');
  await eventually('the plan in the picture', async () => (await planned()).includes('Move a-1 to esx-2'));
}

export const planCases: readonly Case[] = [
  {
    name: 'two keystrokes show the plan for an overloaded host; agreed to, it is applied and drawn',
    run: async () => {
      const editor = await openCrowded();
      const { uri } = editor.document;
      await vscode.commands.executeCommand('vdc.openTopology');
      await eventually('the picture', async () => (await pictured('esx-2')).length > 0);
      const before = (await pictured('esx-2')).join();
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await showCaretAt(editor, 'esx-1 :');
      await eventually(
        'the light bulb',
        async () => (await texts('[class*="lightbulb"], .lightBulbWidget')).length > 0,
      );
      const actions = await eventuallyAfter(
        async () => {
          await press('Escape');
          await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
          await press('Control+.');
        },
        'the menu',
        async () => {
          const found = await texts('.action-widget .monaco-list-row');
          return found.some((text) => text.includes('Preview moves')) && found;
        },
      );
      ok(
        actions.some((text) => text.includes('Move a-1 to esx-2: CPU of esx-1 84 % → 73.5 %')),
        actions.join(),
      );
      await askPage({ op: 'screenshot', name: `suite-plan-menu-${vscode.env.uiKind}` });
      await press('ArrowDown');
      await press('Enter');
      const { original, modified } = await eventually('the comparison', comparison);
      equal([original.toString(), modified.scheme], [uri.toString(), 'vdc-plan'], 'what is compared');
      const after = await vscode.workspace.openTextDocument(modified);
      ok(after.getText().includes('host esx-2 : h { runs a-1 }'), after.getText());
      equal(editor.document.getText(), CROWDED, 'the text before it is agreed to');
      await eventually('the page', () => tabs().some(({ label }) => label.includes('Plan.md')));
      await eventually('the plan in the picture', async () => (await planned()).includes('Move a-1 to esx-2'));
      const drawn = await eventually('another picture', async () => {
        const now = (await pictured('esx-2')).join();
        return now !== before && now;
      });
      ok(drawn.includes('→'), drawn);
      await askPage({ op: 'screenshot', name: `suite-plan-preview-${vscode.env.uiKind}` });
      await press('Control+Enter');
      await eventually('no underline', () => underlined(uri) === undefined);
      equal(editor.document.getText(), after.getText(), 'the text');
      await eventually('nothing of the preview', () => comparison() === undefined);
      await eventually('no plan in the picture', async () => (await planned()) === '');
      await eventually('the picture of the new text', async () => {
        const now = (await pictured('esx-2')).join();
        return now !== before && !now.includes('→');
      });
      await askPage({ op: 'screenshot', name: `suite-plan-applied-${vscode.env.uiKind}` });
    },
  },
  {
    name: 'a plan is previewed in the picture alone, accepted there, and taken back by undo',
    run: async () => {
      const editor = await openPlanned();
      await askPage({ op: 'screenshot', name: `suite-plan-picture-${vscode.env.uiKind}` });
      equal(comparison(), undefined, 'no comparison is opened');
      await askPage({ op: 'webviewClick', selector: '.strip.plan .primary' });
      await eventually('no underline', () => underlined(editor.document.uri) === undefined);
      await eventually('no plan in the picture', async () => (await planned()) === '');
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('undo');
      equal(editor.document.getText(), CROWDED, 'the text after undo');
    },
  },
  {
    name: 'a plan in the picture is discarded with nothing changed, and ends with an edit',
    run: async () => {
      const editor = await openPlanned();
      await vscode.commands.executeCommand('vdc.discardPlan');
      await eventually('no plan in the picture', async () => (await planned()) === '');
      equal(editor.document.getText(), CROWDED, 'the text');
      await previewInPicture(editor);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# a remark\n'));
      await eventually('the word that it has ended', () =>
        askPage({ op: 'webviewHas', selector: '.strip.late:not([hidden])' }),
      );
      await vscode.commands.executeCommand('vdc.discardPlan');
    },
  },
  {
    name: 'a plan is picked from those that the design allows, and discarded',
    run: async () => {
      const editor = await openCrowded();
      void vscode.commands.executeCommand('vdc.planMoves');
      const offered = await eventually('the plans', async () => {
        const found = await texts('.quick-input-widget .monaco-list-row .label-name');
        return found.some((text) => text.includes('Rebalance')) && found;
      });
      ok(
        ['Empty a host', 'Consolidate', 'Fit in new VMs'].every((wanted) =>
          offered.some((text) => text.includes(wanted)),
        ),
        offered.join(),
      );
      await askPage({ op: 'screenshot', name: `suite-plan-pick-${vscode.env.uiKind}` });
      await answerBox('Rebalance');
      const { modified } = await eventually('the comparison', comparison);
      ok(
        (await vscode.workspace.openTextDocument(modified)).getText().includes('host esx-2 : h { runs a-[1..4] }'),
        'no halves',
      );
      await vscode.commands.executeCommand('vdc.discardPlan');
      await eventually('nothing of the preview', () => comparison() === undefined);
      equal(editor.document.getText(), CROWDED, 'the text');
    },
  },
];
