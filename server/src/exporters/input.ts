import type { Figure } from '../capacity/figure.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import type { TopologyGraph } from '../topology/graph.ts';
import type { Routes } from '../topology/layout/block.ts';

/** Everything that an export is made of: a design with what the analysis says of it. Exporters judge nothing themselves. */
export interface ExportInput {
  readonly design: Design;
  /** What people call the file that the design begins in: `plans/storefront.vdc`. */
  readonly file: string;
  /** What people call any file of the design. */
  readonly nameOf: (uri: string) => string;
  /** What the check says, the most severe first, each severity in text order. */
  readonly findings: readonly ExportFinding[];
  /** Silenced in the text, with a reason. */
  readonly silenced: number;
  readonly painPoints: readonly string[];
  /** Undefined for a design without hosts. */
  readonly maturity: ExportMaturity | undefined;
  readonly graph: TopologyGraph;
  readonly routes?: Routes;
}

/** What a rule has found, or a mistake in the text. */
export interface ExportFinding {
  /** Id of the rule, or the kind of mistake. */
  readonly rule: string;
  readonly title: string;
  /** Null for a mistake in the text. */
  readonly painPoint: string | null;
  /** Teams that have to act, as the rule says. */
  readonly teams: readonly string[];
  /** Teams that own the thing, as the design says. */
  readonly owners: readonly string[];
  /** Of solving it. */
  readonly benefit: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  readonly uri: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly entity: Entity | undefined;
  readonly figures: readonly Figure[];
  /** What quick fixes would do. */
  readonly fixes: readonly string[];
}

/** How far a design has come, and what comes next. */
export interface ExportMaturity {
  readonly stage: number;
  readonly name: string;
  readonly dimensions: readonly {
    readonly name: string;
    readonly isCore: boolean;
    readonly score: number;
    readonly next: string | undefined;
  }[];
  readonly next: readonly string[];
}

export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

/** How many there are of each severity. */
export function countsOf(findings: readonly ExportFinding[]): Readonly<Record<ExportFinding['severity'], number>> {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}
