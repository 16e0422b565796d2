import { usersOn } from '../capacity/reach.ts';
import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { defineRule } from './rule.ts';
import { counted, namesOf } from './shared/wording.ts';

interface Isolated {
  readonly virtualSwitch: VirtualSwitch;
  readonly vms: readonly Entity[];
  readonly at: Located;
}

export const vswitchIsolated = defineRule<Isolated>({
  id: 'vswitch-isolated',
  title: 'Virtual switch with VMs has no uplink',
  painPoint: 'unused-features',
  owners: ['network', 'server'],
  benefit: 'VMs are connected, or isolated on purpose',
  why: 'VMs on a virtual switch without a physical port talk only to each other, on this host, and are refused by live migration. Sometimes that is wanted, for a laboratory or behind a virtual firewall; then ignore it with that reason. Only said where another virtual switch of the host states its uplinks.',
  formula: 'VMs on networks of a virtual switch without `uplink`',
  inputs: ['vswitch.uplink', 'vswitch.carries', 'vm.nic', 'host.runs'],
  severity: 'warning',
  source: {
    text: 'live migration refuses a VM on such a switch by default: documentation of vSphere',
    evidence: 'verified',
  },
  covers: ['UF10'],
  of: 'host',
  unmendable: 'Only on site can be seen which switch it should be cabled to; a host-only network may be meant.',
  examples: {
    fires: {
      text: `network web
network lab
host esx-1 {
  nic nic1 10 Gbps
  vswitch vs0 { uplink nic1; carries web }
  vswitch vs1 { carries lab }
  runs test
}
vm test { nic lab }`,
    },
    silent: {
      text: `network web
network lab
host esx-1 {
  nic nic1 10 Gbps
  vswitch vs0 { uplink nic1; carries web, lab }
  runs test
}
vm test { nic lab }`,
    },
  },
  find: (host) => {
    const switches = switchesOf(host);
    if (!switches.some(({ props }) => props.has('uplink'))) return [];
    const users = usersOn(host);
    return switches.flatMap((virtualSwitch) => {
      if (virtualSwitch.props.has('uplink')) return [];
      const vms = [...new Set(virtualSwitch.networks.flatMap((network) => users.get(network) ?? []))];
      const at = virtualSwitch.props.layers[0]?.head;
      const isElsewhere = switches.some(
        (other) =>
          other !== virtualSwitch && other.networks.some((network) => virtualSwitch.networks.includes(network)),
      );
      return vms.length > 0 && at && !isElsewhere ? [{ virtualSwitch, vms, at }] : [];
    });
  },
  say: ({ virtualSwitch, vms, at }, _limits, host) => ({
    severity: 'warning',
    message: `${virtualSwitch.name} of ${host.name} has no uplink: ${counted(vms.length, 'VM')} on it (${namesOf(vms)}) ${vms.length === 1 ? 'reaches' : 'reach'} nothing outside the host and cannot move while running. State an uplink, or ignore it with the reason.`,
    at,
    span: at.sentence.subject,
  }),
});
