import { carriesLoad } from '../capacity/host.ts';
import { type SwitchUplink, switchesOf, type VirtualSwitch } from '../capacity/uplinks.ts';
import type { Entity } from '../design/declaration.ts';
import { statementKey } from '../design/declaration.ts';
import { addAfter, replaceAt } from '../design/edits.ts';
import { isBareName } from '../language/make/bare-name.ts';
import { freeOnAll, hostsUnder, renamePorts, twinName } from './fixes/port-edits.ts';
import { defineRule, type Fix } from './rule.ts';
import { alongUplinks } from './shared/along.ts';
import { type Anchor, isWhole, subjectOf } from './shared/anchor.ts';

interface Weakness {
  readonly shared: 'uplink' | 'switch' | 'card';
  /** What they all hang on. */
  readonly name: string;
  readonly virtualSwitch: VirtualSwitch;
  readonly first: SwitchUplink;
  readonly anchor: Anchor;
}

export const uplinksNotRedundant = defineRule<Weakness>({
  id: 'uplinks-not-redundant',
  title: 'One broken part cuts a host off its networks',
  painPoint: 'resource-starvation',
  owners: ['network', 'server'],
  benefit: 'No single cable, card or switch takes the VMs of a host off the network',
  why: 'Where all traffic of a host passes one port, one physical switch or one card, that part takes every VM on it down when it fails. A single port or switch is a warning; ports of one card are a remark, and so is one switch under LACP, which may be a stack of several.',
  formula: 'uplinks < 2, or all uplinks on one physical switch, or on one card',
  inputs: ['vswitch.uplink', 'vswitch.carries', 'vswitch.teaming', 'host.nic'],
  severity: 'warning',
  source: {
    text: 'other analysers of inventories check for redundant ports; which part counts how much is ours',
    evidence: 'ours',
  },
  covers: ['RS09'],
  of: 'host',
  examples: {
    fires: {
      text: `network lan
switch tor-[a,b]
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1 to tor-a; carries lan }
}`,
    },
    silent: {
      text: `network lan
switch tor-[a,b]
host esx-01 {
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries lan }
}`,
    },
  },
  find: (host) => (carriesLoad(host) ? switchesOf(host).flatMap(weaknessOf) : []),
  say: ({ shared, name, virtualSwitch, first, anchor }, _, host) => {
    const { uplinks, networks, teaming } = virtualSwitch;
    const isMinor = shared === 'card' || (shared === 'switch' && teaming === 'lacp');
    const rest = uplinks.filter(({ by }) => statementKey(by) !== statementKey(first.by));
    return {
      severity: isMinor ? 'info' : 'warning',
      message: `${WHAT[shared](virtualSwitch.name, name)} Its failure cuts the VMs of ${host.name} off ${networks.length === 1 ? networks[0]?.name : `${networks.length} networks`}. ${WAY_OUT[shared]}`,
      ...anchor,
      links: alongUplinks(virtualSwitch),
      related: rest
        .slice(0, 4)
        .map((uplink) => ({ ...subjectOf(uplink.by), message: `${uplink.name} hangs on it, too` })),
    };
  },
  fix: (weakness, host) => FIXES[weakness.shared](weakness, host),
});

const WHAT: Readonly<Record<Weakness['shared'], (vswitch: string, part: string) => string>> = {
  uplink: (vswitch, part) => `${vswitch} has ${part} as its only uplink.`,
  switch: (vswitch, part) => `All uplinks of ${vswitch} go to the switch ${part}.`,
  card: (vswitch, part) => `All uplinks of ${vswitch} are ports of card ${part}.`,
};

const WAY_OUT: Readonly<Record<Weakness['shared'], string>> = {
  uplink: 'Add an uplink to another switch.',
  switch: 'Cable one of them to a second switch.',
  card: 'Use a port of another card for one of them.',
};

function weaknessOf(virtualSwitch: VirtualSwitch): Weakness[] {
  const { uplinks, networks } = virtualSwitch;
  const [first] = uplinks;
  if (!first || networks.length === 0 || !uplinks.every(({ by }) => isWhole(by))) return [];
  const anchor = subjectOf(first.by);
  const found = (shared: Weakness['shared'], name: string) => [{ shared, name, virtualSwitch, first, anchor }];
  if (uplinks.length === 1) return found('uplink', first.name);
  const { switch: physical, card } = first;
  if (physical !== undefined && uplinks.every((uplink) => uplink.physicalSwitch === first.physicalSwitch))
    return found('switch', physical);
  if (card !== undefined && uplinks.every((uplink) => uplink.card === card)) return found('card', card);
  return [];
}

const FIXES: Readonly<Record<Weakness['shared'], (weakness: Weakness, host: Entity) => Fix[]>> = {
  uplink: secondUplink,
  switch: otherSwitch,
  card: otherCard,
};

/** A free port, of another card if there is one, cabled to the twin of the switch. */
function secondUplink({ first, virtualSwitch }: Weakness, host: Entity): Fix[] {
  const hosts = hostsUnder(host, first.by);
  const twin = twinOf(first);
  if (!hosts || (first.physicalSwitch && !twin)) return [];
  const free = freeOnAll(hosts).filter((port) => first.rate === undefined || (port.rate ?? 0) >= first.rate);
  const port = free.find(({ card }) => card !== first.card) ?? free[0];
  if (!port || !isBareName(port.name)) return [];
  const statement = twin ? `uplink ${port.name} to ${twin}` : `uplink ${port.name}`;
  return [
    {
      title: `Add ${port.name}${twin ? ` to ${twin}` : ''} as a second uplink of ${virtualSwitch.name}`,
      edits: addAfter(first.by, statement),
      isPreferred: true,
    },
  ];
}

function otherSwitch({ virtualSwitch, first }: Weakness): Fix[] {
  const last = virtualSwitch.uplinks.at(-1);
  const to = last?.by.sentence.clauses.get('to')?.value?.parts[0];
  const twin = twinOf(first);
  if (!last || !to || !twin || statementKey(last.by) === statementKey(first.by)) return [];
  return [{ title: `Cable ${last.name} to ${twin}`, edits: replaceAt(last.by.place, to, twin), isPreferred: true }];
}

function otherCard({ virtualSwitch, first }: Weakness, host: Entity): Fix[] {
  const last = virtualSwitch.uplinks.at(-1);
  const hosts = last && hostsUnder(host, last.by);
  if (
    !last ||
    !hosts ||
    virtualSwitch.uplinks.filter(({ by }) => statementKey(by) === statementKey(last.by)).length > 1
  )
    return [];
  const port = freeOnAll(hosts).find(
    ({ card, rate }) => card !== undefined && card !== first.card && rate === last.rate,
  );
  if (!port) return [];
  return [
    {
      title: `Use ${port.name} of card ${port.card} instead of ${last.name}`,
      edits: renamePorts(last.by, [port.name]),
      isPreferred: true,
    },
  ];
}

function twinOf({ physicalSwitch, by }: SwitchUplink): string | undefined {
  if (!physicalSwitch || by.sentence.clauses.get('to')?.value?.each) return undefined;
  return twinName(physicalSwitch);
}
