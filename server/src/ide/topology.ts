import { type Course, UNWATCHED } from '../base/course.ts';
import { derive } from '../base/reactive.ts';
import { finish, type Steps } from '../base/steps.ts';
import { type Declaration, type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import type { FileEdit } from '../design/edits.ts';
import { locate } from '../design/place.ts';
import type { ProblemCode } from '../language/problem.ts';
import { positionAt } from '../language/syntax/positions.ts';
import { checkDesign, checkInSteps, type Finding } from '../rules/run.ts';
import { withFailure } from '../topology/build/failure.ts';
import { buildTopology, prepareTopology } from '../topology/build.ts';
import { indexGraph, type TopologyGraph } from '../topology/graph.ts';
import { type FileSpan, spanOf } from './definition.ts';
import { mistakesOf } from './diagnostics.ts';
import { changesBetween, type FoundState, findingKey, foundIn, notesOf, PLAN } from './finding-notes.ts';
import { endsOf, entityCalled, linkStatedAt, statementOf } from './links.ts';
import { meantBy, mentionAt, nameSpan } from './mentions.ts';
import { plannedGraph } from './planned-graph.ts';
import { EMPTY_PLAN, endedEarly, noPlan, type Plan, type Planned } from './plans/make.ts';
import { planInSteps } from './plans/mend.ts';
import { mends } from './proof.ts';
import { type Scenario, type Supposition, scenarioInSteps, scenarioOf, stepsIn } from './scenario.ts';
import { type Silencing, silencings } from './silence.ts';
import { type Spot, spotAt } from './spot.ts';
import type { Project, Workspace } from './workspace.ts';

/** The picture of a design as data. */
export interface Topology {
  readonly graph: TopologyGraph;
  /** The first place where the text is broken, so that the picture may lack something. Lines count from 0. */
  readonly broken: { readonly uri: string; readonly line: number } | undefined;
}

/** The design that a file belongs to, as its topology, in steps; undefined for a file that no design has. */
export function* topologyInSteps(
  workspace: Workspace,
  uri: string,
  supposition: Supposition = {},
): Steps<Topology | undefined> {
  const project = workspace.projectOf(uri);
  if (!project) return undefined;
  const { design } = project;
  yield* prepare(design);
  const scenario = yield* scenarioInSteps(project, supposition);
  yield* stepsIn(scenario.before, prepare(design));
  if (scenario.outcome || scenario.plan) yield* stepsIn(scenario.after, prepare(scenario.design));
  return { graph: yield* supposedGraph(design, scenario), broken: brokenPlace(project) };
}

function* prepare(design: Design): Steps<void> {
  yield* checkInSteps(design);
  yield* prepareTopology(design);
}

/** The picture of a design alone, at once. */
export function topologyOfProject(project: Project, supposition: Supposition = {}): TopologyGraph {
  return finish(supposedGraph(project.design, scenarioOf(project, supposition)));
}

const graphOf = derive(
  (design: Design): TopologyGraph =>
    buildTopology(design, { fileName: fileName(design.root), findings: notesOf(design) }),
);

/** The graph of what is supposed: of another day, after a failure, or after a plan. */
function* supposedGraph(design: Design, scenario: Scenario): Steps<TopologyGraph> {
  const { before, after, outcome, plan } = scenario;
  const graph = after(() => graphOf(scenario.design));
  if (plan) return after(() => plannedGraph(design, scenario.design, graphOf(design), graph, plan));
  if (!outcome) return graph;
  yield;
  const old = before(() => graphOf(design));
  for (const side of [graph, old]) {
    indexGraph(side);
    yield;
  }
  const { failed, placed } = outcome.supposed;
  const down = new Set([...placed].flatMap(([vm, host]) => (host ? [] : entityId(vm))));
  const found = (): FoundState => foundIn(design, true);
  const isDead = (thing: string): boolean => failed.has(thing) || down.has(thing);
  const findings = changesBetween(before(found), after(found), isDead);
  yield;
  return withFailure(old, graph, { ...outcome.failure, findings }, failed);
}

/** A fix that a note names, as a plan that can be looked at: what moves in which order where it is one of moves. */
export function* plannedFix(
  workspace: Workspace,
  uri: string,
  finding: string,
  fix: string,
  course: Course = UNWATCHED,
): Steps<Planned> {
  const found = yield* fixOf(workspace, uri, finding, fix, '', course);
  if (!found) return course.isStopped() ? endedEarly(undefined) : noPlan('there is no way to do that now');
  return 'kind' in found ? found : { ...EMPTY_PLAN, title: found.title, edits: found.edits };
}

/**
 * The edits of a fix that a note names, in steps; undefined if it does no longer mend its finding, or would bring
 * another. The fix `silence` needs a reason.
 */
export function* topologyFix(
  workspace: Workspace,
  uri: string,
  finding: string,
  fix: string,
  reason = '',
): Steps<readonly FileEdit[] | undefined> {
  return (yield* fixOf(workspace, uri, finding, fix, reason))?.edits;
}

/** The same with what it does in words: of a plan, its moves. */
export function* fixOf(
  workspace: Workspace,
  uri: string,
  finding: string,
  fix: string,
  reason = '',
  course: Course = UNWATCHED,
): Steps<Plan | { readonly title: string; readonly edits: readonly FileEdit[] } | undefined> {
  const project = workspace.projectOf(uri);
  const found = project && checkDesign(project.design).findings.find((other) => findingKey(other) === finding);
  if (!project || !found || found.silencedBy) return undefined;
  if (fix === SILENCE) return reason.trim() ? silenced(found, reason) : undefined;
  if (fix === PLAN) {
    const plan = yield* planInSteps(workspace, project, found, course);
    return plan.kind === 'plan' ? plan : undefined;
  }
  const named = found.fixes().find(({ title }) => title === fix);
  return named && mends(workspace, found, named.edits) ? named : undefined;
}

/** What a view asks for to silence a finding with a reason. */
const SILENCE = 'silence';

/** The silence of one member where the finding is of it alone, else of all that say the same. */
function silenced(found: Finding, reason: string): Silencing | undefined {
  const { rule, entity } = found;
  const alike = checkDesign(entity.design).findings.filter(
    (other) => other.rule === rule && other.entity.declaration === entity.declaration,
  );
  return silencings(found, alike.length, reason.trim())[0];
}

const STRUCTURAL: ReadonlySet<ProblemCode> = new Set(['syntax', 'brace-unbalanced', 'word-unknown', 'word-misplaced']);

function brokenPlace({ design }: Project): Topology['broken'] {
  let first: { readonly uri: string; readonly from: number; readonly line: number } | undefined;
  for (const { place, problem } of mistakesOf(design)) {
    const position = STRUCTURAL.has(problem.code) ? locate(place) : undefined;
    if (!position) continue;
    const { uri, parsed } = place.file;
    const from = position.from + problem.from;
    if (!first || uri < first.uri || (uri === first.uri && from < first.from))
      first = { uri, from, line: positionAt(parsed, from).line };
  }
  return first && { uri: first.uri, line: first.line };
}

/** Where a node is declared; undefined for one that no text declares. */
export function revealNode(workspace: Workspace, uri: string, node: string): FileSpan | undefined {
  const design = workspace.projectOf(uri)?.design;
  const stated = design && endsOf(node) ? statementOf(design, node) : undefined;
  if (stated) return spanOf(stated);
  const entity = design && entityCalled(design, wholeId(node));
  const span = entity && nameSpan(entity.declaration, entity.name);
  const { place } = entity?.declaration ?? {};
  const position = place && locate(place);
  if (!span || !place || !position) return undefined;
  return { uri: place.file.uri, from: position.from + span.from, to: position.from + span.to };
}

/** A line between more than two sites is drawn as several, `wan:ring#a-b`. */
const wholeId = (node: string): string => (node.startsWith('wan:') ? (node.split('#')[0] ?? node) : node);

/** Kinds of thing that a picture shows. */
const DRAWN = new Set(['site', 'cluster', 'host', 'switch', 'array', 'datastore', 'vm', 'wan']);

/** The link that a statement at an offset makes, else the innermost node whose text holds it; outside of all, the one that is named there. */
export function nodeAt(workspace: Workspace, uri: string, offset: number): string | undefined {
  const spot = spotAt(workspace, uri, offset);
  if (!spot) return undefined;
  const sentence = spot.sentences.at(-1);
  for (const around of sentence ? spot.owner.entities : []) {
    const link = sentence && linkStatedAt(around, { place: spot.place, sentence });
    if (link !== undefined) return link;
  }
  for (let around: Declaration | undefined = spot.owner; around; around = around.parent) {
    const entity = around.entities[0] ?? amended(around);
    if (entity && DRAWN.has(entity.kind)) return entityId(entity);
  }
  const named = namedAt(spot, offset);
  return named && entityId(named);
}

function amended({ word, kind, names, design }: Declaration): Entity | undefined {
  const [name] = names;
  return word === 'amend' && name !== undefined ? design.names.read(kind, name).entities[0] : undefined;
}

function namedAt(spot: Spot, offset: number): Entity | undefined {
  const mention = mentionAt(spot, offset);
  return mention && meantBy(mention, spot.owner).entities.find(({ kind }) => DRAWN.has(kind));
}

function fileName(uri: string): string {
  const last = uri.split('/').at(-1) ?? uri;
  try {
    return decodeURIComponent(last).replace(/\.vdc$/, '');
  } catch {
    return last;
  }
}
