import * as vscode from 'vscode';
import { askPage, type Case, equal, eventually, eventuallyAfter, ok } from '../../support/vscode-suite.ts';
import { answerBox, keysGoTo, openExample, selectAt, workspaceUri } from './workspace.ts';

const attributes = (selector: string, attribute: string): Promise<string[]> =>
  askPage({ op: 'webviewAttributes', selector, attribute });

/** Ids of the nodes in the picture. */
const nodes = (): Promise<string[]> => attributes('svg.scene [data-node]', 'data-node');

const texts = (selector: string): Promise<string[]> => askPage({ op: 'webviewTexts', selector });

/** Where the picture's topmost layer has its marks. */
const marks = (): Promise<string[]> => attributes('svg.scene > g:last-of-type rect', 'x');

/** How many panels have a mark. */
const marksInAll = (): Promise<number> => askPage({ op: 'webviewsWith', selector: 'svg.scene > g:last-of-type rect' });

/** Opens an example with its picture beside it. */
async function openWithTopology(name: string, node: string): Promise<vscode.TextEditor> {
  const editor = await openExample(name);
  await vscode.commands.executeCommand('vdc.openTopology');
  await eventually(`the node ${node}`, async () => (await nodes()).includes(node));
  return editor;
}

export const topologyCases: readonly Case[] = [
  {
    name: 'the topology opens beside the text and shows the nodes of the design',
    run: async () => {
      await openWithTopology('shopping-cart.vdc', 'host:prod/esx-01');
      const shown = await nodes();
      const wanted = [
        ...['site:seattle', 'cluster:prod', 'switch:core', 'switch:tor-a', 'switch:tor-b', 'array:vmax'],
        ...[1, 2, 3, 4].map((n) => `host:prod/esx-0${n}`),
      ];
      const missing = wanted.filter((node) => !shown.includes(node));
      equal(missing, [], 'missing nodes');
      const [text, picture] = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label);
      equal([text, picture], ['shopping-cart.vdc', 'Topology shopping-cart.vdc'], 'tabs side by side');
      await askPage({ op: 'screenshot', name: `suite-topology-${vscode.env.uiKind}` });
    },
  },
  {
    name: 'a click on a node shows its text, in the editor that has it',
    run: async () => {
      const editor = await openWithTopology('shopping-cart.vdc', 'host:prod/esx-02');
      const line = await eventuallyAfter(
        () => askPage({ op: 'webviewClick', selector: 'svg.scene [data-node="host:prod/esx-02"]' }),
        'the text of esx-02',
        () => {
          const { text } = editor.document.lineAt(editor.selection.active.line);
          return text.includes('host esx-02') && text;
        },
      );
      ok(line, 'no line');
      equal(vscode.window.visibleTextEditors.length, 1, 'text editors');
    },
  },
  {
    name: 'the node that the caret is in is marked',
    run: async () => {
      const editor = await openWithTopology('shopping-cart.vdc', 'host:prod/esx-02');
      selectAt(editor, 'host esx-[03..04]');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const atFirst = await marks();
      selectAt(editor, 'array vmax');
      const atArray = await eventually('a mark', async () => {
        const found = await marks();
        return found.length > 0 && found.join() !== atFirst.join() && found;
      });
      selectAt(editor, 'host esx-02');
      await eventually('the mark to move', async () => {
        const found = await marks();
        return found.length > 0 && found.join() !== atArray.join();
      });
    },
  },
  {
    name: 'a node that is asked for opens the topology, and is selected there',
    run: async () => {
      const editor = await openWithTopology('shopping-cart.vdc', 'array:vmax');
      const tab = vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label }) => label.startsWith('Topology'));
      ok(tab && (await vscode.window.tabGroups.close(tab)), 'the topology could not be closed');
      selectAt(editor, 'design storefront');
      await vscode.commands.executeCommand('vdc.showInTopology', editor.document.uri.toString(), 'array:vmax');
      await eventually('a selected node', async () => (await marks()).length > 0);
    },
  },
  {
    name: 'an edit changes the picture and keeps its zoom',
    run: async () => {
      const editor = await openWithTopology('shopping-cart.vdc', 'host:prod/esx-04');
      const zoom = async (): Promise<string> => (await texts('.percent')).join();
      const before = await zoom();
      await eventuallyAfter(
        // Out: the host that comes is in sight, wherever the picture was looked at before.
        () => askPage({ op: 'webviewClick', selector: 'button[aria-label^="Zoom out"]' }),
        'the zoom',
        async () => (await zoom()) !== before,
      );
      // It may go there smoothly.
      let zoomed = await zoom();
      await eventually('its end', async () => {
        const last = zoomed;
        zoomed = await zoom();
        return zoomed === last;
      });
      const at = editor.document.getText().indexOf('host esx-[03..04]');
      await editor.edit((edit) => {
        const start = editor.document.positionAt(at);
        edit.replace(new vscode.Range(start, start.translate(0, 'host esx-[03..04]'.length)), 'host esx-[03..05]');
      });
      await eventually('the new host', async () => (await nodes()).includes('host:prod/esx-05'));
      equal(await zoom(), zoomed, 'zoom');
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'the last good picture stays while the text is broken',
    run: async () => {
      const editor = await openWithTopology('branch-office.vdc', 'cluster:fulda');
      const before = await nodes();
      const end = editor.document.positionAt(editor.document.getText().length);
      await editor.edit((edit) => edit.insert(end, '\ncluster {\n'));
      await eventually('the diagnostics', () =>
        vscode.languages
          .getDiagnostics(editor.document.uri)
          .some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      );
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      equal((await nodes()).filter((node) => before.includes(node)).length, before.length, 'nodes that stay');
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    },
  },
  {
    name: 'a VM is moved in the picture: the text says so, and undo takes it back',
    run: async () => {
      const editor = await openWithTopology('shopping-cart.vdc', 'host:prod/esx-04');
      const before = editor.document.getText();
      await askPage({ op: 'webviewClick', selector: 'svg.scene [data-node="host:prod/esx-02"]' });
      await eventually('the caret at esx-02', () =>
        editor.document.lineAt(editor.selection.active.line).text.includes('host esx-02'),
      );
      // Into the host to its first VM, taken to the host after the next one.
      for (const key of ['Enter', 'm', 'ArrowRight', 'ArrowRight']) await askPage({ op: 'press', key });
      await eventually('what it would become', async () =>
        (await texts('.trial')).some((text) => /cart-3 to esx-04.*finding/s.test(text)),
      );
      await askPage({ op: 'press', key: 'Enter' });
      await eventually(
        'the edit',
        () =>
          /esx-0\[?.*04.*|runs cart-3 on esx-04/.test(editor.document.getText()) &&
          editor.document.getText() !== before,
      );
      const after = editor.document.getText();
      ok(!after.includes('host esx-02 : dl380 { runs cart-3 }'), after);
      // The keyboard is in the picture still.
      await eventuallyAfter(
        () => askPage({ op: 'press', key: 'Control+z' }),
        'the text as it was',
        () => editor.document.getText() === before,
      );
    },
  },
  {
    name: 'a finding is mended from the picture, and undo takes it back',
    run: async () => {
      const editor = await openWithTopology('ten-vms-one-nic.vdc', 'host:big');
      const before = editor.document.getText();
      await askPage({ op: 'webviewClick', selector: 'svg.scene [data-node="host:big"]' });
      await eventuallyAfter(
        () => askPage({ op: 'press', key: 'F8' }),
        'a finding with a fix',
        () => askPage<boolean>({ op: 'webviewHas', selector: '.popover [data-fix]' }),
      );
      await askPage({ op: 'webviewClick', selector: '.popover [data-fix]' });
      await eventually('the edit', () => editor.document.getText() !== before);
      await keysGoTo(editor);
      await eventuallyAfter(
        () => vscode.commands.executeCommand('undo'),
        'the text as it was',
        () => editor.document.getText() === before,
      );
    },
  },
  {
    name: 'the picture is exported beside its design',
    run: async () => {
      await openWithTopology('shopping-cart.vdc', 'host:prod/esx-04');
      await vscode.commands.executeCommand('vdc.topology.exportSvg');
      await eventually('the question where', async () =>
        (
          await askPage<string[]>({
            op: 'workbenchTexts',
            selector: '.quick-input-widget:not([style*="display: none"])',
          })
        ).some((text) => text.includes('Export Topology')),
      );
      await answerBox();
      const target = workspaceUri('shopping-cart.svg');
      const svg = await eventually('the file', () =>
        vscode.workspace.fs.readFile(target).then(
          (bytes) => new TextDecoder().decode(bytes) || undefined,
          () => undefined,
        ),
      );
      ok(/^<svg [\s\S]*esx-01[\s\S]*<\/svg>$/.test(svg) && !svg.includes('var('), svg.slice(0, 200));
      await vscode.workspace.fs.delete(target);
    },
  },
  {
    name: 'a second panel has a view of its own, and selects what the first one selects',
    run: async () => {
      await openWithTopology('shopping-cart.vdc', 'host:prod/esx-04');
      await vscode.commands.executeCommand('vdc.openAnotherTopology');
      const panels = (): vscode.Tab[] =>
        vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label.startsWith('Topology'));
      try {
        await eventually(
          'two panels beside each other',
          () => panels().filter(({ isActive }) => isActive).length === 2,
        );
        await askPage({ op: 'webviewClick', selector: 'svg.scene [data-node="array:vmax"]' });
        await eventually('the mark in both', async () => (await marksInAll()) >= 2);
      } finally {
        await vscode.window.tabGroups.close(panels());
      }
    },
  },
  {
    name: 'a link to a view is copied, and opened again it shows layer, measure, selection and place as they were',
    run: async () => {
      await openWithTopology('shopping-cart.vdc', 'host:prod/esx-04');
      await openLink(viewOf('layer=storage&measure=memory&select=array%3Avmax&look=card 1.5 0.5 0.5 array%3Avmax'));
      await isStorage();
      const seen = await place();
      await vscode.commands.executeCommand('vdc.topology.copyLink');
      const link = await eventually('the link on the clipboard', async () => {
        const text = await vscode.env.clipboard.readText();
        return text.includes('/view?file=shopping-cart.vdc&') && text.includes('layer=storage') && text;
      });
      ok(/measure=memory/.test(link) && /select=array%3Avmax/.test(link), link);
      await openLink(viewOf('layer=network&measure=cpu&select=switch%3Acore&look=tile 1 0.5 0.5 switch%3Acore'));
      await eventually('the other view', async () => {
        const shown = await nodes();
        return shown.includes('switch:core') && !shown.includes('array:vmax') && (await place()) !== seen;
      });
      // It is on the clipboard: only Enter is asked for.
      await vscode.env.clipboard.writeText(link);
      await openLink();
      await isStorage();
      await eventually('the same place', async () => near(await place(), seen));
      await eventually('the selection', async () => (await marks()).length > 0);
    },
  },
  {
    name: 'a link that the system hands to the editor opens its view',
    run: async () => {
      await openWithTopology('shopping-cart.vdc', 'host:prod/esx-04');
      await openLink(viewOf('layer=network&measure=cpu&look=tile 1 0.5 0.5 switch%3Acore'));
      await eventually('another view', async () => {
        const shown = await nodes();
        return shown.includes('switch:core') && !shown.includes('array:vmax');
      });
      // What the system would do: the editor finds the extension, and calls it.
      void vscode.commands.executeCommand('workbench.action.url.openUrl');
      await answerBox(viewOf('layer=storage&measure=memory&look=card 1.5 0.5 0.5 array%3Avmax'));
      await isStorage();
    },
  },
];

const viewOf = (view: string): string =>
  `${vscode.env.uriScheme}://vdc-designer.vdc-designer/view?file=shopping-cart.vdc&${view.replaceAll(' ', '+')}`;

async function openLink(text?: string): Promise<void> {
  const done = vscode.commands.executeCommand('vdc.openViewLink');
  await answerBox(text);
  await done;
}

/** The storage of the example without its network, coloured by memory. */
const isStorage = (): Promise<unknown> =>
  eventually('the storage layer by memory', async () => {
    const shown = await nodes();
    const isLayer = shown.includes('array:vmax') && !shown.includes('switch:core');
    return isLayer && (await texts('footer.legend')).some((words) => words.includes('Memory'));
  });

/** Where the picture stands, and how large. */
const place = async (): Promise<string> => (await attributes('.camera', 'style')).join();

/** Whether two places are the same but for a pixel: a link says it with three digits. */
function near(one: string, other: string): boolean {
  const [a = [], b = []] = [one, other].map((text) => [...text.matchAll(/-?\d+(\.\d+)?/g)].map(([n]) => Number(n)));
  return a.length > 0 && a.length === b.length && a.every((n, i) => Math.abs(n - (b[i] ?? 0)) < 2);
}
