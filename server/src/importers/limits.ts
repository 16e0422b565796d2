/** What reading one import may cost. Every limit that is reached is reported, and names itself. */
export interface ImportLimits {
  /** Bytes that the compressed parts of all files may unpack to. */
  readonly unpackedBytes: number;
  /** Unpacked bytes per packed byte above which a part is taken for a decompression bomb. */
  readonly ratio: number;
  /** Unpacked bytes up to which the ratio is not looked at: small parts of equal cells pack well and harm nobody. */
  readonly ratioFrom: number;
  /** Parts (files) in one archive. */
  readonly entries: number;
  /** Rows of one sheet. */
  readonly rows: number;
  /** Cells with a value of all sheets. */
  readonly cells: number;
  /** Characters of one cell or one tag. Excel itself holds 32 767 in a cell. */
  readonly cellLength: number;
  /** Characters of one file of JSON or XML, which is held in memory as a whole. */
  readonly documentLength: number;
}

export const DEFAULT_LIMITS: ImportLimits = {
  unpackedBytes: 512 * 2 ** 20,
  ratio: 150,
  ratioFrom: 16 * 2 ** 20,
  entries: 2_000,
  rows: 400_000,
  cells: 8_000_000,
  cellLength: 1_000_000,
  documentLength: 128 * 2 ** 20,
};

/** A file that cannot be read, in words for its owner. Thrown inside an importer, reported by it as a problem. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
