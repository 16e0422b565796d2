import { formatDate } from '../../base/dates.ts';
import { portsOf } from '../../capacity/host.ts';
import type { Declaration, Entity } from '../../design/declaration.ts';
import { hostsOf, placementOf } from '../../design/placement.ts';
import { propsOf } from '../../design/things.ts';
import { clauseWordsOf } from '../../language/make/bare-name.ts';
import type { Term } from '../../language/schema/notation.ts';
import { KINDS, type Property, THING_KINDS } from '../../language/schema/schema.ts';
import type { Token } from '../../language/syntax/parser.ts';
import { COVERED } from '../../language/values/atoms.ts';
import { expandNames } from '../../language/values/names.ts';
import { RULES } from '../../rules/index.ts';
import { checkDesign } from '../../rules/run.ts';
import { freeAddresses, freeVlans, gatewayAddresses, nextPrefixes } from './addresses.ts';
import type { ExpectedTerm } from './expect.ts';
import { type Completion, type CompletionKind, inSnippet } from './item.ts';
import { knownWords } from './known-words.ts';
import { entityNames, hostLoadRank, hostLoadText, type Names, vmSizeText, writtenFrom } from './names.ts';
import { undeclaredNames } from './undeclared.ts';
import { ruleItem } from './words.ts';

/** A virtual address may lie in any network: one is offered of each of this many. */
const MOST_NETWORKS = 20;

/** Where a value is typed. */
export interface ValueSite {
  readonly owner: Declaration;
  readonly property: Property;
  /** Arguments in front of the one that is typed. */
  readonly before: readonly Token[];
  /** Every other argument of the statement. */
  readonly others: readonly Token[];
  readonly prefix: string;
}

/** What may be written where a value of this term is expected. */
export function valuesOf(expected: ExpectedTerm, site: ValueSite): Names {
  const { term } = expected;
  switch (term.type) {
    case 'choice':
      return all(ranked(inNumber(term.words, site.before.at(-1)), site));
    case 'reference':
      return references(term.kinds, expected, site);
    case 'span':
      return all([]);
    case 'atom':
      return atoms(term, expected, site);
  }
}

/** Of words that differ in number, such as `host` and `hosts`, the one that goes with the number in front. */
function inNumber(choices: readonly string[], count: Token | undefined): readonly string[] {
  if (!count || !/^\d+$/.test(count.text)) return choices;
  const isOne = Number(count.text) === 1;
  return choices.filter((word) => !choices.includes(isOne ? word.slice(0, -1) : `${word}s`));
}

function all(items: readonly Completion[]): Names {
  return { items, isCut: false };
}

function words(texts: Iterable<string>, { others }: Pick<ValueSite, 'others'>, kind: CompletionKind): Completion[] {
  const taken = new Set(others.map((token) => token.text));
  return [...texts].filter((text) => !taken.has(text)).map((text) => ({ label: text, kind, insert: text, rank: 1 }));
}

/** In the order given. */
function ranked(texts: readonly string[], site: ValueSite): Completion[] {
  return words(texts, site, 'value').map((item, order) => ({ ...item, rank: 1 + order / 100 }));
}

function references(kinds: readonly string[], expected: ExpectedTerm, site: ValueSite): Names {
  const { owner, property, prefix } = site;
  const isRuns = property.word === 'runs';
  const isPlaced = isRuns && expected.clause === undefined;
  const isTarget = isRuns && expected.clause?.word === 'on';
  const isList = expected.term.type === 'reference' && expected.term.list && !expected.isDealt;
  const names = entityNames({
    owner,
    kinds,
    prefix,
    taken: namesIn(site.others),
    isList,
    isClause: (word) => property.shape.clauses.has(word) || clauseWordsOf(property.word).has(word),
    accepts: (entity: Entity) => (isPlaced ? isUnplaced(entity) : isTarget || !isItself(entity, owner)),
    ...(kinds.includes('vm') && kinds.length === 1 ? { describe: vmSizeText } : {}),
    ...(isTarget
      ? {
          describe: (entity: Entity) => (entity.kind === 'host' ? hostLoadText(entity) : 'its pool'),
          order: (entity: Entity) => (entity.kind === 'host' ? hostLoadRank(entity) : 2),
        }
      : {}),
  });
  return names;
}

/** Nothing depends on itself, or is cabled to itself; members of a range may be to each other. */
function isItself({ declaration }: Entity, owner: Declaration): boolean {
  return declaration === owner && owner.entities.length === 1;
}

/** A VM runs in one place at a time. */
function isUnplaced(vm: Entity): boolean {
  const { host, cluster } = placementOf(vm);
  return !host && !cluster;
}

function namesIn(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(
    tokens.flatMap(({ kind, text }) => {
      const names = kind === 'word' ? expandNames(text) : { value: [text] };
      return 'error' in names ? [] : names.value;
    }),
  );
}

function atoms(term: Extract<Term, { type: 'atom' }>, expected: ExpectedTerm, site: ValueSite): Names {
  const { owner, property, before, others } = site;
  const word = expected.clause?.word ?? property.word;
  switch (term.atom) {
    case 'KIND':
      return all(kindsFor(property.word).map((kind, order) => kindItem(kind, order)));
    case 'REFS':
      return covered(site);
    case 'NAME':
    case 'NAMES':
      return all(undeclaredNames(owner, property.word, before));
    case 'RULE':
      return all(firing(owner, others));
    case 'VLAN':
      return all(freeVlans(owner));
    case 'PREFIX':
      return all(nextPrefixes(owner));
    case 'ADDR':
      return all(addresses(word, expected, site));
    case 'WORD':
      return all([...words(ports(property.word, owner), site, 'value'), ...ranked(knownWords(word, before), site)]);
    case 'TEXT':
      return all(expected.isFirst ? [text(property.word === 'import' ? 'file.vdc' : '')] : []);
    case 'UTC':
      return all(words(['utc', 'utc+1', 'utc-5'], site, 'value'));
    case 'CODE':
      return all(words(['EUR', 'USD', 'GBP', 'CHF', 'JPY'], site, 'value'));
    case 'WINDOW':
      return all(before.length === expected.valueFrom ? words(['daily', 'weekdays', 'weekends'], site, 'value') : []);
    case 'DATE':
      return all(dates(owner));
    default:
      return all([]);
  }
}

/** Kinds that most is said about. */
const COMMON_KINDS = ['vm', 'host', 'cluster', 'network', 'datastore', 'app'];

function kindItem(kind: string, order: number): Completion {
  const common = COMMON_KINDS.indexOf(kind);
  return { label: kind, kind: 'kind', insert: kind, rank: common < 0 ? 2 + order / 100 : 1 + common / 100 };
}

function kindsFor(word: string): string[] {
  if (word === 'class')
    return [...KINDS.values()]
      .filter((kind) => kind.header.shape.clauses.has(':'))
      .flatMap(({ name }) => (THING_KINDS.includes(name) ? [name] : []));
  return word === 'covers' ? [...THING_KINDS, ...COVERED] : [...THING_KINDS];
}

/** Names of the kind that stands in front of them: `covers host …`, `amend vm …`. */
function covered(site: ValueSite): Names {
  const kind = site.before.findLast((token) => THING_KINDS.includes(token.text))?.text;
  if (kind === undefined) return all([]);
  if (site.before.some((token) => token.text === 'class')) return classNames(kind, site);
  const names = entityNames({
    owner: site.owner,
    kinds: [kind],
    prefix: site.prefix,
    taken: namesIn(site.others),
    isList: true,
    isClause: (word) => site.property.shape.clauses.has(word),
  });
  return site.property.word !== 'covers' || site.others.length > 1
    ? names
    : { ...names, items: [everything(kind), ...names.items] };
}

function everything(kind: string): Completion {
  return { label: '*', kind: 'value', insert: '*', detail: `every ${kind}`, rank: 1 };
}

/** Classes of a kind. */
export function classNames(kind: string, { owner, others }: Pick<ValueSite, 'owner' | 'others'>): Names {
  const own = owner.word === 'class' ? new Set(owner.names) : new Set<string>();
  const names = owner.design.names.declaredClasses(kind).filter((name) => !own.has(name));
  const items = words(names, { others }, 'class').map((item) => ({ ...item, detail: `class ${kind}` }));
  return all(items);
}

/** Rules that find something where they would be silenced; every rule where none does. */
function firing(owner: Declaration, others: readonly Token[]): Completion[] {
  const inside = new Set<string>();
  for (const { rule, entity, silencedBy } of checkDesign(owner.design).findings) {
    for (let around: Entity | undefined = entity; around && !silencedBy; around = around.parent)
      if (around.declaration === owner) inside.add(rule.id);
  }
  const taken = new Set(others.map((token) => token.text));
  return RULES.filter(({ id }) => !taken.has(id) && (inside.size === 0 || inside.has(id))).map(ruleItem);
}

function addresses(word: string, expected: ExpectedTerm, { owner, before, property }: ValueSite): Completion[] {
  if (word === 'gateway') return gatewayAddresses(before[0]?.text ?? '');
  if (word === 'address') {
    const onWord = before.findIndex((token) => token.text === 'on');
    const name = property.word === 'nic' ? before[0] : before[onWord + 1];
    const isNamed = name && name.text !== 'address';
    const network = isNamed ? networkCalled(name.text, owner) : undefined;
    if (network) return freeAddresses(network, owner.entities.length, expected.isDealt);
    // Without a network the address itself says which one it is in.
    const count = owner.entities.length;
    return isNamed || property.word !== 'nic'
      ? []
      : inEach(owner, (other) => freeAddresses(other, count, expected.isDealt));
  }
  if (word !== 'vip') return [];
  const isClause = (text: string) => property.shape.clauses.has(text);
  return inEach(owner, (network) => {
    const name = writtenFrom(network, { owner, kinds: ['network'], isClause });
    const [free] = name === undefined ? [] : freeAddresses(network, 1, false);
    return free ? [{ ...free, insert: `${free.insert} on ${name}` }] : [];
  });
}

/** The first of what is offered of each network, with its name. */
function inEach({ design }: Declaration, offered: (network: Entity) => readonly Completion[]): Completion[] {
  return [...design.members('network')].slice(0, MOST_NETWORKS).flatMap((network) => {
    const [first] = offered(network);
    return first ? [{ ...first, detail: `${network.name}: ${first.detail}` }] : [];
  });
}

function networkCalled(name: string, owner: Declaration): Entity | undefined {
  const { entities } = owner.design.names.read('network', name);
  return entities.length === 1 ? entities[0] : entities.find((entity) => entity.declaration.scope === owner.scope);
}

/** Physical ports that an uplink or a path may name: those of the host, or of the hosts of the cluster. */
function ports(word: string, owner: Declaration): string[] {
  if (word !== 'uplink' && word !== 'path') return [];
  const [first] = owner.entities;
  const around = first?.kind === 'vswitch' ? first.parent : first;
  const host = around?.kind === 'cluster' ? hostsOf(around)[0] : around;
  if (host?.kind !== 'host') return [];
  return portsOf(host, word === 'uplink' ? 'nic' : 'hba').map(({ name }) => name);
}

function text(content: string): Completion {
  return {
    label: `"${content || '…'}"`,
    kind: 'value',
    insert: `"${content}"`,
    snippet: `"\${1:${inSnippet(content)}}"`,
    rank: 1,
  };
}

function dates(owner: Declaration): Completion[] {
  const plan = owner.design.plan();
  const stated = plan && propsOf(plan).one('as-of');
  const part = stated?.sentence.subject?.parts[0];
  if (part?.type !== 'date') return [];
  const label = formatDate(part.date);
  return [{ label, kind: 'value', insert: label, detail: 'as-of of the design', rank: 1 }];
}

/** Whether a term takes money: then the currency of the design matters. */
export function currencyOf(owner: Declaration | undefined): string | undefined {
  const plan = owner?.design.plan();
  return plan && propsOf(plan).word('currency');
}
