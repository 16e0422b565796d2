import { commands, type ExtensionContext, env, UIKind, type Uri, ViewColumn, window } from 'vscode';
import { type ReportState, reportChanged } from '../../../../server/src/protocol/report.ts';
import { designEditor } from '../../design-editor.ts';
import type { LanguageServer } from '../../language-server.ts';
import { saveExport } from '../export/save-export.ts';
import { ReportPanel, reportViewType } from './panel.ts';

/** "VDC: Show Report": a report for each design, which stays with its design whatever is edited, and can be saved. */
export function activateReport(context: ExtensionContext, server: LanguageServer): void {
  const panels = new Map<string, ReportPanel>();

  const adopt = (panel: ReportPanel): void => {
    panels.set(panel.uri, panel);
    panel.onDidDispose(() => {
      if (panels.get(panel.uri) === panel) panels.delete(panel.uri);
    });
  };

  const show = (): void => {
    const uri = designEditor()?.document.uri.toString();
    if (uri === undefined) {
      void window.showInformationMessage('Open a .vdc file to see its report.');
      return;
    }
    const known = panels.get(uri);
    if (known) known.bringToFront();
    else adopt(ReportPanel.create(context.extensionUri, server, uri, ViewColumn.Beside));
  };

  const save = async (): Promise<void> => {
    const active = [...panels.values()].find(({ isActive }) => isActive);
    const uri = active?.uri ?? designEditor()?.document.uri.toString();
    if (uri === undefined) void window.showInformationMessage('Open a .vdc file to save its report.');
    else await offerToOpen(await saveExport(server, uri, 'html'));
  };

  const refresh = (): void => {
    for (const panel of panels.values()) panel.refresh();
  };

  context.subscriptions.push(
    commands.registerCommand('vdc.showReport', show),
    commands.registerCommand('vdc.saveReport', save),
    window.registerWebviewPanelSerializer(reportViewType, {
      deserializeWebviewPanel: async (restored, state: ReportState | undefined) => {
        const uri = state?.uri ?? designEditor()?.document.uri.toString();
        if (uri) adopt(new ReportPanel(restored, context.extensionUri, server, uri));
        else restored.dispose();
      },
    }),
    server.onNotification(reportChanged, refresh),
    server.onStarted(refresh),
  );
}

/** A browser can print it. */
async function offerToOpen(saved: Uri | undefined): Promise<void> {
  if (saved?.scheme !== 'file' || env.uiKind !== UIKind.Desktop) return;
  const open = 'Open in Browser';
  const answer = await window.showInformationMessage('The report is saved. A browser can print it.', open);
  if (answer === open) await env.openExternal(saved);
}
