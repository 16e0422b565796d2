import { type ExtensionContext, workspace } from 'vscode';
import { activateExport } from './features/export/index.ts';
import { activateFindings } from './features/findings/index.ts';
import { Findings } from './features/findings/model.ts';
import { activateImport } from './features/import/index.ts';
import { activateLens } from './features/lens/index.ts';
import { extendMarkdownIt } from './features/markdown/fence.ts';
import { activatePlan } from './features/plan/index.ts';
import { activateReport } from './features/report/index.ts';
import { activateSample } from './features/sample/index.ts';
import { activateStatus } from './features/status/index.ts';
import { activateTopology } from './features/topology/index.ts';
import { activateWalkthrough } from './features/walkthrough/index.ts';
import { LanguageServer, type StartClient } from './language-server.ts';

/** What the Markdown preview takes from us. */
export interface Exports {
  readonly extendMarkdownIt: typeof extendMarkdownIt;
}

/** Everything that the extension does, one line each. `startClient` is what differs between desktop and web. */
export function activateExtension(context: ExtensionContext, startClient: StartClient): Exports {
  const server = new LanguageServer(context, startClient);
  const findings = new Findings(server);
  context.subscriptions.push(server, findings);
  activateTopology(context, server);
  activateReport(context, server);
  activateExport(context, server);
  activateFindings(context, server, findings);
  activateStatus(context, server, findings);
  activateLens(context);
  activatePlan(context, server);
  activateImport(context, server);
  activateSample(context);
  activateWalkthrough(context);
  startForDesigns(context, server);
  return { extendMarkdownIt };
}

/** Who only reads Markdown needs no server; it starts with the first design, or with the first question. */
function startForDesigns(context: ExtensionContext, server: LanguageServer): void {
  const start = ({ languageId }: { readonly languageId: string }): void => {
    if (languageId === 'vdc' && server.state === 'idle') void server.start();
  };
  workspace.textDocuments.forEach(start);
  context.subscriptions.push(workspace.onDidOpenTextDocument(start));
}
