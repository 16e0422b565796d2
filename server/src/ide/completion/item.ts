/** Something that may be written at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** In place of the word that is typed. */
  readonly insert: string;
  /** The same with places to fill in, for editors that can; `$1`, `${1:word}` and `$0` as in the protocol. */
  readonly snippet?: string;
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What the typed word is compared with; the label by default. */
  readonly filter?: string;
  /** Smaller comes first; equal ones in the order of their labels. */
  readonly rank: number;
}

export type CompletionKind =
  | 'block'
  | 'property'
  | 'clause'
  | 'value'
  | 'unit'
  | 'name'
  | 'class'
  | 'rule'
  | 'kind'
  | 'address';

/** A value as a snippet: each of its figures is a place to fill in. */
export function filledPlaces(value: string): string {
  let place = 0;
  return inSnippet(value).replace(/\d[\d_.:]*/g, (figure) => `\${${++place}:${figure}}`);
}

/** A text that stands for itself in a snippet. */
export function inSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
