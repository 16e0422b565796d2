import * as lsp from 'vscode-languageserver';
import { type CodeLens, codeLenses, type LensKind, lensTitle } from '../../ide/code-lenses.ts';
import type { Workspace } from '../../ide/workspace.ts';
import { showArithmeticCommand, showInTopologyCommand } from '../../protocol/requests.ts';
import type { Asked, Feature, Service } from '../feature.ts';
import { StaleAnswers } from '../stale-answers.ts';
import { toRange } from '../to-lsp.ts';

export const codeLensesFeature: Feature = {
  methods: ['textDocument/codeLens', 'codeLens/resolve'],
  capabilities: { codeLensProvider: { resolveProvider: true } },
  register: (service) => {
    const { connection, documents, onDocument } = service;
    const shown = new StaleAnswers(documents, () => refresh(service));
    connection.onCodeLens(
      onDocument((asked) => {
        shown.forget(asked.uri);
        return lensesFor(asked);
      }, []),
    );
    connection.onCodeLensResolve((lens) => resolved(service, lens, shown));
  },
  configured: (service) => refresh(service),
};

function refresh({ connection, client }: Service): void {
  if (client().refreshesCodeLenses) void connection.sendRequest(lsp.CodeLensRefreshRequest.type).catch(() => undefined);
}

/** What a lens carries until it comes on screen. */
interface Untold {
  readonly uri: string;
  readonly kind: LensKind;
  readonly node: string;
}

/** A lens that only leads to the topology is nothing where there is none. */
function lensesFor({ workspace, uri, file, client, settings }: Asked): lsp.CodeLens[] {
  const canShow = client.commands.has(showInTopologyCommand);
  const found = codeLenses(workspace, uri, (kind) => settings.codeLens[kind] && (kind !== 'topology' || canShow));
  return found.map((lens: CodeLens) => {
    const { kind, node } = lens;
    return { range: toRange(file, lens), data: { uri, kind, node } satisfies Untold };
  });
}

function resolved({ workspace, client }: Service, lens: lsp.CodeLens, shown: StaleAnswers): lsp.CodeLens {
  const untold = lens.data as Untold | undefined;
  if (!untold || lens.command) return lens;
  const { uri, kind, node } = untold;
  const title = titleOf(workspace, untold);
  const { commands, refreshesCodeLenses } = client();
  if (refreshesCodeLenses) shown.remember(uri, `${kind} ${node}`, title, () => titleOf(workspace, untold));
  if (kind === 'topology') return { ...lens, command: lsp.Command.create(title, showInTopologyCommand, uri, node) };
  // Without a command a lens is only read.
  if (title === '' || !commands.has(showArithmeticCommand)) return { ...lens, command: { title, command: '' } };
  return { ...lens, command: lsp.Command.create(title, showArithmeticCommand, uri, lens.range.start) };
}

function titleOf(workspace: Workspace, { uri, kind, node }: Untold): string {
  return lensTitle(workspace, uri, kind, node) ?? '';
}
