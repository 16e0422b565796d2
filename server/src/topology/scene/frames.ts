import {
  type Badge,
  type ClusterNode,
  countInside,
  type Failover,
  type Gauge,
  isTrouble,
  NO_BADGE,
  type SiteNode,
} from '../graph.ts';
import type { Box } from '../layout/layout-types.ts';
import { isWired } from '../layout/metrics.ts';
import { NARROW } from '../text.ts';
import { badgeFor, count, type Drawing, levelOf, MEASURE_LABELS, pickedGauge, plural } from './context.ts';
import { failedFrame, failedPill } from './failed.ts';
import { bar, inkOf, shareText } from './gauge.ts';
import { badges, icon } from './icons.ts';
import { frameReading, frameWord, inkOfReading, type Reading } from './readings.ts';
import { type Item, rect, text } from './scene.ts';

/** `22 hosts · 654 VMs, 4 off`; of what has failed, `3 of 4 hosts`. What has neither says so. */
export function countsText(node: SiteNode | ClusterNode): string {
  const { hosts, vms, off } = countInside(node);
  if (hosts + vms === 0) return 'no hosts';
  const clusters = node.kind === 'site' ? node.clusters : [node];
  const failed = clusters.reduce((n, c) => n + c.hosts.filter((host) => host.failed).length, 0);
  const left = failed > 0 ? `${count(hosts - failed)} of ` : '';
  return [`${left}${plural(hosts, 'host')}`, `${plural(vms, 'VM')}${off > 0 ? `, ${count(off)} off` : ''}`].join(' · ');
}

/** What a site has of what the layer is about, and of devices where it has nothing else. */
function siteCounts(site: SiteNode, { layout }: Drawing): string {
  const { hosts } = countInside(site);
  const isBare = hosts === 0 && layout.layer === 'all';
  const of = (n: number, one: string, many = `${one}s`): string[] =>
    n === 0 ? [] : [n === 1 ? `1 ${one}` : `${count(n)} ${many}`];
  const has = (kind: 'switch' | 'fabric'): number => site.switches.filter((s) => s.kind === kind).length;
  const stores = site.arrays.flatMap((a) => a.datastores);
  const arrays = site.arrays.filter(({ kind }) => kind === 'array').length;
  const net = layout.layer === 'network' || isBare ? of(has('switch'), 'switch', 'switches') : [];
  const disks =
    layout.layer === 'storage' || isBare
      ? [...of(has('fabric'), 'fabric'), ...of(arrays, 'array'), ...of(stores.length, 'datastore')]
      : [];
  const own = hosts > 0 || net.length + disks.length === 0 ? [countsText(site)] : [];
  return [...own, ...net, ...disks].join(' · ');
}

/** Findings of a cluster that none of its hosts shows. */
function ownBadge(cluster: ClusterNode, d: Drawing): Badge {
  const inside = new Set(cluster.hosts.flatMap((h) => h.badge?.findings ?? []));
  const findings = (cluster.badge?.findings ?? []).filter((key) => !inside.has(key));
  const of = (severity: string): number =>
    findings.filter((key) => d.index.findings.get(key)?.severity === severity).length;
  return { errors: of('error'), warnings: of('warning'), infos: of('info'), findings };
}

const BAR = 62;

/** A cluster's frame and header: name, counts, bars with reserve, the failover verdict. `inset`: room its wiring needs at both sides. */
export function drawCluster(cluster: ClusterNode, b: Box, inset: number, d: Drawing): Item[] {
  const { failover } = cluster;
  const gauges = [cluster.gauges.cpu, cluster.gauges.memory];
  const listed = cluster.badge ? ownBadge(cluster, d) : NO_BADGE;
  const withVerdict =
    failover?.state === 'fails' && listed.errors + listed.warnings === 0
      ? { ...listed, errors: 1, hollow: true }
      : listed;
  const own = badgeFor(withVerdict, gauges);
  const items: Item[] = [
    cluster.failed
      ? failedFrame(b, 6)
      : rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 6, fill: 'cluster', stroke: 'hairline', width: 1 }),
  ];
  const level = levelOf(b, d);
  const small = level === 'chip';
  const cy = b.y + (small ? 17 : isWired(level) ? 21 : 20);
  const left = b.x + inset;
  let right = b.x + b.w - inset;
  const nameWidth = d.look.face.width(cluster.name, 12, true);
  const least = left + 22 + Math.min(nameWidth, 120) + 10;

  if (failover) {
    const [words, fails] = verdict(failover);
    const width = d.look.face.width(words, 10, fails);
    if (right - width > least) {
      items.push(
        text(right, cy + 3.5, words, 10, fails ? 'ink-critical' : 'muted', {
          bold: fails,
          anchor: 'end',
          figures: true,
        }),
      );
      right -= Math.ceil(width) + 6;
    }
  }
  const mark = badges(own, right, cy, 12, d.look);
  items.push(...mark.items);
  right = mark.left - (mark.left < right ? 4 : 6);

  const picked = pickedGauge(d.measure);
  const reading = picked ? undefined : frameReading(cluster, d);
  if (reading?.text) {
    const drawn = frameFigure(reading, right, cy, right - least, d);
    items.push(...drawn.items);
    right = drawn.left;
  }
  const measures =
    picked && picked !== 'memory'
      ? [picked, picked === 'cpu' ? ('memory' as const) : ('cpu' as const)]
      : (['cpu', 'memory'] as const);
  const widthOf = (gauge: Gauge): number => 30 + BAR + 12 + (gauge.state === 'atLeast' ? 48 : 40);
  const shown = measures.flatMap((measure) => {
    const gauge = cluster.gauges[measure];
    return gauge ? [{ measure, gauge }] : [];
  });
  // Short of room, the picked measure is the one that stays.
  const first = shown.find((g) => g.measure === picked) ?? shown[0];
  const choices = [small ? [] : shown, first ? [first] : []];
  const fits = (list: typeof shown): boolean => list.reduce((s, g) => s + widthOf(g.gauge) + 10, 0) <= right - least;
  const bars = choices.find((list) => list.length > 0 && fits(list)) ?? [];
  for (const { measure, gauge } of bars.toReversed()) {
    const chosen = measure === picked;
    const bad = gauge.state !== 'unknown' && isTrouble(gauge.class);
    items.push(
      text(right, cy + 3.5, shareText(gauge), chosen ? 11 : 10, inkOf(gauge, chosen ? 'text' : 'muted'), {
        bold: chosen || bad,
        anchor: 'end',
        figures: true,
      }),
    );
    const start = right - widthOf(gauge) + 30;
    items.push(text(start - 30, cy + 3.5, MEASURE_LABELS[measure], 10, chosen ? 'strong' : 'muted', { bold: chosen }));
    items.push(...bar(gauge, { x: start, y: cy - 4, line: BAR, h: 8, picked: chosen, over: 2 }, d.look));
    right -= widthOf(gauge) + 10;
  }
  items.push(...title('cluster', cluster.name, countsText(cluster), cluster.caption, left, right, cy, 12, d));
  return items;
}

/** A figure with the word for what it is of, ending at `right`, or as much of that as there is room for; answers where it begins. */
function frameFigure(
  reading: Reading,
  right: number,
  cy: number,
  room: number,
  d: Drawing,
): { readonly items: Item[]; readonly left: number } {
  const bad = reading.class !== undefined && isTrouble(reading.class);
  const width = Math.ceil(d.look.face.width(reading.text, 11, true));
  if (width >= room) return { items: [], left: right };
  const items: Item[] = [
    text(right, cy + 3.5, reading.text, 11, inkOfReading(reading, bad ? 'text' : 'strong'), {
      bold: true,
      anchor: 'end',
      figures: true,
    }),
  ];
  let left = right - width;
  if (d.measure === 'owner' && left - 15 > right - room) {
    items.push(rect(left - 15, cy - 5, 10, 10, { r: 1, fill: reading.token }));
    left -= 15;
  }
  const word = frameWord(d.measure);
  const before = Math.ceil(d.look.face.width(word, 10)) + 6;
  if (width + before < room) {
    items.push(text(left - 6, cy + 3.5, word, 10, 'muted', { anchor: 'end' }));
    left -= before;
  }
  return { items, left: left - 10 };
}

/** `N+1 holds 88 %`, and whether it fails. */
export function verdict(f: Failover): readonly [string, boolean] {
  const percent = f.share === undefined ? '' : ` ${Math.round(f.share * 100)}${NARROW}%`;
  if (f.state === 'unknown') return [`${f.label} not known`, false];
  return [`${f.label} ${f.state}${percent}`, f.state === 'fails'];
}

/** Icon, name and as many facts as there is room for. */
function title(
  kind: 'cluster' | 'site',
  name: string,
  counts: string,
  caption: string | undefined,
  left: number,
  right: number,
  cy: number,
  size: number,
  d: Drawing,
): Item[] {
  const items: Item[] = [icon(kind, left, cy - 7.5, 15, 'text')];
  const x = left + 22;
  const shown = d.look.face.shorten(name, right - x, size, true);
  items.push(text(x, cy + size * 0.35, shown, size, 'strong', { bold: true }));
  const from = x + Math.ceil(d.look.face.width(shown, size, true)) + 10;
  const facts = d.look.face.facts(caption ? `${counts} · ${caption}` : counts, right - from, 10);
  if (facts) items.push(text(from, cy + 3.5, facts, 10, 'muted', { figures: true }));
  return items;
}

/** What a site shows of cost and owner, in words. */
function siteReading(site: SiteNode, d: Drawing): string {
  if (d.measure !== 'cost' && d.measure !== 'owner') return '';
  const words = frameReading(site, d)?.text;
  return words ? `${d.measure} ${words}` : '';
}

/** A site around its pods: a hairline and a header. */
export function drawSite(site: SiteNode, b: Box, d: Drawing): Item[] {
  const items: Item[] = [
    site.failed
      ? failedFrame(b, 6)
      : rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 6, stroke: 'hairline', width: 1 }),
  ];
  const cy = b.y + 19;
  let right = headFindings(site, b, cy, items, d);
  if (site.failed) {
    const [edge, pill] = failedPill(right, cy, d);
    items.push(...pill);
    right = edge - 6;
  }
  const [end, pills] = appPills(site, right, b.x + 12 + b.w * 0.35, cy, d);
  items.push(...pills);
  const facts = [siteReading(site, d), site.caption].filter(Boolean).join(' · ');
  items.push(...title('site', site.name, siteCounts(site, d), facts || undefined, b.x + 12, end, cy, 13, d));
  return items;
}

/** The application that the picture is about, with its virtual addresses: pills that end at `right`, and where they begin. */
function appPills(site: SiteNode, right: number, least: number, cy: number, d: Drawing): [number, Item[]] {
  const { focus, graph, lit } = d;
  if (focus?.kind !== 'app' || !lit?.nodes.has(site.id)) return [right, []];
  const app = graph.apps.find(({ id }) => id === focus.id);
  if (!app) return [right, []];
  const words = app.vips.map(({ address, network }) => {
    const on = network === undefined ? undefined : graph.networks[network]?.name;
    return `${app.name} ${address}${on ? ` on ${on}` : ''}`;
  });
  const items: Item[] = [];
  let end = right - 4;
  for (const one of words.length > 0 ? words.slice(0, 2) : [app.name]) {
    const w = Math.ceil(d.look.face.width(one, 11, true)) + 22;
    if (end - w < least) break;
    items.push(
      rect(end - w + 0.5, cy - 10.5, w - 1, 21, { r: 10.5, fill: 'tile', stroke: 'focus', width: 1.5 }),
      text(end - w / 2, cy + 4, one, 11, 'strong', { bold: true, anchor: 'middle', figures: true }),
    );
    end -= w + 6;
  }
  return [end, items];
}

function headFindings(site: SiteNode, b: Box, cy: number, items: Item[], d: Drawing): number {
  let right = b.x + b.w - 14;
  const badge = site.badge ?? NO_BADGE;
  const total = badge.errors + badge.warnings + badge.infos;
  if (total === 0) return right;
  const words = plural(total, 'finding');
  const width = d.look.face.width(words, 10);
  if (b.w > 420) {
    items.push(text(right, cy + 3.5, words, 10, 'muted', { anchor: 'end', figures: true }));
    right -= Math.ceil(width) + 8;
  }
  const mark = badges(badge, right, cy, 14, d.look);
  items.push(...mark.items);
  return mark.left - 6;
}

/** A site in the overview: header, four bars, the verdict over its clusters, what fills up first. */
export function drawSiteOverview(site: SiteNode, b: Box, d: Drawing): Item[] {
  const items: Item[] = [
    site.failed
      ? failedFrame(b, 6)
      : rect(b.x + 0.5, b.y + 0.5, b.w - 1, b.h - 1, { r: 6, fill: 'cluster', stroke: 'hairline', width: 1 }),
  ];
  const cy = b.y + 22;
  let right = headFindings(site, b, cy, items, d);
  if (site.failed) {
    const [edge, pill] = failedPill(right, cy, d);
    items.push(...pill);
    right = edge - 6;
  }
  const clusters = site.clusters.length > 0 ? plural(site.clusters.length, 'cluster') : '';
  const counts = [siteCounts(site, d), clusters, siteReading(site, d)].filter(Boolean).join(' · ');
  items.push(...title('site', site.name, counts, undefined, b.x + 14, right, cy, 15, d));
  const inner = b.w - 32;
  const pitch = inner / 4;
  const line = Math.floor((pitch - 24) * (5 / 6));
  const picked = pickedGauge(d.measure);
  (['cpu', 'memory', 'network', 'storage'] as const).forEach((measure, i) => {
    const gauge = site.gauges[measure];
    const x = Math.round(b.x + 16 + i * pitch);
    const chosen = measure === picked;
    const bad = gauge !== undefined && gauge.state !== 'unknown' && isTrouble(gauge.class);
    const label = MEASURE_LABELS[measure];
    const value = shareText(gauge);
    const size = chosen ? 12 : 11;
    const bold = chosen || bad;
    const { width } = d.look.face;
    // A long value takes the room beyond the line, too.
    const room = line - width(label, 10, chosen) - 4;
    const end = x + (width(value, size, bold) <= room ? line : Math.floor(line * 1.2));
    items.push(text(x, b.y + 55, label, 10, chosen ? 'strong' : 'muted', { bold: chosen }));
    items.push(
      text(end, b.y + 55, value, size, inkOf(gauge, chosen ? 'strong' : 'muted'), {
        bold,
        anchor: 'end',
        figures: true,
      }),
    );
    items.push(...bar(gauge, { x, y: b.y + 61, line, h: 8, picked: chosen, over: 3 }, d.look));
  });
  let room = inner;
  if (site.failed) return items;
  if (site.fills) {
    const bad = isTrouble(site.fills.class);
    const words = `${site.fills.what} full in ${plural(site.fills.months, 'month')}`;
    const ink = site.fills.class === 'warning' ? 'ink-warning' : bad ? 'ink-critical' : 'muted';
    items.push(text(b.x + b.w - 16, b.y + 90, words, 10, ink, { bold: bad, anchor: 'end' }));
    const w = Math.ceil(d.look.face.width(words, 10, bad)) + 6;
    if (bad) {
      const severity = { ...NO_BADGE, [site.fills.class === 'warning' ? 'warnings' : 'errors']: 1 };
      items.push(...badges(severity, b.x + b.w - 16 - w, b.y + 86, 12, d.look).items);
    }
    room -= w + 24;
  }
  if (site.failover) {
    const words = d.look.face.width(site.failover, 10) <= room ? site.failover : '';
    if (words) items.push(text(b.x + 16, b.y + 90, words, 10, 'muted', { figures: true }));
  }
  return items;
}
