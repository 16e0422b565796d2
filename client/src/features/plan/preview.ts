import {
  commands,
  type Disposable,
  type Tab,
  TabInputText,
  TabInputTextDiff,
  TabInputWebview,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { PlanAnswer } from '../../../../server/src/protocol/plans.ts';
import { editedText, toWorkspaceEdit } from '../../file-edits.ts';
import { previewScheme } from '../../language-server.ts';

const shownKey = 'vdc.isPlanShown';
const pageName = 'Plan.md';
const titlePrefix = 'Plan: ';

interface Shown {
  readonly plan: PlanAnswer;
  /** The texts that it was made for, by uri. */
  readonly texts: ReadonlyMap<string, string>;
}

/** One plan at a time, shown before it is applied: the text before and after side by side, and the proof as a page. */
export class PlanPreview implements TextDocumentContentProvider, Disposable {
  readonly #contents = new Map<string, string>();
  readonly #disposables: readonly Disposable[];
  #shown: Shown | undefined;
  #count = 0;

  constructor() {
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(previewScheme, this),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        // Who closes the comparison wants no plan any more.
        if (closed.some(isComparison) && !allTabs().some(isComparison)) void this.#forget();
      }),
    ];
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#contents.get(uri.toString()) ?? '';
  }

  /** Shows a plan in place of the one before. */
  async show(plan: PlanAnswer): Promise<void> {
    await this.close();
    this.#count++;
    const pairs: [original: Uri, after: Uri][] = [];
    const texts = new Map<string, string>();
    for (const file of plan.edits) {
      const original = Uri.parse(file.uri);
      const document = await workspace.openTextDocument(original);
      texts.set(file.uri, document.getText());
      const last = original.path.slice(original.path.lastIndexOf('/') + 1);
      const name = last.endsWith('.vdc') ? last : `${last}.vdc`;
      const after = Uri.from({ scheme: previewScheme, path: `/${this.#count}/${name}`, query: file.uri });
      this.#contents.set(after.toString(), editedText(document, file));
      pairs.push([original, after]);
    }
    this.#shown = { plan, texts };
    await commands.executeCommand('setContext', shownKey, pairs.length > 0);
    await this.#showPage(plan.page);
    const [only, ...more] = pairs;
    if (!only) return;
    const title = titlePrefix + plan.title;
    const options = { viewColumn: ViewColumn.One, preview: true };
    if (more.length === 0) await commands.executeCommand('vscode.diff', ...only, title, options);
    else
      await commands.executeCommand(
        'vscode.changes',
        title,
        pairs.map(([original, after]) => [original, original, after]),
      );
    // The page comes up when it likes; keys are for the comparison.
    await commands.executeCommand('workbench.action.focusFirstEditorGroup');
  }

  /** The proof as a page beside; for a plan that there is not, why. */
  async #showPage(page: string): Promise<void> {
    const uri = Uri.from({ scheme: previewScheme, path: `/${this.#count}/${pageName}` });
    this.#contents.set(uri.toString(), page);
    await commands.executeCommand('markdown.showPreviewToSide', uri);
  }

  /** Applies what is shown; false if there is nothing, or if its texts are others by now. */
  async apply(): Promise<'applied' | 'changed' | 'nothing'> {
    const shown = this.#shown;
    if (!shown || shown.plan.edits.length === 0) return 'nothing';
    for (const [uri, text] of shown.texts) {
      const document = await workspace.openTextDocument(Uri.parse(uri));
      if (document.getText() !== text) return 'changed';
    }
    const isApplied = await workspace.applyEdit(toWorkspaceEdit(shown.plan.edits));
    const [first] = shown.texts.keys();
    await this.close();
    if (first !== undefined) await window.showTextDocument(Uri.parse(first), { viewColumn: ViewColumn.One });
    return isApplied ? 'applied' : 'changed';
  }

  /** Whether this plan is what is shown. */
  isShown(plan: PlanAnswer): boolean {
    return this.#shown?.plan === plan;
  }

  /** Takes away everything that is shown. */
  async close(): Promise<void> {
    const tabs = allTabs().filter((tab) => isComparison(tab) || isPage(tab));
    await this.#forget();
    if (tabs.length > 0) await window.tabGroups.close(tabs);
  }

  async #forget(): Promise<void> {
    this.#shown = undefined;
    this.#contents.clear();
    await commands.executeCommand('setContext', shownKey, false);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function allTabs(): readonly Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

/** Of several files at once only the title tells. */
function isComparison({ input, label }: Tab): boolean {
  return input instanceof TabInputTextDiff ? input.modified.scheme === previewScheme : label.startsWith(titlePrefix);
}

function isPage({ input, label }: Tab): boolean {
  if (input instanceof TabInputText) return input.uri.scheme === previewScheme;
  return input instanceof TabInputWebview && input.viewType.endsWith('markdown.preview') && label.includes(pageName);
}
