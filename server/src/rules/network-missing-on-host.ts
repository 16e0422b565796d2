import { type MissingNetwork, missingNetworks } from '../capacity/reach.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import type { Stated } from '../design/props.ts';
import { addToList } from '../design/reference-text.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Missing extends MissingNetwork {
  readonly carries: Stated;
}

export const networkMissingOnHost = defineRule<Missing>({
  id: 'network-missing-on-host',
  title: 'Host does not carry a network that VMs use',
  painPoint: 'unused-features',
  owners: ['network', 'server'],
  benefit: 'Every host of a cluster can take every VM of it',
  why: 'A VM keeps its network only on hosts whose virtual switches carry it. A host without it is no target for live migration, and a VM that is restarted there after a failure is cut off. Only said of hosts that state what they carry, and for VMs elsewhere only where the cluster moves or restarts VMs.',
  formula: 'networks of the running VMs of the cluster − networks that the host carries',
  inputs: ['vm.nic', 'vswitch.carries', 'host.runs', 'cluster.features'],
  severity: 'warning',
  source: { text: 'requirements of live migration in the documentation of vSphere', evidence: 'verified' },
  covers: ['UF04'],
  of: 'host',
  examples: {
    fires: {
      text: `network web
network app
cluster prod {
  features live-migration
  host esx-1 { vswitch vs0 { carries web, app }; runs shop }
  host esx-2 { vswitch vs0 { carries web } }
}
vm shop { nic app }`,
    },
    silent: {
      text: `network web
network app
cluster prod {
  features live-migration
  host esx-1 { vswitch vs0 { carries web, app }; runs shop }
  host esx-2 { vswitch vs0 { carries web, app } }
}
vm shop { nic app }`,
    },
  },
  find: (host) => {
    const [carries] = switchesOf(host).flatMap(({ props }) => props.list('carries'));
    return carries ? missingNetworks(host).map((missing) => ({ ...missing, carries })) : [];
  },
  say: ({ network, vms, isHere, carries }, _limits, host) => ({
    severity: isHere ? 'error' : 'warning',
    message: isHere
      ? `${namesOf(vms)} on ${host.name} ${vms.length === 1 ? 'is' : 'are'} on ${network.name}, which no virtual switch of ${host.name} carries, and cut off from it. Carry ${network.name} there, or move the VMs.`
      : `${host.name} does not carry ${network.name}, so ${counted(vms.length, 'VM')} of the cluster (${namesOf(vms)}) cannot move there and would be cut off after a restart. Carry ${network.name} there.`,
    at: carries,
    span: subjectOf(carries).span,
    related: vms.slice(0, 8).flatMap((vm) => {
      const at = vm.declaration.head();
      return at ? [{ at, message: `${vm.name} is on ${network.name}` }] : [];
    }),
  }),
  fix: ({ network, carries }) => {
    const edits = addToList(carries, network);
    return edits.length > 0 ? [{ title: `Carry ${network.name}`, edits, isPreferred: true }] : [];
  },
});
