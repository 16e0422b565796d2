import { formatNumber, formatQuantity } from '../../base/units.ts';
import type { ClusterTotals, Total } from '../../capacity/totals.ts';
import type { Maturity } from '../../rules/maturity.ts';
import {
  byPainPoint,
  countBySeverity,
  type DesignTotals,
  type Report,
  type ReportFinding,
  SEVERITIES,
  type Severity,
} from '../report.ts';
import { type Paint, painter, type Style, shown, wrap } from './paint.ts';

export interface PrettyOptions {
  readonly colours: boolean;
  /** Width to wrap messages and cut source lines at. */
  readonly columns: number;
}

const STYLES: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' };

/** Places listed with a finding; the rest is counted. */
const MOST_RELATED = 3;

/** The report for people: each finding with the line it points at, then what was counted. */
export function formatPretty(report: Report, { colours, columns }: PrettyOptions): string {
  const paint = painter(colours);
  const lines = new Map<string, readonly string[]>();
  const lineOf = (file: string, line: number) => {
    const own = lines.get(file) ?? report.text(file).split(/\r\n|\r|\n/);
    lines.set(file, own);
    return own[line - 1] ?? '';
  };
  const findings = report.findings.map((finding) =>
    formatFinding(finding, lineOf(finding.file, finding.range.start.line), paint, columns),
  );
  const designs = report.designs.map(({ file, totals }) => formatTotals(file, totals, paint));
  const head = report.at ? [`${paint('bold', `Evaluated at ${report.at}`)}\n`] : [];
  return [...head, ...findings, ...designs, formatCounts(report, paint)].join('\n');
}

function formatFinding(finding: ReportFinding, line: string, paint: Paint, columns: number): string {
  const { file, range, severity, rule, message, related } = finding;
  const place = `${shown(file)}:${range.start.line}:${range.start.column}`;
  const style = STYLES[severity];
  const out = [`${paint('bold', place)} ${paint(style, severity)} ${paint('dim', rule)}`];
  out.push(...wrap(shown(message), columns - 2).map((text) => `  ${text}`));
  const number = String(range.start.line);
  const excerpt = cut(line, finding, columns - number.length - 6);
  out.push(paint('dim', `  ${number} | `) + excerpt.text);
  out.push(
    paint('dim', `  ${' '.repeat(number.length)} | `) + ' '.repeat(excerpt.from) + paint(style, excerpt.underline),
  );
  for (const other of related.slice(0, MOST_RELATED)) {
    const { line: at, column } = other.range.start;
    out.push(
      paint('dim', `  ${' '.repeat(number.length)} = ${shown(other.file)}:${at}:${column} ${shown(other.message)}`),
    );
  }
  const more = related.length - MOST_RELATED;
  if (more > 0) out.push(paint('dim', `  ${' '.repeat(number.length)} = and ${more} more`));
  return `${out.join('\n')}\n`;
}

/** The part of a line around a finding that fits, and the marks under it. */
function cut(line: string, { range }: ReportFinding, width: number) {
  const start = range.start.column - 1;
  const end = range.end.line === range.start.line ? Math.max(start + 1, range.end.column - 1) : line.length;
  const room = Math.max(40, width);
  let from = 0;
  while (from < start && isBlank(line.charCodeAt(from))) from++;
  if (Math.min(end, start + room / 2) - from > room) from = start - Math.floor(room / 4);
  const before = from > 0 && line.slice(0, from).trim() !== '' ? '…' : '';
  const whole = line.slice(from);
  const text = whole.length > room ? `${whole.slice(0, room)}…` : whole;
  const marks = Math.max(1, Math.min(end - start, room - (start - from)));
  return {
    text: before + shown(text),
    from: before.length + Math.max(0, start - from),
    underline: '^'.repeat(marks),
  };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function formatTotals(file: string, totals: DesignTotals, paint: Paint): string {
  const undescribed =
    totals.hostsUndescribed > 0 ? ` (and ${totals.hostsUndescribed} that say nothing of themselves)` : '';
  const out = [
    `${paint('bold', shown(file))}: ${count(totals.vms, 'VM')} (${totals.on} on, ${totals.off} off): ${[
      totalText(totals.vcpus, (value) => `${formatNumber(value)} vCPU`, 'vCPU'),
      totalText(totals.memory, (value) => `${memoryText(value)}${totals.off > 0 ? ' for those on' : ''}`, 'memory'),
      totalText(
        totals.provisioned,
        (value) => `${formatQuantity(value, 'size')} of disk${totals.off > 0 ? ' in all' : ''}`,
        'disk',
      ),
    ].join(', ')}`,
    `  on ${count(totals.hosts, 'host')}${undescribed}: ${[
      totalText(totals.cores, (value) => `${formatNumber(value)} cores`, 'cores'),
      totalText(totals.hostMemory, memoryText, 'memory'),
    ].join(', ')}`,
    ...totals.clusters.map(formatCluster),
    ...(totals.maturity && totals.clusters.length > 0 ? [formatMaturity(totals.maturity)] : []),
    ...(totals.unjudged.length > 0
      ? [`  not judged, as too little is stated: ${totals.unjudged.map(({ what }) => shown(what)).join('; ')}`]
      : []),
  ];
  return `${out.join('\n')}\n`;
}

function formatMaturity({ stage, name, next }: Maturity): string {
  const [first] = next;
  const more = next.length > 1 ? ` (and ${next.length - 1} more)` : '';
  return `  maturity: stage ${stage} of 5 as stated, ${name}${first === undefined ? '' : `; next, ${first}${more}`}`;
}

function formatCluster(cluster: ClusterTotals): string {
  const { name, hosts, hostsUndescribed, vmsOn, vcpus, cores, ratio, worstHost } = cluster;
  const parts = [count(hosts + hostsUndescribed, 'host'), `${count(vmsOn, 'VM')} on`];
  if (vcpus !== null && cores !== null)
    parts.push(
      `${formatNumber(vcpus)} vCPU on ${formatNumber(cores)} cores${ratio === null ? '' : ` (${ratioText(ratio)})`}`,
    );
  if (worstHost) parts.push(`most on ${shown(worstHost.name)} (${ratioText(worstHost.ratio)})`);
  return `  ${shown(name)}: ${parts.join(', ')}`;
}

function ratioText(ratio: number): string {
  return `${formatNumber(ratio, 3)}:1`;
}

/** Memory is told in GiB however much it is: that is how hosts are bought and VMs are sized. */
function memoryText(bytes: number): string {
  return `${formatNumber(bytes / 2 ** 30, 0)} GiB of memory`;
}

function totalText(total: Total, format: (value: number) => string, what: string): string {
  if (total.value === null) return `${what} not stated`;
  return total.unstated > 0 ? `at least ${format(total.value)} (${total.unstated} not stated)` : format(total.value);
}

function formatCounts({ findings }: Report, paint: Paint): string {
  if (findings.length === 0) return 'No findings\n';
  const counts = countBySeverity(findings);
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    paint(STYLES[severity], severity === 'info' ? `${counts.info} info` : count(counts[severity], severity)),
  );
  const groups = byPainPoint(findings).map(({ painPoint, findings: own }) => ({
    name: painPoint?.replaceAll('-', ' ') ?? 'mistakes in the text',
    size: own.length,
  }));
  const width = Math.max(...groups.map(({ name }) => name.length));
  const table = groups.map(({ name, size }) => `  ${name.padEnd(width)}  ${String(size).padStart(4)}`);
  return `${count(findings.length, 'finding')}: ${parts.join(', ')}\n${table.join('\n')}\n`;
}

function count(size: number, one: string): string {
  return `${formatNumber(size)} ${one}${size === 1 ? '' : 's'}`;
}
