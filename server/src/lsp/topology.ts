import type * as lsp from 'vscode-languageserver';
import { nodeAt, revealNode, topologyFix, topologyOf } from '../ide/topology.ts';
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
import type { Documents } from './documents.ts';
import { fromPosition } from './from-lsp.ts';
import { toLocation, toWorkspaceEdit } from './to-lsp.ts';

/** Answers what the topology view asks. The layout worker starts with the first picture that needs it. */
export function registerTopology(connection: lsp.Connection, documents: Documents, spawn: () => WorkerPort): void {
  const { workspace } = documents;
  const router = workerRouter({ spawn });
  let revision = 1;
  let wasAsked = false;
  documents.onChanged((uris) => {
    revision++;
    const [uri] = uris;
    if (!wasAsked || uri === undefined) return;
    const params: TopologyChangedParams = { uri };
    void connection.sendNotification(topologyChanged, params);
  });

  const answer = async ({ uri, revision: shown }: TopologyParams): Promise<TopologyAnswer> => {
    wasAsked = true;
    const topology = topologyOf(workspace, uri);
    if (!topology) throw new Error('this file is not open');
    const broken = topology.broken && brokenText(uri, topology.broken);
    const now = { revision, ...(broken ? { broken } : {}) };
    if (shown === revision) return { type: 'same', ...now };
    if (broken && shown !== undefined) return { type: 'broken', ...now, broken };
    const { graph } = topology;
    const routes = await routeGraph(graph, router);
    const late = routes.size < blockProblems(graph).size;
    return { type: 'graph', ...now, graph, routes: [...routes], ...(late ? { late } : {}) };
  };
  connection.onRequest(topologyRequest, (params: TopologyParams): Promise<object> => answer(params));

  connection.onRequest(revealRequest, ({ uri, node }: RevealParams): RevealResult => {
    const place = revealNode(workspace, uri, node);
    return (place && toLocation(workspace, place.uri, place)) ?? null;
  });

  connection.onRequest(nodeAtRequest, ({ uri, position }: NodeAtParams): NodeAtResult => {
    const file = workspace.file(uri);
    return (file && nodeAt(workspace, uri, fromPosition(file, position))) ?? null;
  });

  connection.onRequest(fixRequest, ({ uri, finding, fix }: FixParams): FixResult => {
    const edits = topologyFix(workspace, uri, finding, fix);
    if (!edits) return null;
    const changes = Object.entries(toWorkspaceEdit(workspace, edits).changes ?? {});
    return changes.map(([file, list]) => ({ uri: file, edits: list }));
  });

  connection.onShutdown(() => router.dispose());
}

function brokenText(shown: string, { uri, line }: { readonly uri: string; readonly line: number }): BrokenText {
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return { uri, line, place: uri === shown ? `Line ${line + 1}` : `${name}:${line + 1}` };
}
