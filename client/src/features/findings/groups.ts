import type { FindingsResult, WireFinding } from '../../../../server/src/protocol/findings.ts';

/** How findings are gathered: by the way in which a data centre fails, or by the people who have to act. */
export type Grouping = 'painPoint' | 'team';
export type Severity = WireFinding['severity'];

export interface Group {
  readonly id: string;
  readonly label: string;
  /** What the group is about, in a sentence. */
  readonly explanation: string;
  /** The most severe first. */
  readonly findings: readonly WireFinding[];
}

export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

type Words = readonly [label: string, explanation: string];

/** The seven ways in which virtual data centres fail. */
export const painPoints: Readonly<Record<string, Words>> = {
  'resource-starvation': ['Resource starvation', 'Hosts, networks or subnets have less than their VMs ask for.'],
  'application-awareness': [
    'Application awareness',
    'What the platform does hurts an application that it does not know.',
  ],
  'unanticipated-costs': ['Unanticipated costs', 'Money that nobody has planned for.'],
  'unused-features': ['Unused features', 'What was paid for and is not used, or is switched on and cannot work.'],
  'overflowing-storage': ['Overflowing storage', 'Datastores that fill up, and what fills them for nothing.'],
  'congested-storage-network': ['Congested storage network', 'Disks and the paths to them that are too slow.'],
  'management-complexity': ['Management complexity', 'Things that nobody owns, sees or agrees about.'],
};

export const teams: Readonly<Record<string, Words>> = {
  server: ['Server team', 'What those who run hosts and clusters have to do.'],
  network: ['Network team', 'What those who run switches and subnets have to do.'],
  storage: ['Storage team', 'What those who run arrays and datastores have to do.'],
  application: ['Application team', 'What those who run applications have to do.'],
  management: ['Management', 'What those who plan and pay have to do.'],
};

const mistakes: Words = ['Mistakes in the text', 'What the designs say cannot be understood.'];

/**
 * Findings in groups. Every pain point has its group, so that an empty one says that all is well there; of the teams,
 * only those with something to do. A finding that several teams have to act on is in the group of each.
 */
export function grouped(findings: readonly WireFinding[], grouping: Grouping): readonly Group[] {
  const isMistake = ({ painPoint }: WireFinding): boolean => painPoint === null;
  const group = (id: string, [label, explanation]: Words, own: readonly WireFinding[]): Group[] =>
    own.length === 0 && grouping === 'team' ? [] : [{ id, label, explanation, findings: own }];
  const ofText = findings.filter(isMistake);
  const rest = findings.filter((finding) => !isMistake(finding));
  const all = Object.entries(grouping === 'team' ? teams : painPoints).flatMap(([id, words]) =>
    group(
      id,
      words,
      rest.filter((finding) => (grouping === 'team' ? finding.teams.includes(id) : finding.painPoint === id)),
    ),
  );
  return [...all, ...(ofText.length > 0 ? group('mistakes', mistakes, ofText) : [])];
}

/** `2 errors, 1 warning`; empty for none. */
export function countsInWords(counts: Readonly<Record<Severity, number>>): string {
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => inWords(counts[severity], severity))
    .join(', ');
}

function inWords(count: number, severity: Severity): string {
  const word = severity === 'info' ? 'note' : severity;
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

export function countsOf(findings: readonly WireFinding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** The counts of the design that a file belongs to: the one it is the root of, else the first that reaches it. */
export function countsOfDesign({ designs }: FindingsResult, uri: string): FindingsResult['counts'] | undefined {
  return (designs.find(({ files }) => files[0] === uri) ?? designs.find(({ files }) => files.includes(uri)))?.counts;
}

/** What a thing is called: `esx-01` of `host:prod/esx-01`. */
export const entityName = (entity: string): string =>
  entity.slice(Math.max(...[':', '/'].map((c) => entity.lastIndexOf(c))) + 1);

/** Kinds of thing that the topology shows. */
const drawn = ['site', 'cluster', 'host', 'switch', 'array', 'datastore', 'vm', 'wan'];

export const isDrawn = (entity: string | null): entity is string =>
  entity !== null && drawn.includes(entity.split(':')[0] ?? '');

export const fileName = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
