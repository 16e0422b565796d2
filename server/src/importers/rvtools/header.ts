import type { ImportTotals } from '../importer.ts';
import type { HostNameJoin, Inventory } from './inventory.ts';
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

const WIDTH = 116;

/** The comment at the top: where this text came from, what it counts, what it cannot say. */
export function headerLines(inventory: Inventory, source: SourceFacts, totals: ImportTotals): readonly string[] {
  const { joins } = inventory;
  const missing = BROUGHT_BY.filter(([tab]) => !source.present.includes(tab));
  return [
    `Imported from RVTools: ${source.file} (${source.present.join(', ')}).`,
    `${count(totals.vms, 'VM')} (${totals.vmsOn} on, ${totals.vmsOff} off${templates(totals)}), ${count(totals.hosts, 'host')}${unknown(totals)}, ${count(totals.clusters, 'cluster')}.`,
    ...(joins.length > 0 ? [joinSentence(joins)] : []),
    ...(missing.length > 0
      ? [`Not in the export: ${missing.map(([tab, facts]) => `${facts} (${tab})`).join(', ')}.`]
      : []),
    'In no export: subnets, physical switches, arrays and IOPS, expected load, cost, owners.',
    'Write those into a file beside this one (`import` this file, then `amend`): a fresh import replaces this one.',
  ].flatMap(wrap);
}

/** One sentence on hosts that go by two names. */
export function joinSentence(joins: readonly HostNameJoin[]): string {
  const [first] = joins;
  const example = first ? `vHost says "${first.listed}", other tabs "${first.other}"` : '';
  return joins.length === 1
    ? `One host goes by two names: ${example}. They were joined; the other name is its alias.`
    : `${joins.length} hosts go by two names (${example}, and so on): they were joined, the other name is the alias.`;
}

function wrap(sentence: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
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
