import { formatDuration, formatQuantity } from '../../base/units.ts';
import { type Cable, cablesTo } from '../../capacity/cables.ts';
import { replicationLoad, replications } from '../../capacity/copies.ts';
import { derivedFigure, type Figure, statedFigure } from '../../capacity/figure.ts';
import { wanCapacity } from '../../capacity/jobs.ts';
import { shareOf } from '../../capacity/load.ts';
import { type Entity, entityLabel } from '../../design/declaration.ts';
import { named } from '../../design/layers.ts';
import { ownersOf, propsOf, referred } from '../../design/things.ts';
import { listed } from '../../rules/shared/wording.ts';
import { cableUse } from '../links.ts';
import type { Row } from './figures.ts';

/** Members of a bundle that are listed, those with most load first. */
const MOST_MEMBERS = 8;

const WORDS = { uplink: 'uplink', fabric: 'path', mount: 'path', trunk: 'trunk' } as const;

const names = (things: readonly Entity[]): string => things.map(({ name }) => name).join(', ');

/** `uplink esx-01 to tor-a`, `8 uplinks to tor-a`. */
export function cablesTitle(cables: readonly Cable[]): string {
  const [first] = cables;
  if (!first) return '';
  const word = WORDS[first.kind];
  return cables.length === 1
    ? `${word} ${first.from.name} to ${first.to.name}`
    : `${cables.length} ${word}s to ${first.to.name}`;
}

/** What connects, how fast, whose the far end is. */
export function cablesCaption(cables: readonly Cable[]): string {
  const [first] = cables;
  if (!first) return '';
  const count = cables.reduce((sum, cable) => sum + cable.count, 0);
  const isAlike = cables.every(({ speed }) => speed === first.speed);
  const rate = first.speed > 0 && isAlike ? formatQuantity(first.speed, 'rate') : '';
  const owners = names(ownersOf(first.to));
  return [
    rate ? `${count} × ${rate}` : `${count} ${count === 1 ? 'cable' : 'cables'}`,
    `${entityLabel(first.to)}${owners ? ` of ${owners}` : ''}`,
  ].join(' · ');
}

/** Load, capacity, members and what goes over a link, or over several together. */
export function cableRows(cables: readonly Cable[]): Row[] {
  const [first] = cables;
  if (!first) return [];
  const rows = cables.length === 1 ? rowsOfOne(first) : rowsOfMany(cables);
  const carried = [...new Set(cables.flatMap(({ networks }) => networks))];
  const lacking = [...new Set(cables.flatMap((cable) => cable.lacking))];
  return [
    ...rows,
    ...(carried.length > 0 ? [{ label: 'carries', text: listed(carried.map(({ name }) => name)) }] : []),
    ...(lacking.length > 0
      ? [{ label: 'not let through', text: `${listed(lacking.map(({ name }) => name))} by ${first.to.name}` }]
      : []),
  ];
}

function rowsOfOne(cable: Cable): Row[] {
  const { use, load, capacity } = figuresOf(cable);
  return [
    { label: 'load', ...(use ? { figure: use } : { text: 'not known: what goes over it is not stated' }) },
    ...(load ? [{ label: 'traffic', figure: load }] : []),
    { label: 'capacity', ...(capacity ? { figure: capacity } : { text: 'rate not stated' }) },
    ...(cable.ports.length > 1 || cable.ports.some(({ vswitch }) => vswitch) ? cable.ports.map(portRow) : []),
    ...fromBelow(cable),
  ];
}

function portRow({ name, rate, by, vswitch, isStandby }: Cable['ports'][number]): Row {
  const text = [vswitch ?? '', isStandby ? 'stands by' : ''].filter(Boolean).join(', ');
  if (rate === undefined) return { label: name, text: [text, 'rate not stated'].filter(Boolean).join(', ') };
  const figure: Figure = { label: name, unit: 'rate', value: rate, origin: 'stated', isAtLeast: false, by };
  return { label: name, figure, ...(text ? { text } : {}) };
}

/** Of a trunk, how many cables come from below: its load is theirs. */
function fromBelow({ kind, from }: Cable): Row[] {
  if (kind !== 'trunk') return [];
  const below = cablesTo(from);
  const known = below.filter(({ use }) => use).length;
  return below.length > 0 && known < below.length
    ? [{ label: 'from below', text: `the load of ${known} of ${below.length} links is known` }]
    : [];
}

interface LinkFigures {
  readonly use: Figure | undefined;
  readonly load: Figure | undefined;
  readonly capacity: Figure | undefined;
}

function figuresOf(cable: Cable): LinkFigures {
  const use = cableUse(cable);
  const [load, capacity] = use?.inputs ?? [];
  const { count, speed } = cable;
  const [by] = cable.by;
  const stated: Figure | undefined =
    speed > 0
      ? { label: 'rate', unit: 'rate', value: count * speed, origin: 'stated', isAtLeast: false, by }
      : undefined;
  return { use, load, capacity: capacity ?? stated };
}

function rowsOfMany(cables: readonly Cable[]): Row[] {
  const all = cables.map((cable) => ({ cable, ...figuresOf(cable) }));
  const loads = all.flatMap(({ cable, load }) => (load ? [{ ...load, label: cable.from.name }] : []));
  const rates = all.flatMap(({ cable, capacity }) => (capacity ? [{ ...capacity, label: cable.from.name }] : []));
  const isAtLeast = loads.length < all.length;
  const sum = (label: string, formula: string, parts: readonly Figure[], least: boolean): Figure =>
    derivedFigure(
      label,
      'rate',
      parts.reduce((total, { value }) => total + value, 0),
      formula,
      parts,
      { isAtLeast: least || parts.some((part) => part.isAtLeast) },
    );
  const load =
    loads.length > 0 ? sum('load', `Σ load of ${loads.length} of ${all.length} links`, loads, isAtLeast) : undefined;
  const capacity = rates.length > 0 ? sum('rate', 'Σ rates', rates, rates.length < all.length) : undefined;
  const use = shareOf('load', load, capacity);
  const sorted = all.toSorted((a, b) => (b.use?.value ?? -1) - (a.use?.value ?? -1));
  const rest = sorted.length - MOST_MEMBERS;
  return [
    { label: 'load', ...(use ? { figure: use } : { text: 'not known: what goes over them is not stated' }) },
    { label: 'capacity', ...(capacity ? { figure: capacity } : { text: 'rates not stated' }) },
    ...sorted.slice(0, MOST_MEMBERS).map(({ cable, use: own, capacity: rate }): Row => {
      const figure = own ?? rate;
      return { label: cable.from.name, ...(figure ? { figure } : { text: 'rate not stated' }) };
    }),
    ...(rest > 0 ? [{ label: '', text: `${rest} more` }] : []),
  ];
}

/** A link between sites: what it carries, what is copied over it, what else names it as its way. */
export function wanFigures(wan: Entity): Row[] {
  const props = propsOf(wan);
  const stated = (word: string, label: string, unit: Figure['unit']): Row[] => {
    const number = props.number(word);
    return number ? [{ label, figure: statedFigure(label, unit, number) }] : [];
  };
  const copies = replications(wan.design).filter(({ via }) => via === wan);
  const load = replicationLoad(wan);
  const path = wanCapacity(wan, 1, Math.max(1, copies.length));
  const jobs = ['backup', 'wave'].flatMap((kind) =>
    [...wan.design.members(kind)].filter((job) => {
      const via = propsOf(job).one('via');
      return via !== undefined && referred(via, ['wan']).includes(wan);
    }),
  );
  const isHeldDown = path !== undefined && path.bound !== wan.name;
  return [
    { label: 'between', text: names(named(wan, 'between', ['site'])) },
    ...(load
      ? [{ label: 'load', figure: load.share }]
      : copies.length > 0
        ? [{ label: 'load', text: 'not known: how much changes, or the speed, is not stated' }]
        : []),
    ...stated('speed', 'speed', 'rate'),
    ...(isHeldDown
      ? [{ label: 'carries at best', text: `${formatQuantity(path.rate, 'rate')}, held down by ${path.bound}` }]
      : []),
    ...stated('share', 'usable', 'share'),
    ...(props.number('rtt') ? [{ label: 'round trip', text: formatDuration(props.number('rtt')?.value ?? 0) }] : []),
    ...stated('loss', 'loss', 'share'),
    ...copies.slice(0, MOST_MEMBERS).map(({ source, to, mode }) => ({
      label: 'replication',
      text: `${source.name} to ${to.name}${mode ? `, ${mode}` : ''}`,
    })),
    ...jobs.slice(0, MOST_MEMBERS).map((job) => ({ label: job.kind, text: job.name })),
  ];
}
