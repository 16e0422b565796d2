import type * as lsp from 'vscode-languageserver';
import { findings, type ListedFinding } from '../ide/findings.ts';
import type { Workspace } from '../ide/workspace.ts';
import { type FindingsResult, findingsChanged, findingsRequest, type WireFinding } from '../protocol/findings.ts';
import type { Documents } from './documents.ts';
import { safely } from './feature.ts';
import { nudgeOnce } from './nudge.ts';
import { toLocation } from './to-lsp.ts';

/** Milliseconds in which changes are gathered: a list of findings is read, not watched letter by letter. */
const GATHERING = 100;

const NOTHING: FindingsResult = {
  findings: [],
  counts: { error: 0, warning: 0, info: 0, hint: 0 },
  isCut: false,
  designs: [],
};

/** Answers what the list of findings and the status bar ask, and nudges them once after each answer. */
export function registerFindings(connection: lsp.Connection, documents: Documents): void {
  const { workspace } = documents;
  const nudge = nudgeOnce(connection, documents, findingsChanged, GATHERING);
  const answer = (): FindingsResult => {
    nudge.answered();
    return findingsResult(workspace);
  };
  connection.onRequest(findingsRequest, safely({ connection }, answer, NOTHING));
}

function findingsResult(workspace: Workspace): FindingsResult {
  const { findings: list, ...rest } = findings(workspace);
  return { findings: list.flatMap((one) => toWire(workspace, one)), ...rest };
}

function toWire(workspace: Workspace, { diagnostic, title, teams, owners }: ListedFinding): WireFinding[] {
  const { uri, code, painPoint, severity, message, entity } = diagnostic;
  const location = toLocation(workspace, uri, diagnostic);
  if (!location) return [];
  const about = { painPoint: painPoint ?? null, entity: entity ?? null };
  return [{ rule: code, title, ...about, teams, owners, severity, message, location }];
}
