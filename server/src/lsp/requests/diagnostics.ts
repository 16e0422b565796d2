import * as lsp from 'vscode-languageserver';
import type { ClientFeatures } from '../client.ts';
import type { Asked, Feature, Service } from '../feature.ts';
import { wireDiagnostics } from '../publisher.ts';

/**
 * Diagnostics for clients that ask for them. A client that also takes them unasked gets them so, and is not told of
 * this: it would show all of them twice.
 */
export const diagnosticsFeature: Feature = {
  methods: ['textDocument/diagnostic', 'workspace/diagnostic'],
  capabilities: {
    diagnosticProvider: { identifier: 'vdc', interFileDependencies: true, workspaceDiagnostics: true },
  },
  isFor: (client: ClientFeatures) => client.pullsDiagnostics,
  register: (service) => {
    const { connection, documents, onDocument, client } = service;
    const { diagnostics } = connection.languages;
    const report = onDocument<lsp.DocumentDiagnosticParams, lsp.DocumentDiagnosticReport>(
      documentReport,
      fullReport([]),
    );
    connection.onRequest<lsp.DocumentDiagnosticReport, void>(lsp.DocumentDiagnosticRequest.method, report);
    const waiting = new WaitingRequest(service);
    diagnostics.onWorkspace((params, token, _, partial) => waiting.answer(params, token, partial));
    documents.onChanged((uris, cause) => {
      waiting.changed(uris);
      // After an edit the client asks by itself.
      if (cause === 'disk' && client().pullsDiagnostics && client().refreshesDiagnostics) diagnostics.refresh();
    });
    connection.onShutdown(() => waiting.end());
  },
};

/** Files of the same design whose diagnostics are told with those of a document; more would keep it waiting. */
const MOST_RELATED = 50;

function documentReport(
  { workspace, uri, client }: Asked,
  { previousResultId }: lsp.DocumentDiagnosticParams,
): lsp.DocumentDiagnosticReport {
  const report = reportOf(wireDiagnostics(workspace, uri, client.rulePages), previousResultId);
  if (!client.hasRelatedDocuments) return report;
  const others = workspace.affectedBy(uri).filter((other) => other !== uri && !workspace.isOpen(other));
  const related = others
    .slice(0, MOST_RELATED)
    .map((other) => [other, fullReport(wireDiagnostics(workspace, other, client.rulePages))] as const);
  return related.length > 0 ? { ...report, relatedDocuments: Object.fromEntries(related) } : report;
}

type Report = lsp.FullDocumentDiagnosticReport | lsp.UnchangedDocumentDiagnosticReport;

function reportOf(items: lsp.Diagnostic[], previous: string | undefined): Report {
  const report = fullReport(items);
  if (report.resultId !== previous) return report;
  return { kind: lsp.DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId };
}

function fullReport(items: lsp.Diagnostic[]): lsp.FullDocumentDiagnosticReport & { readonly resultId: string } {
  return { kind: lsp.DocumentDiagnosticReportKind.Full, resultId: fingerprint(JSON.stringify(items)), items };
}

/** Equal for equal texts, and for others practically never: FNV-1a from two starts. Nothing has to be remembered so. */
function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}-${text.length}`;
}

/** Files that one part of an answer tells of. */
const PART = 50;

type Partial = lsp.ResultProgressReporter<lsp.WorkspaceDiagnosticReportPartialResult> | undefined;
type Answer = lsp.WorkspaceDiagnosticReport | lsp.ResponseError<lsp.DiagnosticServerCancellationData>;

function cancelledReport(): lsp.ResponseError<lsp.DiagnosticServerCancellationData> {
  return new lsp.ResponseError(lsp.LSPErrorCodes.RequestCancelled, 'the request was cancelled');
}

/** Milliseconds in which changes are gathered. */
const GATHERING = 50;

/**
 * A request for the diagnostics of the workspace may stay open. One that takes parts gets each change as a part until
 * it is cancelled; another one is answered as soon as something differs from what the client has.
 */
class WaitingRequest {
  private readonly service: Service;
  private known = new Map<string, string>();
  private partial: Partial;
  private readonly dirty = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resolve: ((answer: Answer) => void) | undefined;

  constructor(service: Service) {
    this.service = service;
  }

  async answer(
    { previousResultIds }: lsp.WorkspaceDiagnosticParams,
    token: lsp.CancellationToken,
    partial: Partial,
  ): Promise<Answer> {
    if (token.isCancellationRequested) return cancelledReport();
    this.end();
    const previous = previousResultIds ?? [];
    this.known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const items = this.news([...new Set([...this.known.keys(), ...this.service.workspace.checkedUris()])]);
    if (!partial && (items.length > 0 || previous.length === 0)) return { items };
    this.partial = partial;
    if (partial) this.send(partial, items);
    return await new Promise<Answer>((resolve) => {
      this.resolve = resolve;
      token.onCancellationRequested(() => {
        resolve(cancelledReport());
        if (this.resolve === resolve) this.end();
      });
    });
  }

  /** Tells who waits of files that may have changed. */
  changed(uris: readonly string[]): void {
    if (!this.resolve) return;
    for (const uri of uris) this.dirty.add(uri);
    this.timer ??= setTimeout(() => this.tell(), GATHERING);
  }

  private tell(): void {
    this.timer = undefined;
    const items = this.news([...this.dirty]);
    this.dirty.clear();
    if (items.length === 0) return;
    if (this.partial) this.send(this.partial, items);
    else this.end(items);
  }

  /** Answers who waits. */
  end(items: lsp.WorkspaceDocumentDiagnosticReport[] = []): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dirty.clear();
    this.resolve?.({ items });
    this.resolve = undefined;
    this.partial = undefined;
  }

  /** Reports of files whose diagnostics are others than the client has. */
  private news(uris: readonly string[]): lsp.WorkspaceDocumentDiagnosticReport[] {
    const { workspace, documents, client } = this.service;
    return uris.flatMap((uri) => {
      const items = documents.isShown(uri) ? wireDiagnostics(workspace, uri, client().rulePages) : [];
      const report = fullReport(items);
      const before = this.known.get(uri);
      if (report.resultId === before || (before === undefined && items.length === 0)) return [];
      this.known.set(uri, report.resultId);
      return [{ ...report, uri, version: documents.version(uri) ?? null }];
    });
  }

  private send(partial: NonNullable<Partial>, items: readonly lsp.WorkspaceDocumentDiagnosticReport[]): void {
    for (let from = 0; from < items.length || from === 0; from += PART)
      partial.report({ items: items.slice(from, from + PART) });
  }
}
