import * as vscode from 'vscode';
import { type Case, equal, eventually, ok } from '../../support/vscode-suite.ts';
import { codeOf, openExample, openSecond, workspaceUri } from './workspace.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Files in memory, as a virtual workspace has them. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)]));
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const content = this.#files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).length };
  }

  readDirectory = (): [string, vscode.FileType][] => [];
  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}

/** Codes of what is underlined once something is, mistakes alone or not. */
async function codes(uri: vscode.Uri): Promise<readonly string[]> {
  const found = await eventually(`diagnostics of ${uri}`, () => {
    const diagnostics = vscode.languages.getDiagnostics(uri);
    return diagnostics.length > 0 && diagnostics;
  });
  return found.map(codeOf);
}

async function open(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), vscode.ViewColumn.One);
}

/** A design whose one mistake is what it says of a class in another file. */
const importing = 'import "lib.vdc"\nvm a : small { vcpu }\nvm b : unheard }\n';
const library = 'class vm small { memory 8 GiB }\n';

export const placeCases: readonly Case[] = [
  {
    name: 'a design in a virtual file system is checked with what it imports',
    run: async () => {
      const files = new MemoryFiles({ '/designs/a.vdc': importing, '/designs/lib.vdc': library });
      const provider = vscode.workspace.registerFileSystemProvider('memory', files, { isReadonly: true });
      const uri = vscode.Uri.from({ scheme: 'memory', path: '/designs/a.vdc' });
      await open(uri);
      const found = await eventually('the names', async () => {
        const all = await codes(uri);
        return !all.includes('import-unreadable') && all;
      });
      equal(found.filter((code) => code === 'name-unresolved').length, 1, 'names that are not there');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      provider.dispose();
    },
  },
  {
    name: 'a design outside of the workspace is checked with what lies beside it',
    run: async () => {
      const outside = vscode.Uri.joinPath(workspaceUri('.'), '..', 'outside');
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(outside, 'lib.vdc'), bytes(library));
      const uri = vscode.Uri.joinPath(outside, 'a.vdc');
      await vscode.workspace.fs.writeFile(uri, bytes(importing));
      await open(uri);
      await eventually('the import', async () => !(await codes(uri)).includes('import-unreadable'));
    },
  },
  {
    name: 'each folder of a workspace has its designs',
    run: async () => {
      const editor = await openSecond('second.vdc');
      ok((await codes(editor.document.uri)).includes('unit-missing'), 'the mistake is underlined');
      const links = await eventually('the class in the other folder', async () => {
        const found = await vscode.commands.executeCommand<vscode.LocationLink[]>(
          'vscode.executeDefinitionProvider',
          editor.document.uri,
          editor.document.positionAt(editor.document.getText().indexOf(': gen11') + 3),
        );
        return found.length > 0 && found;
      });
      equal(links.length, 1, 'places of a class in the other folder');
    },
  },
  {
    name: 'a sample comes unsaved, with what it imports, and without a mistake',
    run: async () => {
      await openExample('shopping-cart.vdc');
      await vscode.commands.executeCommand('vdc.newSample', 'p2v-waves');
      const { document } = vscode.window.activeTextEditor ?? {};
      ok(document, 'no editor is open');
      ok(document.isUntitled && document.uri.path.endsWith('/p2v-waves/p2v-waves.vdc'), `it is called ${document.uri}`);
      const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      ok(tabs.includes('hardware.vdc'), `the tabs are ${tabs}`);
      const links = await eventually('the class', async () => {
        const found = await vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          document.positionAt(document.getText().indexOf(': gen11') + 3),
        );
        return found.length > 0 && found;
      });
      equal(links.length, 1, 'places of its class');
      const wrong = vscode.languages.getDiagnostics(document.uri).map(codeOf);
      ok(!wrong.some((code) => /^(?:name|import|unit|value)-/.test(code)), `it says ${wrong}`);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    },
  },
];
