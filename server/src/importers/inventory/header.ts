import type { ImportTotals } from '../importer.ts';
import type { SourceFacts } from './write-design.ts';

const WIDTH = 116;

/** The comment at the top: where this text came from, what it counts, what it cannot say. */
export function headerLines(source: SourceFacts, totals: ImportTotals): readonly string[] {
  return [
    `Imported from ${source.title}: ${source.file}${source.parts.length === 0 ? '' : ` (${source.parts.join(', ')})`}.`,
    `${count(totals.vms, 'VM')} (${totals.vmsOn} on, ${totals.vmsOff} off${templates(totals)}), ${count(totals.hosts, 'host')}${unknown(totals)}, ${count(totals.clusters, 'cluster')}.`,
    ...source.notes,
    'Write what is missing into a file beside this one (`import` this file, then `amend`): a fresh import replaces this one.',
  ].flatMap(wrap);
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
