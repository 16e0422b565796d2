import * as lsp from 'vscode-languageserver';
import {
  type HierarchyItem,
  type HierarchyKey,
  type HierarchyLink,
  incoming,
  outgoing,
  prepareHierarchy,
} from '../../ide/hierarchy.ts';
import type { Workspace } from '../../ide/workspace.ts';
import { type Asked, type Feature, safely } from '../feature.ts';
import { toRange } from '../to-lsp.ts';
import { SYMBOL_KINDS } from './document-symbols.ts';

/** What stands on what, as the protocol knows it of functions: outgoing is what a thing stands on. */
export const callHierarchyFeature: Feature = {
  methods: ['textDocument/prepareCallHierarchy', 'callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls'],
  capabilities: { callHierarchyProvider: true },
  register: (service) => {
    const { workspace, onDocument } = service;
    const { callHierarchy } = service.connection.languages;
    callHierarchy.onPrepare(onDocument(prepared, null));
    callHierarchy.onIncomingCalls(safely(service, ({ item }) => incomingCalls(workspace, item), []));
    callHierarchy.onOutgoingCalls(safely(service, ({ item }) => outgoingCalls(workspace, item), []));
  },
};

function prepared(
  { workspace, uri, offset }: Asked,
  { position }: lsp.CallHierarchyPrepareParams,
): lsp.CallHierarchyItem[] | null {
  const items = prepareHierarchy(workspace, uri, offset(position)).flatMap((item) => toItem(workspace, item));
  return items.length > 0 ? items : null;
}

function incomingCalls(workspace: Workspace, item: lsp.CallHierarchyItem | undefined): lsp.CallHierarchyIncomingCall[] {
  const key = keyOf(item);
  if (!key) return [];
  return incoming(workspace, key).flatMap((link) =>
    toItem(workspace, link.item).map((from) => ({ from, fromRanges: rangesOf(workspace, link) })),
  );
}

function outgoingCalls(workspace: Workspace, item: lsp.CallHierarchyItem | undefined): lsp.CallHierarchyOutgoingCall[] {
  const key = keyOf(item);
  if (!key) return [];
  return outgoing(workspace, key).flatMap((link) =>
    toItem(workspace, link.item).map((to) => ({ to, fromRanges: rangesOf(workspace, link) })),
  );
}

function toItem(workspace: Workspace, item: HierarchyItem): lsp.CallHierarchyItem[] {
  const { name, detail, kind, uri, block, selection, key } = item;
  const file = workspace.file(uri);
  if (!file) return [];
  return [
    {
      name,
      detail,
      kind: SYMBOL_KINDS[kind] ?? lsp.SymbolKind.Object,
      uri,
      range: toRange(file, block),
      selectionRange: toRange(file, selection),
      data: key,
    },
  ];
}

function rangesOf(workspace: Workspace, { at }: HierarchyLink): lsp.Range[] {
  return at.flatMap(({ uri, ...span }) => {
    const file = workspace.file(uri);
    return file ? [toRange(file, span)] : [];
  });
}

/** What the item was given to be found again; an editor may send anything. */
function keyOf(item: lsp.CallHierarchyItem | undefined): HierarchyKey | undefined {
  const key = item?.data as Partial<HierarchyKey> | undefined;
  if (typeof key?.uri !== 'string' || !Array.isArray(key.ids)) return undefined;
  return { uri: key.uri, ids: key.ids.map(String), isWhole: key.isWhole === true };
}
