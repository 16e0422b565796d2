import type { ProblemFix } from '../language/problem.ts';
import { isPattern } from '../language/values/names.ts';
import type { Declaration, Located } from './declaration.ts';
import type { MeaningProblem } from './meaning-problem.ts';
import { referencesIn } from './names.ts';

/** What keeps a `runs` statement from placing anything, where its names are right. */
export function runsProblem(declaration: Declaration, { place, sentence }: Located): MeaningProblem | undefined {
  const { subject, wordSpan } = sentence;
  if (declaration.word === 'class') return undefined;
  const references = referencesIn(subject);
  const [first] = references;
  if (!first) return undefined;
  const problem = (span: { readonly from: number; readonly to: number }, message: string, fixes?: ProblemFix[]) => ({
    place,
    key: undefined,
    problem: { from: span.from, to: span.to, code: 'placement-unclear', message, ...(fixes ? { fixes } : {}) } as const,
  });
  const pattern = references.find(({ name, part }) => isPattern(name) && !part.quoted);
  if (pattern) {
    const message = `${pattern.part.text} places nothing: runs takes VMs by name or range, so that none comes or goes unseen`;
    return problem(pattern.part, message);
  }
  if (sentence.clauses.has('on')) return undefined;
  const holders = holdersOf(declaration);
  if (!holders) return problem(wordSpan, 'this places nothing: say where with on, as in runs db-1 on esx-02');
  const meant = declaration.word === 'amend' ? referencesIn(declaration.head()?.sentence.subject, 1) : [];
  const vague = meant.find(({ name, part }) => isPattern(name) && !part.quoted);
  if (vague)
    return problem(wordSpan, `this places nothing: name the ${declaration.kind} instead of ${vague.part.text}`);
  if (holders.length < 2 || subject?.each) return undefined;
  const message = `a VM runs in one place at a time, and this block is ${holders.length} ${declaration.kind}s: runs each deals the VMs out to them in turn`;
  const at = subject?.from ?? wordSpan.to;
  return problem(wordSpan, message, [
    { title: 'Deal them out with each', edits: [{ from: at, to: at, text: 'each ' }] },
  ]);
}

/** Names of the hosts or clusters that a block speaks of; undefined if it is about something else. */
function holdersOf({ kind, word, names, entities }: Declaration): readonly string[] | undefined {
  if (kind !== 'host' && kind !== 'cluster') return undefined;
  return word === 'amend' ? names : entities.map(({ name }) => name);
}
