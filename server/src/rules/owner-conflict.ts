import { switchOwners } from '../capacity/ownership.ts';
import { switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { addAfter, addToBody, replaceAt } from '../design/edits.ts';
import { referenceText } from '../design/reference-text.ts';
import { isComplete, ownersOf, referred } from '../design/things.ts';
import { defineRule, type Fix } from './rule.ts';
import { subjectOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Conflict {
  readonly virtualSwitch: VirtualSwitch;
  readonly at: Located;
  readonly owners: readonly Entity[];
  /** Undefined where the virtual switch itself has two owners. */
  readonly physical: { readonly device: Entity; readonly owner: Entity } | undefined;
}

export const ownerConflict = defineRule<Conflict>({
  id: 'owner-conflict',
  title: 'A virtual switch and the network behind it have different owners',
  painPoint: 'management-complexity',
  owners: ['network', 'server', 'management'],
  benefit: 'One team decides about the way of a packet, or both know who does what',
  why: 'The virtual switch belongs to the people of the servers and the port behind it to those of the network. A VLAN, an uplink or a policy that one of them changes breaks the other. That is fine once it is agreed: `delegated-by` names the team that handed the virtual switch over. Two owners of one virtual switch are as good as none, and one that nobody owns, in front of a switch that somebody does, is everybody’s and nobody’s.',
  formula:
    'owner of the virtual switch ≠ owner of a switch behind its uplinks, without `delegated-by` that owner; no owner of the virtual switch, and one behind it',
  inputs: ['any.owner', 'vswitch.delegated-by', 'vswitch.uplink'],
  severity: 'warning',
  source: { text: 'our choice, after what the paper says of the virtual switch', evidence: 'ours' },
  covers: ['MC05', 'MC04'],
  of: 'host',
  examples: {
    fires: {
      text: `team server
team network
switch tor-a { owner network }
host esx-1 { owner server; vswitch vs0 { owner server; uplink nic1 to tor-a } }`,
    },
    silent: {
      text: `team server
team network
switch tor-a { owner network }
host esx-1 { owner server; vswitch vs0 { owner server; delegated-by network; uplink nic1 to tor-a } }`,
    },
  },
  find: (host) =>
    switchesOf(host).flatMap((virtualSwitch): Conflict[] => {
      const { props, uplinks } = virtualSwitch;
      const stated = props.list('owner');
      const at = stated[0] ?? props.layers[0]?.head;
      if (!at || !stated.every((by) => isComplete(by, ['team']))) return [];
      const owners = switchOwners(virtualSwitch);
      if (owners.length > 1) return [{ virtualSwitch, at, owners, physical: undefined }];
      const [owner] = owners;
      if (!owner) {
        // What is owned behind it is not owned in front of it.
        const device = uplinks.map((one) => one.physicalSwitch).find((one) => one && ownersOf(one).length > 0);
        const [theirs] = device ? ownersOf(device) : [];
        return device && theirs ? [{ virtualSwitch, at, owners, physical: { device, owner: theirs } }] : [];
      }
      const delegated = props.list('delegated-by').flatMap((by) => referred(by, ['team']));
      if (!props.list('delegated-by').every((by) => isComplete(by, ['team']))) return [];
      for (const device of new Set(uplinks.flatMap(({ physicalSwitch }) => physicalSwitch ?? []))) {
        const theirs = ownersOf(device);
        const [other] = theirs;
        if (!other || theirs.includes(owner) || theirs.some((team) => delegated.includes(team))) continue;
        return [{ virtualSwitch, at, owners, physical: { device, owner: other } }];
      }
      return [];
    }),
  say: ({ virtualSwitch, at, owners, physical }, _limits, host) => {
    const name = `${virtualSwitch.name} of ${host.name}`;
    const device = physical?.device.declaration.head();
    return {
      severity: 'warning',
      message:
        physical && owners.length === 0
          ? `${name} has no owner, and ${physical.device.name} behind it belongs to ${physical.owner.name}: people of the servers and of the network each take it for the other's. State its owner.`
          : physical
            ? `${name} belongs to ${namesOf(owners)}, ${physical.device.name} behind it to ${physical.owner.name}, and nothing says who decides about VLANs and uplinks. Give both one owner, or state delegated-by ${physical.owner.name}.`
            : `${name} has ${owners.length} owners (${namesOf(owners)}), so nobody decides alone about its VLANs and uplinks. State one owner, and delegated-by for the other.`,
      at,
      span: subjectOf(at).span,
      related: device ? [{ at: device, message: `${physical?.device.name} belongs to ${physical?.owner.name}` }] : [],
    };
  },
  fix: ({ virtualSwitch, at, owners, physical }) => {
    if (!physical) return oneOwner(virtualSwitch, at, owners);
    const layer = virtualSwitch.props.layers[0];
    if (!physical || !layer?.head || virtualSwitch.props.has('delegated-by')) return [];
    const text = referenceText(physical.owner, { entity: layer.from, declaration: layer.declaration });
    if (text !== undefined && owners.length === 0)
      return [
        {
          title: `Let ${physical.owner.name} own ${virtualSwitch.name}`,
          edits: addToBody(layer.head, `owner ${text}`),
        },
      ];
    return text === undefined
      ? []
      : [
          {
            title: `${physical.owner.name} has handed ${virtualSwitch.name} over`,
            edits: addToBody(layer.head, `delegated-by ${text}`),
            isPreferred: true,
          },
        ];
  },
});

/** One of two owners keeps the virtual switch, and the other has handed it over. */
function oneOwner(virtualSwitch: VirtualSwitch, at: Located, owners: readonly Entity[]): Fix[] {
  const layer = virtualSwitch.props.layers.find(({ body }) =>
    body.some(({ sentence }) => sentence.from === at.sentence.from),
  );
  const { subject } = at.sentence;
  if (!layer || !subject || owners.length !== 2) return [];
  const from = { entity: layer.from, declaration: layer.declaration };
  const isOneStatement = virtualSwitch.props.list('owner').length === 1;
  return owners.flatMap((owner) => {
    const other = owners.find((one) => one !== owner);
    const [text, handed] = [referenceText(owner, from), other && referenceText(other, from)];
    if (!isOneStatement || text === undefined || handed === undefined || virtualSwitch.props.has('delegated-by'))
      return [];
    const edits = [...replaceAt(at.place, subject, text), ...addAfter(at, `delegated-by ${handed}`)];
    return [{ title: `Let ${owner.name} own ${virtualSwitch.name}, handed over by ${other?.name}`, edits }];
  });
}
