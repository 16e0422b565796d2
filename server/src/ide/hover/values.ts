import { type Address, formatAddress, formatPrefix, prefixHolds, rangeHolds } from '../../base/addresses.ts';
import type { Span } from '../../base/span.ts';
import { formatFigure } from '../../capacity/figure.ts';
import { nextFreeAddresses } from '../../capacity/models/subnet.ts';
import { type SubnetUse, subnetsIn, subnetsOf } from '../../capacity/subnets.ts';
import type { Declaration } from '../../design/declaration.ts';
import type { Sentence } from '../../language/sentence.ts';
import type { Token } from '../../language/syntax/parser.ts';
import type { Part } from '../../language/values/value.ts';
import { bar, code, paragraphs, plain } from './markdown.ts';
import { classesDoc, clauseDoc, limitDoc, propertyDoc, ruleOf } from './words.ts';

/** What is told of a part of a statement; offsets count as the statement's do. */
export interface Told extends Span {
  readonly markdown: string;
}

/** Networks of several sites may share a prefix: so many are told of. */
const MOST_SUBNETS = 3;
const MOST_HOLDERS = 5;

/** Every value of a statement, lists and spans in their parts. */
export function partsOf({ subject, clauses }: Sentence): readonly Part[] {
  const values = [subject, ...[...clauses.values()].map(({ value }) => value)];
  return values.flatMap((value) => value?.parts.flatMap(within) ?? []);
}

function within(part: Part | undefined): readonly Part[] {
  if (part?.type === 'list') return part.items.flatMap(within);
  if (part?.type === 'span') return [part.low, part.high].flatMap(within);
  return part ? [part] : [];
}

/** An address: which network it is in and who has it; a prefix: how many addresses it has and how many of them are free. */
export function addressAt(sentence: Sentence, at: number, { design }: Declaration): Told | undefined {
  const part = partsOf(sentence).find(({ from, to }) => from <= at && at <= to);
  if (part?.type !== 'address' && part?.type !== 'prefix') return undefined;
  const stated = subnetsIn(design).filter(({ subnet: { prefix } }) =>
    part.type === 'address' ? prefixHolds(prefix, part.address) : formatPrefix(prefix) === formatPrefix(part.prefix),
  );
  const subnets = stated.flatMap(({ network, by }) => subnetsOf(network).filter((use) => use.by === by));
  const told = subnets
    .slice(0, MOST_SUBNETS)
    .map((subnet) => (part.type === 'address' ? holdersIn(subnet, part.address) : fillOf(subnet)));
  return told.length > 0 ? { from: part.from, to: part.to, markdown: paragraphs(told) } : undefined;
}

function holdersIn({ network, subnet, uses }: SubnetUse, address: Address): string {
  const { value } = address;
  const holders = uses.flatMap(({ address: own, entity }) =>
    own?.value === value ? [`${entity.kind} ${entity.name}`] : [],
  );
  if (subnet.gateways.some((gateway) => gateway.value === value)) holders.unshift('the gateway');
  if (subnet.dhcp && rangeHolds(subnet.dhcp, address)) holders.push('the DHCP range');
  const who = holders.length > 0 ? `of ${holders.slice(0, MOST_HOLDERS).join(', ')}` : 'of no machine';
  return `${plain(who)}, in **network ${plain(network.name)}** (${plain(formatPrefix(subnet.prefix))})`;
}

function fillOf({ network, subnet, available, needed, share, uses }: SubnetUse): string {
  const used = new Set(uses.flatMap(({ address }) => (address ? [address.value] : [])));
  const [next] = nextFreeAddresses(subnet, used, 1);
  const free = Math.max(0, available.value - needed.value);
  const drawn = share && Number.isFinite(share.value) ? ` ${bar(share.value)}` : '';
  const [usable, ...kept] = available.inputs ?? [];
  const without = kept.flatMap((figure) => (figure.value > 0 ? [`− ${figure.value} for ${figure.label}`] : []));
  return paragraphs([
    `**network ${plain(network.name)}** · ${free} of ${plain(formatFigure(available))} free${drawn}`,
    usable ? plain([`${formatFigure(usable)} usable`, ...without].join(' ')) : '',
    next && free > 0 ? `next free: ${code(formatAddress(next))}` : '',
  ]);
}

const EACH = 'Deals the list out over the members of the block, in order, and starts over when it is shorter.';
const NONE = 'Nothing: what a class or the cluster states does not hold here.';

/** The documentation of what a value belongs to, for values that nothing else is known of. */
export function valueDocAt(sentence: Sentence, at: number): Told | undefined {
  const { statement, property, block, clauses } = sentence;
  const token = statement.args.find(({ from, to }: Token) => from <= at && at <= to);
  if (!token || token.kind === 'text' || token.kind === ',') return undefined;
  const { from, to } = token;
  if (token.kind === ':') return { from, to, markdown: classesDoc() };
  const clause = [...clauses.values()].find((one) => one.from <= at && at <= one.to);
  const shape = clause && property.shape.clauses.get(clause.word);
  if (block && !clause) return undefined;
  const rule = sentence.context === 'policy' ? ruleOf(sentence.word) : undefined;
  const doc = rule && shape ? limitDoc(rule, shape.word) : shape ? clauseDoc(property, shape) : propertyDoc(property);
  const special = token.text === 'each' ? EACH : token.text === 'none' ? NONE : '';
  return { from, to, markdown: paragraphs([special && `${code(token.text)} ${special}`, doc]) };
}
