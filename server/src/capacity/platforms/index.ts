import { type PlanDate, parseDate } from '../../base/dates.ts';
import { ahv } from './ahv.ts';
import { esxi } from './esxi.ts';
import {
  type EditionFacts,
  type FeatureFacts,
  isUnder,
  liesIn,
  type MaximaFacts,
  type PlatformFacts,
  type SupportFacts,
  type VersionSpan,
} from './facts.ts';
import { hyperV } from './hyper-v.ts';
import { kvm, proxmox } from './proxmox.ts';
import { xcpNg } from './xcp-ng.ts';

export const PLATFORMS: readonly PlatformFacts[] = [esxi, hyperV, proxmox, kvm, ahv, xcpNg];

/** What a host runs, as far as it says. */
export interface Running {
  readonly hypervisor: string | undefined;
  readonly version: string | undefined;
}

export function platformOf(hypervisor: string | undefined): PlatformFacts | undefined {
  return PLATFORMS.find((platform) => platform.hypervisor === hypervisor);
}

/** Facts of an edition; undefined if the edition is not known, or not for this version. */
export function editionOf(
  hypervisor: string | undefined,
  edition: string | undefined,
  version: string | undefined,
): EditionFacts | undefined {
  if (edition === undefined) return undefined;
  return platformOf(hypervisor)?.editions.find(
    ({ names, versions }) => names.includes(edition) && liesIn(version, versions) !== false,
  );
}

/** The most that is supported on a version; undefined where the platform or the version is unknown. */
export function maximaOf({ hypervisor, version }: Running): MaximaFacts | undefined {
  return forVersion(platformOf(hypervisor)?.maxima, version);
}

/** What a feature needs on a platform; undefined where nothing is known. */
export function featureFactsOf(hypervisor: string | undefined, feature: string): FeatureFacts | undefined {
  return platformOf(hypervisor)?.features.find((facts) => facts.feature === feature);
}

/** Whether a version has a feature already; undefined where that is not known. */
export function hasFeature({ hypervisor, version }: Running, feature: string): boolean | undefined {
  const since = featureFactsOf(hypervisor, feature)?.since;
  return since === undefined ? undefined : liesIn(version, { from: since });
}

/** Whether automatic balancing spares hosts whose network is full; undefined where that is not known. */
export function balancingSeesNetwork({ hypervisor, version }: Running): boolean | undefined {
  return forVersion(platformOf(hypervisor)?.balancing, version)?.seesNetwork;
}

/** Whether VMs that write too fast to be copied are slowed down; undefined where that is not known. */
export function slowsWriters({ hypervisor, version }: Running): boolean | undefined {
  return forVersion(platformOf(hypervisor)?.slowsWriters, version)?.slows;
}

/** The last day on which the vendor supports a version. */
export function supportOf({
  hypervisor,
  version,
}: Running): { readonly until: PlanDate; readonly facts: SupportFacts } | undefined {
  if (version === undefined) return undefined;
  const facts = platformOf(hypervisor)?.support.find((one) => isUnder(version, one.version));
  const until = facts && parseDate([facts.until]);
  return facts && until && 'value' in until ? { until: until.value, facts } : undefined;
}

function forVersion<T extends { readonly versions?: VersionSpan }>(
  facts: readonly T[] | undefined,
  version: string | undefined,
): T | undefined {
  return facts?.find(({ versions }) => liesIn(version, versions) === true);
}
