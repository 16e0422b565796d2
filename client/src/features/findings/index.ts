import { commands, type ExtensionContext, env, type TreeView, Uri, window } from 'vscode';
import type { FindingsResult, WireFinding } from '../../../../server/src/protocol/findings.ts';
import { showInTopologyCommand } from '../../../../server/src/protocol/requests.ts';
import type { LanguageServer } from '../../language-server.ts';
import { revealLocation } from '../../reveal.ts';
import { countsInWords, type Grouping, type Severity, severities } from './groups.ts';
import type { Findings } from './model.ts';
import { FindingsTree, type Row } from './tree.ts';

/** What the workspace remembers of the view. */
const groupingKey = 'vdc.findings.grouping';
const hiddenKey = 'vdc.findings.hidden';

/** The findings of all designs as a tree in a view of their own. */
export function activateFindings(context: ExtensionContext, server: LanguageServer, findings: Findings): void {
  const memory = context.workspaceState;
  const tree = new FindingsTree();
  const view = window.createTreeView('vdc.findings', { treeDataProvider: tree, showCollapseAll: true });

  const refresh = (): void => {
    const grouping = memory.get<Grouping>(groupingKey, 'painPoint');
    const hidden = memory.get<readonly Severity[]>(hiddenKey, []);
    const { result } = findings;
    const shown = result?.findings.filter(({ severity }) => !hidden.includes(severity)) ?? [];
    tree.show(shown, grouping);
    label(view, result, shown.length, hidden);
    void commands.executeCommand('setContext', groupingKey, grouping);
    void commands.executeCommand('setContext', 'vdc.findings.isFiltered', hidden.length > 0);
    void commands.executeCommand('setContext', 'vdc.findings.state', stateOf(server, result));
  };
  const remember = async (key: string, value: unknown): Promise<void> => {
    await memory.update(key, value);
    refresh();
  };
  const filter = async (): Promise<void> => {
    const hidden = await pickHidden(memory.get<readonly Severity[]>(hiddenKey, []));
    if (hidden) await remember(hiddenKey, hidden);
  };

  context.subscriptions.push(
    view,
    findings.onDidChange(refresh),
    server.onStateChanged(refresh),
    // An open view is a need for the server, even where no design is open.
    view.onDidChangeVisibility(({ visible }) => visible && void server.start()),
    commands.registerCommand('vdc.findings.groupByTeam', () => remember(groupingKey, 'team')),
    commands.registerCommand('vdc.findings.groupByPainPoint', () => remember(groupingKey, 'painPoint')),
    commands.registerCommand('vdc.findings.filter', filter),
    commands.registerCommand('vdc.findings.changeFilter', filter),
    ...rowCommands(view, context.extensionUri),
  );
  refresh();
  if (view.visible) void server.start();
}

/** What can be done with a finding: that of the row that a menu was opened on, or of the one that a key finds selected. */
function rowCommands(view: TreeView<Row>, extension: Uri): ReturnType<typeof commands.registerCommand>[] {
  const onFinding = (name: string, run: (finding: WireFinding) => unknown) =>
    commands.registerCommand(`vdc.findings.${name}`, (row?: Pick<Row, 'finding'>) => {
      const { finding } = row ?? view.selection[0] ?? {};
      return finding && run(finding);
    });
  return [
    onFinding('showText', ({ location }) => revealLocation(location, 'focus')),
    onFinding('quickFix', ({ location }) => revealLocation(location, 'fix')),
    onFinding('copyMessage', ({ message }) => env.clipboard.writeText(message)),
    onFinding('showInTopology', ({ location, entity }) =>
      commands.executeCommand(showInTopologyCommand, location.uri, entity),
    ),
    onFinding('openRule', ({ rule }) =>
      commands.executeCommand('markdown.showPreview', Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`)),
    ),
  ];
}

/** `vdc.findings.state` chooses what an empty view says. */
function stateOf(server: LanguageServer, result: FindingsResult | undefined): string {
  if (server.state !== 'running') return server.state;
  if (!result) return 'starting';
  if (result.designs.length === 0) return 'noDesign';
  return result.findings.length === 0 ? 'healthy' : 'found';
}

function label(
  view: TreeView<Row>,
  result: FindingsResult | undefined,
  shown: number,
  hidden: readonly Severity[],
): void {
  const { error = 0, warning = 0 } = result?.counts ?? {};
  const pressing = { error, warning, info: 0, hint: 0 };
  view.badge = error + warning > 0 ? { value: error + warning, tooltip: countsInWords(pressing) } : undefined;
  // An empty view speaks for itself.
  view.message = result && shown > 0 ? remark(result, hidden) : undefined;
}

function remark({ findings, counts, isCut }: FindingsResult, hidden: readonly Severity[]): string | undefined {
  const cut = isCut ? [`The most severe ${findings.length}.`] : [];
  const left = countsInWords({ error: 0, warning: 0, info: 0, hint: 0, ...pick(counts, hidden) });
  const filtered = left ? [`Hidden by the filter: ${left}.`] : [];
  return [...cut, ...filtered].join(' ') || undefined;
}

const pick = (counts: FindingsResult['counts'], of: readonly Severity[]): Partial<Record<Severity, number>> =>
  Object.fromEntries(of.map((severity) => [severity, counts[severity]]));

/** Asks which severities are to be hidden; undefined if the user thought better of it. */
async function pickHidden(hidden: readonly Severity[]): Promise<readonly Severity[] | undefined> {
  const choices = severities.map((severity) => ({
    label: {
      error: '$(error) Errors',
      warning: '$(warning) Warnings',
      info: '$(info) Notes',
      hint: '$(lightbulb) Hints',
    }[severity],
    severity,
    picked: !hidden.includes(severity),
  }));
  const picked = await window.showQuickPick(choices, {
    title: 'Filter Findings',
    placeHolder: 'Severities to show',
    canPickMany: true,
  });
  return picked && severities.filter((severity) => !picked.some((choice) => choice.severity === severity));
}
