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
import type { PlanShown } from '../../../../server/src/protocol/messages.ts';
import { type PlanAnswer, showPlanCommand } from '../../../../server/src/protocol/plans.ts';
import { editedText, toWorkspaceEdit } from '../../file-edits.ts';
import { previewScheme } from '../../language-server.ts';

const shownKey = 'vdc.isPlanShown';
const pageName = 'Plan.md';
const titlePrefix = 'Plan: ';

/** Where a plan is shown: as a comparison of the text with the proof beside, or in the topology alone. */
export type PlanPlace = 'text' | 'picture';

interface Shown {
  readonly plan: PlanAnswer;
  /** The file that it was asked for. */
  readonly uri: string;
  readonly place: PlanPlace;
  /** The texts that it was made for, by uri. */
  readonly texts: ReadonlyMap<string, string>;
}

/** One plan at a time, shown before it is applied: the text before and after side by side, and the proof as a page. */
export class PlanPreview implements TextDocumentContentProvider, Disposable {
  readonly #contents = new Map<string, string>();
  readonly #disposables: readonly Disposable[];
  #shown: Shown | undefined;
  #count = 0;
  /** A key may be heard by the editor and by the topology. */
  #isApplying = false;

  constructor() {
    this.#disposables = [
      workspace.registerTextDocumentContentProvider(previewScheme, this),
      window.tabGroups.onDidChangeTabs(({ closed }) => {
        // Who closes the comparison wants no plan any more, unless it is looked at elsewhere.
        const isLeft = closed.some(isComparison) && !allTabs().some(isComparison);
        if (isLeft && this.#shown?.place === 'text') void this.#forget();
      }),
    ];
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#contents.get(uri.toString()) ?? '';
  }

  /** Shows a plan in place of the one before. Answers whether the topology shows it, too. */
  async show(plan: PlanAnswer, uri: string, place: PlanPlace): Promise<boolean> {
    await this.close();
    const texts = new Map<string, string>();
    for (const file of plan.edits)
      texts.set(file.uri, (await workspace.openTextDocument(Uri.parse(file.uri))).getText());
    this.#shown = { plan, uri, place, texts };
    await commands.executeCommand('setContext', shownKey, plan.edits.length > 0);
    if (place === 'picture') return await this.showPicture(false);
    await this.#showText(plan);
    const isPictured = await this.showPicture(false);
    // Page and picture come up when they like; keys are for the comparison.
    await commands.executeCommand('workbench.action.focusFirstEditorGroup');
    return isPictured;
  }

  /** Shows it in the topology; opens one where there is none if that is asked for. Answers whether there is one. */
  async showPicture(opens: boolean): Promise<boolean> {
    const { plan, uri } = this.#shown ?? {};
    if (plan?.id === undefined || uri === undefined) return false;
    const message: PlanShown = { id: plan.id };
    return (await commands.executeCommand<boolean>(showPlanCommand, uri, message, opens)) === true;
  }

  /** Shows the text before and after of what is shown. */
  async compare(): Promise<void> {
    if (!this.#shown) return;
    await this.#showText(this.#shown.plan);
    await commands.executeCommand('workbench.action.focusFirstEditorGroup');
  }

  async #showText(plan: PlanAnswer): Promise<void> {
    await this.#closeTabs();
    this.#count++;
    const pairs: [original: Uri, after: Uri][] = [];
    for (const file of plan.edits) {
      const original = Uri.parse(file.uri);
      const document = await workspace.openTextDocument(original);
      const last = original.path.slice(original.path.lastIndexOf('/') + 1);
      const name = last.endsWith('.vdc') ? last : `${last}.vdc`;
      const after = Uri.from({ scheme: previewScheme, path: `/${this.#count}/${name}`, query: file.uri });
      this.#contents.set(after.toString(), editedText(document, file));
      pairs.push([original, after]);
    }
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
    if (!shown || shown.plan.edits.length === 0 || this.#isApplying) return 'nothing';
    this.#isApplying = true;
    try {
      return await this.#applyTo(shown);
    } finally {
      this.#isApplying = false;
    }
  }

  async #applyTo(shown: Shown): Promise<'applied' | 'changed'> {
    for (const [uri, text] of shown.texts) {
      const document = await workspace.openTextDocument(Uri.parse(uri));
      if (document.getText() !== text) return 'changed';
    }
    const { plan, uri, place } = shown;
    if (plan.id !== undefined) {
      const message: PlanShown = { id: plan.id, isAccepted: true };
      await commands.executeCommand(showPlanCommand, uri, message, false);
    }
    const isApplied = await workspace.applyEdit(toWorkspaceEdit(plan.edits));
    const [first] = shown.texts.keys();
    await this.#end(!isApplied);
    if (first !== undefined && place === 'text')
      await window.showTextDocument(Uri.parse(first), { viewColumn: ViewColumn.One });
    return isApplied ? 'applied' : 'changed';
  }

  /** Whether this plan is what is shown. */
  isShown(plan: PlanAnswer): boolean {
    return this.#shown?.plan === plan;
  }

  /** Takes away everything that is shown. */
  close(): Promise<void> {
    return this.#end(true);
  }

  /** `isDropped`: the topology shows the design as it is again; else it waits for the edit. */
  async #end(isDropped: boolean): Promise<void> {
    const shown = this.#shown;
    this.#shown = undefined;
    await this.#closeTabs();
    await this.#forget(isDropped ? shown : undefined);
  }

  async #closeTabs(): Promise<void> {
    const tabs = allTabs().filter((tab) => isComparison(tab) || isPage(tab));
    if (tabs.length > 0) await window.tabGroups.close(tabs);
    this.#contents.clear();
  }

  async #forget(dropped = this.#shown): Promise<void> {
    this.#shown = undefined;
    this.#contents.clear();
    await commands.executeCommand('setContext', shownKey, false);
    const message: PlanShown = { id: null };
    if (dropped) await commands.executeCommand(showPlanCommand, dropped.uri, message, false);
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
