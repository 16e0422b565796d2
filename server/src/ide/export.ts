import type { Steps } from '../base/steps.ts';
import { type CsvTable, toCsv } from '../exporters/csv.ts';
import { toDot } from '../exporters/dot.ts';
import { toDrawio } from '../exporters/drawio.ts';
import type { ExportInput } from '../exporters/input.ts';
import { toJson } from '../exporters/json.ts';
import { toMermaid } from '../exporters/mermaid.ts';
import { reportInSteps, reportPage } from '../exporters/report/report.ts';
import { drawPicture, type PictureOptions } from '../topology/picture.ts';
import { exportInput } from './export-input.ts';
import type { Workspace } from './workspace.ts';

/** What a design can be written as, beside its own text. */
export const EXPORT_FORMATS = ['svg', 'html', 'mermaid', 'dot', 'drawio', 'json', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  /** Of the picture. */
  readonly picture?: Omit<PictureOptions, 'routes'>;
  /** Of the tables for spreadsheets: VMs when absent. */
  readonly table?: CsvTable;
}

/** What exports of the design are made of that a file belongs to, in steps; undefined for a file that no design has. */
export function* exportOf(workspace: Workspace, uri: string): Steps<ExportInput | undefined> {
  const project = workspace.projectOf(uri);
  return project && (yield* exportInput(project));
}

/** A design in another format, in steps. */
export function* exportInSteps(
  input: ExportInput,
  format: ExportFormat,
  { picture, table = 'vms' }: ExportOptions = {},
): Steps<string> {
  const { graph, routes } = input;
  switch (format) {
    case 'svg':
      return `${drawPicture(graph, { ...picture, ...(routes ? { routes } : {}) })}\n`;
    case 'html':
      return reportPage(yield* reportInSteps(input));
    case 'mermaid':
      return toMermaid(graph);
    case 'dot':
      return toDot(graph);
    case 'drawio':
      return toDrawio(graph, routes);
    case 'json':
      return toJson(input);
    case 'csv':
      return toCsv(input, table);
  }
}
