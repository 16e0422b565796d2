import * as lsp from 'vscode-languageserver';
import { type HintKind, type InlayHint, inlayHints } from '../../ide/inlay-hints.ts';
import type { ParsedFile } from '../../language/syntax/file.ts';
import type { Asked, Feature, Service } from '../feature.ts';
import { StaleAnswers } from '../stale-answers.ts';
import { toRange } from '../to-lsp.ts';

export const inlayHintsFeature: Feature = {
  methods: ['textDocument/inlayHint', 'inlayHint/resolve'],
  capabilities: { inlayHintProvider: { resolveProvider: true } },
  register: (service) => {
    const { connection, documents, onDocument } = service;
    const shown = new StaleAnswers(documents, () => refresh(service));
    const answer = onDocument((asked, params: lsp.InlayHintParams) => hintsFor(asked, params, shown), []);
    connection.languages.inlayHint.on(answer);
    connection.languages.inlayHint.resolve((hint) => withTooltip(service, hint));
  },
  configured: (service) => refresh(service),
};

function refresh({ connection, client }: Service): void {
  if (client().refreshesInlayHints) void connection.languages.inlayHint.refresh().catch(() => undefined);
}

function hintsFor(asked: Asked, { range }: lsp.InlayHintParams, shown: StaleAnswers): lsp.InlayHint[] {
  const { workspace, uri, file, client, settings } = asked;
  const span = asked.span(range);
  const find = () => inlayHints(workspace, uri, span, (kind) => settings.inlayHints[kind]);
  const found = find();
  // Editors ask for what is on screen: the last answer is the one that is shown.
  if (client.refreshesInlayHints) shown.remember(uri, 'on screen', labelsOf(found), () => labelsOf(find()));
  return found.map((hint) => toInlayHint(file, uri, hint, client.resolvesHintTooltips));
}

function labelsOf(hints: readonly InlayHint[]): string {
  return hints.map(({ at, label }) => `${at} ${label}`).join('\n');
}

/** What a hint carries until somebody wants to know more. */
interface Untold {
  readonly uri: string;
  readonly offset: number;
  readonly kind: HintKind;
}

function toInlayHint(file: ParsedFile, uri: string, hint: InlayHint, isDeferred: boolean): lsp.InlayHint {
  const { at, label, kind } = hint;
  return {
    position: toRange(file, { from: at, to: at }).start,
    label,
    paddingLeft: true,
    ...(isDeferred ? { data: { uri, offset: at, kind } satisfies Untold } : { tooltip: markdown(hint.tooltip()) }),
  };
}

function withTooltip({ workspace }: Service, hint: lsp.InlayHint): lsp.InlayHint {
  const untold = hint.data as Untold | undefined;
  if (!untold || hint.tooltip !== undefined) return hint;
  const { uri, offset, kind } = untold;
  const there = inlayHints(workspace, uri, { from: offset, to: offset }, (other) => other === kind);
  const found = there.find(({ label }) => label === hint.label);
  return found ? { ...hint, tooltip: markdown(found.tooltip()) } : hint;
}

function markdown(value: string): lsp.MarkupContent {
  return { kind: lsp.MarkupKind.Markdown, value };
}
