import { formatNumber, formatQuantity } from '../../base/units.ts';
import { failoverResult } from '../../capacity/absorption.ts';
import { firstYearOf } from '../../capacity/budget.ts';
import { clusterUse } from '../../capacity/cluster.ts';
import { costIn, costLinesOf, PRICED_KINDS, unpricedOf } from '../../capacity/cost.ts';
import { exists } from '../../capacity/exists.ts';
import { type Figure, formatFigure } from '../../capacity/figure.ts';
import { formatMoney } from '../../capacity/money.ts';
import type { Total } from '../../capacity/totals.ts';
import { distinctName, type Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { inTextOrder } from '../../design/order.ts';
import type { Io } from '../io.ts';
import { countBySeverity, type Report, type ReportFinding } from '../report.ts';
import { painter, shown, wrap } from './paint.ts';
import { tableLines } from './plan.ts';

/** One of two designs, and what a check of it says. */
export interface ComparedDesign {
  readonly name: string;
  readonly design: Design;
  readonly report: Report;
}

/** Of findings that came or went, this many are told. */
const MOST_TOLD = 10;

const UNKNOWN = '–';

type Row = readonly [what: string, before: string, after: string];

/** What differs between two designs, for people: figures side by side, then findings that are gone and that are new. */
export function comparePretty(before: ComparedDesign, after: ComparedDesign, { colours, columns }: Io): string {
  const paint = painter(colours);
  const rows: Row[] = both(wholeOf(before), wholeOf(after));
  for (const name of new Set([...clustersOf(before.design).keys(), ...clustersOf(after.design).keys()])) {
    const [one, other] = [before, after].map(({ design }) => clusterOf(clustersOf(design).get(name)));
    const own = both(one ?? [], other ?? []).filter(([, then, now]) => then !== now);
    if (own.length > 0)
      rows.push([`cluster ${name}`, '', ''], ...own.map(([what, ...rest]): Row => [`  ${what}`, ...rest]));
  }
  const out = tableLines({ head: ['', before.name, after.name], rows, numbers: [1, 2] }, paint);
  const tell = (title: string, findings: readonly ReportFinding[]) => {
    if (findings.length === 0) return;
    out.push('', paint('bold', `${title} (${findings.length})`));
    for (const { severity, rule, message } of findings.slice(0, MOST_TOLD))
      out.push(
        ...wrap(`${severity} ${rule}: ${shown(message)}`, columns - 4).map(
          (line, at) => `  ${at > 0 ? '  ' : ''}${line}`,
        ),
      );
    if (findings.length > MOST_TOLD) out.push(`  and ${findings.length - MOST_TOLD} more`);
  };
  tell('No longer found', onlyIn(before, after));
  tell('Found anew', onlyIn(after, before));
  return `${out.join('\n')}\n`;
}

/** How many errors the second design has that the first has not. */
export function newErrors(before: ComparedDesign, after: ComparedDesign): number {
  return onlyIn(after, before).filter(({ severity }) => severity === 'error').length;
}

const RANK = { error: 0, warning: 1, info: 2, hint: 3 } as const;

/** What is found of one design alone, or of both and worse here; the worst first. Figures in messages do not count. */
function onlyIn(here: ComparedDesign, there: ComparedDesign): readonly ReportFinding[] {
  const key = ({ rule, entity, severity }: ReportFinding) => `${rule} ${entity} ${severity}`;
  const known = new Map<string, number>();
  for (const finding of there.report.findings) known.set(key(finding), (known.get(key(finding)) ?? 0) + 1);
  const own = here.report.findings.filter((finding) => {
    const left = known.get(key(finding)) ?? 0;
    known.set(key(finding), left - 1);
    return left <= 0;
  });
  return own.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

type Facts = readonly (readonly [what: string, text: string])[];

function both(before: Facts, after: Facts): Row[] {
  const [then, now] = [new Map(before), new Map(after)];
  return [...new Set([...then.keys(), ...now.keys()])].map((what) => [
    what,
    then.get(what) ?? UNKNOWN,
    now.get(what) ?? UNKNOWN,
  ]);
}

function wholeOf({ design, report }: ComparedDesign): Facts {
  const totals = report.designs[0]?.totals;
  const counts = countBySeverity(report.findings);
  if (!totals) return [];
  return [
    ['VMs on', formatNumber(totals.on)],
    ['vCPU of VMs', totalText(totals.vcpus, formatNumber)],
    ['memory of VMs', totalText(totals.memory, gib)],
    ['disk of VMs', totalText(totals.provisioned, (value) => formatQuantity(value, 'size'))],
    ['hosts', formatNumber(totals.hosts + totals.hostsUndescribed)],
    ['cores', totalText(totals.cores, formatNumber)],
    ['memory of hosts', totalText(totals.hostMemory, gib)],
    ...costOf(design),
    ['stage of maturity', totals.maturity ? `${totals.maturity.stage} of 5` : UNKNOWN],
    ['errors, warnings, notes', `${counts.error}, ${counts.warning}, ${counts.info}`],
    ['not judged', totals.unjudged.length === 0 ? 'nothing' : formatNumber(totals.unjudged.length)],
  ];
}

/** In the first year of the plan. */
function costOf(design: Design): Facts {
  const { lines, isComplete, currency } = costLinesOf(design);
  if (lines.length === 0) return [];
  const year = firstYearOf(design);
  const { capex, opex } = costIn(lines, year, year);
  const least = !isComplete || PRICED_KINDS.some((kind) => unpricedOf(design, kind).length > 0) ? '≥ ' : '';
  return [
    ['cost, once', least + formatMoney(capex, currency.code)],
    ['cost, a year', least + formatMoney(opex, currency.code)],
  ];
}

function clustersOf(design: Design): ReadonlyMap<string, Entity> {
  const all = inTextOrder([...design.members('cluster')]).filter(exists);
  return new Map(all.map((cluster) => [distinctName(cluster), cluster]));
}

function clusterOf(cluster: Entity | undefined): Facts {
  if (!cluster) return [];
  const { hosts, vms, cpuShare, memoryShare, vcpuRatio } = clusterUse(cluster);
  const result = failoverResult(cluster);
  const loss = result
    ? { holds: 'survived', fails: 'not survived', unknown: 'not known' }[result.outcome]
    : 'not stated';
  const text = (figure: Figure | undefined) =>
    figure ? `${figure.isAtLeast ? '≥ ' : ''}${formatFigure(figure)}` : UNKNOWN;
  return [
    ['hosts', formatNumber(hosts.length)],
    ['VMs on', formatNumber(vms.length)],
    ['CPU', text(cpuShare)],
    ['memory', text(memoryShare)],
    ['vCPU per core', text(vcpuRatio)],
    ['loss that failover names', loss],
  ];
}

function gib(bytes: number): string {
  return `${formatNumber(bytes / 2 ** 30, 0)} GiB`;
}

function totalText({ value, unstated }: Total, format: (value: number) => string): string {
  return value === null ? UNKNOWN : `${unstated > 0 ? '≥ ' : ''}${format(value)}`;
}
