import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import type { Stated } from '../design/props.ts';
import { defineRule } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Loose {
  readonly virtualSwitch: VirtualSwitch;
  readonly by: Stated;
  readonly ports: readonly string[];
}

export const edgeUnknown = defineRule<Loose>({
  id: 'edge-unknown',
  title: 'Nobody knows where an uplink is cabled to',
  painPoint: 'management-complexity',
  owners: ['network', 'server'],
  benefit: 'VLANs, redundancy and owners are checked up to the physical port',
  why: 'The seam between virtual and physical network is where faults hide. An uplink that names no switch keeps every check from looking across it. Only said where the design knows physical switches.',
  formula: '`uplink` without `to`',
  inputs: ['vswitch.uplink'],
  severity: 'info',
  source: { text: 'our choice', evidence: 'ours' },
  covers: ['MC09'],
  of: 'host',
  unmendable: 'Only on site can be seen what a port is cabled to.',
  examples: {
    fires: {
      text: `switch tor-a { ports 8 x 10 Gbps }
host esx-1 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 } }`,
    },
    silent: {
      text: `switch tor-a { ports 8 x 10 Gbps }
host esx-1 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor-a } }`,
    },
  },
  find: (host) => {
    if (host.design.members('switch').size === 0) return [];
    return switchesOf(host).flatMap((virtualSwitch) => {
      const loose = virtualSwitch.uplinks.filter(({ by }) => !by.sentence.clauses.has('to'));
      const [first] = loose;
      return first ? [{ virtualSwitch, by: first.by, ports: loose.map(({ name }) => name) }] : [];
    });
  },
  say: ({ virtualSwitch, by, ports }, _limits, host) => ({
    severity: 'info',
    message: `${virtualSwitch.name} of ${host.name} does not say to which switch ${listed(ports)} ${ports.length === 1 ? 'is' : 'are'} cabled, so VLANs, redundancy and owners are not checked beyond it. State it: uplink ${ports[0]} to a switch.`,
    at: by,
    span: subjectOf(by).span,
  }),
});
