import { commands, type ExtensionContext, window, workspace } from 'vscode';
import type { PanelCommand, PanelState, PlanShown } from '../../../../server/src/protocol/messages.ts';
import { showPlanCommand } from '../../../../server/src/protocol/plans.ts';
import { showInTopologyCommand } from '../../../../server/src/protocol/requests.ts';
import { designEditor, isDesign } from '../../design-editor.ts';
import type { LanguageServer } from '../../language-server.ts';
import { viewType } from './panel.ts';
import { TopologyPanels } from './panels.ts';
import { openView, openViewLink } from './view-links.ts';

/** Commands that the panel in front carries out. */
const PANEL_COMMANDS: Readonly<Record<string, PanelCommand>> = {
  'vdc.topology.copyLink': 'copyLink',
  'vdc.topology.exportSvg': 'exportSvg',
  'vdc.topology.exportPng': 'exportPng',
  'vdc.topology.copyPicture': 'copyPicture',
  'vdc.topology.toggleTable': 'toggleTable',
  'vdc.topology.find': 'find',
};

/** The topology beside the text: one or more panels in a window, which follow the design that is being edited. */
export function activateTopology(context: ExtensionContext, server: LanguageServer): void {
  const panels = new TopologyPanels(context, server);
  const show = (uri: string) => panels.show(uri);

  const withDesign = (run: (uri: string) => void): void => {
    const uri = designEditor()?.document.uri.toString();
    if (uri !== undefined) run(uri);
    else void window.showInformationMessage('Open a .vdc file to see its topology.');
  };
  const open = (): void =>
    withDesign((uri) => {
      show(uri);
      const editor = designEditor();
      if (editor) panels.caret(editor);
    });
  const another = (): void => {
    const uri = panels.latest?.uri;
    if (uri !== undefined) panels.open(uri);
    else open();
  };

  context.subscriptions.push(
    commands.registerCommand('vdc.openTopology', open),
    commands.registerCommand('vdc.openAnotherTopology', another),
    commands.registerCommand('vdc.openViewLink', () => openViewLink(show)),
    commands.registerCommand(showInTopologyCommand, (uri: string, node: string) => show(uri).select(node)),
    commands.registerCommand(showPlanCommand, (uri: string, plan: PlanShown, opens: boolean) =>
      panels.showPlan(uri, plan, opens),
    ),
    ...Object.entries(PANEL_COMMANDS).map(([id, command]) => commands.registerCommand(id, () => panels.run(command))),
    window.registerUriHandler({
      handleUri: async ({ path, query }) => {
        if (path === '/view') await openView(show, query);
      },
    }),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (restored, state: PanelState | undefined) => {
        const uri = state?.uri ?? designEditor()?.document.uri.toString();
        if (uri) panels.restore(restored, state, uri);
        else restored.dispose();
      },
    }),
    window.onDidChangeActiveTextEditor((editor) => {
      if (editor && isDesign(editor)) panels.follow(editor);
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (isDesign(textEditor)) panels.caret(textEditor);
    }),
    server.onTopologyChanged(() => panels.refresh()),
    server.onStarted(() => panels.refresh()),
  );

  openAutomatically(context, () => {
    if (panels.isEmpty) open();
  });
}

/** Opens the topology beside the first design of the window, if the user asked for that. */
function openAutomatically(context: ExtensionContext, open: () => void): void {
  if (!workspace.getConfiguration('vdc').get<boolean>('topology.openAutomatically')) return;
  if (designEditor()) {
    open();
    return;
  }
  const subscription = window.onDidChangeActiveTextEditor((editor) => {
    if (editor?.document.languageId !== 'vdc') return;
    subscription.dispose();
    open();
  });
  context.subscriptions.push(subscription);
}
