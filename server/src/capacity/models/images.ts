/** Space that images and their clones take. Sizes in bytes. */

export interface Clone {
  readonly size: number | undefined;
  /** What differs from the image that it was cloned from. */
  readonly unique: number | undefined;
  readonly isLinked: boolean;
}

/** Space of one stored image: all of it, or only what differs if it is linked; nothing known of a linked one counts as nothing. */
export function storedSize({ size, unique, isLinked }: Clone): number | undefined {
  return isLinked ? (unique ?? 0) : size;
}

/** What full clones take beyond what differs: Σ (size - unique) of those that state both. Linked clones waste nothing (ours). */
export function clonesWaste(clones: readonly Clone[]): number {
  let sum = 0;
  for (const { size, unique, isLinked } of clones)
    if (!isLinked && size !== undefined && unique !== undefined) sum += Math.max(0, size - unique);
  return sum;
}
