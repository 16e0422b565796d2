import * as lsp from 'vscode-languageserver';
import { type PlanDate, parseDayOrMonth } from '../base/dates.ts';
import { cardOf } from '../ide/card.ts';
import { PLAN } from '../ide/finding-notes.ts';
import { proposalOf } from '../ide/proposals.ts';
import type { Supposition } from '../ide/scenario.ts';
import { nodeAt, revealNode, topologyFix, topologyInSteps } from '../ide/topology.ts';
import { tryMove } from '../ide/try-move.ts';
import type { Workspace } from '../ide/workspace.ts';
import {
  type FixParams,
  type FixResult,
  fixRequest,
  type NodeAtParams,
  type NodeAtResult,
  nodeAtRequest,
  type RevealParams,
  type RevealResult,
  revealRequest,
  type TopologyChangedParams,
  topologyChanged,
  topologyRequest,
} from '../protocol/requests.ts';
import {
  type BrokenText,
  type Card,
  type CardParams,
  cardRequest,
  type TopologyAnswer,
  type TopologyParams,
  type TryFix,
  type TryFixParams,
  type TryMove,
  type TryMoveParams,
  tryFixRequest,
  tryMoveRequest,
} from '../protocol/topology.ts';
import type { LinkRouter } from '../topology/layout/block.ts';
import { blockProblems, routeGraph } from '../topology/layout/layout.ts';
import { type Service, safely } from './feature.ts';
import { fromPosition } from './from-lsp.ts';
import { Pictures } from './pictures.ts';
import { askPlanner } from './planner/progress.ts';
import { toFileEdits, toLocation } from './to-lsp.ts';

/**
 * Answers what the topology view asks. A picture is made in the background: an editor asks for one after each edit, while
 * somebody types.
 */
export function registerTopology(service: Service, router: LinkRouter): void {
  const { connection, documents, workspace, background } = service;
  const pictures = new Pictures();
  let revision = 1;
  let wasAsked = false;
  /** Whoever waits for links to be routed. */
  const waiting = new Set<() => void>();
  documents.onChanged((uris) => {
    revision++;
    for (const stop of waiting) stop();
    waiting.clear();
    const [uri] = uris;
    if (!wasAsked || uri === undefined) return;
    const params: TopologyChangedParams = { uri };
    void connection.sendNotification(topologyChanged, params);
  });

  const answer = async (
    { uri, shown, at, failed, plan }: TopologyParams,
    token: lsp.CancellationToken,
  ): Promise<TopologyAnswer> => {
    wasAsked = true;
    const supposition = (): Supposition => suppositionOf(workspace, uri, { at, failed, plan });
    const topology = await background.run(() => topologyInSteps(workspace, uri, supposition()), token);
    if (!topology) throw new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, 'this file is not open');
    const broken = topology.broken && brokenText(uri, topology.broken);
    const asked = JSON.stringify([uri, at, failed, plan]);
    // A plan is for a text, however broken; for another one it is none.
    if (broken && !plan && shown !== undefined && !pictures.isOther(shown, asked)) return { type: 'broken', broken };
    const { graph } = topology;
    // Whoever types does not wait for links to be routed: the next picture, which is asked for after the edit, has them.
    const made = revision;
    let stop = (): void => undefined;
    const edited = new Promise<void>((resolve) => {
      stop = resolve;
    });
    waiting.add(stop);
    const routes = await routeGraph(graph, router, edited);
    waiting.delete(stop);
    const late = revision === made && routes.size < blockProblems(graph).size;
    return {
      ...pictures.answer({ graph, routes: [...routes] }, asked, shown),
      ...(late ? { late } : {}),
      ...(broken ? { broken } : {}),
    };
  };
  connection.onRequest<TopologyAnswer, void>(topologyRequest, answer);

  const reveal = ({ uri, node }: RevealParams): RevealResult => {
    const place = revealNode(workspace, uri, node);
    return (place && toLocation(workspace, place.uri, place)) ?? null;
  };
  connection.onRequest(revealRequest, safely<RevealParams, RevealResult>(service, reveal, null));

  const nodeThere = ({ uri, position }: NodeAtParams): NodeAtResult => {
    const file = workspace.file(uri);
    return (file && nodeAt(workspace, uri, fromPosition(file, position))) ?? null;
  };
  connection.onRequest(nodeAtRequest, safely<NodeAtParams, NodeAtResult>(service, nodeThere, null));

  const fixFor = async (params: FixParams, token: lsp.CancellationToken): Promise<FixResult> => {
    const { uri, finding, fix, reason } = params;
    const edits =
      fix === PLAN
        ? (await askPlanner(service, 'fix', params, { title: 'VDC: planning moves', giveUp: token })).answer
        : await background.run(() => topologyFix(workspace, uri, finding, fix, reason), token);
    return edits ? toFileEdits(workspace, edits) : null;
  };
  connection.onRequest(fixRequest, fixFor);

  const card = async ({ uri, node, ...more }: CardParams, token: lsp.CancellationToken): Promise<Card | null> => {
    function* asked() {
      yield;
      return cardOf(workspace, uri, node ?? '', suppositionOf(workspace, uri, more));
    }
    const found = await background.run(asked, token);
    if (!found) return null;
    const rows = found.rows.map(({ place, ...row }) => {
      // What a plan would write is nowhere yet.
      const where = place && !more.plan && toLocation(workspace, place.uri, place);
      return where ? { ...row, place: where } : row;
    });
    return { ...found, rows };
  };
  connection.onRequest<Card | null, void>(cardRequest, card);

  const moveTo = async ({ uri, vm, to }: TryMoveParams, token: lsp.CancellationToken): Promise<TryMove | null> => {
    const trial = await background.run(() => tryMove(workspace, uri, vm ?? '', to ?? ''), token);
    if (!trial) return null;
    const { barred, refused, edits, hosts, findings } = trial;
    return {
      ...(barred === undefined ? {} : { barred }),
      ...(refused === undefined ? {} : { refused }),
      hosts,
      findings,
      edits: edits ? toFileEdits(workspace, edits) : null,
    };
  };
  connection.onRequest<TryMove | null, void>(tryMoveRequest, moveTo);

  const fixTrial = async (params: TryFixParams, token: lsp.CancellationToken): Promise<TryFix | null> =>
    (await askPlanner(service, 'tryFix', params, { title: 'VDC: trying a fix', giveUp: token })).answer ?? null;
  connection.onRequest<TryFix | null, void>(tryFixRequest, fixTrial);
}

/** @throws ResponseError for what is no day */
function suppositionOf(
  workspace: Workspace,
  uri: string,
  { at, failed, plan }: Pick<TopologyParams, 'at' | 'failed' | 'plan'>,
): Supposition {
  const project = plan && workspace.projectOf(uri);
  const proposal = project && proposalOf(workspace, project, plan.id);
  return {
    at: at === undefined ? undefined : dayOf(at),
    failed,
    ...(proposal ? { plan: { proposal, step: Math.max(0, plan?.step ?? proposal.steps) } } : {}),
  };
}

function dayOf(text: string): PlanDate {
  const parsed = parseDayOrMonth(text);
  if ('error' in parsed) throw new lsp.ResponseError(lsp.ErrorCodes.InvalidParams, parsed.error);
  return parsed.value;
}

function brokenText(shown: string, { uri, line }: { readonly uri: string; readonly line: number }): BrokenText {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return { uri, line, place: uri === shown ? `Line ${line + 1}` : `${name}:${line + 1}` };
}
