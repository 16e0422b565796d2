import { formatDate } from '../base/dates.ts';
import type { Figure } from '../capacity/figure.ts';
import { asOf } from '../capacity/time.ts';
import { type Totals, totalsOf } from '../capacity/totals.ts';
import { type Unjudged, unjudgedOf } from '../capacity/unjudged.ts';
import { type Diagnostic, diagnosticsOfProject } from '../ide/diagnostics.ts';
import type { ParsedFile } from '../language/syntax/file.ts';
import { positionAt } from '../language/syntax/positions.ts';
import type { Maturity } from '../rules/maturity.ts';
import { PAIN_POINTS, type PainPoint } from '../rules/rule.ts';
import { checkDesign, maturityOf } from '../rules/run.ts';
import type { Loaded } from './designs.ts';

export type Severity = Diagnostic['severity'];
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Lines and columns from 1; columns count UTF-16 code units, as editors do. */
export interface Range {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** One finding of a check, or one mistake in the text. */
export interface ReportFinding {
  /** Id of the rule, or the kind of mistake. */
  readonly rule: string;
  /** Null for a mistake in the text. */
  readonly painPoint: PainPoint | null;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  readonly entity: string | null;
  readonly figures: readonly Figure[];
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
}

export interface DesignTotals extends Totals {
  /** Null for a design without hosts. */
  readonly maturity: Maturity | null;
  /** Questions of capacity that have no answer, as too little is stated. */
  readonly unjudged: readonly Unjudged[];
}

/** What a check found; every format of the command prints this and nothing else. */
export interface Report {
  /** The day that designs are evaluated at, where it is not their own. */
  readonly at: string | null;
  /** All files of all designs, imports included. */
  readonly files: readonly string[];
  readonly findings: readonly ReportFinding[];
  readonly designs: readonly { readonly file: string; readonly totals: DesignTotals }[];
  /** Rules that broke down: our mistakes. What they would have found is missing. */
  readonly failures: readonly string[];
  /** The text of a file of the report. */
  readonly text: (file: string) => string;
}

export function makeReport(loaded: Loaded): Report {
  const { workspace, projects, fileName } = loaded;
  const findings = new Map<string, ReportFinding>();
  const uris = new Map<string, string>();
  const failures = new Set<string>();
  for (const project of projects) {
    for (const uri of project.design.files.keys()) uris.set(fileName(uri), uri);
    for (const { rule, entity, error } of checkDesign(project.design).failures)
      failures.add(`${rule.id} broke down at ${entity.name}: ${error instanceof Error ? error.message : error}`);
    for (const diagnostic of diagnosticsOfProject(project)) {
      const finding = toFinding(loaded, diagnostic);
      // A file that two designs import is told once what is wrong with it.
      if (finding) findings.set(JSON.stringify([finding.file, finding.range, finding.rule, finding.message]), finding);
    }
  }
  const [at] = projects.flatMap(({ design }) => (design.at && asOf(design) === design.at ? [design.at] : []));
  return {
    at: at ? formatDate(at) : null,
    files: [...uris.keys()],
    findings: [...findings.values()],
    designs: projects.map(({ design }) => ({
      file: fileName(design.root),
      totals: { ...totalsOf(design), maturity: maturityOf(design) ?? null, unjudged: unjudgedOf(design) },
    })),
    failures: [...failures],
    text: (file) => workspace.text(uris.get(file) ?? '') ?? '',
  };
}

function toFinding({ workspace, fileName }: Loaded, diagnostic: Diagnostic): ReportFinding | undefined {
  const file = workspace.file(diagnostic.uri);
  if (!file) return undefined;
  return {
    rule: diagnostic.code,
    painPoint: diagnostic.painPoint ?? null,
    severity: diagnostic.severity,
    message: diagnostic.message,
    file: fileName(diagnostic.uri),
    range: rangeIn(file, diagnostic.from, diagnostic.to),
    entity: diagnostic.entity ?? null,
    figures: diagnostic.figures,
    related: diagnostic.related.flatMap(({ uri, from, to, message }) => {
      const other = workspace.file(uri);
      return other ? [{ file: fileName(uri), range: rangeIn(other, from, to), message }] : [];
    }),
  };
}

function rangeIn(file: ParsedFile, from: number, to: number): Range {
  const [start, end] = [positionAt(file, from), positionAt(file, Math.max(from, to))];
  return {
    start: { line: start.line + 1, column: start.column + 1 },
    end: { line: end.line + 1, column: end.column + 1 },
  };
}

export function countBySeverity(findings: readonly ReportFinding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Findings by pain point in their usual order; mistakes in the text are under null, last. Empty ones are left out. */
export function byPainPoint(
  findings: readonly ReportFinding[],
): readonly { readonly painPoint: PainPoint | null; readonly findings: readonly ReportFinding[] }[] {
  return [...PAIN_POINTS, null]
    .map((painPoint) => ({ painPoint, findings: findings.filter((finding) => finding.painPoint === painPoint) }))
    .filter((group) => group.findings.length > 0);
}
