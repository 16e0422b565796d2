import { posix } from 'node:path';
import type { Entity } from '../../server/src/design/declaration.ts';
import { Design, type Texts } from '../../server/src/design/design.ts';
import { parseFile } from '../../server/src/language/syntax/file.ts';
import { checkDesign, type Finding } from '../../server/src/rules/run.ts';

/** A design from texts by file name; the first one is the root. */
export function designOf(files: string | Readonly<Record<string, string>>): Design {
  const all = typeof files === 'string' ? { 'main.vdc': files } : files;
  const parsed = new Map(Object.entries(all).map(([name, text]) => [name, parseFile(text)]));
  const texts: Texts = {
    file: (uri) => parsed.get(uri),
    importUri: (from, path) => posix.join(posix.dirname(from), path),
  };
  const [root = 'main.vdc'] = Object.keys(all);
  return new Design(root, texts);
}

/** The one thing of this kind and name. */
export function entityOf(design: Design, kind: string, name: string): Entity {
  const [entity] = design.names.read(kind, name).entities;
  if (!entity) throw new Error(`the design has no ${kind} ${name}`);
  return entity;
}

/** Findings that are not silenced; a rule that failed fails the test. */
export function findingsOf(design: Design): readonly Finding[] {
  const { findings, failures } = checkDesign(design);
  for (const failure of failures) throw failure.error;
  return findings.filter((finding) => !finding.silencedBy);
}
