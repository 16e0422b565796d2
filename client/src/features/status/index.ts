import {
  type ExtensionContext,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import type { LanguageServer, ServerState } from '../../language-server.ts';
import { plainMarkdown } from '../../plain-markdown.ts';
import { countsInWords, countsOfDesign, fileName } from '../findings/groups.ts';
import type { Findings } from '../findings/model.ts';

/** The design of the active editor in the status bar: its errors and warnings, or that the server is not there. */
export function activateStatus(context: ExtensionContext, server: LanguageServer, findings: Findings): void {
  const item = window.createStatusBarItem('vdc.status', StatusBarAlignment.Right, 100);
  item.name = 'VDC Designer';
  const refresh = (): void => {
    const { document } = window.activeTextEditor ?? {};
    if (document?.languageId !== 'vdc') {
      item.hide();
      return;
    }
    if (server.state === 'running') showCounts(item, document.uri.toString(), findings);
    else showState(item, server.state);
    item.show();
  };
  context.subscriptions.push(
    item,
    window.onDidChangeActiveTextEditor(refresh),
    // The language of the active editor's text may be changed.
    workspace.onDidOpenTextDocument(refresh),
    findings.onDidChange(refresh),
    server.onStateChanged(refresh),
  );
  refresh();
}

function showCounts(item: StatusBarItem, uri: string, { result }: Findings): void {
  const counts = result && countsOfDesign(result, uri);
  const { error = 0, warning = 0 } = counts ?? {};
  const icons = [...(error > 0 ? [`$(error) ${error}`] : []), ...(warning > 0 ? [`$(warning) ${warning}`] : [])];
  const words = counts && (countsInWords(counts) || 'nothing found');
  item.text = `${icons.join(' ') || (counts ? '$(pass)' : '$(sync~spin)')} VDC`;
  item.backgroundColor = undefined;
  item.command = { command: 'vdc.findings.focus', title: 'Show Findings' };
  const about = `Design of ${fileName(uri)}: ${words ?? 'being read'}`;
  item.tooltip = tooltip(about);
  item.accessibilityInformation = { label: `VDC. ${about}`, role: 'button' };
}

function showState(item: StatusBarItem, state: Exclude<ServerState, 'running'>): void {
  const isStopped = state === 'stopped';
  item.text = isStopped ? '$(debug-disconnect) VDC' : '$(sync~spin) VDC';
  item.backgroundColor = isStopped ? new ThemeColor('statusBarItem.errorBackground') : undefined;
  item.command = isStopped ? 'vdc.restartServer' : 'vdc.showOutput';
  const about = isStopped ? 'The language server has stopped. Click to restart it.' : 'The language server starts.';
  item.tooltip = tooltip(about);
  item.accessibilityInformation = { label: `VDC. ${about}`, role: 'button' };
}

function tooltip(about: string): MarkdownString {
  const text = new MarkdownString(plainMarkdown(about), true);
  text.isTrusted = { enabledCommands: ['vdc.openTopology', 'vdc.restartServer', 'vdc.showOutput'] };
  const commands = [
    '[$(type-hierarchy) Topology](command:vdc.openTopology)',
    '[$(refresh) Restart server](command:vdc.restartServer)',
    '[$(output) Output](command:vdc.showOutput)',
  ];
  return text.appendMarkdown(`\n\n${commands.join(' &nbsp; ')}`);
}
