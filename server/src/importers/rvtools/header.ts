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

/** A host that goes by two names: the one in the host list, and the one in other tabs. */
export interface HostNameJoin {
  readonly listed: string;
  readonly other: string;
}

/** Sentences for the comment at the top of the design. */
export function headerNotes(present: readonly string[], joins: readonly HostNameJoin[]): readonly string[] {
  const missing = BROUGHT_BY.filter(([tab]) => !present.includes(tab));
  return [
    ...(joins.length > 0 ? [joinSentence(joins)] : []),
    ...(missing.length > 0
      ? [`Not in the export: ${missing.map(([tab, facts]) => `${facts} (${tab})`).join(', ')}.`]
      : []),
    'In no export: subnets, physical switches, arrays and IOPS, expected load, cost, owners.',
  ];
}

/** One sentence on hosts that go by two names. */
export function joinSentence(joins: readonly HostNameJoin[]): string {
  const [first] = joins;
  const example = first ? `vHost says "${first.listed}", other tabs "${first.other}"` : '';
  return joins.length === 1
    ? `One host goes by two names: ${example}. They were joined; the other name is its alias.`
    : `${joins.length} hosts go by two names (${example}, and so on): they were joined, the other name is the alias.`;
}
