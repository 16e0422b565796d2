import type { Declaration } from '../../design/declaration.ts';
import type { Token } from '../../language/syntax/parser.ts';
import { mistakesOf } from '../diagnostics.ts';
import type { Completion } from './item.ts';

/** Names that something refers to and nothing has yet, where a thing of their kind is declared. */
export function undeclaredNames(owner: Declaration, word: string, before: readonly Token[]): readonly Completion[] {
  const kind = word === 'class' ? `class ${before[0]?.text ?? ''}` : word;
  const names = new Set<string>();
  for (const { problem } of mistakesOf(owner.design)) {
    const { kinds, text } = problem.undeclared ?? { kinds: [], text: '' };
    // Of many kinds that it may be of the first is meant most.
    if (kinds[0] === kind || (kinds.length === 2 && kinds[1] === kind)) names.add(text);
  }
  const items = [...names].map((text): Completion => {
    return { label: text, kind: 'name', insert: text, detail: 'named already, not declared', rank: 1 };
  });
  return kind === 'team' ? [...items, ...usualTeams(owner)] : items;
}

/** Teams that a design is seen by, where it has none of that name. */
function usualTeams(owner: Declaration): Completion[] {
  const declared = new Set(owner.design.names.declared('team'));
  return ['server', 'network', 'storage', 'application']
    .filter((name) => !declared.has(name))
    .map((label, order) => ({ label, kind: 'name', insert: label, detail: 'usual team', rank: 2 + order / 100 }));
}
