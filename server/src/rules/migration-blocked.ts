import type { Span } from '../base/span.ts';
import { affinitiesOf } from '../capacity/affinity.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { featuresOf, wordsOf } from '../capacity/features.ts';
import { loneDatastores } from '../capacity/reach.ts';
import { isRunning, vmFacts } from '../capacity/vm.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { placementOf } from '../design/placement.ts';
import { clauseText } from '../design/props.ts';
import { referenceText } from '../design/reference-text.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, type Severity } from './rule.ts';
import { nameOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Blocker {
  readonly why: string;
  /** Whether it also keeps the VM from being restarted on another host. */
  readonly isBound: boolean;
  readonly at: Located;
  readonly span: Span | undefined;
}

interface Blocked {
  readonly blockers: readonly [Blocker, ...Blocker[]];
  readonly hasHa: boolean;
}

const DEVICES: Readonly<Record<string, string>> = {
  usb: 'a USB device of the host is connected',
  passthrough: 'a device of the host is passed through',
  sriov: 'it uses an SR-IOV function',
  serial: 'a serial port of the host is connected',
  'shared-bus': 'it shares a SCSI bus',
};

export const migrationBlocked = defineRule<Blocked>({
  id: 'migration-blocked',
  title: 'VM cannot leave its host while it runs',
  painPoint: 'unused-features',
  owners: ['server', 'application'],
  benefit: 'Hosts can be emptied for maintenance without stopping VMs',
  why: 'Devices of the host, disks that only one host reaches and bonds to cores tie a VM to its host: balancing passes it by, maintenance stops it, and with a local disk or a device a host failure keeps it down. Only said where the cluster moves or restarts VMs, and not of VMs that a `keep` binds to a host on purpose.',
  formula: 'devices, cores pinned, rdm-physical or a datastore that no other host of the cluster reaches',
  inputs: [
    'vm.devices',
    'vm.pinned',
    'vm.container',
    'vm.disk',
    'vm.datastore',
    'host.mount',
    'cluster.features',
    'cluster.keep',
  ],
  severity: 'warning',
  source: { text: 'what migration planners of the field check for (rules of Forklift)', evidence: 'verified' },
  covers: ['UF09', 'UF08'],
  of: 'vm',
  examples: {
    fires: {
      text: `cluster prod { features live-migration; host esx-1 { runs render }; host esx-2 }
vm render { devices passthrough }`,
    },
    silent: {
      text: `cluster prod { features live-migration; host esx-1 { runs render }; host esx-2 }
vm render { devices passthrough }
keep render on esx-1`,
    },
  },
  find: (vm) => {
    const { host, cluster } = placementOf(vm);
    if (!host || !cluster || !isRunning(vm)) return [];
    const features = featuresOf(cluster);
    if (!features.has('live-migration') && !features.has('ha')) return [];
    if (liveHosts(cluster).length < 2) return [];
    const { mayBeTied, home, disks } = vmFacts(vm);
    const lone = loneDatastores(cluster);
    const isLocal = (home && lone.has(home)) || disks.some(({ datastore }) => datastore && lone.has(datastore));
    if (!mayBeTied && !isLocal) return [];
    const [first, ...rest] = [...deviceBlockers(vm), ...diskBlockers(vm, host, cluster), ...bondBlockers(vm)];
    if (!first || affinitiesOf(vm).some((rule) => rule.kind === 'keep' && rule.on.length === 1)) return [];
    return [{ blockers: [first, ...rest], hasHa: features.has('ha') }];
  },
  say: ({ blockers, hasHa }, _limits, vm) => {
    const [first, ...rest] = blockers;
    const isBound = blockers.some((blocker) => blocker.isBound);
    const severity: Severity = isBound ? 'warning' : 'info';
    const effect = hasHa && isBound ? ', nor restart elsewhere if its host fails' : '';
    const { host } = placementOf(vm);
    return {
      severity,
      message: `${vm.name} cannot leave ${host?.name ?? 'its host'} while it runs${effect}: ${listed(blockers.map(({ why }) => why))}. Mend that, or bind it on purpose: keep ${vm.name} on ${host?.name ?? 'its host'}.`,
      at: first.at,
      span: first.span,
      related: rest.map(({ at, span, why }) => ({ at, span, message: why })),
    };
  },
  fix: (_fact, vm) => {
    const { host, cluster } = placementOf(vm);
    const head = cluster?.declaration.head();
    if (!host || !cluster || !head) return [];
    const from = { entity: cluster, declaration: cluster.declaration };
    const [name, place] = [referenceText(vm, from), referenceText(host, from)];
    if (name === undefined || place === undefined) return [];
    return [
      { title: `Bind ${vm.name} to ${host.name} on purpose`, edits: addToBody(head, `keep ${name} on ${place}`) },
    ];
  },
});

function deviceBlockers(vm: Entity): Blocker[] {
  return propsOf(vm)
    .list('devices')
    .flatMap((at) =>
      wordsOf(at).flatMap((device) => {
        const why = DEVICES[device];
        return why ? [{ why, isBound: true, at, span: at.sentence.subject }] : [];
      }),
    );
}

/** Disks on datastores that only its host reaches, unless the hypervisor copies disks along, and disks that are raw devices. */
function diskBlockers(vm: Entity, host: Entity, cluster: Entity): Blocker[] {
  const lone = loneDatastores(cluster);
  const features = featuresOf(cluster);
  const copies = features.has('shared-nothing');
  const head = nameOf(vm);
  const { disks, home } = vmFacts(vm);
  const found: Blocker[] = [];
  for (const datastore of new Set([home, ...disks.map((disk) => disk.datastore)])) {
    if (!datastore || !head || (copies && !features.has('ha'))) continue;
    if (lone.get(datastore) === host)
      found.push({ why: `only ${host.name} reaches its disk on ${datastore.name}`, isBound: true, ...head });
  }
  for (const at of propsOf(vm).list('disk')) {
    const mode = clauseText(at, 'mode');
    if (mode === 'rdm-physical')
      found.push({ why: 'it has a physical raw disk', isBound: false, at, span: at.sentence.clauses.get('mode') });
  }
  return found;
}

/** A bond to cores; one to NUMA nodes moves along. */
function bondBlockers(vm: Entity): Blocker[] {
  return propsOf(vm)
    .list('pinned')
    .filter((at) => wordsOf(at).includes('cpu'))
    .map((at) => ({ why: 'it is bound to cores', isBound: false, at, span: at.sentence.subject }));
}
