import { commands, type ExtensionContext, type QuickPickItem, window } from 'vscode';
import type { ExportParams } from '../../../../server/src/protocol/report.ts';
import { designEditor } from '../../design-editor.ts';
import type { LanguageServer } from '../../language-server.ts';
import { saveExport } from './save-export.ts';

interface Choice extends QuickPickItem, Omit<ExportParams, 'uri'> {}

const CHOICES: readonly Choice[] = [
  { label: 'Report', detail: 'One page for people who will not open an editor; it can be printed', format: 'html' },
  { label: 'SVG picture', detail: 'The topology as vector graphics', format: 'svg' },
  { label: 'Mermaid chart', detail: 'The topology for Markdown pages', format: 'mermaid' },
  { label: 'Graphviz graph', detail: 'The topology for dot', format: 'dot' },
  { label: 'diagrams.net drawing', detail: 'The topology to go on drawing in', format: 'drawio' },
  { label: 'JSON', detail: 'Everything with its figures, and where they come from', format: 'json' },
  { label: 'Table of VMs', detail: 'For a spreadsheet', format: 'csv', table: 'vms' },
  { label: 'Table of hosts', detail: 'For a spreadsheet', format: 'csv', table: 'hosts' },
  { label: 'Table of clusters', detail: 'For a spreadsheet', format: 'csv', table: 'clusters' },
  { label: 'Table of networks', detail: 'For a spreadsheet', format: 'csv', table: 'networks' },
  { label: 'Table of datastores', detail: 'For a spreadsheet', format: 'csv', table: 'datastores' },
  { label: 'Table of arrays', detail: 'For a spreadsheet', format: 'csv', table: 'arrays' },
  { label: 'Table of costs', detail: 'For a spreadsheet', format: 'csv', table: 'costs' },
  { label: 'Table of findings', detail: 'For a spreadsheet', format: 'csv', table: 'findings' },
];

/** "VDC: Export…" writes the design of the active editor in another format. */
export function activateExport(context: ExtensionContext, server: LanguageServer): void {
  const run = async (): Promise<void> => {
    const uri = designEditor()?.document.uri.toString();
    if (uri === undefined) {
      void window.showInformationMessage('Open a .vdc file to export it.');
      return;
    }
    const options = { title: 'Export', placeHolder: 'What should the design become?', matchOnDetail: true };
    const choice = await window.showQuickPick(CHOICES, options);
    if (choice) await saveExport(server, uri, choice.format, choice.table);
  };
  context.subscriptions.push(commands.registerCommand('vdc.export', run));
}
