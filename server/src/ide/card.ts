import { type Figure, formatFigure, isAssumed } from '../capacity/figure.ts';
import { arrayOf } from '../capacity/storage.ts';
import { type Entity, entityLabel, type Located } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { locate } from '../design/place.ts';
import { datastoresOf } from '../design/things.ts';
import { positionAt } from '../language/syntax/positions.ts';
import { limitsAt } from '../topology/build/limits.ts';
import { cableLimits, wanLimits } from '../topology/build/link-loads.ts';
import { classify, type LoadClass, type Thresholds } from '../topology/graph.ts';
import { type FileSpan, spanOf } from './definition.ts';
import { amounts, figuresOf, type Row, situation } from './hover/figures.ts';
import { cableRows, cablesCaption, cablesTitle } from './hover/links.ts';
import { SOURCES } from './hover/origin.ts';
import { cablesCalled, endsOf, entityCalled } from './links.ts';
import { type Scenario, type Supposition, scenarioOf } from './scenario.ts';
import type { Workspace } from './workspace.ts';

/** What is known of a node: the rows of its hover, as data. */
export interface NodeCard {
  readonly title: string;
  readonly caption: string;
  readonly rows: readonly NodeRow[];
}

export interface NodeRow {
  readonly label: string;
  readonly value: string;
  readonly detail?: string;
  readonly share?: number;
  readonly class?: LoadClass;
  readonly state: 'stated' | 'assumed' | 'derived' | 'unknown' | 'atLeast';
  readonly how?: string;
  readonly inputs?: readonly {
    readonly label: string;
    readonly value: string;
    readonly how: string;
    readonly times?: number;
  }[];
  readonly place?: FileSpan;
}

/** At most this many inputs of a formula are listed. */
const MOST_INPUTS = 6;

/** The card of a node, on another day or after a failure if asked so; undefined for one that no text declares. */
export function cardOf(
  workspace: Workspace,
  uri: string,
  node: string,
  supposition: Supposition = {},
): NodeCard | undefined {
  const project = workspace.projectOf(uri);
  if (!project) return undefined;
  const scenario = scenarioOf(project, supposition);
  if (endsOf(node)) return linkCard(scenario, project.design, node, uri);
  const entity = entityCalled(scenario.design, nodeEntity(node));
  if (!entity) return undefined;
  return scenario.after(() => ({
    title: entityLabel(entity),
    caption: situation(entity),
    rows: figuresOf(entity).map((row) => rowOf(row, uri, limitsFor(entity, row.label))),
  }));
}

/** The card of a link or of a bundle of links. What has failed is told as it was. */
function linkCard(
  { after, before, design }: Scenario,
  asItIs: Design,
  node: string,
  uri: string,
): NodeCard | undefined {
  const now = after(() => cablesCalled(design, node));
  if (now.length > 0) return after(() => cablesCard(now, uri, false));
  const was = before(() => cablesCalled(asItIs, node));
  return was.length > 0 ? before(() => cablesCard(was, uri, true)) : after(() => mountCard(design, node));
}

function cablesCard(cables: ReturnType<typeof cablesCalled>, uri: string, hasFailed: boolean): NodeCard | undefined {
  const [first] = cables;
  if (!first) return undefined;
  const limits = cableLimits(first);
  const failed: Row[] = hasFailed ? [{ label: 'failed', text: 'nothing goes over it; this is what did' }] : [];
  return {
    title: cablesTitle(cables),
    caption: cablesCaption(cables),
    rows: [...failed, ...cableRows(cables)].map((row) => rowOf(row, uri, limits)),
  };
}

/** What is mounted without a path is drawn, too; there is nothing to reckon. */
function mountCard(design: Design, node: string): NodeCard | undefined {
  const [host, array] = (endsOf(node) ?? []).map((end) => entityCalled(design, end));
  if (host?.kind !== 'host' || !array || !datastoresOf(host).some((store) => arrayOf(store) === array))
    return undefined;
  const text = 'not stated: that there is one follows from the mount';
  return {
    title: `${host.name} mounts from ${array.name}`,
    caption: situation(host),
    rows: [rowOf({ label: 'path', text }, '', undefined)],
  };
}

/** A cluster that is stretched over sites has a node in each, `cluster:prod@site:a`, a line between more than two several. */
const nodeEntity = (node: string): string =>
  node.startsWith('cluster:')
    ? (node.split('@')[0] ?? node)
    : node.startsWith('wan:')
      ? (node.split('#')[0] ?? node)
      : node;

function rowOf(row: Row, uri: string, judged: Thresholds | undefined): NodeRow {
  const { label, figure, text } = row;
  if (!figure) return wordsRow(row);
  const detail = [text ?? '', amounts(figure)].filter(Boolean).join(' · ');
  const limits = figure.unit === 'share' ? judged : undefined;
  const inputs = alike(figure.inputs ?? []);
  const place = figure.by && spanOf(figure.by);
  return {
    label,
    value: shown(figure),
    ...(detail ? { detail } : {}),
    ...(figure.unit === 'share' ? { share: figure.value } : {}),
    ...(limits ? { class: classify(figure.value, limits) } : {}),
    state: stateOf(figure),
    how: howOf(figure, uri),
    ...(inputs.length > 0
      ? {
          inputs: inputs.slice(0, MOST_INPUTS).map(({ figure: input, times }) => ({
            label: input.label,
            value: shown(input),
            how: howOf(input, uri),
            ...(times > 1 ? { times } : {}),
          })),
        }
      : {}),
    ...(place ? { place } : {}),
  };
}

/** A row of words, with how they come about where that is known. */
function wordsRow({ label, text = '', how, items = [], more = 0, by }: Row): NodeRow {
  const place = by && spanOf(by);
  const rest = more > 0 ? [{ label: 'others', value: `${more} more`, how: 'not listed' }] : [];
  return {
    label,
    value: text,
    state: 'derived',
    ...(how === undefined ? {} : { how }),
    ...(items.length > 0 ? { inputs: [...items, ...rest] } : {}),
    ...(place ? { place } : {}),
  };
}

const shown = (figure: Figure): string => `${figure.isAtLeast ? '≥ ' : ''}${formatFigure(figure)}`;

function stateOf(figure: Figure): NodeRow['state'] {
  if (figure.isAtLeast) return 'atLeast';
  // What carries a load nearly always rests on some default of ours: only the load decides, as in a gauge.
  const [load] = figure.unit === 'share' ? (figure.inputs ?? []) : [];
  return isAssumed(load ?? figure) ? 'assumed' : figure.origin;
}

/** How a figure is known, in words: its formula, else who states it. */
function howOf(figure: Figure, uri: string): string {
  const { formula, assumption, by, origin } = figure;
  if (formula) return formula;
  if (assumption) return `assumed: ${assumption}`;
  if (!by) return origin;
  const { source, declaration } = by.layer;
  const who = source === 'class' ? `class ${declaration.names[0] ?? ''}` : SOURCES[source];
  return [source === 'assume' ? '' : 'stated', [who, lineOf(by, uri)].filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(' ');
}

function lineOf({ place, sentence }: Located, uri: string): string {
  const position = locate(place);
  if (!position) return '';
  const line = positionAt(place.file.parsed, position.from + sentence.from).line + 1;
  return place.file.uri === uri ? `line ${line}` : `${place.file.uri.split('/').at(-1)} line ${line}`;
}

/** Inputs of one label and value, each with how many there are; of sums the largest first. */
function alike(inputs: readonly Figure[]): readonly { readonly figure: Figure; readonly times: number }[] {
  const found = new Map<string, { figure: Figure; times: number }>();
  for (const figure of inputs) {
    const key = `${figure.label} ${shown(figure)}`;
    const known = found.get(key);
    if (known) known.times++;
    else found.set(key, { figure, times: 1 });
  }
  const all = [...found.values()];
  return all.length > MOST_INPUTS ? all.sort((a, b) => b.figure.value - a.figure.value) : all;
}

/** The limits that a row of a thing is judged by, where a rule judges it. */
function limitsFor(entity: Entity, label: string): Thresholds | undefined {
  const limits = limitsAt(entity);
  if (entity.kind === 'wan') return label === 'load' ? wanLimits(entity) : undefined;
  if (entity.kind === 'network') return limits.addresses;
  if (entity.kind === 'datastore' || label.startsWith('space '))
    return label.startsWith('promised') ? undefined : limits.space;
  if (entity.kind === 'array') return label === 'IOPS' ? limits.storage : undefined;
  if (label === 'CPU' || label.startsWith('CPU ')) return limits.cpu;
  if (label === 'memory') return limits.memory;
  return label.startsWith('network') || label.startsWith('without ') || entity.kind === 'vswitch'
    ? limits.network
    : undefined;
}
