import { liveHosts } from '../capacity/cluster.ts';
import { featuresOf, grantsOf } from '../capacity/features.ts';
import { derivedFigure } from '../capacity/figure.ts';
import { hostSupply } from '../capacity/host.ts';
import { costOfCores, licenceFacts, licencesOf, licensedHost } from '../capacity/licences.ts';
import { licensedCores } from '../capacity/models/licence.ts';
import { formatMoney } from '../capacity/money.ts';
import { editionOf, platformOf } from '../capacity/platforms/index.ts';
import { hostsWithoutShared } from '../capacity/reach.ts';
import { switchesOf } from '../capacity/uplinks.ts';
import type { Entity } from '../design/declaration.ts';
import { replaceAt } from '../design/edits.ts';
import type { Stated } from '../design/props.ts';
import { propsOf } from '../design/things.ts';
import { switchOn } from './fixes/feature-edits.ts';
import { defineRule } from './rule.ts';
import { clauseIn } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Unused {
  readonly by: Stated;
  readonly edition: string;
  readonly unused: readonly string[];
  /** A plainer edition that includes all that is used. */
  readonly enough: string | undefined;
  /** What that would save, where the design prices both. */
  readonly saving: Saving | undefined;
}

interface Saving {
  readonly amount: number;
  readonly currency: string;
  readonly isYearly: boolean;
}

/** Features that are bought for their own sake, in the order in which they matter. */
const KEY_FEATURES: readonly string[] = ['live-migration', 'ha', 'drs'];
/** They restart or move VMs, which takes disks that more than one host reaches. */
const ON_SHARED_DISKS: ReadonlySet<string> = new Set(['ha', 'drs']);

export const featureUnused = defineRule<Unused>({
  id: 'feature-unused',
  title: 'The edition includes features that are not switched on',
  painPoint: 'unused-features',
  owners: ['server', 'management'],
  benefit: 'Features are used, or not paid for',
  why: 'The dearer edition of a hypervisor is bought for live migration, high availability or automatic balancing. Where they are included and off, they are either forgotten or not needed; a plainer edition may then do. Only these three count; nothing is said of an edition that is not known, or of a cluster that states no features at all.',
  formula: '{live-migration, ha, drs} ∩ features of the edition − features switched on',
  inputs: ['host.hypervisor', 'cluster.features', 'cluster.drs', 'licence.grants', 'licence.product', 'licence.cost'],
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
    const isShared = hostsWithoutShared(hosts).length === 0;
    const unused = KEY_FEATURES.filter(
      (feature) => granted.has(feature) && !features.has(feature) && (isShared || !ON_SHARED_DISKS.has(feature)),
    );
    if (unused.length === 0) return [];
    const enough = enoughFor(first, features);
    return [
      { by, edition, unused, enough, saving: enough === undefined ? undefined : savingOf(hosts, edition, enough) },
    ];
  },
  say: ({ by, edition, unused, enough, saving }, _limits, cluster) => ({
    severity: 'info',
    message: `Edition ${edition} includes ${listed(unused)}, which ${cluster.name} does not use. Switch ${unused.length === 1 ? 'it' : 'them'} on${enough ? `, or choose ${enough}, which includes all that is used${saving ? `, for ${formatMoney(saving.amount, saving.currency)} less${saving.isYearly ? ' a year' : ''}` : ''}` : ''}.`,
    at: by,
    span: clauseIn(by, 'edition').span,
    figures: saving
      ? [derivedFigure('saving', 'count', saving.amount, 'cores charged × difference of the prices', [])]
      : [],
  }),
  fix: ({ by, unused, enough }, cluster) => {
    const [feature] = unused;
    const switched = feature && unused.length === 1 ? switchOn(cluster, feature) : [];
    const part = by.sentence.clauses.get('edition')?.value?.parts[0];
    const isOwn =
      by.layer.declaration === cluster.declaration && liveHosts(cluster).every((host) => licencesOf(host).length === 0);
    return [
      ...(switched.length > 0 ? [{ title: `Switch ${feature} on`, edits: switched }] : []),
      ...(enough && part && isOwn
        ? [{ title: `Choose edition ${enough}`, edits: replaceAt(by.place, part, enough) }]
        : []),
    ];
  },
});

/** What the cores of some hosts cost less under a plainer edition, if licences of both are priced per core in the design. */
function savingOf(hosts: readonly Entity[], edition: string, enough: string): Saving | undefined {
  const [first] = hosts;
  const own = first && licencesOf(first).find(({ licence }) => licenceFacts(licence).edition === edition)?.licence;
  if (!own) return undefined;
  const { product, floors } = licenceFacts(own);
  const plain = [...own.design.members('licence')].find((licence) => {
    const facts = licenceFacts(licence);
    return facts.product === product && facts.edition === enough;
  });
  const cores = licensedCores(hosts.map(licensedHost), floors)?.charged;
  if (!plain || cores === undefined) return undefined;
  const [dear, cheap] = [costOfCores(own, cores), costOfCores(plain, cores)];
  if (!dear || !cheap || dear.currency !== cheap.currency || dear.isYearly !== cheap.isYearly) return undefined;
  const amount = dear.amount - cheap.amount;
  return amount > 0 ? { amount, currency: dear.currency, isYearly: dear.isYearly } : undefined;
}

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
