import { toolsFor, toolsOf } from '../capacity/coverage.ts';
import { exists } from '../capacity/exists.ts';
import type { Entity } from '../design/declaration.ts';
import { addToBody } from '../design/edits.ts';
import { clusterOfHost } from '../design/placement.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { oneOf } from './shared/wording.ts';

interface Unseen {
  readonly anchor: Anchor;
  readonly tools: readonly Entity[];
}

export const hostUnmonitored = defineRule<Unseen>({
  id: 'host-unmonitored',
  title: 'No tool sees a host',
  painPoint: 'management-complexity',
  owners: ['server', 'management'],
  benefit: 'The two new things that virtualisation brings, host and hypervisor, are watched',
  why: 'A host carries many VMs, so what nobody notices on it hurts them all. Tools that watched physical servers do not see hypervisors by themselves. Only said where the design names a tool. A tool that covers the cluster, or `hypervisor`, sees its hosts.',
  formula: 'hosts that no `covers` of a tool names, themselves or by their cluster',
  inputs: ['tool.covers'],
  severity: 'warning',
  source: { text: 'our choice, after what the paper says of host and hypervisor', evidence: 'ours' },
  covers: ['MC01'],
  of: 'host',
  examples: {
    fires: {
      text: `tool checkmk { covers switch * }
switch sw-1
host esx-1`,
    },
    silent: {
      text: `tool checkmk { covers host * }
host esx-1`,
    },
  },
  find: (host) => {
    const tools = toolsOf(host.design);
    const anchor = nameOf(host);
    if (!anchor || tools.length === 0 || !exists(host)) return [];
    const cluster = clusterOfHost(host);
    const isSeen =
      toolsFor(host).length > 0 ||
      (cluster !== undefined && toolsFor(cluster).length > 0) ||
      tools.some(({ aspects }) => aspects.has('hypervisor'));
    return isSeen ? [] : [{ anchor, tools: tools.map(({ tool }) => tool) }];
  },
  say: ({ anchor, tools }, _limits, host) => ({
    severity: 'warning',
    message: `No tool sees ${host.name}: a failing disk or a full host shows only when its VMs do. Let ${tools.length > 3 ? 'one of the tools' : oneOf(tools.map(({ name }) => name))} cover it, for example covers host *.`,
    ...anchor,
  }),
  fix: ({ tools }) => {
    const [tool] = tools;
    const head = tool?.declaration.head();
    if (!tool || !head || tools.length > 1) return [];
    return [{ title: `Let ${tool.name} cover all hosts`, edits: addToBody(head, 'covers host *') }];
  },
});
