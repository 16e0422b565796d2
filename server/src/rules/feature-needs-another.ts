import { liveHosts } from '../capacity/cluster.ts';
import { featuresOf, wordsOf } from '../capacity/features.ts';
import { hostSupply } from '../capacity/host.ts';
import type { FeatureFacts } from '../capacity/platforms/facts.ts';
import { featureFactsOf, hasFeature, platformOf } from '../capacity/platforms/index.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import type { Entity } from '../design/declaration.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { switchOn } from './fixes/feature-edits.ts';
import { defineRule } from './rule.ts';
import { listed } from './shared/wording.ts';

interface Lacking {
  readonly by: Stated;
  readonly facts: FeatureFacts;
  /** Features that are off; empty where the version is too old. */
  readonly missing: readonly string[];
  readonly platform: string;
}

export const featureNeedsAnother = defineRule<Lacking>({
  id: 'feature-needs-another',
  title: 'A feature is on, and what it needs is off or not there yet',
  painPoint: 'unused-features',
  owners: ['server', 'network', 'storage'],
  benefit: 'What is switched on does what it was bought for',
  why: 'Features build on each other: power management on balancing, network control on a distributed switch, fault tolerance on high availability. Some came with a later version than the one that runs. Only said of platforms whose features are known, and of clusters that state their features. What live migration and balancing need of hosts, network and storage has rules of its own.',
  formula: 'features that a feature needs on its platform − features that are on; version < the first that has it',
  inputs: ['cluster.features', 'cluster.drs', 'host.hypervisor', 'vswitch.type'],
  severity: 'error',
  source: { text: 'facts of each platform, each with its source', evidence: 'recalled' },
  covers: ['UF02'],
  of: 'cluster',
  examples: {
    fires: {
      text: `cluster prod {
  hypervisor esxi 8.0
  features ft
  host esx-[1..2]
}`,
    },
    silent: {
      text: `cluster prod {
  hypervisor esxi 8.0
  features ft, ha
  host esx-[1..2]
}`,
    },
  },
  find: (cluster) => {
    const [first] = liveHosts(cluster);
    const running = first && hostSupply(first);
    const platform = platformOf(running?.hypervisor);
    if (!running || !platform || !propsOf(cluster).has('features')) return [];
    const features = featuresOf(cluster);
    return [...features].flatMap((feature) => {
      const facts = featureFactsOf(platform.hypervisor, feature);
      const by = statementOf(cluster, feature);
      if (!facts || !by) return [];
      if (hasFeature(running, feature) === false)
        return [{ by, facts, missing: [], platform: `${platform.name} ${running.version}` }];
      const missing = (facts.needs ?? []).filter(
        (need) =>
          !features.has(need) && !(need === 'vds' && hasDistributedSwitch(cluster)) && !isToldElsewhere(feature, need),
      );
      return missing.length > 0 ? [{ by, facts, missing, platform: platform.name }] : [];
    });
  },
  say: ({ by, facts, missing, platform }, _limits, cluster) => ({
    severity: 'error',
    message:
      missing.length > 0
        ? `${facts.feature} is on in ${cluster.name} and needs ${listed(missing)} on ${platform}, which ${missing.length === 1 ? 'is' : 'are'} off, so it does nothing. Switch ${missing.length === 1 ? 'it' : 'them'} on, or take ${facts.feature} out.`
        : `${facts.feature} is on in ${cluster.name}, but comes with version ${facts.since} and it runs ${platform} (${facts.evidence}). Upgrade the hosts, or take ${facts.feature} out.`,
    at: by,
    span: itemOf(by, facts.feature),
  }),
  fix: ({ facts, missing }, cluster) => {
    const [only] = missing;
    if (!only || missing.length > 1) return [];
    const edits = switchOn(cluster, only);
    return edits.length > 0 ? [{ title: `Switch ${only} on for ${facts.feature}`, edits, isPreferred: true }] : [];
  },
});

/** What `migration-prerequisite-unmet` says already. */
function isToldElsewhere(feature: string, need: string): boolean {
  return feature === 'drs' && need === 'live-migration';
}

function hasDistributedSwitch(cluster: Entity): boolean {
  return liveHosts(cluster).some((host) => switchesOf(host).some(({ props }) => props.word('type') === 'distributed'));
}

function statementOf(cluster: Entity, feature: string): Stated | undefined {
  const props = propsOf(cluster);
  return props.list('features').find((by) => wordsOf(by).includes(feature)) ?? props.one(feature);
}

function itemOf(by: Stated, feature: string) {
  const part = by.sentence.subject?.parts[0];
  const items = part?.type === 'list' ? part.items : part ? [part] : [];
  return items.find((item) => item.type === 'word' && item.text === feature) ?? by.sentence.subject;
}
