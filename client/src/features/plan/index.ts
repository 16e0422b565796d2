import {
  type CancellationToken,
  commands,
  type ExtensionContext,
  type Progress,
  ProgressLocation,
  window,
} from 'vscode';
import {
  type PlanAnswer,
  type PlanChoicesResult,
  type PlanParams,
  planChoicesRequest,
  planRequest,
  previewPlanCommand,
  type WireWish,
} from '../../../../server/src/protocol/plans.ts';
import { Busy } from '../../busy.ts';
import type { LanguageServer } from '../../language-server.ts';
import { pickWish } from './pick.ts';
import { type PlanPlace, PlanPreview } from './preview.ts';

/** "VDC: Plan Moves…" and what a code action previews: a plan is shown with its proof, and applied once it is agreed to. */
export function activatePlan(context: ExtensionContext, server: LanguageServer): void {
  const preview = new PlanPreview();
  let last: { readonly params: PlanParams; readonly place: PlanPlace } | undefined;

  const plan = async (params: PlanParams, place: PlanPlace = 'text'): Promise<void> => {
    last = { params, place };
    const made = await ask(server, params);
    if (!made) return;
    if (made.outcome === 'nothing') {
      void window.showInformationMessage(sentence(made.title));
      return;
    }
    if (made.outcome === 'no-plan') {
      void noPlan(made, params, place);
      return;
    }
    const isPictured = await preview.show(made, params.uri, place);
    // In the topology a strip asks.
    if (made.edits.length > 0 && !isPictured) void decide(made);
  };

  const noPlan = async (made: PlanAnswer, params: PlanParams, place: PlanPlace): Promise<void> => {
    if (made.isStopped) {
      void window.showInformationMessage(sentence(made.title));
      return;
    }
    const [why, allow] = ['Show Why', 'Allow Warnings'];
    const isMending = params.wish.kind === 'mend' || params.wish.kind === 'fix';
    const buttons = params.acceptsWarnings || isMending ? [why] : [why, allow];
    const answer = await window.showWarningMessage(sentence(made.title), ...buttons);
    if (answer === why) await preview.show(made, params.uri, 'text');
    if (answer === allow) await plan({ ...params, acceptsWarnings: true }, place);
  };

  const decide = async (made: PlanAnswer): Promise<void> => {
    const [apply, show, cancel] = ['Apply', 'Show in Topology', 'Cancel'];
    const answer = await window.showInformationMessage(`${made.title}. Apply it?`, apply, show, cancel);
    if (!preview.isShown(made)) return;
    if (answer === show) await preview.showPicture(true);
    if (answer === apply) await applyShown();
    if (answer === cancel) await preview.close();
  };

  const applyShown = async (): Promise<void> => {
    const outcome = await preview.apply();
    if (outcome !== 'changed' || !last) return;
    void window.showWarningMessage('The text has changed since the plan was made; it is planned anew.');
    await plan(last.params, last.place);
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
    commands.registerCommand(previewPlanCommand, (uri: string, wish: WireWish, place?: PlanPlace) =>
      plan({ uri, wish }, place),
    ),
    commands.registerCommand('vdc.planInTopology', () => preview.showPicture(true)),
    commands.registerCommand('vdc.comparePlan', () => preview.compare()),
    commands.registerCommand('vdc.planAnew', () => last && plan(last.params, last.place)),
    commands.registerCommand('vdc.applyPlan', applyShown),
    commands.registerCommand('vdc.discardPlan', () => preview.close()),
  );
}

/** What is best so far has to be put in order and tried when a plan is stopped, and the notification is gone by then. */
const stopping = new Busy('VDC: trying the best plan so far');
let asked = 0;

type Shown = Progress<{ readonly message?: string; readonly increment?: number }>;

/** Asks for a plan, with progress and a way to stop it with the best so far; undefined if it failed. */
async function ask(server: LanguageServer, params: PlanParams): Promise<PlanAnswer | undefined> {
  const options = { location: ProgressLocation.Notification, title: 'VDC: planning moves', cancellable: true };
  const request = async (progress: Shown, token: CancellationToken): Promise<PlanAnswer | undefined> => {
    await server.start();
    const workDoneToken = `vdc-plan-${++asked}`;
    let shown = 0;
    const told = server.onProgress(workDoneToken, ({ percentage = shown, message = '' }) => {
      progress.report({ increment: percentage - shown, message: `${percentage} %${message && `, ${message}`}` });
      shown = percentage;
    });
    const answer = server.request<PlanAnswer>(planRequest, { ...params, workDoneToken }, token);
    const stopped = token.onCancellationRequested(() => void stopping.during(() => answer).catch(() => undefined));
    try {
      return await answer;
    } catch (error) {
      if (!token.isCancellationRequested)
        void window.showErrorMessage(`No plan was made: ${error instanceof Error ? error.message : error}`);
      return undefined;
    } finally {
      told.dispose();
      stopped.dispose();
    }
  };
  return await window.withProgress(options, request);
}

function sentence(text: string): string {
  const whole = `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
