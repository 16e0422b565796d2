import { lossOfOneHost } from '../capacity/absorption.ts';
import { clusterUse, failoverDemand } from '../capacity/cluster.ts';
import { exists } from '../capacity/exists.ts';
import { addToBody } from '../design/edits.ts';
import { hostsOf } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { namesOf } from './shared/wording.ts';

interface Unstated {
  readonly hosts: number;
  readonly outcome: 'holds' | 'fails' | 'unknown';
  /** The host whose loss would be too much. */
  readonly worst: string;
  readonly anchor: Anchor;
}

export const failoverNotStated = defineRule<Unstated>({
  id: 'failover-not-stated',
  title: 'Nothing says what may fail in a cluster',
  painPoint: 'resource-starvation',
  owners: ['server'],
  benefit: 'Whether a failure is survived is checked at each change of the plan',
  why: 'Without a statement of what may fail, nothing can be checked: a cluster fills up until the day a host is lost. `failover 1 host` is the usual answer; `failover none` says that nobody expects it to be survived.',
  formula: 'a cluster of two or more hosts that run VMs, without `failover`',
  inputs: ['cluster.failover', 'host.runs', 'host.memory', 'vm.memory'],
  severity: 'info',
  source: { text: 'a hint of ours', evidence: 'ours' },
  covers: ['RS15'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  host esx-[1..2] { memory 64 GiB }
  runs db
}
vm db { memory 24 GiB }`,
    },
    silent: {
      text: `cluster prod {
  failover 1 host
  host esx-[1..2] { memory 64 GiB }
  runs db
}
vm db { memory 24 GiB }`,
    },
  },
  find: (cluster) => {
    const hosts = hostsOf(cluster).filter(exists).length;
    const anchor = nameOf(cluster);
    if (hosts < 2 || !anchor || failoverDemand(cluster) || isMentioned(cluster) || clusterUse(cluster).vms.length === 0)
      return [];
    const { outcome, worst } = lossOfOneHost(cluster);
    return [{ hosts, outcome, worst: namesOf(worst?.lost ?? []), anchor }];
  },
  say: ({ hosts, outcome, worst, anchor }, _, cluster) => ({
    severity: 'info',
    message: `${cluster.name} has ${hosts} hosts and does not say what may fail, so nobody notices when the spare is used up.${TODAY[outcome](worst)} State failover 1 host, or failover none.`,
    ...anchor,
  }),
  fix: ({ outcome, anchor }) =>
    outcome === 'fails'
      ? [
          {
            title: 'State that no failure has to be survived: failover none',
            edits: addToBody(anchor.at, 'failover none'),
          },
        ]
      : [{ title: 'State failover 1 host', edits: addToBody(anchor.at, 'failover 1 host'), isPreferred: true }],
});

const TODAY: Readonly<Record<Unstated['outcome'], (worst: string) => string>> = {
  holds: () => ' Today any one host could fail.',
  fails: (worst) => ` Today the loss of ${worst} would be too much.`,
  unknown: () => '',
};

/** Whether `failover` is there but could not be read. */
function isMentioned(cluster: Parameters<typeof propsOf>[0]): boolean {
  return propsOf(cluster).layers.some(({ body }) => body.some(({ word }) => word === 'failover'));
}
