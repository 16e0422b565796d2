import { type PortUse, portUse } from '../capacity/facility.ts';
import { replaceAt } from '../design/edits.ts';
import { partOf } from '../design/props.ts';
import { defineRule, grade } from './rule.ts';
import { isOwn, nameOf, subjectOf } from './shared/anchor.ts';

export const switchPortsExceeded = defineRule<PortUse>({
  id: 'switch-ports-exceeded',
  title: 'More cables lead to a switch than it has ports',
  painPoint: 'unanticipated-costs',
  owners: ['network', 'server', 'storage'],
  benefit: 'Ports are bought with the hosts that need them',
  why: 'Each host brings four or more cables, and half of them for a second path that is forgotten in the first count. The port that is missing is the most expensive one of all: it comes with a further switch. Uplinks of virtual switches, paths, ports of arrays and uplinks of other switches are counted. Any port is taken to fit any cable, and the uplinks of the switch itself to be beside its ports, which is the best case.',
  formula: 'cabled NICs, HBAs, array ports and uplinks of other switches − Σ ports',
  inputs: ['switch.ports', 'switch.uplink', 'vswitch.uplink', 'host.path', 'host.nic', 'host.hba', 'array.ports'],
  limitOf: 'cables without a port',
  limits: { error: 0 },
  source: { text: 'the count of the ports that the design states', evidence: 'ours' },
  covers: ['UC08', 'UC13'],
  of: 'switch',
  examples: {
    fires: {
      text: `switch tor-a { ports 8 x 10 Gbps }
cluster prod {
  host esx-[1..5] { nic 2 x 10 Gbps }
  vswitch dvs { uplink nic[1..2] to tor-a }
}`,
    },
    silent: {
      text: `switch tor-a { ports 8 x 10 Gbps }
cluster prod {
  host esx-[1..4] { nic 2 x 10 Gbps }
  vswitch dvs { uplink nic[1..2] to tor-a }
}`,
    },
  },
  find: (one, limits) => {
    const use = portUse(one);
    return use && grade(use.needed - use.ports, limits) ? [use] : [];
  },
  say: ({ ports, needed, cables, by }, limits, one) => ({
    severity: grade(needed - ports, limits) ?? 'error',
    message: `${needed} cables lead to ${one.name} and it has ${ports} ports: ${needed - ports} find none. Plan a switch with more ports or a second one, and its price; or cable less of it here.`,
    ...subjectOf(by),
    figures: [
      {
        label: 'cables without a port',
        unit: 'count',
        value: needed - ports,
        origin: 'derived',
        isAtLeast: false,
        formula: 'cables − ports',
      },
    ],
    related: [...new Map([...cables].reverse().map((cable) => [cable.entity.declaration, cable])).values()]
      .reverse()
      .slice(0, 6)
      .flatMap(({ entity, count }) => {
        const at = nameOf(entity);
        return at ? [{ ...at, message: `${entity.name}: ${count} ${count === 1 ? 'cable' : 'cables'}` }] : [];
      }),
  }),
  fix: ({ ports, needed, by, statements }, one) => {
    const count = partOf(by.sentence.subject, 0, by.index);
    if (count?.type !== 'number' || statements > 1 || !isOwn(one, by) || by.sentence.subject?.each) return [];
    return [{ title: `Plan ${needed} ports instead of ${ports}`, edits: replaceAt(by.place, count, String(needed)) }];
  },
});
