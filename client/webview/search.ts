import { kindOfLink } from '../../server/src/topology/bundles.ts';
import type { FindingNote, TopologyGraph } from '../../server/src/topology/graph.ts';
import { indexGraph, networkNames, storeNames } from '../../server/src/topology/graph.ts';
import { type Thing, thingsOf } from './things.ts';

/** What may stand before a colon, with the words for the help line. */
export const FIELDS = ['kind', 'name', 'address', 'owner', 'app', 'uses', 'rule', 'severity', 'in'] as const;
export type Field = (typeof FIELDS)[number];

export interface Term {
  /** Absent: whatever the words fit. */
  readonly field?: Field;
  /** In lower case. */
  readonly value: string;
  /** A minus before it: what fits is left out. */
  readonly not: boolean;
}

export interface Found {
  readonly terms: readonly Term[];
  /** In the order of the graph. `shownBy` is the node that shows it. */
  readonly matches: readonly { readonly id: string; readonly shownBy: string }[];
  /** Ids of matches. */
  readonly ids: ReadonlySet<string>;
  /** Nodes that show a match. */
  readonly shown: ReadonlySet<string>;
}

const NOTHING: Found = { terms: [], matches: [], ids: new Set(), shown: new Set() };

/** `kind:host owner:"it ops" -web`: terms are words or quoted, all must fit, a minus excludes. */
export function parseQuery(query: string): readonly Term[] {
  const terms: Term[] = [];
  for (const [, minus, field, quoted, word] of query.matchAll(/(-?)(?:(\w+):)?(?:"([^"]*)"?|(\S+))?/g)) {
    const known = FIELDS.find((f) => f === alias(field));
    const text = quoted ?? word ?? '';
    // A colon may be part of an address or a name.
    const value = (field !== undefined && !known ? `${field}:${text}` : text).toLowerCase();
    if (value) terms.push({ value, not: minus === '-', ...(known ? { field: known } : {}) });
  }
  return terms;
}

const ALIASES: Readonly<Record<string, Field>> = {
  ip: 'address',
  team: 'owner',
  finding: 'rule',
  on: 'in',
  network: 'uses',
  vlan: 'uses',
  datastore: 'uses',
  type: 'kind',
};
const alias = (field: string | undefined): string | undefined =>
  (field && ALIASES[field.toLowerCase()]) ?? field?.toLowerCase();

let last: { readonly graph: TopologyGraph; readonly query: string; readonly found: Found } | undefined;

/**
 * Everything that fits a query. Words without a field are looked for in names and addresses; what nothing is called is looked for in
 * owners, applications and findings. The last answer is kept: a view asks the same for every frame.
 */
export function find(graph: TopologyGraph, query: string): Found {
  if (last?.graph === graph && last.query === query) return last.found;
  const terms = parseQuery(query);
  const found = terms.length === 0 ? NOTHING : matchesOf(graph, terms);
  last = { graph, query, found };
  return found;
}

function matchesOf(graph: TopologyGraph, terms: readonly Term[]): Found {
  const facts = factsOf(graph);
  // Links have the names of what they join: they are looked for where the kind is, but for lines between sites, which have their own.
  const wantsLinks = terms.some(({ field, value, not }) => field === 'kind' && !not && isLinkWord(value));
  const all = [...thingsOf(graph).values()].filter(({ links }) => !links || wantsLinks || links[0]?.kind === 'wan');
  const narrow = all.filter((thing) => terms.every((term) => fits(thing, term, facts, false) !== term.not));
  const chosen =
    narrow.length > 0
      ? narrow
      : all.filter((thing) => terms.every((term) => fits(thing, term, facts, true) !== term.not));
  const matches = chosen.map((t) => ({ id: t.id, shownBy: t.vm || t.links ? (t.parent ?? t.id) : t.id }));
  // A link is between its ends, so both are shown.
  const ends = chosen.flatMap(({ links = [] }) => links.flatMap(({ from, to }) => [from, to]));
  const shown = new Set([...matches.map((m) => m.shownBy), ...ends]);
  return { terms, matches, ids: new Set(matches.map((m) => m.id)), shown };
}

interface Facts {
  readonly graph: TopologyGraph;
  readonly findings: (thing: Thing) => readonly FindingNote[];
}

/** Findings count where they are, not on all that contains it. */
function factsOf(graph: TopologyGraph): Facts {
  const index = indexGraph(graph);
  const things = thingsOf(graph);
  const inside = new Map<string, Set<string>>();
  for (const { badge, parent, links } of things.values()) {
    if (!badge || parent === undefined || links) continue;
    const known = inside.get(parent) ?? new Set();
    for (const key of badge.findings) known.add(key);
    inside.set(parent, known);
  }
  return {
    graph,
    findings: ({ id, badge }) =>
      (badge?.findings ?? [])
        .filter((key) => !inside.get(id)?.has(key))
        .flatMap((key) => index.findings.get(key) ?? []),
  };
}

const SEVERITIES: Readonly<Record<string, string>> = { error: 'error', warning: 'warning', info: 'info', note: 'info' };

function fits(thing: Thing, { field, value }: Term, facts: Facts, wide: boolean): boolean {
  const has = (text: string | undefined): boolean => text?.toLowerCase().includes(value) === true;
  const owner = thing.owner === undefined ? undefined : facts.graph.owners[thing.owner];
  const ruled = (): boolean => facts.findings(thing).some((f) => has(f.rule));
  switch (field) {
    case 'kind':
      return kindWords(thing).some((word) => word.startsWith(value));
    case 'name':
      return has(thing.name);
    case 'address':
      return addressesOf(thing).some((a) => a.startsWith(value));
    case 'owner':
      return has(owner);
    case 'app':
      return has(appOf(thing, facts.graph));
    case 'uses':
      return standsOn(thing, facts.graph).some(has);
    case 'rule':
      return ruled();
    case 'severity':
      return facts.findings(thing).some((f) => f.severity === SEVERITIES[value]);
    case 'in': {
      const things = thingsOf(facts.graph);
      for (let up = things.get(thing.parent ?? ''); up; up = things.get(up.parent ?? '')) if (has(up.name)) return true;
      return false;
    }
    case undefined:
      if (has(thing.name) || addressesOf(thing).some(has)) return true;
      return wide && (has(owner) || has(appOf(thing, facts.graph)) || ruled() || has(thing.node?.caption));
  }
}

const LINK_WORDS = ['link', 'uplink', 'path', 'mount', 'trunk', 'wan', 'line'];

const isLinkWord = (value: string): boolean => LINK_WORDS.some((word) => word.startsWith(value));

const kindWords = ({ kind, node, links }: Thing): readonly string[] => {
  const [link] = links ?? [];
  if (link) return link.kind === 'wan' ? ['wan', 'line', 'link'] : ['link', kindOfLink(link)];
  if (kind === 'fabric') return ['fabric', 'switch', 'storage switch'];
  if (kind === 'array' || kind === 'pool') return [kind, 'array', 'storage'];
  return node?.kind === 'outside' ? ['outside', 'switch'] : [kind];
};

/** IP addresses of a VM, in lower case; none where the design names none. */
const addressesOf = ({ vm }: Thing): readonly string[] => vm?.addresses?.map((a) => a.toLowerCase()) ?? [];

const appOf = ({ vm }: Thing, graph: TopologyGraph): string | undefined =>
  vm?.app === undefined ? undefined : graph.apps[vm.app]?.name;

/** Networks that a VM is in, and datastores that it lies on, by name; of an uplink the networks that it carries. */
const standsOn = ({ vm, links }: Thing, graph: TopologyGraph): readonly string[] =>
  vm
    ? [...networkNames(graph, vm), ...storeNames(graph, vm)]
    : (links ?? []).flatMap(({ carries = [] }) => carries.flatMap((index) => graph.networks[index]?.name ?? []));
