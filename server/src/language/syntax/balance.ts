/** Unmatched braces of a text: closing ones it needs an opener for before it, opening ones it leaves open. */
export interface Balance {
  readonly closing: number;
  readonly opening: number;
}

export const BALANCED: Balance = { closing: 0, opening: 0 };

export function isBalanced(balance: Balance): boolean {
  return balance.closing === 0 && balance.opening === 0;
}

/** The balance of one text followed by another. */
export function followedBy(a: Balance, b: Balance): Balance {
  if (b.closing === 0 && b.opening === 0) return a;
  if (a.closing === 0 && a.opening === 0) return b;
  const matched = Math.min(a.opening, b.closing);
  return { closing: a.closing + b.closing - matched, opening: a.opening - matched + b.opening };
}
