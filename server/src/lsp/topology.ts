import * as lsp from 'vscode-languageserver';
import { nodeAt, revealNode, topologyFix, topologyInSteps } from '../ide/topology.ts';
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
import type { BrokenText, TopologyAnswer, TopologyParams } from '../protocol/topology.ts';
import { blockProblems, routeGraph } from '../topology/layout/layout.ts';
import { type WorkerPort, workerRouter } from '../topology/layout/router.ts';
import { type Service, safely } from './feature.ts';
import { fromPosition } from './from-lsp.ts';
import { toLocation, toWorkspaceEdit } from './to-lsp.ts';

/**
 * Answers what the topology view asks. A picture is made in the background: an editor asks for one after each edit, while
 * somebody types. The layout worker starts with the first picture that needs it.
 */
export function registerTopology(service: Service, spawn: () => WorkerPort): void {
  const { connection, documents, workspace, background } = service;
  const router = workerRouter({ spawn });
  let revision = 1;
  let wasAsked = false;
  documents.onChanged((uri) => {
    revision++;
    const params: TopologyChangedParams = { uri };
    if (wasAsked) void connection.sendNotification(topologyChanged, params);
  });

  const answer = async (
    { uri, revision: shown }: TopologyParams,
    token: lsp.CancellationToken,
  ): Promise<TopologyAnswer> => {
    wasAsked = true;
    const topology = await background.run(() => topologyInSteps(workspace, uri), token);
    if (!topology) throw new lsp.ResponseError(lsp.LSPErrorCodes.RequestFailed, 'this file is not open');
    const broken = topology.broken && brokenText(uri, topology.broken);
    const now = { revision, ...(broken ? { broken } : {}) };
    if (shown === revision) return { type: 'same', ...now };
    if (broken && shown !== undefined) return { type: 'broken', ...now, broken };
    const { graph } = topology;
    const routes = await routeGraph(graph, router);
    const late = routes.size < blockProblems(graph).size;
    return { type: 'graph', ...now, graph, routes: [...routes], ...(late ? { late } : {}) };
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

  const fixFor = async ({ uri, finding, fix }: FixParams, token: lsp.CancellationToken): Promise<FixResult> => {
    const edits = await background.run(() => topologyFix(workspace, uri, finding, fix), token);
    if (!edits) return null;
    const changes = Object.entries(toWorkspaceEdit(workspace, edits).changes ?? {});
    return changes.map(([file, list]) => ({ uri: file, edits: list }));
  };
  connection.onRequest(fixRequest, fixFor);

  connection.onShutdown(() => router.dispose());
}

function brokenText(shown: string, { uri, line }: { readonly uri: string; readonly line: number }): BrokenText {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return { uri, line, place: uri === shown ? `Line ${line + 1}` : `${name}:${line + 1}` };
}
