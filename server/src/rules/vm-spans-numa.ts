import { formatNumber, formatQuantity } from '../base/units.ts';
import { exists } from '../capacity/exists.ts';
import { hostSupply } from '../capacity/host.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { clauseNumber, type Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, type Fix } from './rule.ts';
import { isOwn, subjectOf } from './shared/anchor.ts';

/** Above this many vCPUs, adding CPUs while running hides the nodes from the guest (vSphere, as an analyser says). */
const WIDEST_WITH_HOT_ADD = 8;

interface Spanning {
  readonly why: 'uneven' | 'memory' | 'hot-add' | 'sockets';
  /** Sockets that the guest is shown. */
  readonly sockets: number | undefined;
  readonly by: Stated;
  readonly vcpus: number;
  readonly memory: number | undefined;
  readonly nodes: number;
  readonly nodeCores: number;
  readonly nodeMemory: number | undefined;
  readonly host: Entity;
}

export const vmSpansNuma = defineRule<Spanning>({
  id: 'vm-spans-numa',
  title: 'VM does not fit the NUMA nodes of its host',
  painPoint: 'resource-starvation',
  owners: ['server', 'application'],
  benefit: 'Large VMs find their memory beside their cores',
  why: 'A host with two sockets is two halves, each with its cores and its memory; what lies in the other half takes longer to reach. A VM too wide for one half is fine if it splits evenly and is shown the halves. It suffers if it splits unevenly, if it is shown fewer sockets than it has nodes, if only its memory is too large, which nobody shows it, or if CPUs may be added while it runs, which hides them.',
  formula:
    'vCPU > cores per node and vCPU not a multiple of the nodes it takes; or its sockets no multiple of them; or vCPU ≤ cores per node but memory > memory ÷ nodes; or more than 8 vCPU over several nodes with hot-add',
  inputs: ['vm.vcpu', 'vm.memory', 'vm.hot-add', 'host.cpu', 'host.memory'],
  severity: 'warning',
  source: {
    text: 'how vSphere shows NUMA to a guest; that hot-add hides it is from the text of another analyser',
    evidence: 'recalled',
  },
  covers: ['RS14'],
  of: 'vm',
  examples: {
    fires: {
      text: `host esx-01 { cpu 2 x 16 cores; memory 512 GiB; runs db }
vm db { vcpu 17; memory 128 GiB }`,
    },
    silent: {
      text: `host esx-01 { cpu 2 x 16 cores; memory 512 GiB; runs db }
vm db { vcpu 20; memory 128 GiB }`,
    },
  },
  find: (vm) => {
    const { vcpus, memory, state } = vmFacts(vm);
    const { host } = placementOf(vm);
    if (!host || vcpus === undefined || vcpus < 2 || state === 'template' || !exists(vm)) return [];
    const { sockets, cores, numaPerSocket, installedMemory } = hostSupply(host);
    if (sockets === undefined || cores === undefined || vcpus > cores) return [];
    const count = sockets * numaPerSocket;
    const nodeCores = cores / count;
    const nodeMemory = installedMemory === undefined ? undefined : installedMemory / count;
    if (count < 2 || !Number.isInteger(nodeCores)) return [];
    const nodes = Math.ceil(vcpus / nodeCores);
    const found = (why: Spanning['why'], word: string, shown?: number): Spanning[] => {
      const by = propsOf(vm).one(word);
      return by ? [{ why, by, sockets: shown, vcpus, memory, nodes, nodeCores, nodeMemory, host }] : [];
    };
    if (nodes > 1 && vcpus % nodes !== 0) return found('uneven', 'vcpu');
    if (nodes === 1 && memory !== undefined && nodeMemory !== undefined && memory > nodeMemory)
      return found('memory', 'memory');
    if (nodes === 1) return [];
    const stated = propsOf(vm).one('vcpu');
    const shown = stated && clauseNumber(stated, 'sockets')?.value;
    // A guest with fewer sockets than nodes takes two nodes for one.
    if (shown !== undefined && shown % nodes !== 0) return found('sockets', 'vcpu', shown);
    if (vcpus <= WIDEST_WITH_HOT_ADD) return [];
    const addsCpu = propsOf(vm)
      .list('hot-add')
      .some((stated) => {
        const part = stated.sentence.subject?.parts[0];
        const words = part?.type === 'list' ? part.items : part ? [part] : [];
        return words.some((word) => word.type === 'word' && word.text === 'cpu');
      });
    return addsCpu ? found('hot-add', 'hot-add') : [];
  },
  say: (fact, _, vm) => ({
    severity: fact.why === 'memory' ? 'info' : 'warning',
    message: MESSAGE[fact.why](fact, vm.name),
    ...subjectOf(fact.by),
  }),
  fix: ({ why, by, vcpus, nodes }, vm) => {
    const part = by.sentence.subject?.parts[0];
    if (why === 'sockets') return isOwn(vm, by) ? shownSockets(by, nodes) : [];
    if (why !== 'uneven' || part?.type !== 'number' || !isOwn(vm, by)) return [];
    const even = Math.ceil(vcpus / nodes) * nodes;
    return [
      {
        title: `Give ${vm.name} ${even} vCPUs, ${even / nodes} on each node`,
        edits: replaceAt(by.place, part, String(even)),
      },
    ];
  },
});

function shownSockets(by: Stated, nodes: number): Fix[] {
  const part = by.sentence.clauses.get('sockets')?.value?.parts[0];
  return part
    ? [{ title: `Show ${nodes} sockets, one for each node`, edits: replaceAt(by.place, part, String(nodes)) }]
    : [];
}

const MESSAGE: Readonly<Record<Spanning['why'], (fact: Spanning, name: string) => string>> = {
  uneven: ({ vcpus, nodes, nodeCores, host }, name) =>
    `${vcpus} vCPUs of ${name} take ${nodes} NUMA nodes of ${host.name} with ${formatNumber(nodeCores)} cores each and do not split evenly: some lie far from their memory. Use a multiple of ${nodes}, or at most ${formatNumber(nodeCores)}.`,
  sockets: ({ vcpus, nodes, sockets, host }, name) =>
    `${vcpus} vCPUs of ${name} take ${nodes} NUMA nodes of ${host.name}, and the guest is shown ${sockets} ${sockets === 1 ? 'socket' : 'sockets'}: it does not know what is near. Show it ${nodes} sockets, or a multiple.`,
  memory: ({ memory, nodeMemory, host }, name) =>
    `${name} has ${formatQuantity(memory ?? 0, 'size')} of memory, a NUMA node of ${host.name} only ${formatQuantity(nodeMemory ?? 0, 'size')}: the rest is far from its cores, and the guest does not know. Give it less, or vCPUs of two nodes.`,
  'hot-add': ({ vcpus, nodes }, name) =>
    `${name} spreads ${vcpus} vCPUs over ${nodes} NUMA nodes, and adding CPUs while it runs hides them from the guest. Remove cpu from hot-add, or stay within one node.`,
};
