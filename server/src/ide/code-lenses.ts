import type { Span } from '../base/span.ts';
import { statedSubnets } from '../capacity/subnets.ts';
import { type Declaration, type Entity, entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { placeText } from '../design/edits.ts';
import { locate } from '../design/place.ts';
import { hostsOf } from '../design/placement.ts';
import { vmsOfApp } from '../design/things.ts';
import { appFigures, clusterFigures, networkFigures } from './lens/figures.ts';
import { entityCalled } from './links.ts';
import { nameSpan } from './mentions.ts';
import type { Workspace } from './workspace.ts';

/** What a lens tells, or does; a user may switch each off. */
export type LensKind = 'cluster' | 'subnet' | 'app' | 'topology';

/** A line above a block. Its text is made when it comes on screen. */
export interface CodeLens extends Span {
  readonly kind: LensKind;
  /** The block's first thing, by the id that the topology knows it by. */
  readonly node: string;
}

interface FigureLens {
  readonly kind: LensKind;
  readonly thing: string;
  /** Whether there is anything to tell: a lens without a text would leave a gap. */
  readonly hasFigures: (entity: Entity) => boolean;
}

const FIGURES: readonly FigureLens[] = [
  { kind: 'cluster', thing: 'cluster', hasFigures: (cluster) => hostsOf(cluster).length > 0 },
  { kind: 'subnet', thing: 'network', hasFigures: (network) => statedSubnets(network).length > 0 },
  { kind: 'app', thing: 'app', hasFigures: (app) => vmsOfApp(app).length > 0 },
];
const SHOWN: readonly string[] = ['site', 'cluster', 'host'];
/** Files with more blocks of hosts are lists, in which a line above each would be in the way. */
const MOST_HOSTS = 30;

/** Where lenses stand in a file, in text order. It costs what the design has of such blocks, and asks for no figures. */
export function codeLenses(
  workspace: Workspace,
  uri: string,
  wants: (kind: LensKind) => boolean = () => true,
): readonly CodeLens[] {
  const design = workspace.projectOf(uri)?.design;
  if (!design) return [];
  const found: CodeLens[] = [];
  const add = (kind: LensKind, declarations: Iterable<Declaration>) => {
    for (const declaration of declarations) found.push(...lensAbove(kind, declaration));
  };
  for (const { kind, thing, hasFigures } of FIGURES)
    if (wants(kind)) add(kind, blocksOf(design, thing, uri, hasFigures));
  if (wants('topology')) for (const thing of SHOWN) add('topology', shownBlocks(design, thing, uri));
  return found.sort((a, b) => a.from - b.from);
}

function blocksOf(
  design: Design,
  kind: string,
  uri: string,
  counts: (entity: Entity) => boolean = () => true,
): Set<Declaration> {
  const found = new Set<Declaration>();
  for (const entity of design.members(kind))
    if (entity.declaration.uri === uri && !found.has(entity.declaration) && counts(entity))
      found.add(entity.declaration);
  return found;
}

/** A line above a host of one line would take as much room as the host. */
function shownBlocks(design: Design, kind: string, uri: string): readonly Declaration[] {
  const blocks = [...blocksOf(design, kind, uri)];
  if (kind !== 'host') return blocks;
  return blocks.length > MOST_HOSTS ? [] : blocks.filter(hasLines);
}

function hasLines(block: Declaration): boolean {
  const head = block.head();
  if (!head) return false;
  const { place, sentence } = head;
  return place.item.kind === 'block' || /[\r\n]/.test(placeText(place).slice(sentence.from, sentence.to));
}

function lensAbove(kind: LensKind, declaration: Declaration): CodeLens[] {
  const [entity] = declaration.entities;
  const { place } = declaration;
  const position = place && locate(place);
  const span = nameSpan(declaration, undefined);
  if (!entity || !position || !span) return [];
  return [{ kind, node: entityId(entity), from: position.from + span.from, to: position.from + span.to }];
}

/** The text of a lens; undefined if its block is gone. */
export function lensTitle(workspace: Workspace, uri: string, kind: LensKind, node: string): string | undefined {
  if (kind === 'topology') return 'Show in topology';
  const design = workspace.projectOf(uri)?.design;
  const entity = design && entityCalled(design, node);
  const entities = entity?.declaration.entities;
  if (!entities) return undefined;
  return TITLES[kind](entities);
}

const TITLES: Readonly<Record<Exclude<LensKind, 'topology'>, (entities: readonly Entity[]) => string>> = {
  cluster: clusterFigures,
  subnet: networkFigures,
  app: appFigures,
};
