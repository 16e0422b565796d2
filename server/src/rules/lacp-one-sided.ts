import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody, replaceAt } from '../design/edits.ts';
import { clusterOfHost } from '../design/placement.ts';
import type { Stated } from '../design/props.ts';
import { addToList, referenceText } from '../design/reference-text.ts';
import { isComplete, propsOf, referred } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { alongCables } from './shared/along.ts';
import { subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface OneSided {
  readonly virtualSwitch: VirtualSwitch;
  readonly teaming: Stated | undefined;
  readonly at: Stated;
  readonly physical: readonly Entity[];
  /** Which side bundles. */
  readonly side: 'virtual' | 'physical';
}

const BUNDLED: ReadonlySet<string> = new Set(['lacp', 'ip-hash']);

export const lacpOneSided = defineRule<OneSided>({
  id: 'lacp-one-sided',
  title: 'Only one side bundles its links',
  painPoint: 'unused-features',
  owners: ['network', 'server'],
  benefit: 'A bundle of links carries what it should and survives the loss of one',
  why: 'A link aggregation has to be configured on both ends. If only the host bundles, the switch sees one address on several ports and drops or floods frames; if only the switch does, frames come back on links that the host does not expect them on. A switch bundles the neighbours that its `lacp` names, and no others.',
  formula: 'teaming lacp or ip-hash of the virtual switch ≠ `lacp` of the switches behind its uplinks for this host',
  inputs: ['vswitch.teaming', 'vswitch.uplink', 'switch.lacp'],
  severity: 'error',
  source: { text: 'how link aggregation works (IEEE 802.1AX)', evidence: 'recalled' },
  covers: ['UF06'],
  of: 'host',
  examples: {
    fires: {
      text: `switch tor-a { ports 8 x 10 Gbps }
host esx-1 { nic nic[1..2] 10 Gbps; vswitch vs0 { teaming lacp; uplink nic1, nic2 to tor-a } }`,
    },
    silent: {
      text: `switch tor-a { ports 8 x 10 Gbps; lacp esx-1 }
host esx-1 { nic nic[1..2] 10 Gbps; vswitch vs0 { teaming lacp; uplink nic1, nic2 to tor-a } }`,
    },
  },
  find: (host) =>
    switchesOf(host).flatMap((virtualSwitch) => {
      const { props, uplinks } = virtualSwitch;
      const teaming = props.one('teaming');
      const [uplink] = props.list('uplink');
      const at = teaming ?? uplink;
      if (!at || uplinks.length < 2) return [];
      const physical = [...new Set(uplinks.flatMap(({ physicalSwitch }) => physicalSwitch ?? []))];
      const known = physical.filter((one) =>
        propsOf(one)
          .list('lacp')
          .every((by) => isComplete(by, NEIGHBOURS)),
      );
      const isBundled = BUNDLED.has(props.word('teaming') ?? 'port-id');
      const odd = known.filter((one) => bundles(one, host) !== isBundled);
      if (odd.length === 0) return [];
      return [{ virtualSwitch, teaming, at, physical: odd, side: isBundled ? 'virtual' : 'physical' } as const];
    }),
  say: ({ virtualSwitch, at, physical, side }, _limits, host) => {
    const mode = virtualSwitch.props.word('teaming') ?? 'port-id';
    const switches = namesOf(physical);
    return {
      severity: 'error',
      message:
        side === 'virtual'
          ? `${virtualSwitch.name} of ${host.name} bundles its uplinks (${mode}), ${switches} ${physical.length === 1 ? 'does' : 'do'} not: frames are lost. State lacp for the host on the switch, or another teaming.`
          : `${switches} ${physical.length === 1 ? 'bundles' : 'bundle'} the links to ${host.name}, ${virtualSwitch.name} does not (${mode}): frames are lost. Set teaming lacp, or take the host out of lacp.`,
      at,
      span: subjectOf(at).span,
      links: alongCables(host, physical),
      related: physical.flatMap((one) => {
        const place = propsOf(one).one('lacp') ?? one.declaration.head();
        return place
          ? [{ at: place, message: `${one.name} ${side === 'virtual' ? 'does not bundle' : 'bundles'}` }]
          : [];
      }),
    };
  },
  fix: ({ teaming, virtualSwitch, physical, side }, host) => {
    if (side === 'physical') {
      const part = teaming?.sentence.subject;
      const head = virtualSwitch.props.layers[0]?.head;
      const edits =
        teaming && part ? replaceAt(teaming.place, part, 'lacp') : head ? addToBody(head, 'teaming lacp') : [];
      return edits.length > 0 ? [{ title: 'Bundle the uplinks with LACP', edits, isPreferred: true }] : [];
    }
    const neighbour = clusterOfHost(host) ?? host;
    const edits = new Map(
      physical.flatMap((one) => bundle(one, neighbour)).map((edit) => [`${edit.uri} ${edit.from}`, edit]),
    );
    return edits.size > 0
      ? [
          {
            title: `Bundle the links to ${neighbour.name} on ${namesOf(physical)}`,
            edits: [...edits.values()],
            isPreferred: true,
          },
        ]
      : [];
  },
});

const NEIGHBOURS = ['cluster', 'host', 'array', 'switch'];

function bundles(physical: Entity, host: Entity): boolean {
  const neighbours = propsOf(physical)
    .list('lacp')
    .flatMap((by) => referred(by, NEIGHBOURS));
  const cluster = clusterOfHost(host);
  return neighbours.includes(host) || (cluster !== undefined && neighbours.includes(cluster));
}

function bundle(physical: Entity, neighbour: Entity) {
  const stated = propsOf(physical).one('lacp');
  if (stated) return addToList(stated, neighbour);
  const head = physical.declaration.head();
  const text = referenceText(neighbour, { entity: physical, declaration: physical.declaration });
  return head && text !== undefined ? addToBody(head, `lacp ${text}`) : [];
}
