import {
  GAUGE_MEASURES,
  type Gauge,
  networkNames,
  storeNames,
  type TopologyGraph,
  type TopologyNode,
  type VmCell,
  worst,
} from '../graph.ts';
import { amount } from './card-head.ts';
import { plural } from './context.ts';
import { countsText } from './frames.ts';

const KINDS: Readonly<Record<TopologyNode['kind'], string>> = {
  site: 'site',
  cluster: 'cluster',
  host: 'host',
  switch: 'switch',
  fabric: 'storage switch',
  outside: 'outside',
  array: 'array',
  pool: 'datastores without an array',
  datastore: 'datastore',
};

const MEASURES = { cpu: 'CPU', memory: 'memory', network: 'network', storage: 'storage' } as const;
const CLASSES = {
  calm1: '',
  calm2: '',
  calm3: '',
  warning: ', warning',
  critical: ', critical',
  over: ', over capacity',
} as const;

const spoken = (name: string, g: Gauge | undefined): string[] => {
  if (!g) return [];
  if (g.state === 'unknown') return [`${name} not stated`];
  const sign = g.state === 'assumed' ? 'about ' : g.state === 'atLeast' ? 'at least ' : '';
  const was = g.was === undefined ? '' : `, was ${Math.round(g.was * 100)}`;
  return [`${name} ${sign}${Math.round(g.share * 100)} percent${was}${CLASSES[g.class]}`];
};

/** A node in words: `esx-01, host, CPU 110 percent, over capacity, 1 error`. `isPlan`: what came and left does so by a plan, not by a failure. */
export function describe(node: TopologyNode, isPlan = false): string {
  const parts = [node.name, KINDS[node.kind], ...(node.failed ? ['failed'] : [])];
  if (node.kind === 'site' || node.kind === 'cluster') parts.push(countsText(node).replaceAll(' · ', ', '));
  if (node.kind === 'host') {
    parts.push(plural(node.vms.length, 'VM'));
    const came = node.vms.filter((vm) => vm.from !== undefined).length;
    if (node.added) parts.push('new');
    if (came > 0) parts.push(`${plural(came, 'VM')} ${isPlan ? 'moved' : 'restarted'} here`);
    if (node.left?.length)
      parts.push(`${plural(node.left.length, 'VM')} ${isPlan ? 'moved away' : node.failed ? 'were here' : 'down'}`);
  }
  if (node.kind === 'site' || node.kind === 'cluster' || node.kind === 'host') {
    const all = GAUGE_MEASURES.flatMap((m) => spoken(MEASURES[m], node.gauges[m]));
    parts.push(...all);
  }
  if (node.kind === 'cluster' && node.failover)
    parts.push(`${node.failover.label} ${node.failover.state === 'unknown' ? 'not known' : node.failover.state}`);
  if (node.kind === 'datastore') parts.push(...spoken('space', node.gauge));
  if (node.kind === 'array' || node.kind === 'pool')
    parts.push(...node.gauges.flatMap((g) => spoken(g.label ?? 'load', g)));
  if (node.kind === 'switch' || node.kind === 'fabric') parts.push(...spoken('load', node.gauge));
  const { badge } = node;
  if (badge && worst(badge)) {
    if (badge.errors > 0) parts.push(plural(badge.errors, 'error'));
    if (badge.warnings > 0) parts.push(plural(badge.warnings, 'warning'));
    if (badge.infos > 0) parts.push(plural(badge.infos, 'note'));
  }
  return parts.join(', ');
}

/** `web-1, VM, 4 vCPU, 16 GiB, network web, datastore gold-1`. */
export function describeVm(vm: VmCell, graph: TopologyGraph): string {
  const parts = [vm.name, vm.off ? 'VM, off' : 'VM'];
  if (vm.vcpus !== undefined) parts.push(`${vm.vcpus} vCPU`);
  if (vm.size !== undefined) parts.push(`${amount(vm.size, 'memory')} GiB`);
  for (const name of networkNames(graph, vm)) parts.push(`network ${name}`);
  for (const name of storeNames(graph, vm)) parts.push(`datastore ${name}`);
  return parts.join(', ');
}
