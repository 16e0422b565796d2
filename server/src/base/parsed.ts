/** What a reader of one word makes of it: a value, or one sentence that says what is wrong and what would be right. */
export type Parsed<T> = { readonly value: T } | { readonly error: string };

/**
 * What a reader of several words makes of them: a value and how many words it took, or one sentence about the word
 * at index `at` (an index equal to the number of words means that something is missing at the end).
 */
export type ParsedWords<T> =
  | { readonly value: T; readonly taken: number }
  | { readonly error: string; readonly at: number };
