import { formatPrefix } from '../../base/addresses.ts';
import { formatNumber, formatShare } from '../../base/units.ts';
import { type Absorption, failoverResult, lossOfOneHost } from '../../capacity/absorption.ts';
import { clusterUse, type FailoverDemand, failoverDemand } from '../../capacity/cluster.ts';
import type { Figure } from '../../capacity/figure.ts';
import { headroom } from '../../capacity/headroom.ts';
import { subnetsOf } from '../../capacity/subnets.ts';
import type { Entity } from '../../design/declaration.ts';
import { placementOf } from '../../design/placement.ts';
import { rackOf, vmsOfApp } from '../../design/things.ts';
import { counted, listed, namesOf } from '../../rules/shared/wording.ts';

/** Subnets of one network that are told of one by one. */
const MOST_SUBNETS = 3;

/** Whether the clusters of a block survive what they must, how full they are then, and how many VMs they still take. */
export function clusterFigures(clusters: readonly Entity[]): string {
  const [first] = clusters;
  if (!first) return '';
  return clusters.length === 1 ? oneCluster(first) : manyClusters(clusters);
}

function oneCluster(cluster: Entity): string {
  const use = clusterUse(cluster);
  if (use.hosts.length === 0) return 'no host carries load';
  if (use.vms.length === 0) return 'runs nothing yet';
  const verdict = verdictOn(cluster);
  if (!verdict) return joined([nowText(use.cpuShare, 'CPU'), nowText(use.memoryShare, 'memory'), roomText(cluster)]);
  const { absorption, name, holds, fails } = verdict;
  if (absorption.outcome === 'unknown') return `${name} not known: ${absorption.unknown ?? 'figures are missing'}`;
  if (absorption.outcome === 'fails') return joined([`${name} ${fails}${whyNot(absorption)}`, after(verdict)]);
  return joined([`${name} ${holds}`, after(verdict), roomText(cluster)]);
}

function manyClusters(clusters: readonly Entity[]): string {
  const verdicts = clusters.flatMap((cluster) => {
    const verdict = clusterUse(cluster).vms.length > 0 ? verdictOn(cluster) : undefined;
    return verdict ? [{ ...verdict, cluster }] : [];
  });
  const [first] = verdicts;
  if (!first) return totalsOf(clusters);
  const failing = verdicts.filter(({ absorption }) => absorption.outcome === 'fails');
  const unknown = verdicts.filter(({ absorption }) => absorption.outcome === 'unknown');
  const fails = failing.length > 0 ? `${first.name} ${first.fails} in ${namesIn(failing, clusters.length)}` : '';
  const open = unknown.length > 0 ? `${first.name} not known in ${namesIn(unknown, clusters.length)}` : '';
  if (fails || open) return joined([fails, open]);
  const worst = verdicts.reduce((a, b) => (share(b) > share(a) ? b : a));
  const which = verdicts.length > 1 ? `${worst.cluster.name} is fullest: ` : '';
  return joined([`${first.name} ${first.holds} in all ${verdicts.length}`, `${which}${after(worst)}`]);
}

function totalsOf(clusters: readonly Entity[]): string {
  const uses = clusters.map(clusterUse);
  const [hosts, vms] = [uses.flatMap((use) => use.hosts).length, uses.flatMap((use) => use.vms).length];
  return joined([counted(clusters.length, 'cluster'), counted(hosts, 'host'), counted(vms, 'VM')]);
}

function namesIn(verdicts: readonly { readonly cluster: Entity }[], of: number): string {
  return `${verdicts.length} of ${of}: ${namesOf(verdicts.map(({ cluster }) => cluster))}`;
}

interface Verdict {
  readonly absorption: Absorption;
  /** `N+1`, with what is said of it when it is so and when it is not. */
  readonly name: string;
  readonly holds: string;
  readonly fails: string;
  /** `a host is lost`. */
  readonly loss: string;
}

const UNASKED = { name: 'N+1', holds: 'would hold', fails: 'would not hold', loss: 'a host is lost' };

/** Undefined where nothing is to be survived: by the design's own word, or because there is but one host. */
function verdictOn(cluster: Entity): Verdict | undefined {
  const demand = failoverDemand(cluster);
  if (demand?.kind === 'none') return undefined;
  const result = failoverResult(cluster);
  if (demand && result) return { absorption: result, ...wordsFor(demand) };
  return clusterUse(cluster).hosts.length < 2 ? undefined : { absorption: lossOfOneHost(cluster), ...UNASKED };
}

function wordsFor(demand: Exclude<FailoverDemand, { readonly kind: 'none' }>): Omit<Verdict, 'absorption'> {
  const plain = { holds: 'holds', fails: 'does not hold' };
  if (demand.kind === 'percent') {
    const share = formatShare(demand.share);
    return { ...plain, name: `a reserve of ${share}`, loss: `${share} is lost` };
  }
  const { kind, count } = demand;
  const what = count === 1 ? `a ${kind.slice(0, -1)}` : `${count} ${kind}`;
  const loss = `${what} ${count === 1 ? 'is' : 'are'} lost`;
  if (kind === 'hosts') return { ...plain, name: `N+${count}`, loss };
  return { name: `loss of ${what}`, holds: 'is survived', fails: 'is not survived', loss };
}

function after({ absorption: { afterLoss }, loss }: Verdict): string {
  if (!afterLoss) return '';
  const what = afterLoss.label.startsWith('CPU') ? 'CPU' : 'memory';
  return `${shareText(afterLoss)} ${what} after ${loss}`;
}

function whyNot({ worst }: Absorption): string {
  if (!worst || worst.leftOut.length === 0) return '';
  const verb = worst.leftOut.length === 1 ? 'finds' : 'find';
  return `: ${namesOf(worst.leftOut, 2)} ${verb} no host without ${namesOf(worst.lost, 2)}`;
}

function share({ absorption: { afterLoss } }: Verdict): number {
  return afterLoss?.value ?? 0;
}

function roomText(cluster: Entity): string {
  const room = headroom(cluster);
  if (!room) return '';
  const { count, className } = room;
  return count.value === 0
    ? `no room for another ${className}`
    : `room for about ${formatNumber(count.value)} ${className}`;
}

function nowText(figure: Figure | undefined, what: string): string {
  return figure ? `${shareText(figure)} ${what}` : '';
}

function shareText({ value, isAtLeast }: Figure): string {
  return `${isAtLeast ? '≥ ' : ''}${formatShare(Math.round(value * 100) / 100)}`;
}

/** How many addresses of its subnets are free; of several networks the one with fewest. */
export function networkFigures(networks: readonly Entity[]): string {
  const [first] = networks;
  if (!first) return '';
  if (networks.length === 1) return subnetTexts(first).slice(0, MOST_SUBNETS).join(' · ');
  const least = networks.reduce((a, b) => (freeIn(b) < freeIn(a) ? b : a));
  const [text] = subnetTexts(least);
  return text ? `${least.name} has fewest: ${text}` : '';
}

function subnetTexts(network: Entity): string[] {
  const subnets = subnetsOf(network);
  return subnets.map(({ available, needed, dhcp, subnet }) => {
    const free = Math.max(0, available.value - needed.value);
    const leases = dhcp ? ` and ${Math.max(0, dhcp.size - dhcp.needed)} of ${dhcp.size} leases` : '';
    const which = subnets.length > 1 ? ` of ${formatPrefix(subnet.prefix)}` : '';
    return `${formatNumber(free)} of ${formatNumber(available.value)} addresses${which}${leases} free`;
  });
}

function freeIn(network: Entity): number {
  const [subnet] = subnetsOf(network);
  return subnet ? subnet.available.value - subnet.needed.value : Number.POSITIVE_INFINITY;
}

/** How the members of applications are spread over hosts and racks. */
export function appFigures(apps: readonly Entity[]): string {
  const texts = apps.slice(0, MOST_SUBNETS).map((app) => (apps.length > 1 ? `${app.name}: ` : '') + spreadOf(app));
  return listed(texts.filter((text) => !text.endsWith(': ') && text !== ''));
}

function spreadOf(app: Entity): string {
  const vms = vmsOfApp(app);
  if (vms.length === 0) return '';
  const perHost = new Map<Entity, number>();
  let pooled = 0;
  let unplaced = 0;
  for (const vm of vms) {
    const { host, claim } = placementOf(vm);
    if (host) perHost.set(host, (perHost.get(host) ?? 0) + 1);
    else if (claim) pooled++;
    else unplaced++;
  }
  const racks = new Set([...perHost.keys()].flatMap((host) => rackOf(host) ?? []));
  const most = Math.max(0, ...perHost.values());
  if (pooled === vms.length) return `${counted(vms.length, 'VM')} in a pool`;
  const hosts = perHost.size > 0 ? ` on ${counted(perHost.size, 'host')}` : '';
  return joined([
    `${counted(vms.length, 'VM')}${hosts}${racks.size > 0 ? ` in ${counted(racks.size, 'rack')}` : ''}`,
    perHost.size > 1 && most > 1 ? `at most ${most} on one` : '',
    pooled > 0 ? `${pooled} in a pool` : '',
    unplaced > 0 ? `${unplaced} ${unplaced === 1 ? 'runs' : 'run'} nowhere yet` : '',
  ]);
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(' · ');
}
