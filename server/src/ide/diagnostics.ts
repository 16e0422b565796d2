import type { Group } from '../base/bag.ts';
import { derive, keepFresh } from '../base/reactive.ts';
import type { Span } from '../base/span.ts';
import { type Figure, formatFigure } from '../capacity/figure.ts';
import { vmFacts } from '../capacity/vm.ts';
import { placeProblems, topProblems } from '../design/check.ts';
import { entityId, type Located } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import type { MeaningProblem } from '../design/meaning-problem.ts';
import { locate, type Place } from '../design/place.ts';
import { FOREIGN_START, foreignText } from '../language/foreign.ts';
import type { Problem, ProblemCode, ProblemFix, Undeclared } from '../language/problem.ts';
import { sliceFile } from '../language/syntax/file.ts';
import type { PainPoint, Severity } from '../rules/rule.ts';
import { checkDesign, type Finding, silences } from '../rules/run.ts';
import { evaluationOf } from './evaluation.ts';
import { fileProblems } from './file-problems.ts';
import { policyProblems, ruleCalled, unknownRule } from './policy-problems.ts';
import type { Project, Workspace } from './workspace.ts';

/** Something to show at a place of a file: a mistake in the language, or what a rule found. Offsets count in the file. */
export interface Diagnostic extends Span {
  readonly uri: string;
  readonly severity: Severity | 'hint';
  /** Id of the rule, or the kind of mistake. */
  readonly code: string;
  readonly message: string;
  readonly related: readonly {
    readonly uri: string;
    readonly from: number;
    readonly to: number;
    readonly message: string;
  }[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  /** What the rule found; undefined for mistakes in the language. */
  readonly finding: Finding | undefined;
  /** Things of the same statement that it holds for. */
  readonly alike: number;
  readonly problemFixes: readonly ProblemFix[];
  /** What is named there and declared nowhere. */
  readonly undeclared?: Undeclared;
  /** Start of the place that the fixes of a problem count from. */
  readonly placeFrom: number;
  readonly painPoint: PainPoint | undefined;
  readonly entity: string | undefined;
  readonly figures: readonly Figure[];
}

/** At most this many are shown for one file; the most severe come first. */
const MOST_SHOWN = 1_000;

const NO_PROBLEMS: readonly MeaningProblem[] = [];

/**
 * Mistakes at a group of places. What VMs state is read on the way, while the text of their place is at hand: reading
 * it again for the sums over them would cost as much as everything else.
 */
const groupProblems = derive((group: Group<Place>): readonly MeaningProblem[] => {
  const found: MeaningProblem[] = [];
  for (const place of group.members()) {
    for (const problem of placeProblems(place)) found.push(problem);
    for (const declaration of place.declarations) {
      if (declaration.word !== 'vm') continue;
      for (const vm of declaration.entities) vmFacts(vm);
    }
  }
  return found.length > 0 ? found : NO_PROBLEMS;
});

/** Mistakes and findings of a design. */
const checkedDesign = derive((design: Design) => {
  const problems = design.places.groups().map(groupProblems);
  const tops = design.tops().flatMap(topProblems);
  return { problems: [...problems.flat(), ...tops], findings: checkDesign(design).findings };
});

/** Mistakes of the language in a design, in no order. */
export function mistakesOf(design: Design): readonly MeaningProblem[] {
  return checkedDesign(design).problems;
}

/** Related places of all findings of a file together: with many findings, each shows the first of its own. */
const RELATED_PLACES = 200;

/** Everything to show for one file, in text order. */
export function diagnosticsOf(workspace: Workspace, uri: string): readonly Diagnostic[] {
  const projects = workspace.projectsOf(uri);
  const found = projects.flatMap((project) => [...evaluated(project, uri), ...ofProject(project, uri, RELATED_PLACES)]);
  const all = projects.length > 1 ? unique(found) : found;
  if (all.length > MOST_SHOWN) all.sort((a, b) => rank(a.severity) - rank(b.severity)).length = MOST_SHOWN;
  return all.sort((a, b) => a.from - b.from || a.to - b.to || compare(a.code, b.code) || compare(a.message, b.message));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A file that several designs share has most of its findings in each of them. */
function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.from} ${diagnostic.to} ${diagnostic.code} ${diagnostic.message}`;
    if (!found.has(key)) found.set(key, diagnostic);
  }
  return [...found.values()];
}

const RANKS: Readonly<Record<Diagnostic['severity'], number>> = { error: 0, warning: 1, info: 2, hint: 3 };

function rank(severity: Diagnostic['severity']): number {
  return RANKS[severity];
}

/** Everything to show for a design, file by file. */
export function diagnosticsOfProject(project: Project): readonly Diagnostic[] {
  return [...project.design.files.keys()].flatMap((uri) =>
    [...ofProject(project, uri)].sort((a, b) => a.from - b.from || a.to - b.to),
  );
}

function* ofProject(project: Project, uri: string, relatedPlaces = Number.POSITIVE_INFINITY): Generator<Diagnostic> {
  project.release ??= keepFresh(() => checkedDesign(project.design));
  const foreign = foreignIn(project, uri);
  if (foreign) {
    yield foreign;
    return;
  }
  yield* meaningProblems(project, uri);
  yield* problemsOfFile(project, uri);
  yield* findingsIn(project, uri, relatedPlaces);
  yield* silenceProblems(project, uri);
  yield* problemsOfPolicies(project, uri);
}

/** What a diagnostic has that is neither a finding nor a mistake in a statement. */
const OF_NOTHING = {
  alike: 1,
  related: [],
  tags: [],
  finding: undefined,
  problemFixes: [],
  placeFrom: 0,
  painPoint: undefined,
  entity: undefined,
  figures: [],
} as const;

/** Says what a file is that is no design: nothing else that could be said of it helps. */
function foreignIn(project: Project, uri: string): Diagnostic | undefined {
  const file = project.design.files.get(uri);
  const start = file ? sliceFile(file.parsed, 0, FOREIGN_START) : '';
  const what = foreignText(start);
  if (what === undefined) return undefined;
  const message = `this is ${what}, not a design: “VDC: Import Inventory…” and vdc import make designs of exports`;
  const to = /^.*/.exec(start)?.[0].length ?? 0;
  return { ...OF_NOTHING, uri, from: 0, to, severity: 'error', code: 'syntax', message };
}

/** Says that a design is shown as of another day. It is no finding: no fix is judged by it. */
function evaluated(project: Project, uri: string): Diagnostic[] {
  const evaluation = evaluationOf(project.design);
  if (evaluation?.uri !== uri) return [];
  const { from, to, isProblem, message } = evaluation;
  return [
    {
      uri,
      from,
      to,
      severity: isProblem ? 'warning' : 'info',
      code: 'evaluated-at',
      message,
      ...OF_NOTHING,
      placeFrom: from,
      figures: [],
    },
  ];
}

function* meaningProblems(project: Project, uri: string): Generator<Diagnostic> {
  const first = new Map<string, MeaningProblem>();
  const others = new Map<string, MeaningProblem[]>();
  const isHeldBack = project.design.imports().some((statement) => !statement.isRead);
  for (const found of checkedDesign(project.design).problems) {
    if (isHeldBack && found.problem.code === 'name-unresolved') continue;
    const key = found.key ?? ownKey(found);
    const earlier = first.get(key);
    if (!earlier) first.set(key, found);
    else others.set(key, [...(others.get(key) ?? []), found]);
  }
  for (const [key, found] of first) {
    const all = [found, ...(others.get(key) ?? [])].sort((a, b) => positionOf(a) - positionOf(b));
    const [shown, ...rest] = all;
    if (!shown || shown.place.file.uri !== uri) continue;
    const elsewhere = rest.filter(({ place, problem }) => place !== shown.place || problem.from !== shown.problem.from);
    const further = elsewhere.slice(0, 8).flatMap((other) => relatedSpan(other.place, other.problem, 'used here, too'));
    const related = (shown.related ?? []).flatMap(({ located, message }) =>
      relatedSpan(located.place, located.sentence.wordSpan, message),
    );
    const diagnostic = ofProblem(shown.place, shown.problem, [...related, ...further]);
    if (diagnostic) yield diagnostic;
  }
}

function ownKey({ place, problem }: MeaningProblem): string {
  return `${place.file.uri} ${locate(place)?.from} ${problem.from} ${problem.message}`;
}

function positionOf(found: MeaningProblem): number {
  return (locate(found.place)?.from ?? 0) + found.problem.from;
}

/** What could as well not be there. */
const UNNECESSARY: ReadonlySet<ProblemCode> = new Set([
  'ignore-unused',
  'ignore-expired',
  'import-unused',
  'class-unused',
]);

function ofProblem(place: Place, problem: Problem, related: Diagnostic['related']): Diagnostic | undefined {
  const position = locate(place);
  if (!position) return undefined;
  return {
    uri: place.file.uri,
    from: position.from + problem.from,
    to: position.from + problem.to,
    severity: problem.severity ?? 'error',
    code: problem.code,
    message: problem.message,
    related,
    tags: UNNECESSARY.has(problem.code) ? ['unnecessary'] : [],
    finding: undefined,
    alike: 1,
    problemFixes: problem.fixes ?? [],
    ...(problem.undeclared ? { undeclared: problem.undeclared } : {}),
    placeFrom: position.from,
    painPoint: undefined,
    entity: undefined,
    figures: [],
  };
}

function relatedSpan(place: Place, span: Span, message: string): Diagnostic['related'] {
  const position = locate(place);
  return position
    ? [{ uri: place.file.uri, from: position.from + span.from, to: position.from + span.to, message }]
    : [];
}

function* problemsOfFile({ design }: Project, uri: string): Generator<Diagnostic> {
  for (const { located, problem } of fileProblems(design, uri)) {
    const diagnostic = ofProblem(located.place, problem, []);
    if (diagnostic) yield diagnostic;
  }
}

/** Mistakes that an edit of the text must not bring. What could be left out, and imports in a circle, do no harm. */
export function* mistakesIn(project: Project): Generator<Diagnostic> {
  for (const diagnostic of diagnosticsOfProject(project))
    if (!diagnostic.finding && !HARMLESS.has(diagnostic.code)) yield diagnostic;
}

const HARMLESS: ReadonlySet<string> = new Set<ProblemCode>(['import-unused', 'class-unused', 'import-cycle']);

/** Findings of one rule on one statement are one finding: members of a range share it. */
interface SharedFinding {
  readonly worst: Finding;
  /** Others of the same statement. */
  readonly more: number;
}

/** Findings that are not silenced, by the file that they stand in. */
const sharedFindings = derive((design: Design): ReadonlyMap<string, readonly SharedFinding[]> => {
  const byFile = new Map<string, Map<string, Finding[]>>();
  for (const finding of checkedDesign(design).findings) {
    if (finding.silencedBy) continue;
    const { uri } = finding.at.place.file;
    const byStatement = byFile.get(uri) ?? new Map<string, Finding[]>();
    byFile.set(uri, byStatement);
    const key = `${finding.rule.id} ${finding.at.place.id} ${finding.span.from}`;
    const list = byStatement.get(key);
    if (list) list.push(finding);
    else byStatement.set(key, [finding]);
  }
  const shared = (list: readonly Finding[]): SharedFinding => ({
    worst: list.reduce((a, b) => (isWorse(b, a) ? b : a)),
    more: list.length - 1,
  });
  return new Map([...byFile].map(([uri, byStatement]) => [uri, [...byStatement.values()].map(shared)]));
});

function* findingsIn(project: Project, uri: string, relatedPlaces: number): Generator<Diagnostic> {
  const found = sharedFindings(project.design).get(uri) ?? [];
  const mostRelated = Math.max(1, Math.floor(relatedPlaces / Math.max(1, found.length)));
  for (const { worst, more } of found) {
    const diagnostic = ofFinding(worst, more, mostRelated);
    if (diagnostic) yield diagnostic;
  }
}

/** Of findings that are equally bad the one about the first member is shown. */
function isWorse(a: Finding, b: Finding): boolean {
  if (a.severity !== b.severity) return rank(a.severity) < rank(b.severity);
  if (a.entity.index !== b.entity.index) return a.entity.index < b.entity.index;
  return entityId(a.entity) < entityId(b.entity);
}

function ofFinding(finding: Finding, more: number, mostRelated: number): Diagnostic | undefined {
  const position = locate(finding.at.place);
  if (!position) return undefined;
  const suffix = more > 0 ? ` The same holds for ${more} more of this statement.` : '';
  return {
    uri: finding.at.place.file.uri,
    from: position.from + finding.span.from,
    to: position.from + finding.span.to,
    severity: finding.severity,
    code: finding.rule.id,
    message: finding.message + suffix,
    related: finding.related
      .slice(0, mostRelated)
      .flatMap(({ place, span, message }) => relatedSpan(place, span, message)),
    tags: finding.isOutdated ? ['deprecated'] : [],
    finding,
    alike: more + 1,
    problemFixes: [],
    placeFrom: position.from,
    painPoint: finding.rule.painPoint,
    entity: entityId(finding.entity),
    figures: finding.figures ?? [],
  };
}

function* silenceProblems(project: Project, uri: string): Generator<Diagnostic> {
  const written = silences(project.design);
  if (written.length === 0) return;
  const used = new Set<string>();
  for (const { silencedBy, rule } of checkedDesign(project.design).findings)
    if (silencedBy) used.add(silenceKey(silencedBy, rule.id));
  for (const silence of written) {
    const { located } = silence;
    if (located.place.file.uri !== uri) continue;
    for (const { id, span } of silence.rules) {
      const problem = silenceProblem(id, silence, used.has(silenceKey(located, id)));
      const diagnostic = problem && ofProblem(located.place, { ...problem, from: span.from, to: span.to }, []);
      if (diagnostic) yield diagnostic;
    }
  }
}

function silenceKey(located: Located, rule: string): string {
  return `${located.place.file.uri} ${locate(located.place)?.from} ${located.sentence.from} ${rule}`;
}

function silenceProblem(
  id: string,
  silence: { readonly hasReason: boolean; readonly isExpired: boolean },
  isUsed: boolean,
): Omit<Problem, 'from' | 'to'> | undefined {
  if (!ruleCalled(id)) return unknownRule(id);
  if (!silence.hasReason)
    return {
      code: 'ignore-without-reason',
      message: `say why: ignore ${id} because "…"; without a reason nothing is silenced`,
    };
  if (silence.isExpired)
    return { code: 'ignore-expired', severity: 'warning', message: `this silence of ${id} is past its day` };
  return isUsed
    ? undefined
    : { code: 'ignore-unused', severity: 'hint', message: `nothing to silence: ${id} finds nothing here` };
}

function* problemsOfPolicies(project: Project, uri: string): Generator<Diagnostic> {
  for (const policy of project.design.policies()) {
    if (policy.uri !== uri) continue;
    for (const { located, problem, earlier } of policyProblems(policy)) {
      const related = earlier ? relatedSpan(earlier.place, earlier.sentence.wordSpan, 'the first one') : [];
      const diagnostic = ofProblem(located.place, problem, related);
      if (diagnostic) yield diagnostic;
    }
  }
}

/** The arithmetic of a finding in one line per step, for hovers and reports. */
export function arithmetic(figure: Figure): string[] {
  const lines = [
    `${figure.label} = ${figure.isAtLeast ? '≥ ' : ''}${formatFigure(figure)}${figure.formula ? ` — ${figure.formula}` : ''}`,
  ];
  for (const input of figure.inputs ?? [])
    if (input.formula) lines.push(...arithmetic(input).map((line) => `  ${line}`));
  return lines;
}
