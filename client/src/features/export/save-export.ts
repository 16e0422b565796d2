import { ProgressLocation, type Uri, window } from 'vscode';
import { type ExportParams, type ExportResult, exportRequest } from '../../../../server/src/protocol/report.ts';
import type { LanguageServer } from '../../language-server.ts';
import { saveBeside } from '../../save-beside.ts';

type Format = ExportParams['format'];

const FILES: Readonly<Record<Format, { readonly extension: string; readonly kind: string }>> = {
  html: { extension: 'report.html', kind: 'Report' },
  svg: { extension: 'svg', kind: 'SVG picture' },
  mermaid: { extension: 'mmd', kind: 'Mermaid chart' },
  dot: { extension: 'dot', kind: 'Graphviz graph' },
  drawio: { extension: 'drawio', kind: 'diagrams.net drawing' },
  json: { extension: 'json', kind: 'JSON' },
  csv: { extension: 'csv', kind: 'Table' },
};

/** Has a design written in another format, and saves it where the user says. Answers where; undefined if nowhere. */
export async function saveExport(
  server: LanguageServer,
  uri: string,
  format: Format,
  table?: ExportParams['table'],
): Promise<Uri | undefined> {
  const { extension, kind } = FILES[format];
  const params: ExportParams = { uri, format, ...(table ? { table } : {}) };
  try {
    const { text } = await window.withProgress({ location: ProgressLocation.Window, title: 'VDC: exporting' }, () =>
      server.request<ExportResult>(exportRequest, params),
    );
    return await saveBeside(uri, {
      title: `Export ${kind}`,
      extension: table ? `${table}.${extension}` : extension,
      kind,
      content: new TextEncoder().encode(text),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(`The design could not be exported: ${reason}`);
    return undefined;
  }
}
