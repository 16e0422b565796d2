import type { ImportTotals } from '../importer.ts';
import type { Inventory } from './inventory.ts';
import type { SourceFacts } from './write-design.ts';

/** Facts that a design wants and a tab would bring. */
const BROUGHT_BY: readonly (readonly [tab: string, facts: string])[] = [
  ['vDisk', 'disks and their datastores'],
  ['vNetwork', 'network cards'],
  ['vDatastore', 'datastore capacity'],
  ['vPort', 'VLANs'],
  ['vSwitch', 'virtual switches'],
  ['vNIC', 'uplinks and their speed'],
  ['vCPU', 'CPU use per VM'],
  ['vMemory', 'active memory per VM'],
  ['vSnapshot', 'snapshots'],
  ['vCluster', 'HA and DRS settings'],
  ['vHost', 'host hardware'],
];

/** Longest list of joined names that is written out. */
const MOST_JOINS_SHOWN = 2;

/** The comment at the top: where this text came from, what it counts, what it cannot say. */
export function headerLines(inventory: Inventory, source: SourceFacts, totals: ImportTotals): readonly string[] {
  const lines = [
    `Imported from RVTools: ${source.file} (${source.present.join(', ')}).`,
    `${count(totals.vms, 'VM')} (${totals.vmsOn} on, ${totals.vmsOff} off${templates(totals)}), ${count(totals.hosts, 'host')}${unknown(totals)}, ${count(totals.clusters, 'cluster')}.`,
  ];
  const { joins } = inventory;
  if (joins.length > 0) {
    const shown = joins.slice(0, MOST_JOINS_SHOWN).map((join) => `"${join.listed}" is "${join.other}"`);
    lines.push(
      `${count(joins.length, 'host')} of vHost ${joins.length === 1 ? 'has' : 'have'} another name in other tabs (${shown.join(', ')}${joins.length > MOST_JOINS_SHOWN ? ', …' : ''}): joined, the other name is the alias.`,
    );
  }
  const missing = BROUGHT_BY.filter(([tab]) => !source.present.includes(tab));
  if (missing.length > 0) {
    lines.push(`The export lacks ${missing.map(([tab, facts]) => `${tab} (${facts})`).join(', ')}.`);
  }
  lines.push(
    'No export says: subnets, physical switches, arrays and IOPS, expected load, cost, owners.',
    'Say those in a file beside this one (`import` this file, then `amend`): a fresh import replaces this one.',
  );
  return lines;
}

function templates(totals: ImportTotals): string {
  return totals.templates === 0 ? '' : `, ${totals.templates} of them templates`;
}

function unknown(totals: ImportTotals): string {
  return totals.hostsUnknown === 0 ? '' : ` and ${totals.hostsUnknown} more that only VMs name`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
