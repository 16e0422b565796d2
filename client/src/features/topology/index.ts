import { commands, type ExtensionContext, type TextEditor, ViewColumn, window, workspace } from 'vscode';
import type { PanelState } from '../../../../server/src/protocol/messages.ts';
import { showInTopologyCommand } from '../../../../server/src/protocol/requests.ts';
import type { LanguageServer } from '../../language-server.ts';
import { TopologyPanel, viewType } from './panel.ts';

/** The topology beside the text: one panel in a window, which follows the design that is being edited. */
export function activateTopology(context: ExtensionContext, server: LanguageServer): void {
  let panel: TopologyPanel | undefined;

  const adopt = (created: TopologyPanel): TopologyPanel => {
    panel = created;
    created.onDidDispose(() => {
      if (panel === created) panel = undefined;
    });
    return created;
  };

  const show = (uri: string): TopologyPanel => {
    if (!panel) return adopt(TopologyPanel.create(context.extensionUri, server, uri, ViewColumn.Beside));
    panel.show(uri);
    panel.bringToFront();
    return panel;
  };

  const open = (): void => {
    const editor = designEditor();
    if (editor) show(editor.document.uri.toString());
    else void window.showInformationMessage('Open a .vdc file to see its topology.');
  };

  const follow = (editor: TextEditor | undefined): void => {
    if (editor?.document.languageId === 'vdc') panel?.show(editor.document.uri.toString());
  };

  context.subscriptions.push(
    commands.registerCommand('vdc.openTopology', open),
    commands.registerCommand(showInTopologyCommand, (uri: string, node: string) => show(uri).select(node)),
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (restored, state: PanelState | undefined) => {
        const uri = state?.uri ?? designEditor()?.document.uri.toString();
        if (uri) adopt(TopologyPanel.restore(context.extensionUri, server, uri, restored));
        else restored.dispose();
      },
    }),
    window.onDidChangeActiveTextEditor(follow),
    window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const caret = selections[0]?.active;
      if (caret && textEditor.document.languageId === 'vdc') void panel?.showCaret(textEditor.document.uri, caret);
    }),
    server.onTopologyChanged(() => panel?.refresh()),
    server.onStarted(() => panel?.refresh()),
  );

  openAutomatically(context, () => {
    if (!panel) open();
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

/** The design that the user works on: in the active editor, else in any that can be seen. */
function designEditor(): TextEditor | undefined {
  const isDesign = (editor: TextEditor | undefined): boolean => editor?.document.languageId === 'vdc';
  return isDesign(window.activeTextEditor) ? window.activeTextEditor : window.visibleTextEditors.find(isDesign);
}
