/** Texts of reasons, each told apart by a code from 1 on. */
export class Reasons {
  readonly texts: string[] = [];
  private readonly codes = new Map<string, number>();

  /** Codes are 16 bits wide: what comes after the last of them shares it. */
  codeOf(reason: string | undefined): number {
    if (reason === undefined) return 0;
    const known = this.codes.get(reason);
    if (known !== undefined) return known;
    if (this.texts.length >= 0xffff) return this.texts.length;
    this.texts.push(reason);
    this.codes.set(reason, this.texts.length);
    return this.texts.length;
  }
}
