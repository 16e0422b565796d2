/**
 * Numbers as if by chance, from a seed: the same seed, the same numbers on every machine. Xorshift by G. Marsaglia (2003),
 * 32 bits; good enough to choose between moves, and no more.
 */
export class Chance {
  #state: number;

  constructor(seed: number) {
    // Zero would stay zero; consecutive seeds must not begin alike.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) | 1;
    for (let turn = 0; turn < 4; turn++) this.below(2);
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.share() * count);
  }

  /** From 0, to less than 1. */
  share(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 4294967296;
  }
}
