import type * as lsp from 'vscode-languageserver';
import { planChoices } from '../ide/plans/choices.ts';
import { propose } from '../ide/proposals.ts';
import {
  type PlanAnswer,
  type PlanChoicesParams,
  type PlanChoicesResult,
  type PlanParams,
  planChoicesRequest,
  planRequest,
} from '../protocol/plans.ts';
import { cancelled, type Service, safely } from './feature.ts';
import { askPlanner } from './planner/progress.ts';
import { toFileEdits } from './to-lsp.ts';

/** Answers what can be planned, and makes plans. They may take seconds: whatever else is asked meanwhile goes first. */
export function registerPlans(service: Service): void {
  const { connection, workspace } = service;
  const planned = async (params: PlanParams, token: lsp.CancellationToken): Promise<PlanAnswer> => {
    // Nothing was begun with.
    if (token.isCancellationRequested) throw cancelled();
    const { workDoneToken } = params;
    const { answer } = await askPlanner(service, 'plan', params, {
      title: 'Planning moves',
      workDoneToken,
      stop: token,
    });
    const { outcome, title, page, edits, isStopped } = answer;
    const project = workspace.projectOf(params.uri);
    const id = project && edits.length > 0 ? propose(workspace, project, answer).id : undefined;
    return {
      ...(id === undefined ? {} : { id }),
      outcome,
      title,
      page,
      edits: toFileEdits(workspace, edits),
      ...(isStopped ? { isStopped } : {}),
    };
  };
  connection.onRequest<PlanAnswer, void>(planRequest, planned);
  const choices = ({ uri }: PlanChoicesParams): PlanChoicesResult => {
    const design = workspace.projectOf(uri)?.design;
    return design ? planChoices(design) : null;
  };
  connection.onRequest(planChoicesRequest, safely<PlanChoicesParams, PlanChoicesResult>(service, choices, null));
}
