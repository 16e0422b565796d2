import type { Total } from '../../capacity/totals.ts';
import { figureJson } from '../../exporters/figure-json.ts';
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

function totalsJson(totals: DesignTotals): object {
  const {
    vms,
    on,
    off,
    vcpus,
    memory,
    provisioned,
    hosts,
    hostsUndescribed,
    cores,
    hostMemory,
    clusters,
    maturity,
    unjudged,
  } = totals;
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
    unjudged,
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
