import { formatPrefix } from '../../base/addresses.ts';
import { formatNumber } from '../../base/units.ts';
import { failoverResult } from '../../capacity/absorption.ts';
import { clusterUse, failoverDemand } from '../../capacity/cluster.ts';
import { exists } from '../../capacity/exists.ts';
import { type Figure, formatFigure, isAssumed } from '../../capacity/figure.ts';
import {
  clusterExhaustion,
  datastoreExhaustion,
  type Exhaustion,
  monthText,
  subnetExhaustions,
} from '../../capacity/forecast.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { headroom } from '../../capacity/headroom.ts';
import { hostUse } from '../../capacity/load.ts';
import { arrayUse, datastoreUse } from '../../capacity/storage.ts';
import { subnetsOf } from '../../capacity/subnets.ts';
import { networkUse } from '../../capacity/uplinks.ts';
import type { Entity } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';
import { inTextOrder } from '../../design/order.ts';
import { clusterOfHost, hostsOf, vmsOn } from '../../design/placement.ts';
import { sitesOf } from '../../design/things.ts';
import { limitsAt } from '../../topology/build/limits.ts';
import type { Thresholds } from '../../topology/graph.ts';
import { counted, type Html, html } from '../html.ts';
import { gaugeBar, mark, troubleOf } from './charts.ts';
import { type Notes, shown } from './notes.ts';

/** Rows of a table; what is beyond is counted. The fullest come first where there are more. */
const MOST = { clusters: 20, hosts: 10, networks: 15, datastores: 15, arrays: 15 } as const;

/** Addresses have no gauge in the topology: limits of `subnet-exhausted`. */
const ADDRESSES: Thresholds = { warn: 0.75, err: 0.9 };

/** What clusters, hosts, networks and storage have today, and what is asked of them. Tables without a row are left out. */
export function capacitySection(design: Design, notes: Notes): Html {
  const tables = [
    clusters(design, notes),
    hosts(design, notes),
    networks(design, notes),
    datastores(design, notes),
    arrays(design, notes),
  ].filter((table) => table !== undefined);
  if (tables.length === 0) return html`<p>The design names no clusters, hosts, subnets or datastores yet.</p>`;
  return html`${tables}<p class="about">Bars are full at the line. ≈ rests on an assumption, ≥ is a sum of which parts are not stated, – and ? are not stated. The small number leads to where a figure comes from.</p>`;
}

function clusters(design: Design, notes: Notes): Html | undefined {
  const all = inTextOrder([...design.members('cluster')]).filter(exists);
  const rows = capped(all, MOST.clusters, (cluster) =>
    worstOf(clusterUse(cluster).cpuShare, clusterUse(cluster).memoryShare),
  );
  if (rows.length === 0) return undefined;
  return table({
    title: 'Clusters',
    caption: cappedCaption(rows.length, all.length, 'clusters', 'fullest'),
    heads: ['Cluster', 'CPU', 'Memory', 'Busiest uplinks', 'vCPU per core', 'After a failure', 'Room, and until when'],
    right: [4],
    rows: rows.map((cluster) => {
      const use = clusterUse(cluster);
      const limits = limitsAt(cluster);
      const network = maxOf(use.hosts.map(networkUse));
      const room = headroom(cluster);
      const result = failoverResult(cluster);
      const note = notes.refer(cluster.name, [
        use.cpuShare ?? use.cpuSupply,
        use.memoryShare ?? use.memorySupply,
        use.vcpuRatio,
        network,
        result?.afterLoss,
        room?.count,
      ]);
      return [
        html`${labelOf(cluster)}${note}<span class="muted small">${counted(hostsOf(cluster).length, 'host')}, ${counted(use.vms.length, 'VM')} on</span>`,
        load(use.cpuShare, limits.cpu, use.cpuSupply),
        load(use.memoryShare, limits.memory, use.memorySupply),
        load(network, limits.network),
        use.vcpuRatio ? shown(use.vcpuRatio) : '–',
        failoverText(cluster),
        roomText(cluster),
      ];
    }),
  });
}

/** How many more VMs find room, and what runs out first by growth. */
function roomText(cluster: Entity): Html | string {
  const room = headroom(cluster);
  const { cpu, memory } = clusterExhaustion(cluster);
  const full = [fullText(cluster.design, cpu, 'CPU'), fullText(cluster.design, memory, 'memory')].filter(
    (text) => text !== undefined,
  );
  if (!room && full.length === 0) return '–';
  return html`${room && `about ${formatNumber(room.count.value)} more ${room.className}, by ${room.limit}`}${full.map((text) => html`<span class="muted line">${text}</span>`)}`;
}

/** `memory full in 2029-07`; undefined where nothing grows, or not within the horizon. */
function fullText(design: Design, exhaustion: Exhaustion | undefined, what = ''): string | undefined {
  const { months } = exhaustion ?? {};
  if (months === undefined || months > horizonOf(design)) return undefined;
  return `${what} full ${months > 0 ? monthText(design, months) : 'now'}`.trim();
}

/** `holds, 88 %`, as the lens of the cluster says it. */
export function failoverText(cluster: Entity): Html {
  const result = failoverResult(cluster);
  if (!result) return failoverDemand(cluster) ? html`none is asked` : html`<span class="muted">not stated</span>`;
  const { outcome, afterLoss, demand, unknown } = result;
  const what =
    demand.kind === 'percent' || demand.kind === 'none'
      ? ''
      : `${demand.count} ${demand.count === 1 ? demand.kind.slice(0, -1) : demand.kind}: `;
  if (outcome === 'unknown') return html`${what}not known${unknown ? `, ${unknown}` : ''}`;
  const share = afterLoss ? `, ${shown(afterLoss)} full then` : '';
  return outcome === 'holds' ? html`${what}held${share}` : html`${mark('error')}<b>${what}not held</b>${share}`;
}

function hosts(design: Design, notes: Notes): Html | undefined {
  const all = inTextOrder([...design.members('host')]).filter(exists);
  const loaded = all.filter((host) => worstOf(hostUse(host).cpu, hostUse(host).memory, networkUse(host)) > 0);
  const rows = sorted(loaded, (host) => worstOf(hostUse(host).cpu, hostUse(host).memory, networkUse(host))).slice(
    0,
    MOST.hosts,
  );
  if (rows.length === 0) return undefined;
  return table({
    title: 'Busiest hosts',
    caption: cappedCaption(rows.length, all.length, 'hosts', 'busiest'),
    heads: ['Host', 'Cluster', 'VMs', 'CPU', 'Memory', 'Network', 'vCPU per core'],
    right: [2, 6],
    rows: rows.map((host) => {
      const use = hostUse(host);
      const limits = limitsAt(host);
      const network = networkUse(host);
      const note = notes.refer(host.name, [use.cpu, use.memory, network, use.vcpuRatio]);
      return [
        html`${host.name}${note}`,
        clusterOfHost(host)?.name ?? '–',
        String(vmsOn(host).length),
        load(use.cpu, limits.cpu),
        load(use.memory, limits.memory),
        load(network, limits.network),
        use.vcpuRatio ? shown(use.vcpuRatio) : '–',
      ];
    }),
  });
}

function networks(design: Design, notes: Notes): Html | undefined {
  const all = inTextOrder([...design.members('network')]).flatMap((network) =>
    subnetsOf(network).map((use) => ({ network, use })),
  );
  const rows = sorted(all, ({ use }) => use.share?.value ?? 0).slice(0, MOST.networks);
  if (rows.length === 0) return undefined;
  return table({
    title: 'Addresses',
    caption: cappedCaption(rows.length, all.length, 'subnets', 'fullest'),
    heads: ['Network', 'Subnet', 'Taken', 'Of', 'Until when'],
    right: [],
    rows: rows.map(({ network, use }) => [
      html`${labelOf(network)}${notes.refer(network.name, [use.share ?? use.available])}`,
      formatPrefix(use.subnet.prefix),
      load(use.share, ADDRESSES, use.available),
      formatFigure(use.available),
      fullText(
        design,
        subnetExhaustions(network).find(({ subnet, isRange }) => subnet === use && !isRange),
      ) ?? '–',
    ]),
  });
}

function datastores(design: Design, notes: Notes): Html | undefined {
  const all = inTextOrder([...design.members('datastore')]).filter(exists);
  const known = all.filter((store) => datastoreUse(store).capacity ?? datastoreUse(store).used);
  const rows = sorted(known, (store) => datastoreUse(store).share?.value ?? 0).slice(0, MOST.datastores);
  if (rows.length === 0) return undefined;
  return table({
    title: 'Datastores',
    caption: cappedCaption(rows.length, all.length, 'datastores', 'fullest'),
    heads: ['Datastore', 'VMs', 'Space', 'Capacity', 'Promised', 'Until when'],
    right: [1],
    rows: rows.map((store) => {
      const use = datastoreUse(store);
      return [
        html`${labelOf(store)}${notes.refer(store.name, [use.share ?? use.used, use.promised])}`,
        String(use.vms.length),
        load(use.share ?? use.used, limitsAt(store).space, use.capacity),
        use.capacity ? formatFigure(use.capacity) : '–',
        use.promised ? shown(use.promised) : '–',
        fullText(design, datastoreExhaustion(store)) ?? '–',
      ];
    }),
  });
}

function arrays(design: Design, notes: Notes): Html | undefined {
  const all = inTextOrder([...design.members('array')]).filter(exists);
  const share = (array: Entity) => worstOf(arrayUse(array).share, arrayUse(array).filled, arrayUse(array).promised);
  const rows = capped(all, MOST.arrays, share);
  if (rows.length === 0) return undefined;
  return table({
    title: 'Arrays',
    caption: cappedCaption(rows.length, all.length, 'arrays', 'fullest'),
    heads: ['Array', 'Datastores', 'IOPS', 'Usable', 'Given to datastores'],
    right: [1],
    rows: rows.map((array) => {
      const use = arrayUse(array);
      const given = use.promised ?? use.allocated;
      return [
        html`${labelOf(array)}${notes.refer(array.name, [use.share ?? use.demand ?? use.limit, use.usable, given])}`,
        String(use.datastores.length),
        load(use.share ?? use.demand, limitsAt(array).storage, use.limit),
        use.usable ? shown(use.usable) : '–',
        given ? shown(given) : '–',
      ];
    }),
  });
}

/** A load with its bar and, from a warning on, its mark; an amount where there is nothing to compare it with. */
function load(figure: Figure | undefined, limits: Thresholds, whole?: Figure): Html {
  if (!figure) return html`<span class="muted">${whole ? `? of ${shown(whole)}` : '–'}</span>`;
  if (figure.unit !== 'share') return html`${shown(figure)}`;
  const trouble = troubleOf(figure.value, limits);
  const assumed = !figure.isAtLeast && figure.inputs?.[0] && isAssumed(figure.inputs[0]) ? '≈\u202f' : '';
  const amounts = amountsOf(figure);
  return html`<span class="load${trouble && ' over'}">${trouble && mark(trouble)}${trouble && html`<span class="sr">${trouble}</span>`}${assumed}${shown(figure)}</span>${gaugeBar(figure.value, limits)}${amounts && html`<span class="muted small">${amounts}</span>`}`;
}

/** What a share is of: `32.1 of 44.7 GHz`. */
function amountsOf(figure: Figure): string | undefined {
  const [part, whole] = figure.inputs ?? [];
  if (!part || !whole || figure.inputs?.length !== 2 || part.unit !== whole.unit) return undefined;
  const [value = '', unit] = formatFigure(part).split(' ');
  const all = formatFigure(whole);
  return `${unit !== undefined && all.endsWith(` ${unit}`) ? value : formatFigure(part)} of ${all}`;
}

/** A name, with its site where there are several. */
export function labelOf(entity: Entity): string {
  if (entity.design.members('site').size < 2) return entity.name;
  const [site] = sitesOf(entity);
  return site ? `${entity.name} (${site.name})` : entity.name;
}

interface Table {
  readonly title: string;
  readonly caption: string;
  readonly heads: readonly string[];
  /** Columns of numbers. */
  readonly right: readonly number[];
  readonly rows: readonly (readonly (Html | string)[])[];
}

/** A table with a heading; columns that are empty in every row are left out. */
export function table({ title, caption, heads, right, rows }: Table): Html {
  const isEmpty = (cell: Html | string | undefined) =>
    (typeof cell === 'string' ? cell : (cell?.text ?? ''))
      .replace(/<[^>]*>/g, '')
      .trim()
      .replace('–', '') === '';
  const kept = heads
    .map((_, index) => index)
    .filter((index) => index === 0 || rows.some((row) => !isEmpty(row[index])));
  const side = (index: number) => (right.includes(index) ? html` class="r"` : html``);
  return html`<h3>${title}</h3><div class="wide"><table>${caption !== '' && html`<caption>${caption}</caption>`}<thead><tr>${kept.map((index) => html`<th scope="col"${side(index)}>${heads[index]}</th>`)}</tr></thead><tbody>
${rows.map((row) => html`<tr>${kept.map((index) => (index === 0 ? html`<th scope="row">${row[index]}</th>` : html`<td${side(index)}>${row[index]}</td>`))}</tr>\n`)}</tbody></table></div>`;
}

export function cappedCaption(count: number, all: number, what: string, how: string): string {
  return count < all ? `The ${count} ${how} of ${formatNumber(all)} ${what}` : '';
}

const worstOf = (...figures: readonly (Figure | undefined)[]): number =>
  Math.max(0, ...figures.map((figure) => figure?.value ?? 0));

function maxOf(figures: readonly (Figure | undefined)[]): Figure | undefined {
  const known = figures.filter((figure) => figure !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => (b.value > a.value ? b : a));
}

/** The fullest first; equal ones keep their order. */
const sorted = <T>(things: readonly T[], value: (thing: T) => number): T[] =>
  things
    .map((thing) => ({ thing, value: value(thing) }))
    .sort((a, b) => b.value - a.value)
    .map(({ thing }) => thing);

/** All in text order, or the fullest if there are more than fit. */
const capped = <T>(things: readonly T[], most: number, value: (thing: T) => number): readonly T[] =>
  things.length <= most ? things : sorted(things, value).slice(0, most);
