import { type CancellationToken, commands, type ExtensionContext, ProgressLocation, window } from 'vscode';
import {
  type PlanAnswer,
  type PlanChoicesResult,
  type PlanParams,
  planChoicesRequest,
  planRequest,
  previewPlanCommand,
  type WireWish,
} from '../../../../server/src/protocol/plans.ts';
import type { LanguageServer } from '../../language-server.ts';
import { pickWish } from './pick.ts';
import { PlanPreview } from './preview.ts';

/** "VDC: Plan Moves…" and what a code action previews: a plan is shown with its proof, and applied once it is agreed to. */
export function activatePlan(context: ExtensionContext, server: LanguageServer): void {
  const preview = new PlanPreview();
  let last: PlanParams | undefined;

  const plan = async (params: PlanParams): Promise<void> => {
    last = params;
    const made = await ask(server, params);
    if (!made) return;
    if (made.outcome === 'nothing') {
      void window.showInformationMessage(sentence(made.title));
      return;
    }
    if (made.outcome === 'no-plan') {
      void noPlan(made, params);
      return;
    }
    await preview.show(made);
    if (made.edits.length > 0) void decide(made);
  };

  const noPlan = async (made: PlanAnswer, params: PlanParams): Promise<void> => {
    const [why, allow] = ['Show Why', 'Allow Warnings'];
    const buttons = params.acceptsWarnings || params.wish.kind === 'mend' ? [why] : [why, allow];
    const answer = await window.showWarningMessage(sentence(made.title), ...buttons);
    if (answer === why) await preview.show(made);
    if (answer === allow) await plan({ ...params, acceptsWarnings: true });
  };

  const decide = async (made: PlanAnswer): Promise<void> => {
    const [apply, cancel] = ['Apply', 'Cancel'];
    const answer = await window.showInformationMessage(`${made.title}. Apply it?`, apply, cancel);
    if (!preview.isShown(made)) return;
    if (answer === apply) await applyShown();
    if (answer === cancel) await preview.close();
  };

  const applyShown = async (): Promise<void> => {
    const outcome = await preview.apply();
    if (outcome !== 'changed' || !last) return;
    void window.showWarningMessage('The text has changed since the plan was made; it is planned anew.');
    await plan(last);
  };

  const choose = async (): Promise<void> => {
    const { document } = window.activeTextEditor ?? {};
    if (document?.languageId !== 'vdc') {
      void window.showInformationMessage('Open a .vdc file to plan moves in its design.');
      return;
    }
    const uri = document.uri.toString();
    const choices = await server.request<PlanChoicesResult>(planChoicesRequest, { uri });
    if (!choices || choices.clusters.length + choices.unconverted === 0) {
      void window.showInformationMessage('The design has no cluster whose VMs could move, and no server to convert.');
      return;
    }
    const wish = await pickWish(choices);
    if (wish) await plan({ uri, wish });
  };

  context.subscriptions.push(
    preview,
    commands.registerCommand('vdc.planMoves', choose),
    commands.registerCommand(previewPlanCommand, (uri: string, wish: WireWish) => plan({ uri, wish })),
    commands.registerCommand('vdc.applyPlan', applyShown),
    commands.registerCommand('vdc.discardPlan', () => preview.close()),
  );
}

/** Asks for a plan, with progress and a way to give up; undefined if the user did, or if it failed. */
async function ask(server: LanguageServer, params: PlanParams): Promise<PlanAnswer | undefined> {
  const options = { location: ProgressLocation.Notification, title: 'VDC: planning moves', cancellable: true };
  const request = async (token: CancellationToken): Promise<PlanAnswer | undefined> => {
    try {
      return await server.request<PlanAnswer>(planRequest, params, token);
    } catch (error) {
      if (!token.isCancellationRequested)
        void window.showErrorMessage(`No plan was made: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  return await window.withProgress(options, (_, token) => request(token));
}

function sentence(text: string): string {
  const whole = `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
