import { sees, toolsOf } from '../capacity/coverage.ts';
import { exists } from '../capacity/exists.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { counted, listed } from './shared/wording.ts';

interface Unseen {
  readonly virtual: readonly Entity[];
  readonly physical: readonly Entity[];
  readonly tools: readonly Entity[];
  readonly anchor: Anchor;
}

export const networkUnwatched = defineRule<Unseen>({
  id: 'network-unwatched',
  title: 'No tool sees the virtual or the physical network',
  painPoint: 'management-complexity',
  owners: ['network', 'server', 'management'],
  benefit: 'Drops and full ports are noticed, on whichever side of the host they happen',
  why: 'The tools of a hypervisor look at CPU and memory, and those of the network end at the port of the host: the virtual switch between them, and the port behind it, belong to neither. Only said where the design names a tool, once for all of them. `covers uplink` means all virtual switches, `covers port` all physical ones.',
  formula: 'virtual switches and physical switches that no `covers` of a tool names',
  inputs: ['tool.covers', 'vswitch.uplink', 'switch.ports'],
  severity: 'warning',
  source: { text: 'our choice, after what the paper says of internal and external networks', evidence: 'ours' },
  covers: ['MC02'],
  of: 'design',
  examples: {
    fires: {
      text: `design d
tool vcenter { covers host * }
switch tor-a { ports 8 x 10 Gbps }
host esx-1 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor-a } }`,
    },
    silent: {
      text: `design d
tool vcenter { covers host *; covers vswitch *; covers switch * }
switch tor-a { ports 8 x 10 Gbps }
host esx-1 { nic nic1 10 Gbps; vswitch vs0 { uplink nic1 to tor-a } }`,
    },
  },
  find: ({ design }) => {
    const tools = toolsOf(design);
    if (tools.length === 0) return [];
    const unseen = (kind: string) =>
      [...design.members(kind)].filter((one) => exists(one) && !tools.some((tool) => sees(tool, one)));
    const virtual = unseen('vswitch');
    const physical = unseen('switch').filter((one) => propsOf(one).word('type') !== 'fc');
    const [first] = [...virtual, ...physical];
    const anchor = first && nameOf(first);
    return anchor ? [{ virtual, physical, tools: tools.map(({ tool }) => tool), anchor }] : [];
  },
  say: ({ virtual, physical, anchor }) => {
    const all = [...virtual, ...physical];
    const what = [
      virtual.length > 0 ? `${counted(virtual.length, 'virtual switch', 'virtual switches')} (${names(virtual)})` : '',
      physical.length > 0
        ? `${counted(physical.length, 'physical switch', 'physical switches')} (${names(physical)})`
        : '',
    ].filter((text) => text !== '');
    return {
      severity: 'warning',
      message: `No tool sees ${what.join(' and ')}: full ports and dropped packets show only in applications, and balancing does not look either. Let a tool cover ${all.length === 1 ? 'it' : 'them'}.`,
      ...anchor,
      related: all.slice(1, 9).flatMap((one) => {
        const at = nameOf(one);
        return at ? [{ ...at, message: `${one.kind} ${one.name}` }] : [];
      }),
    };
  },
  fix: ({ virtual, physical, tools }) => {
    const [tool] = tools;
    const head = tool?.declaration.head();
    if (!tool || !head || tools.length > 1) return [];
    const kinds = [...(virtual.length > 0 ? ['vswitch'] : []), ...(physical.length > 0 ? ['switch'] : [])];
    const edits = kinds.flatMap((kind) => addToBody(head, `covers ${kind} *`));
    return [{ title: `Let ${tool.name} cover the network`, edits }];
  },
});

function names(things: readonly Entity[]): string {
  return listed([...new Set(things.map(({ name }) => name))]);
}
