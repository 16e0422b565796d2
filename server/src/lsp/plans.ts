import type * as lsp from 'vscode-languageserver';
import type { Steps } from '../base/steps.ts';
import { plannedFor } from '../ide/code-actions.ts';
import { planForWish } from '../ide/plans/ask.ts';
import { planChoices } from '../ide/plans/choices.ts';
import { noPlan, type Planned } from '../ide/plans/make.ts';
import { planPage } from '../ide/plans/page.ts';
import { propose } from '../ide/proposals.ts';
import { plannedFix } from '../ide/topology.ts';
import type { Workspace } from '../ide/workspace.ts';
import {
  type PlanAnswer,
  type PlanChoicesParams,
  type PlanChoicesResult,
  type PlanParams,
  planChoicesRequest,
  planRequest,
} from '../protocol/plans.ts';
import { type Service, safely } from './feature.ts';
import { toFileEdits } from './to-lsp.ts';

/** Answers what can be planned, and makes plans. They may take seconds: whatever else is asked meanwhile goes first. */
export function registerPlans(service: Service): void {
  const { connection, workspace, background } = service;
  const planned = async (params: PlanParams, token: lsp.CancellationToken): Promise<PlanAnswer> => {
    const made = await background.run(() => planFor(workspace, params), token);
    const project = workspace.projectOf(params.uri);
    const id =
      project && made.kind === 'plan' && made.edits.length > 0 ? propose(workspace, project, made).id : undefined;
    return {
      ...(id === undefined ? {} : { id }),
      outcome: made.kind,
      title: made.kind === 'plan' ? made.title : made.reason,
      page: planPage(made),
      edits: made.kind === 'plan' ? toFileEdits(workspace, made.edits) : [],
    };
  };
  connection.onRequest(planRequest, planned);
  const choices = ({ uri }: PlanChoicesParams): PlanChoicesResult => {
    const design = workspace.projectOf(uri)?.design;
    return design ? planChoices(design) : null;
  };
  connection.onRequest(planChoicesRequest, safely<PlanChoicesParams, PlanChoicesResult>(service, choices, null));
}

/** A plan for what a client wishes. What comes over the wire may lack anything. */
export function* planFor(workspace: Workspace, params: Partial<PlanParams>): Steps<Planned> {
  const { uri = '', wish, acceptsWarnings = false } = params;
  if (!wish) return noPlan('it was not said what for');
  if (wish.kind === 'mend') return (yield* plannedFor(workspace, uri, wish.key)) ?? noPlan('the finding is gone');
  if (wish.kind === 'fix') return yield* plannedFix(workspace, uri, wish.finding, wish.fix);
  const project = workspace.projectOf(uri);
  if (!project) return noPlan('this file is of no design');
  const own = wish.kind === 'fit' ? { ...wish, count: wish.count } : wish;
  return yield* planForWish(workspace, project, own, { acceptsWarnings });
}
