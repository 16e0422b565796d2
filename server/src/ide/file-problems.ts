import type { Declaration, Located } from '../design/declaration.ts';
import type { Design, Import } from '../design/design.ts';
import { unusedOf } from '../design/unused.ts';
import type { Problem } from '../language/problem.ts';

export interface FileProblem {
  readonly located: Located;
  readonly problem: Problem;
}

/** Imports of a file that cannot be read, go round in a circle or bring nothing, and its classes that nothing uses. */
export function* fileProblems(design: Design, uri: string): Generator<FileProblem> {
  const imports = design.imports();
  for (const statement of imports) {
    if (statement.declaration.uri !== uri) continue;
    const problem = importProblem(statement, imports);
    if (problem) yield* at(statement.declaration, problem);
  }
  if (uri !== design.root) return;
  const unused = unusedOf(design);
  for (const { declaration, path } of unused.imports) {
    const message = `nothing of ${path} is used`;
    yield* at(declaration, { code: 'import-unused', severity: 'hint', message });
  }
  for (const declaration of unused.classes) {
    const message = `nothing is of class ${declaration.kind} ${declaration.names.join(', ')}`;
    yield* at(declaration, { code: 'class-unused', severity: 'hint', message });
  }
}

function* at(declaration: Declaration, problem: Omit<Problem, 'from' | 'to'>): Generator<FileProblem> {
  const located = declaration.head();
  const span = located?.sentence.subject;
  if (located && span) yield { located, problem: { ...problem, from: span.from, to: span.to } };
}

function importProblem(statement: Import, all: readonly Import[]): Omit<Problem, 'from' | 'to'> | undefined {
  const { uri, path, isRead, declaration } = statement;
  if (uri === undefined) {
    const message = `${path} leads out of the workspace; imports are relative and stay inside`;
    return { code: 'import-unreadable', message };
  }
  if (!isRead)
    return { code: 'import-unreadable', message: `${path} cannot be read; names from it are not checked until it can` };
  if (!reaches(uri, declaration.uri, all)) return undefined;
  const message =
    uri === declaration.uri
      ? 'this file imports itself, which changes nothing'
      : `${path} imports this file in its turn; the files of a design see each other's names, so one direction is enough`;
  return { code: 'import-cycle', severity: 'hint', message };
}

function reaches(from: string, to: string, imports: readonly Import[]): boolean {
  const seen = new Set([from]);
  for (const uri of seen) {
    if (uri === to) return true;
    for (const other of imports) if (other.declaration.uri === uri && other.uri !== undefined) seen.add(other.uri);
  }
  return false;
}
