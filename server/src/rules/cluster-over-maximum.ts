import { clusterUse } from '../capacity/cluster.ts';
import { exists } from '../capacity/exists.ts';
import { derivedFigure, type Figure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import type { MaximaFacts } from '../capacity/platforms/facts.ts';
import { maximaOf, platformOf } from '../capacity/platforms/index.ts';
import type { Entity } from '../design/declaration.ts';
import { hostsOf } from '../design/placement.ts';
import { propsOf } from '../design/things.ts';
import { defineRule, grade } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';

interface Over {
  readonly what: string;
  readonly count: number;
  readonly most: number;
  readonly share: Figure;
  readonly platform: string;
  readonly facts: MaximaFacts;
  readonly anchor: Anchor;
}

export const clusterOverMaximum = defineRule<Over>({
  id: 'cluster-over-maximum',
  title: 'A cluster is larger than its platform supports',
  painPoint: 'unused-features',
  owners: ['server'],
  benefit: 'What worked in the laboratory also works at the size of production',
  why: 'Platforms are supported up to a number of hosts and of VMs in one cluster. What was tried with four hosts meets that only in production. Numbers differ by version; nothing is said of platforms and versions whose numbers are not known. VMs on one host are a matter of their own.',
  formula: 'hosts ÷ most hosts of a cluster; running VMs ÷ most VMs of a cluster',
  inputs: ['host.hypervisor', 'host.in', 'host.runs', 'cluster.runs'],
  limitOf: 'share of what the platform supports',
  limitUnit: 'share',
  limits: { error: 1 },
  source: { text: 'facts of each platform by version, most of them recalled', evidence: 'recalled' },
  covers: ['UF11'],
  of: 'cluster',
  unmendable: 'Which hosts or VMs leave the cluster decides what fails together: a choice for people.',
  examples: {
    fires: {
      text: `cluster prod {
  hypervisor esxi 6.7
  host esx-[01..65]
}`,
    },
    silent: {
      text: `cluster prod {
  hypervisor esxi 6.7
  host esx-[01..64]
}`,
    },
  },
  find: (cluster, limits) => {
    const [first] = hostsOf(cluster);
    const running = first && hostSupply(first);
    const facts = running && maximaOf(running);
    const anchor = nameOf(cluster);
    if (!running || !facts || !anchor) return [];
    const platform = `${platformOf(running.hypervisor)?.name} ${running.version}`;
    const counts: [string, number, number | undefined][] = [
      ['hosts', hostsOf(cluster).filter(exists).length, facts.hostsPerCluster],
      ['running VMs', clusterUse(cluster).vms.length, facts.vmsPerCluster],
    ];
    return counts.flatMap(([what, count, most]) => {
      if (most === undefined || !grade(count / most, limits)) return [];
      const share = derivedFigure(what, 'share', count / most, `${count} ÷ ${most}`, [], { source: facts.source });
      return [{ what, count, most, share, platform, facts, anchor }];
    });
  },
  say: ({ what, count, most, share, platform, facts, anchor }, limits, cluster) => {
    const by = hypervisorOf(cluster);
    return {
      severity: grade(share.value, limits) ?? 'error',
      message: `${cluster.name} has ${count} ${what}; ${platform} supports ${most} in one cluster (${facts.evidence}). Beyond that nothing is tested, and support ends. Split it into two clusters.`,
      ...anchor,
      figures: [share],
      related: by ? [{ at: by, message: 'what it runs' }] : [],
    };
  },
});

function hypervisorOf(cluster: Entity) {
  const [first] = hostsOf(cluster);
  return first && propsOf(first).one('hypervisor');
}
