import type { Declaration } from '../../design/declaration.ts';
import { referencesOf } from '../../design/names.ts';
import type { Sentence } from '../../language/sentence.ts';
import { isPattern, isRange } from '../../language/values/names.ts';
import type { Value } from '../../language/values/value.ts';
import { membersText } from '../hover/card.ts';
import { type Mention, meantBy, mentionsIn, namesOf } from '../mentions.ts';
import { countOf, type HintReader, type InlayHint } from './hint.ts';

/** So few are counted at a glance. */
const SEEN_AT_A_GLANCE = 4;

/** How many a range or a pattern stands for, where it does not say so itself, and how many of a dealt list fall to each. */
export const rangeMemberHints: HintReader = ({ sentence, owner, placeFrom }) => {
  const found: InlayHint[] = [];
  for (const mention of mentionsIn(sentence)) {
    const names = membersOf(mention, owner);
    if (names.length === 0) continue;
    const { text, to } = mention.part;
    const label = countOf(kindOf(mention, owner), names.length);
    const tooltip = () => membersText(names);
    found.push({ kind: 'rangeMembers', at: placeFrom + to, label, tooltip, once: `${placeFrom} ${text} ${label}` });
  }
  for (const { label, at, tooltip } of dealt(sentence, owner))
    found.push({ kind: 'rangeMembers', at: placeFrom + at, label, tooltip: () => tooltip });
  return found;
};

function membersOf(mention: Mention, owner: Declaration): readonly string[] {
  const { text, quoted } = mention.part;
  if (quoted) return [];
  // A lone `*` is all there are.
  if (isPattern(text)) return text === '*' ? [] : meantBy(mention, owner).entities.map(({ name }) => name);
  if (!isRange(text) || saysHowMany(text)) return [];
  const names = [...namesOf(mention.part)];
  return names.length > SEEN_AT_A_GLANCE ? names : [];
}

/** A single group that counts from 1 ends with the number of its members. */
function saysHowMany(text: string): boolean {
  return text.indexOf('[') === text.lastIndexOf('[') && /\[0*1\s*\.\.\s*\d+\]/.test(text);
}

function kindOf({ kinds, isDeclaration, isClass, part }: Mention, owner: Declaration): string {
  const [kind = '', ...others] = kinds;
  if (others.length === 0 || isDeclaration) return isClass ? `${kind} class` : kind;
  const found = new Set(
    referencesOf(part).flatMap(({ name }) => kinds.filter((k) => owner.design.names.read(k, name).entities.length > 0)),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : 'member';
}

interface Dealt {
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
}

/** Lists behind `each` that are not dealt one to one: where things stand, and what VMs run on and use. */
function* dealt(sentence: Sentence, owner: Declaration): Generator<Dealt> {
  const members = owner.entities.length;
  const [first] = owner.entities;
  const isTold = sentence.block || sentence.word === 'runs' || owner.kind === 'vm';
  if (!first || members < 2 || !isTold) return;
  const values: (Value | undefined)[] = [sentence.subject, ...[...sentence.clauses.values()].map(({ value }) => value)];
  for (const [index, value] of values.entries()) {
    const part = value?.each ? value.parts.find((item) => item?.type === 'list' || item?.type === 'name') : undefined;
    const items = part ? referencesOf(part) : [];
    if (!part || items.length === 0 || items.length === members) continue;
    const isPlacement = sentence.word === 'runs' && index === 0;
    if (items.length < members) {
      const label = `${shareText(members, items.length)} ${countOf(first.kind, 2).slice(2)} each`;
      const tooltip = `${countOf(first.kind, members)} are dealt out over ${items.length} in turn.`;
      yield { at: part.to, label, tooltip };
    } else if (isPlacement) {
      const label = `${shareText(items.length, members)} VMs each`;
      yield {
        at: part.to,
        label,
        tooltip: `${countOf('vm', items.length)} are dealt out over ${countOf(first.kind, members)} in turn.`,
      };
    }
  }
}

/** `25`, or `2–3` where it does not come out even. */
function shareText(many: number, among: number): string {
  const least = Math.floor(many / among);
  return many % among === 0 ? `${least}` : `${least}–${least + 1}`;
}
