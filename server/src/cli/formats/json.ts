import { type Figure, formatFigure } from '../../capacity/figure.ts';
import type { Total } from '../../capacity/totals.ts';
import type { Maturity } from '../../rules/maturity.ts';
import type { DesignTotals } from '../report.ts';
import { byPainPoint, countBySeverity, type Report } from '../report.ts';

/** Version of the output; a new one says that a field has changed its meaning or gone. New fields come without one. */
export const JSON_VERSION = 1;

/** The report as JSON, described by `docs/check-output.schema.json`. */
export function formatJson(report: Report): string {
  const { at, files, findings, designs } = report;
  return text({
    version: JSON_VERSION,
    at,
    files,
    findings: findings.map((finding) => ({ ...finding, figures: finding.figures.map((figure) => figureJson(figure)) })),
    summary: {
      findings: {
        ...countBySeverity(findings),
        byPainPoint: Object.fromEntries(
          byPainPoint(findings).map((group) => [group.painPoint ?? 'language', group.findings.length]),
        ),
      },
      designs: designs.map(({ file, totals }) => ({ file, ...totalsJson(totals) })),
    },
  });
}

export function text(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Levels of arithmetic that are printed: a figure, what it was made of, and what that was made of. */
const DEPTH = 2;

/** A number with its arithmetic. Values are in base units: bytes, bit/s, Hz, seconds, watts; a share is a fraction. */
function figureJson(figure: Figure, depth = DEPTH): object {
  const { label, value, unit, origin, isAtLeast, assumption, formula, inputs } = figure;
  return {
    label,
    value: Number.isFinite(value) ? value : null,
    unit,
    text: formatFigure(figure).replaceAll('\u202f', ' '),
    origin,
    isAtLeast,
    ...(assumption === undefined ? {} : { assumption }),
    ...(formula === undefined ? {} : { formula }),
    ...(inputs && inputs.length > 0 && depth > 0
      ? { inputs: inputs.map((input) => figureJson(input, depth - 1)) }
      : {}),
  };
}

function totalsJson(totals: DesignTotals): object {
  const { vms, on, off, vcpus, memory, provisioned, hosts, hostsUndescribed, cores, hostMemory, clusters, maturity } =
    totals;
  const unstated = { vcpus, memory, provisioned, cores, hostMemory };
  return {
    vms,
    on,
    off,
    vcpus: vcpus.value,
    memoryGiB: inUnit(memory, 2 ** 30),
    provisionedTiB: inUnit(provisioned, 2 ** 40),
    hosts,
    hostsUndescribed,
    cores: cores.value,
    hostMemoryGiB: inUnit(hostMemory, 2 ** 30),
    unstated: Object.fromEntries(Object.entries(unstated).map(([key, total]) => [key, total.unstated])),
    clusters: clusters.map((cluster) => ({
      ...cluster,
      ratio: rounded(cluster.ratio),
      worstHost: cluster.worstHost && { ...cluster.worstHost, ratio: rounded(cluster.worstHost.ratio) },
    })),
    maturity: maturity && maturityJson(maturity),
  };
}

function maturityJson({ stage, name, cappedBy, dimensions, next }: Maturity): object {
  return { stage, name, cappedBy: cappedBy ?? null, dimensions: dimensions.map(dimensionJson), next };
}

function dimensionJson({ name, isCore, score, next }: Maturity['dimensions'][number]): object {
  return { name, isCore, score, next: next ?? null };
}

function inUnit(total: Total, factor: number): number | null {
  return rounded(total.value === null ? null : total.value / factor);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
