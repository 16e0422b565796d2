/** Some objects without order: most often none or one, sometimes very many. An estate has hundreds of thousands of these. */
export type Few<T extends object> = T | T[] | Set<T> | undefined;

/** Up to this many, a list has no room to spare: most have two or three. */
const TIGHT = 8;
/** More than this many are kept as a set. */
const MOST_LISTED = 64;

/** The same with one more, unless it is among them. */
export function withOne<T extends object>(few: Few<T>, one: T): Few<T> {
  if (few === undefined || few === one) return one;
  if (few instanceof Set) return few.add(one);
  if (!Array.isArray(few)) return [few, one];
  if (few.includes(one)) return few;
  if (few.length >= MOST_LISTED) return new Set(few).add(one);
  if (few.length < TIGHT) return few.concat(one);
  few.push(one);
  return few;
}

/** The same without one. */
export function withoutOne<T extends object>(few: Few<T>, one: T): Few<T> {
  if (few === one) return undefined;
  if (few instanceof Set) {
    few.delete(one);
    return few.size === 0 ? undefined : few;
  }
  if (!Array.isArray(few)) return few;
  const at = few.indexOf(one);
  if (at >= 0) few.splice(at, 1);
  return few.length === 1 ? few[0] : few;
}
