import { liveHosts } from '../capacity/cluster.ts';
import { featuresOf, grantsOf } from '../capacity/features.ts';
import { hostSupply } from '../capacity/host.ts';
import { editionOf, platformOf } from '../capacity/platforms/index.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { clauseIn } from './anchor.ts';
import { defineRule } from './rule.ts';
import { listed } from './wording.ts';

interface Unused {
  readonly by: Stated;
  readonly edition: string;
  readonly unused: readonly string[];
  /** A plainer edition that includes all that is used. */
  readonly enough: string | undefined;
}

/** Features that are bought for their own sake, in the order in which they matter. */
const KEY_FEATURES: readonly string[] = ['live-migration', 'ha', 'drs'];

export const featureUnused = defineRule<Unused>({
  id: 'feature-unused',
  title: 'The edition includes features that are not switched on',
  painPoint: 'unused-features',
  owners: ['server', 'management'],
  benefit: 'Features are used, or not paid for',
  why: 'The dearer edition of a hypervisor is bought for live migration, high availability or automatic balancing. Where they are included and off, they are either forgotten or not needed; a plainer edition may then do. Only these three count; nothing is said of an edition that is not known, or of a cluster that states no features at all.',
  formula: '{live-migration, ha, drs} ∩ features of the edition − features switched on',
  inputs: ['host.hypervisor', 'cluster.features', 'cluster.drs', 'licence.grants'],
  severity: 'info',
  source: { text: 'editions as platform facts list them', evidence: 'recalled' },
  covers: ['UF01', 'UF12'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  hypervisor esxi 8.0 edition enterprise-plus
  features live-migration, ha
  host esx-[1..3]
}`,
    },
    silent: {
      text: `cluster prod {
  hypervisor esxi 8.0 edition enterprise-plus
  features live-migration, ha
  drs full
  host esx-[1..3]
}`,
    },
  },
  find: (cluster) => {
    const hosts = liveHosts(cluster);
    const [first] = hosts;
    const features = featuresOf(cluster);
    const by = first && propsOf(first).one('hypervisor');
    if (!first || !by || hosts.length < 2 || !propsOf(cluster).has('features')) return [];
    const { hypervisor, version, edition } = hostSupply(first);
    const facts = editionOf(hypervisor, edition, version);
    if (!facts || edition === undefined) return [];
    const granted = new Set([...facts.grants, ...grantsOf(first)]);
    const unused = KEY_FEATURES.filter((feature) => granted.has(feature) && !features.has(feature));
    return unused.length > 0 ? [{ by, edition, unused, enough: enoughFor(first, features) }] : [];
  },
  say: ({ by, edition, unused, enough }, _limits, cluster) => ({
    severity: 'info',
    message: `Edition ${edition} includes ${listed(unused)}, which ${cluster.name} does not use. Switch ${unused.length === 1 ? 'it' : 'them'} on${enough ? `, or choose ${enough}, which includes all that is used` : ''}.`,
    at: by,
    span: clauseIn(by, 'edition').span,
  }),
});

/** The plainest edition that includes what a cluster uses, if it is plainer than its own. */
function enoughFor(host: Entity, features: ReadonlySet<string>): string | undefined {
  const { hypervisor, version, edition } = hostSupply(host);
  const own = editionOf(hypervisor, edition, version);
  const used = new Set(features);
  if (switchesOf(host).some(({ props }) => props.word('type') === 'distributed')) used.add('vds');
  for (const candidate of platformOf(hypervisor)?.editions ?? []) {
    if (candidate === own) return undefined;
    const [name] = candidate.names;
    if (!name || !editionOf(hypervisor, name, version) || candidate.isRetired) continue;
    if ([...used].every((feature) => candidate.grants.includes(feature))) return name;
  }
  return undefined;
}
