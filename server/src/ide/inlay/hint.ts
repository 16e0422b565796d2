import type { Visit } from '../spot.ts';

/** What a hint tells; a user may switch each off. */
export type HintKind = 'hostLoad' | 'rangeMembers' | 'assumedFigures';

/** Something that is known and that the text does not say, shown within its line. */
export interface InlayHint {
  readonly kind: HintKind;
  /** The offset in the file that it stands behind. */
  readonly at: number;
  readonly label: string;
  /** Why it is so, as Markdown; made when somebody asks. */
  readonly tooltip: () => string;
  /** Of hints with the same the first one is shown. */
  readonly once?: string;
}

/** Tells of one statement. `uri` is the file that it stands in: places in other files are named with theirs. */
export type HintReader = (visit: Visit, uri: string) => readonly InlayHint[];

/** At most this many members of a range are looked at; the others are like them, or the figure is left out. */
export const MOST_MEMBERS = 2_000;

const NOUNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  vm: ['VM', 'VMs'],
  switch: ['switch', 'switches'],
  vswitch: ['virtual switch', 'virtual switches'],
  app: ['application', 'applications'],
  adc: ['ADC', 'ADCs'],
};

/** `1 host`, `4 VMs`, `2 switches`. */
export function countOf(kind: string, count: number): string {
  const [one, many] = NOUNS[kind] ?? [kind, `${kind}s`];
  return `${count} ${count === 1 ? one : many}`;
}

/** Whether a statement is the head of the block that it was visited with: of things, not of a class. */
export function declaresThings({ sentence, owner }: Visit): boolean {
  return sentence.block !== undefined && owner.word === sentence.word && owner.entities.length > 0;
}
