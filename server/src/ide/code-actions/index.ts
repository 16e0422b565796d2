import { blockLayout } from './block-layout.ts';
import { extractClass } from './extract-class.ts';
import { inlineClass } from './inline-class.ts';
import { mergeRange } from './merge-range.ts';
import { moveToFile } from './move-to-file.ts';
import type { Refactoring } from './refactoring.ts';
import { sortPlacements } from './sort-placements.ts';
import { splitRange } from './split-range.ts';

/** Every refactoring, in the order in which they are offered. */
export const REFACTORINGS: readonly Refactoring[] = [
  extractClass,
  inlineClass,
  splitRange,
  mergeRange,
  sortPlacements,
  blockLayout,
  moveToFile,
];
