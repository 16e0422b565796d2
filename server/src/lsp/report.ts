import * as lsp from 'vscode-languageserver';
import type { Steps } from '../base/steps.ts';
import { CSV_TABLES } from '../exporters/csv.ts';
import type { ExportInput } from '../exporters/input.ts';
import { reportInSteps } from '../exporters/report/report.ts';
import { EXPORT_FORMATS, exportInSteps, exportOf } from '../ide/export.ts';
import {
  type ExportParams,
  type ExportResult,
  exportRequest,
  type ReportParams,
  type ReportResult,
  reportChanged,
  reportRequest,
} from '../protocol/report.ts';
import type { LinkRouter } from '../topology/layout/block.ts';
import { routeGraph } from '../topology/layout/layout.ts';
import { cancelled, type Service } from './feature.ts';
import { nudgeOnce } from './nudge.ts';

/** A report is read, not watched letter by letter. */
const GATHERING = 400;

/** Answers what the report and the export of designs ask. Both are made in the background, while somebody may type. */
export function registerReport(service: Service, router: LinkRouter): void {
  const { connection, documents, workspace, background } = service;
  const nudge = nudgeOnce(connection, documents, reportChanged, GATHERING);

  /** Makes something of a design and of the ways of its links; anew if the design has changed while those were sought. */
  const made = async <T>(
    uri: string,
    make: (input: ExportInput) => Steps<T>,
    token: lsp.CancellationToken,
  ): Promise<T> => {
    for (;;) {
      const before = await background.run(() => exportOf(workspace, uri), token);
      if (!before) throw refused('this file is not open');
      const routes = await routeGraph(before.graph, router);
      function* rest(): Steps<{ readonly value: T } | undefined> {
        const input = yield* exportOf(workspace, uri);
        return input?.graph === before?.graph && input ? { value: yield* make({ ...input, routes }) } : undefined;
      }
      const found = await background.run(rest, token);
      if (found) return found.value;
    }
  };

  const report = ({ uri }: ReportParams, token: lsp.CancellationToken): Promise<ReportResult> => {
    nudge.answered();
    return made(uri, reportInSteps, token);
  };
  connection.onRequest<ReportResult, void>(reportRequest, report);

  const exported = async (params: ExportParams, token: lsp.CancellationToken): Promise<ExportResult> => {
    if (token.isCancellationRequested) throw cancelled();
    const { uri, format, table } = params;
    if (!EXPORT_FORMATS.includes(format)) throw refused(`"${format}" is none of ${EXPORT_FORMATS.join(', ')}`);
    if (table !== undefined && !CSV_TABLES.includes(table))
      throw refused(`"${table}" is none of ${CSV_TABLES.join(', ')}`);
    const text = await made(uri, (input) => exportInSteps(input, format, table ? { table } : {}), token);
    return { text };
  };
  connection.onRequest<ExportResult, void>(exportRequest, exported);
}

/** A reason for the user. */
function refused(reason: string): lsp.ResponseError {
  return new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, reason);
}
