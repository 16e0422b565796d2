import { formatPrefix } from '../../base/addresses.ts';
import { formatNumber } from '../../base/units.ts';
import { failoverResult } from '../../capacity/absorption.ts';
import { clusterUse } from '../../capacity/cluster.ts';
import { type Figure, formatFigure, statedFigure, type Unit } from '../../capacity/figure.ts';
import {
  clusterExhaustion,
  datastoreExhaustion,
  type Exhaustion,
  monthText,
  subnetExhaustions,
} from '../../capacity/forecast.ts';
import { horizonOf } from '../../capacity/growth.ts';
import { headroom } from '../../capacity/headroom.ts';
import { hostSupply } from '../../capacity/host.ts';
import { cpuDemandOn, hostPeak, hostUse, runningOn, shareOf } from '../../capacity/load.ts';
import { arrayPortCapacity } from '../../capacity/san.ts';
import { arrayUse, datastoreUse } from '../../capacity/storage.ts';
import { subnetsOf } from '../../capacity/subnets.ts';
import { switchesOf, type VirtualSwitch } from '../../capacity/uplinks.ts';
import { demandStated, vmFacts } from '../../capacity/vm.ts';
import { type Entity, entityLabel, type Located } from '../../design/declaration.ts';
import { clusterOfHost, hostsOf, placementOf, vmsOn } from '../../design/placement.ts';
import { appOf, datastoresOf, ownersOf, propsOf, sitesOf } from '../../design/things.ts';
import { appFigures } from '../lens/figures.ts';
import {
  arrayCosts,
  clusterCosts,
  licenceFigures,
  planCosts,
  rackFigures,
  siteCosts,
  switchFigures,
  teamFigures,
} from './costs.ts';
import { wanFigures } from './links.ts';
import { maturityRows } from './maturity.ts';
import { costRows } from './thing-costs.ts';

/** One line of the table of a thing: a figure with its bar, or only words. */
export interface Row {
  readonly label: string;
  readonly figure?: Figure | undefined;
  /** In place of a figure, or beside it. */
  readonly text?: string;
  /** Of words without a figure: how they come about, from what, and where the first of it is stated. */
  readonly how?: string;
  readonly items?: readonly { readonly label: string; readonly value: string; readonly how: string }[];
  /** Items that are not listed. */
  readonly more?: number;
  readonly by?: Located;
}

/** A host mounts many datastores, a cluster has many hosts: this many are listed. */
const MOST_LISTED = 6;

/** The figures of a thing, the most asked for first. Rows whose inputs are not stated are left out. */
export function figuresOf(entity: Entity): readonly Row[] {
  const rows = [...(READERS[entity.kind]?.(entity) ?? []), ...(PRICED.has(entity.kind) ? costRows(entity) : [])];
  return rows.filter(({ figure, text }) => figure !== undefined || text !== undefined);
}

/** Kinds that pictures show the cost of. */
const PRICED: ReadonlySet<string> = new Set([
  'host',
  'cluster',
  'site',
  'switch',
  'array',
  'datastore',
  'network',
  'wan',
]);

const READERS: Readonly<Record<string, (entity: Entity) => Row[]>> = {
  host: ofHost,
  cluster: ofCluster,
  network: ofNetwork,
  datastore: ofDatastore,
  array: ofArray,
  pool: ofArray,
  vm: ofVm,
  app: ofApp,
  vswitch: ofVswitch,
  site: ofSite,
  rack: rackFigures,
  switch: switchFigures,
  wan: wanFigures,
  licence: licenceFigures,
  team: teamFigures,
  design: ({ design }) => [...planCosts(design), ...maturityRows(design)],
};

function ofHost(host: Entity): Row[] {
  const use = hostUse(host);
  const peak = hostPeak(host);
  const supply = hostSupply(host);
  return [
    { label: 'VMs', text: counted(vmsOn(host), runningOn(host)) },
    { label: 'CPU', figure: use.cpu ?? supply.cpu },
    ...(peak && (!use.cpu || peak.cpu.value > use.cpu.value)
      ? [{ label: `CPU ${peak.window}`, figure: peak.cpu }]
      : []),
    { label: 'memory', figure: use.memory ?? supply.memory },
    { label: 'active memory', figure: use.activeMemory },
    { label: 'vCPU per core', figure: use.vcpuRatio },
    ...switchesOf(host).flatMap(ofSwitch),
    ...datastoresOf(host).slice(0, MOST_LISTED).map(spaceOf),
  ];
}

function ofSwitch({ name, use, capacity, useAfterLoss, uplinks }: VirtualSwitch): Row[] {
  const rows: Row[] = [{ label: `network ${name}`, figure: use ?? capacity }];
  if (useAfterLoss) rows.push({ label: `without ${useAfterLoss.lost}`, figure: useAfterLoss.share });
  else if (uplinks.length === 1) rows.push({ label: `network ${name}`, text: 'one uplink: its loss leaves nothing' });
  return rows;
}

function spaceOf(datastore: Entity): Row {
  const { share, capacity } = datastoreUse(datastore);
  return { label: `space ${datastore.name}`, figure: share ?? capacity };
}

function ofCluster(cluster: Entity): Row[] {
  const use = clusterUse(cluster);
  const all = hostsOf(cluster);
  const live = use.hosts.length < all.length ? `${use.hosts.length} of ${all.length} carry load` : `${all.length}`;
  return [
    { label: 'hosts', text: live },
    { label: 'running VMs', text: `${use.vms.length}` },
    { label: 'CPU', figure: use.cpuShare ?? use.cpuSupply },
    { label: 'memory', figure: use.memoryShare ?? use.memorySupply },
    { label: 'vCPU per core', figure: use.vcpuRatio },
    ...failoverRow(cluster),
    ...runsOut(cluster, 'CPU', clusterExhaustion(cluster).cpu),
    ...runsOut(cluster, 'memory', clusterExhaustion(cluster).memory),
    { label: 'room', ...roomIn(cluster) },
    ...clusterCosts(cluster),
  ];
}

function roomIn(cluster: Entity): Omit<Row, 'label'> {
  const room = headroom(cluster);
  return room ? { figure: room.count, text: `more ${room.className}, about, until ${room.limit} is used up` } : {};
}

/** The month in which something runs out, where growth is stated and it is within the horizon. */
function runsOut(entity: Entity, what: string, exhaustion: Exhaustion | undefined): Row[] {
  if (!exhaustion) return [];
  const { design } = entity;
  const { months, limit } = exhaustion;
  const horizon = horizonOf(design);
  const isWithin = months !== undefined && months <= horizon;
  const when = isWithin
    ? months > 0
      ? monthText(design, months)
      : 'now'
    : `not within ${formatNumber(horizon)} months`;
  return [{ label: `${what} runs out`, text: `${when}, at ${formatFigure(limit)}` }];
}

function failoverRow(cluster: Entity): Row[] {
  const result = failoverResult(cluster);
  if (!result) return [];
  const { demand, outcome, afterLoss, worst, unknown } = result;
  const what =
    demand.kind === 'percent' || demand.kind === 'none'
      ? 'failover'
      : `loss of ${demand.count} ${demand.count === 1 ? demand.kind.slice(0, -1) : demand.kind}`;
  const lost = worst?.lost.map((host) => host.name).join(', ');
  const why = outcome === 'unknown' ? (unknown ?? '') : lost ? `worst: ${lost}` : '';
  const text = `${outcome === 'holds' ? 'held' : outcome === 'fails' ? 'not held' : 'unknown'}${why ? `, ${why}` : ''}`;
  return [{ label: what, text, ...(afterLoss ? { figure: afterLoss } : {}) }];
}

function ofNetwork(network: Entity): Row[] {
  const exhaustions = subnetExhaustions(network);
  return subnetsOf(network).flatMap((use) => {
    const { subnet, share, available, dhcp } = use;
    const rows = (isRange: boolean, what: string) =>
      exhaustions
        .filter((one) => one.subnet === use && one.isRange === isRange)
        .flatMap((one) => runsOut(network, what, one));
    return [
      { label: formatPrefix(subnet.prefix), figure: share ?? available },
      ...rows(false, 'it'),
      ...(dhcp ? [{ label: 'DHCP', text: `${dhcp.needed} of ${dhcp.size} leases` }, ...rows(true, 'the range')] : []),
    ];
  });
}

function ofDatastore(datastore: Entity): Row[] {
  const { capacity, used, share, promised, provisioned, vms, swap, plan } = datastoreUse(datastore);
  return [
    { label: 'VMs', text: `${vms.length}` },
    { label: 'space', figure: share ?? used ?? capacity },
    { label: 'planned, with slack', figure: plan?.share },
    { label: 'promised', figure: promised ?? provisioned },
    { label: 'swap files', figure: swap },
    ...runsOut(datastore, 'space', datastoreExhaustion(datastore)),
  ];
}

function ofArray(array: Entity): Row[] {
  const { share, limit, demand, usable, promised, filled, allocated, datastores, throughput } = arrayUse(array);
  const ports = arrayPortCapacity(array);
  return [
    { label: 'IOPS', figure: share ?? demand ?? limit },
    { label: 'ports', figure: shareOf('array ports', throughput, ports) ?? ports ?? throughput },
    { label: 'usable', figure: usable },
    { label: 'thin, written', figure: filled },
    { label: `${datastores.length} datastores`, figure: promised ?? allocated },
    ...arrayCosts(array),
  ];
}

function ofVm(vm: Entity): Row[] {
  const facts = vmFacts(vm);
  const { host, cluster } = placementOf(vm);
  const app = appOf(vm);
  const clock = host ? hostSupply(host).clock : undefined;
  const cpu = cpuDemandOn(facts, clock, 0);
  const asked = (label: string, unit: Unit, value: number | undefined, ...clauses: readonly string[]): Row => ({
    label,
    figure: value === undefined ? undefined : askedFor(vm, label, unit, value, clauses),
  });
  return [
    { label: 'runs on', text: host ? entityLabel(host) : cluster ? `the pool of ${cluster.name}` : 'nothing yet' },
    ...(app ? [{ label: 'application', text: app.name }] : []),
    ...(facts.state === 'on' ? [] : [{ label: 'state', text: facts.state }]),
    stated(vm, 'vCPU', 'vcpu', 'vCPU'),
    stated(vm, 'memory', 'memory', 'size'),
    asked('CPU demand', 'frequency', cpu, 'cpu'),
    ...(cpu === undefined ? [asked('CPU demand', 'share', facts.cpuShare, 'cpu')] : []),
    asked('sent, peak', 'rate', facts.tx, 'tx', 'net'),
    asked('received, peak', 'rate', facts.rx, 'rx', 'net'),
    asked('IOPS', 'IOPS', facts.iops, 'iops'),
    asked('disks', 'size', facts.provisioned),
    ...(facts.home ? [{ label: 'datastore', text: facts.home.name }] : []),
  ];
}

/** A figure of a VM with the statement that it comes from: as it stands there, or reckoned from it. */
function askedFor(vm: Entity, label: string, unit: Unit, value: number, clauses: readonly string[]): Figure {
  const number = clauses.map((clause) => demandStated(vm, clause)).find((found) => found !== undefined);
  if (!number) return { label, unit, value, origin: 'derived', isAtLeast: false };
  return { ...statedFigure(label, unit, number), value };
}

function stated(entity: Entity, label: string, word: string, unit: Unit): Row {
  const number = propsOf(entity).number(word);
  return { label, figure: number && statedFigure(label, unit, number) };
}

function ofApp(app: Entity): Row[] {
  return [
    { label: 'VMs', text: appFigures([app]) || 'none yet' },
    stated(app, 'sessions', 'sessions', 'count'),
    { label: 'tier', text: propsOf(app).word('tier') ?? 'normal' },
  ];
}

/** A virtual switch of a cluster stands on each of its hosts: the busiest ones are listed. */
function ofVswitch(vswitch: Entity): Row[] {
  const around = vswitch.parent;
  if (!around) return [];
  const hosts = around.kind === 'cluster' ? hostsOf(around) : [around];
  const found = hosts.flatMap((host) =>
    switchesOf(host)
      .filter((one) => one.name === vswitch.name)
      .map((one) => ({ host, one })),
  );
  if (found.length === 1 && found[0]) return ofSwitch(found[0].one);
  found.sort((a, b) => (b.one.use?.value ?? -1) - (a.one.use?.value ?? -1));
  return found.slice(0, MOST_LISTED).map(({ host, one }) => ({ label: host.name, figure: one.use ?? one.capacity }));
}

function ofSite(site: Entity): Row[] {
  const inSite = (kind: string) => [...site.design.members(kind)].filter((entity) => sitesOf(entity).includes(site));
  const hosts = inSite('host');
  return [
    { label: 'clusters', text: `${inSite('cluster').length}` },
    { label: 'hosts', text: `${hosts.length}` },
    { label: 'VMs', text: `${hosts.reduce((sum, host) => sum + vmsOn(host).length, 0)}` },
    ...siteCosts(site),
  ];
}

function counted(all: readonly Entity[], running: readonly Entity[]): string {
  return running.length < all.length ? `${all.length}, ${running.length} of them running` : `${all.length}`;
}

/** Where a thing stands and whose it is, in one line of words. */
export function situation(entity: Entity): string {
  const parts: string[] = [];
  const cluster = entity.kind === 'host' ? clusterOfHost(entity) : undefined;
  if (cluster) parts.push(entityLabel(cluster));
  else if (entity.parent) parts.push(`in ${entityLabel(entity.parent)}`);
  const sites = entity.kind === 'vm' || entity.kind === 'site' ? [] : sitesOf(entity);
  if (sites.length > 0 && entity.parent?.kind !== 'site') parts.push(`at ${sites.map((site) => site.name).join(', ')}`);
  const owners = ownersOf(entity).filter((owner) => owner !== entity);
  if (owners.length > 0) parts.push(`owner ${owners.map((owner) => owner.name).join(', ')}`);
  return parts.join(' · ');
}

/** A share with what it is a share of: `32.1 of 44.7 GHz`. */
export function amounts(figure: Figure): string {
  const [load, supply] = figure.inputs ?? [];
  if (figure.unit !== 'share' || !load || !supply || figure.inputs?.length !== 2) return '';
  const [first = '', unit] = formatFigure(load).split(' ');
  const whole = formatFigure(supply);
  return `${unit !== undefined && whole.endsWith(` ${unit}`) ? first : formatFigure(load)} of ${whole}`;
}
