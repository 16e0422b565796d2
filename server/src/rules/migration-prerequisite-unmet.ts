import type { Span } from '../base/span.ts';
import { formatQuantity } from '../base/units.ts';
import { liveHosts } from '../capacity/cluster.ts';
import { featuresOf, grantsOf } from '../capacity/features.ts';
import { hostSupply } from '../capacity/host.ts';
import { migrationPath, servicesOf } from '../capacity/migration.ts';
import { LEAST_RATE_PER_MIGRATION } from '../capacity/models/live-migration.ts';
import { editionOf, hasFeature } from '../capacity/platforms/index.ts';
import { hostsWithoutShared, networksOf } from '../capacity/reach.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import type { Entity, Located } from '../design/declaration.ts';
import { type FileEdit, removeClause } from '../design/edits.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { switchOn } from './fixes/feature-edits.ts';
import { defineRule } from './rule.ts';
import { namesOf } from './shared/wording.ts';

type Cause =
  | { readonly kind: 'no-service' | 'not-carried'; readonly hosts: readonly Entity[] }
  | { readonly kind: 'slow'; readonly hosts: readonly Entity[]; readonly rate: number; readonly service: Stated }
  | { readonly kind: 'no-shared-datastore'; readonly hosts: readonly Entity[] }
  | { readonly kind: 'no-live-migration' }
  | { readonly kind: 'not-licensed'; readonly edition: string; readonly by: Located };

interface Unmet {
  readonly feature: string;
  readonly by: Stated;
  readonly cause: Cause;
}

export const migrationPrerequisiteUnmet = defineRule<Unmet>({
  id: 'migration-prerequisite-unmet',
  title: 'A feature is switched on and cannot work',
  painPoint: 'unused-features',
  owners: ['network', 'server', 'storage'],
  benefit: 'Features that are paid for work on the day they are needed',
  why: 'Moving VMs while they run needs a migration service on every host, a network for it that is connected and has at least 250 Mbps, and storage that both hosts reach; so does restarting them, as to storage. An edition has to include the feature. What the design does not describe at all, such as the network of an imported estate, is not called missing.',
  formula:
    'feature ∧ ¬(service migration ∧ network carried ∧ rate ≥ 250 Mbps ∧ datastore of two hosts ∧ included in the edition)',
  inputs: [
    'cluster.features',
    'cluster.drs',
    'host.service',
    'host.mount',
    'host.nic',
    'vswitch.carries',
    'vswitch.uplink',
    'host.hypervisor',
  ],
  severity: 'error',
  source: {
    text: '250 Mbps for each migration: documentation of vSphere 6.5 and 6.7; editions: platform facts',
    evidence: 'verified',
  },
  covers: ['UF02', 'UF08'],
  of: 'cluster',
  examples: {
    fires: {
      text: `network web
network live
cluster prod {
  features live-migration
  service management on web
  vswitch vs0 { carries web, live }
  host esx-[1..2]
}`,
    },
    silent: {
      text: `network web
network live
cluster prod {
  features live-migration
  service management on web
  service migration on live
  vswitch vs0 { carries web, live }
  host esx-[1..2]
}`,
    },
  },
  find: (cluster) => {
    const features = featuresOf(cluster);
    const hosts = liveHosts(cluster);
    const found: Unmet[] = [];
    const add = (feature: string, cause: Cause | undefined) => {
      const by = statementOf(cluster, feature);
      if (by && cause) found.push({ feature, by, cause });
    };
    if (features.has('live-migration')) add('live-migration', pathCause(hosts));
    else if (features.has('drs') && propsOf(cluster).has('features')) add('drs', { kind: 'no-live-migration' });
    const movesDisks = features.has('shared-nothing') || features.has('storage-migration');
    if (features.has('ha')) add('ha', storageCause(hosts));
    else if (features.has('live-migration') && !movesDisks) add('live-migration', storageCause(hosts));
    for (const feature of features) add(feature, licenceCause(hosts, feature));
    return found;
  },
  say: ({ feature, by, cause }) => ({
    severity: 'error',
    message: `${feature} is on, but ${reason(cause)}`,
    at: by,
    span: spanOf(by, feature),
    related: cause.kind === 'slow' ? [{ at: cause.service, message: 'migration service' }] : [],
  }),
  fix: ({ feature, cause }, cluster) => {
    const fixOf = (title: string, edits: readonly FileEdit[]) => (edits.length > 0 ? [{ title, edits }] : []);
    switch (cause.kind) {
      case 'no-live-migration':
        return fixOf('Switch live-migration on', switchOn(cluster, 'live-migration'));
      case 'no-shared-datastore':
        // A restart needs the disks where they are; only a move can take them along.
        return feature === 'live-migration' && mayUse(cluster, 'shared-nothing')
          ? fixOf('Let disks move along: switch shared-nothing on', switchOn(cluster, 'shared-nothing'))
          : [];
      case 'slow':
        return cause.service.sentence.clauses.has('limit')
          ? fixOf('Remove the limit of the migration service', removeClause(cause.service, 'limit'))
          : [];
      default:
        return [];
    }
  },
});

/** Whether neither edition nor version of the hosts of a cluster is known to lack a feature. */
function mayUse(cluster: Entity, feature: string): boolean {
  return liveHosts(cluster).every((host) => {
    const supply = hostSupply(host);
    const facts = editionOf(supply.hypervisor, supply.edition, supply.version);
    return (!facts || facts.grants.includes(feature)) && hasFeature(supply, feature) !== false;
  });
}

/** What is wrong with the way that running VMs would take. */
function pathCause(hosts: readonly Entity[]): Cause | undefined {
  if (hosts.length < 2) return undefined;
  // A host that states services or virtual switches states how it is connected.
  const described = hosts.filter((host) => servicesOf(host).length > 0 || switchesOf(host).length > 0);
  const without = described.filter((host) => !migrationPath(host));
  if (without.length > 0) return { kind: 'no-service', hosts: without };
  const cut = described.filter((host) => {
    const network = migrationPath(host)?.network;
    const carried = networksOf(host);
    return network !== undefined && carried !== undefined && !carried.has(network);
  });
  if (cut.length > 0) return { kind: 'not-carried', hosts: cut };
  for (const host of described) {
    const path = migrationPath(host);
    if (path?.rate !== undefined && path.rate > 0 && path.rate < LEAST_RATE_PER_MIGRATION)
      return { kind: 'slow', hosts: [host], rate: path.rate, service: path.service };
  }
  return undefined;
}

function storageCause(hosts: readonly Entity[]): Cause | undefined {
  const alone = hostsWithoutShared(hosts);
  return alone.length > 0 ? { kind: 'no-shared-datastore', hosts: alone } : undefined;
}

function licenceCause(hosts: readonly Entity[], feature: string): Cause | undefined {
  for (const host of hosts) {
    const { hypervisor, version, edition } = hostSupply(host);
    const facts = editionOf(hypervisor, edition, version);
    const by = propsOf(host).one('hypervisor');
    const granted = grantsOf(host).has(feature);
    if (facts && edition && by && !facts.grants.includes(feature) && !granted && isEditionBound(feature))
      return { kind: 'not-licensed', edition, by };
  }
  return undefined;
}

/** Features that editions differ in; others need no licence, or their own. */
function isEditionBound(feature: string): boolean {
  return ['live-migration', 'storage-migration', 'ha', 'drs', 'vds', 'nioc', 'sioc', 'sdrs', 'dpm', 'ft'].includes(
    feature,
  );
}

function reason(cause: Cause): string {
  switch (cause.kind) {
    case 'no-service':
      return `${namesOf(cause.hosts)} ${cause.hosts.length === 1 ? 'has' : 'have'} no migration service, so no running VM can move there. Add service migration on a network of its own.`;
    case 'not-carried':
      return `no virtual switch of ${namesOf(cause.hosts)} carries the network of the migration service. Carry it there.`;
    case 'slow':
      return `migration on ${namesOf(cause.hosts)} reaches ${formatQuantity(cause.rate, 'rate')} and needs 250 Mbps for each VM. Give it a faster uplink or raise its limit.`;
    case 'no-shared-datastore':
      return `${namesOf(cause.hosts)} ${cause.hosts.length === 1 ? 'shares' : 'share'} no datastore with another host of the cluster. Mount one on all of them.`;
    case 'no-live-migration':
      return 'live-migration is not among the features, so it can only place VMs that start. Switch live-migration on.';
    case 'not-licensed':
      return `edition ${cause.edition} does not include it. Choose an edition that does, or state what the licence grants.`;
  }
}

/** The statement that switches a feature on: `features`, `drs` or `evc`. */
function statementOf(cluster: Entity, feature: string): Stated | undefined {
  const props = propsOf(cluster);
  if (feature === 'drs' || feature === 'evc') return props.one(feature);
  return props.list('features').find((by) => spanOf(by, feature) !== undefined);
}

function spanOf(by: Stated, feature: string): Span | undefined {
  const part = by.sentence.subject?.parts[0];
  if (part?.type === 'list') return part.items.find((item) => item.type === 'word' && item.text === feature);
  if (by.sentence.word !== 'features') return by.sentence.subject;
  return part?.type === 'word' && part.text === feature ? part : undefined;
}
