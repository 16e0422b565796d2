import { derive } from '../base/reactive.ts';
import { entityId } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { inTextOrder, locatedInOrder } from '../design/order.ts';
import { locate } from '../design/place.ts';
import { sitesOf } from '../design/things.ts';
import { checkDesign, type Finding } from '../rules/run.ts';
import type { NodeFinding } from '../topology/build.ts';
import type { FindingChanges, FindingNote } from '../topology/graph.ts';
import { keyOf, MASKED_BY } from './plans/consequences.ts';

/** A note of a picture, and the findings that it stands for. */
interface Group {
  readonly note: NodeFinding;
  readonly findings: readonly Finding[];
}

/** Findings of one rule on one statement are one note, on all the things that share it. In text order. */
const groupsOf = derive((design: Design): readonly Group[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of checkDesign(design).findings) {
    if (finding.silencedBy) continue;
    const key = placeKey(finding);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const located = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ group, located: first.at }] : [];
  });
  return locatedInOrder(located).map(({ group }) => ({ note: noteOf(group), findings: group }));
});

/** The findings of a design as a picture notes them. */
export const notesOf = (design: Design): readonly NodeFinding[] => groupsOf(design).map(({ note }) => note);

/** Findings that stand at one place say the same of several things. */
function placeKey({ rule, at, span }: Finding): string {
  const { place, sentence } = at;
  return `${rule.id} ${place.file.uri} ${locate(place)?.from} ${sentence.from} ${span.from}`;
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

function noteOf(group: readonly Finding[]): NodeFinding {
  const entities = inTextOrder([...new Set(group.map(({ entity }) => entity))]);
  const place = new Map(entities.map((entity, index) => [entity, index]));
  const inOrder = [...group].sort((a, b) => (place.get(a.entity) ?? 0) - (place.get(b.entity) ?? 0));
  const worst = inOrder.reduce((a, b) => (RANK[b.severity] < RANK[a.severity] ? b : a));
  const things = entities.map(entityId);
  const sites = [...new Set(group.flatMap(({ entity }) => sitesOf(entity).map(entityId)))];
  const fixes = worst.fixes().map(({ title, isPreferred }) => ({ id: title, title, preferred: isPreferred ?? false }));
  const plan = { id: PLAN, title: 'Move VMs until it fits', preferred: true };
  return {
    key: findingKey(worst),
    rule: worst.rule.id,
    severity: worst.severity,
    message: worst.message,
    fixes: worst.rule.remedy === 'plan' ? [plan, ...fixes] : fixes,
    things,
    links: [...new Set(group.flatMap(({ links = [] }) => links))],
    sites,
  };
}

/** Id of the fix that is a plan of moves. */
export const PLAN = 'plan';

export function findingKey({ rule, entity }: Finding): string {
  return `${rule.id} ${entityId(entity)}`;
}

/** What is wrong, and how badly, by keys that hold in another state of the same design. */
type Known = ReadonlyMap<string, number>;

/** A state of a design, as it is compared with another: its notes, and what they stand for. */
export interface FoundState {
  readonly known: Known;
  readonly notes: readonly {
    readonly note: FindingNote;
    readonly things: readonly string[];
    readonly keys: readonly Key[];
    readonly rank: number;
  }[];
}

interface Key {
  readonly own: string;
  /** The same of a rule that speaks instead where both would. */
  readonly masked: string | undefined;
}

/** Taken from a design before it becomes another, of the same texts or of others. */
export function foundIn(design: Design, isSameText: boolean): FoundState {
  const ownKey = (finding: Finding): string =>
    isSameText ? `${placeKey(finding)} ${entityId(finding.entity)}` : keyOf(finding);
  const known = new Map<string, number>();
  const notes = groupsOf(design).map(({ note: { things, links: _links, sites: _, ...note }, findings }) => {
    const keys = findings.map((finding): Key => {
      const rank = 3 - RANK[finding.severity];
      const own = ownKey(finding);
      for (const key of [own, keyOf(finding)]) known.set(key, Math.max(known.get(key) ?? 0, rank));
      const by = MASKED_BY[finding.rule.id];
      return { own, masked: by && `${by}${keyOf(finding).slice(finding.rule.id.length)}` };
    });
    return { note, things, keys, rank: 3 - RANK[note.severity] };
  });
  return { known, notes };
}

/**
 * What is wrong after that was not before, or is worse; and what is no longer. What is wrong with things that are `dead` is not
 * gone: they are. Remedies of what is only supposed are left out.
 */
export function changesBetween(
  before: FoundState,
  after: FoundState,
  isDead: (thing: string) => boolean = () => false,
): FindingChanges {
  const has = (known: Known, { own, masked }: Key, rank: number): boolean =>
    (known.get(own) ?? known.get(masked ?? own) ?? 0) >= rank;
  const added = after.notes.filter(({ keys, rank }) => keys.some((key) => !has(before.known, key, rank)));
  const gone = before.notes.filter(
    ({ keys, things }) => keys.every((key) => !has(after.known, key, 1)) && !things.every(isDead),
  );
  const plain = (notes: FoundState['notes']): FindingNote[] => notes.map(({ note }) => ({ ...note, fixes: [] }));
  return { added: plain(added), gone: plain(gone) };
}
