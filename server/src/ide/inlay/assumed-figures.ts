import { hostSupply } from '../../capacity/host.ts';
import type { Declaration, Entity } from '../../design/declaration.ts';
import { placeText } from '../../design/edits.ts';
import { type Props, Stated } from '../../design/props.ts';
import { propsOf } from '../../design/things.ts';
import type { Sentence } from '../../language/sentence.ts';
import { code } from '../hover/markdown.ts';
import { arithmetic, shownValue, statedBy } from '../hover/origin.ts';
import type { Visit } from '../spot.ts';
import { declaresThings, type HintReader, type InlayHint } from './hint.ts';

/** Hosts of a class that are compared; where they differ, their class says nothing of them. */
const MOST_COMPARED = 50;
const MOST_STATEMENTS = 3;

/** What is reckoned with although the text does not state it: where an `assume` fills in, and what of a host's memory is left for VMs. */
export const assumedFigureHints: HintReader = (visit, uri) => [...filledIn(visit, uri), ...memoryForVms(visit, uri)];

interface FilledIn {
  readonly text: string;
  readonly by: string;
}

/** Behind the head of a block: statements that hold for it by assumption alone. */
function filledIn(visit: Visit, uri: string): InlayHint[] {
  const { owner, sentence, placeFrom } = visit;
  const [entity] = owner.entities;
  if (!entity || owner.design.assumptions().size === 0 || !declaresThings(visit)) return [];
  const found = assumptionsOf(entity, propsOf(entity), uri);
  if (found.length === 0) return [];
  const more = found.length > MOST_STATEMENTS ? ', …' : '';
  const texts = found.slice(0, MOST_STATEMENTS).map(({ text }) => text);
  const tooltip = () => found.map(({ text, by }) => `- ${code(text)} ${by}`).join('\n');
  const label = `assumed: ${texts.join(', ')}${more}`;
  return [{ kind: 'assumedFigures', at: placeFrom + headEnd(visit, sentence), label, tooltip }];
}

/** The end of the line that a block begins on. */
function headEnd({ place }: Visit, { statement, to }: Sentence): number {
  const { body } = statement;
  if (!body) return to;
  return /[\r\n]/.test(placeText(place).slice(body.open, to)) ? body.open + 1 : to;
}

function assumptionsOf(entity: Entity, { layers }: Props, uri: string): FilledIn[] {
  const found: FilledIn[] = [];
  const words = new Set<string>();
  const clauses = new Set<string>();
  for (const layer of layers) {
    for (const ref of layer.body) {
      const { place, sentence } = ref;
      const { word, from, to } = sentence;
      const isNew = isWhole(sentence) ? !words.has(word) : !sentence.clauses.has('during');
      const added = isWhole(sentence) ? [] : clausesOf(sentence).filter((clause) => !clauses.has(`${word} ${clause}`));
      if (layer.source === 'assume' && isNew && (isWhole(sentence) || added.length > 0) && !isShownElsewhere(word)) {
        const written = placeText(place);
        const parts = added.flatMap((name) => sentence.clauses.get(name) ?? []);
        const text = isWhole(sentence)
          ? written.slice(from, to)
          : [word, ...parts.map((clause) => written.slice(clause.from, clause.to))].join(' ');
        found.push({ text, by: statedBy(new Stated(ref, layer, entity.index), uri) });
      }
      if (isWhole(sentence)) words.add(word);
      for (const clause of clausesOf(sentence)) {
        clauses.add(`${word} ${clause}`);
        // What was measured goes before what is assumed.
        if (word === 'measured') clauses.add(`demand ${clause}`);
        if (clause === 'net') for (const way of ['tx', 'rx']) clauses.add(`${word} ${way}`);
      }
    }
  }
  return found;
}

/** A statement with a subject is replaced whole, one without clause by clause. */
function isWhole({ subject, property }: Sentence): boolean {
  return subject !== undefined || property.shape.clauses.size === 0;
}

function clausesOf({ clauses }: Sentence): readonly string[] {
  return clauses.has('during') ? [] : [...clauses.keys()];
}

/** Behind the host's memory it is told what is left of it. */
function isShownElsewhere(word: string): boolean {
  return word === 'system-memory';
}

/** Behind the memory of a host, or of the class of some: what VMs may use of it, where that rests on an assumption. */
function memoryForVms({ sentence, owner, placeFrom }: Visit, uri: string): InlayHint[] {
  if (sentence.word !== 'memory' || sentence.block || owner.kind !== 'host') return [];
  const hosts = hostsStating(owner);
  const figures = hosts.map((host) => hostSupply(host).memory);
  const [figure] = figures;
  if (!figure?.inputs?.some(({ origin }) => origin === 'assumed')) return [];
  if (figures.some((other) => other?.value !== figure.value)) return [];
  const label = `≈ ${shownValue(figure)} for VMs`;
  const tooltip = () => arithmetic([figure], uri).join('\n');
  return [{ kind: 'assumedFigures', at: placeFrom + sentence.to, label, tooltip }];
}

/** Hosts whose memory is stated by this block. */
function hostsStating(owner: Declaration): readonly Entity[] {
  const { names } = owner.design;
  const hosts =
    owner.word === 'class'
      ? owner.names.flatMap((name) => names.inside('class host', name))
      : owner.word === 'host'
        ? owner.entities
        : [];
  return hosts.slice(0, MOST_COMPARED).filter((host) => propsOf(host).one('memory')?.layer.declaration === owner);
}
