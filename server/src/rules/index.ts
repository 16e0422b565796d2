import { adcTlsExceeded } from './adc-tls-exceeded.ts';
import { addressConflict } from './address-conflict.ts';
import { admissionRefusesStart } from './admission-refuses-start.ts';
import { affinityContradicted } from './affinity-contradicted.ts';
import { alertRouteMissing } from './alert-route-missing.ts';
import { apartBroken } from './apart-broken.ts';
import { appHostUnlicensed } from './app-host-unlicensed.ts';
import { arrayFanInHigh } from './array-fan-in-high.ts';
import { arrayIopsExceeded } from './array-iops-exceeded.ts';
import { arrayOverfull } from './array-overfull.ts';
import { arrayOverpromised } from './array-overpromised.ts';
import { arrayPortsOverloaded } from './array-ports-overloaded.ts';
import { arrayQueueExceeded } from './array-queue-exceeded.ts';
import { arrayUsableOverstated } from './array-usable-overstated.ts';
import { backingUnknown } from './backing-unknown.ts';
import { backupRepositorySmall } from './backup-repository-small.ts';
import { backupWindowMissed } from './backup-window-missed.ts';
import { balancingOverlooksNetwork } from './balancing-overlooks-network.ts';
import { bandwidthBelowBaseline } from './bandwidth-below-baseline.ts';
import { bootStormSlow } from './boot-storm-slow.ts';
import { budgetExceeded } from './budget-exceeded.ts';
import { clonesFull } from './clones-full.ts';
import { clusterOverMaximum } from './cluster-over-maximum.ts';
import { clusterVcpuRatioHigh } from './cluster-vcpu-ratio-high.ts';
import { conversionDiskTooSmall } from './conversion-disk-too-small.ts';
import { conversionPaysLate } from './conversion-pays-late.ts';
import { coverageLow } from './coverage-low.ts';
import { cpuMixedWithoutEvc } from './cpu-mixed-without-evc.ts';
import { cpuReadyHigh } from './cpu-ready-high.ts';
import { datastoreCrowded } from './datastore-crowded.ts';
import { datastoreNeedUnmet } from './datastore-need-unmet.ts';
import { datastoreOverfull } from './datastore-overfull.ts';
import { datastoreOverpromised } from './datastore-overpromised.ts';
import { drsTooEager } from './drs-too-eager.ts';
import { edgeUnknown } from './edge-unknown.ts';
import { energyUnpriced } from './energy-unpriced.ts';
import { evacuationSlow } from './evacuation-slow.ts';
import { fabricOversubscribed } from './fabric-oversubscribed.ts';
import { failoverHostUnfit } from './failover-host-unfit.ts';
import { failoverNotAbsorbed } from './failover-not-absorbed.ts';
import { failoverNotStated } from './failover-not-stated.ts';
import { featureNeedsAnother } from './feature-needs-another.ts';
import { featureReliedOnOff } from './feature-relied-on-off.ts';
import { featureUnused } from './feature-unused.ts';
import { growthFillsCluster } from './growth-fills-cluster.ts';
import { growthFillsDatastore } from './growth-fills-datastore.ts';
import { growthFillsSubnet } from './growth-fills-subnet.ts';
import { growthHostUnbudgeted } from './growth-host-unbudgeted.ts';
import { growthStorageUnbudgeted } from './growth-storage-unbudgeted.ts';
import { guestsUnlicensed } from './guests-unlicensed.ts';
import { hostCpuOverloaded } from './host-cpu-overloaded.ts';
import { hostCrowded } from './host-crowded.ts';
import { hostLicenceFloorWaste } from './host-licence-floor-waste.ts';
import { hostMemoryActiveHigh } from './host-memory-active-high.ts';
import { hostMemoryOvercommitted } from './host-memory-overcommitted.ts';
import { hostNoLicence } from './host-no-licence.ts';
import { hostUnmonitored } from './host-unmonitored.ts';
import { hypervisorOutOfSupport } from './hypervisor-out-of-support.ts';
import { hypervisorsMixed } from './hypervisors-mixed.ts';
import { imagesParked } from './images-parked.ts';
import { ioHeavyOnSlowPath } from './io-heavy-on-slow-path.ts';
import { ipStorageUndedicated } from './ip-storage-undedicated.ts';
import { lacpOneSided } from './lacp-one-sided.ts';
import { latencyOverSlo } from './latency-over-slo.ts';
import { licencesOnParkedVms } from './licences-on-parked-vms.ts';
import { linkedClonesIdle } from './linked-clones-idle.ts';
import { liveMigrationTooFar } from './live-migration-too-far.ts';
import { liveMigrationWanSlow } from './live-migration-wan-slow.ts';
import { maturityBelowTarget } from './maturity-below-target.ts';
import { migrationBlocked } from './migration-blocked.ts';
import { migrationNetworkSlow } from './migration-network-slow.ts';
import { migrationNotConvergent } from './migration-not-convergent.ts';
import { migrationPauseLong } from './migration-pause-long.ts';
import { migrationPrerequisiteUnmet } from './migration-prerequisite-unmet.ts';
import { moveTargetNetworkFull } from './move-target-network-full.ts';
import { mtuMismatch } from './mtu-mismatch.ts';
import { networkMissingOnHost } from './network-missing-on-host.ts';
import { networkUnwatched } from './network-unwatched.ts';
import { orphanFiles } from './orphan-files.ts';
import { osDiskTooSmall } from './os-disk-too-small.ts';
import { ownerConflict } from './owner-conflict.ts';
import { ownerMissing } from './owner-missing.ts';
import { ownersDoubled } from './owners-doubled.ts';
import { panesTooMany } from './panes-too-many.ts';
import { peakClash } from './peak-clash.ts';
import { placementRuleBroken } from './placement-rule-broken.ts';
import { poolOverloaded } from './pool-overloaded.ts';
import { poweredOffSpace } from './powered-off-space.ts';
import { priceMissing } from './price-missing.ts';
import { quorumLostWithDomain } from './quorum-lost-with-domain.ts';
import { quorumLostWithHost } from './quorum-lost-with-host.ts';
import { rackFeedExceeded } from './rack-feed-exceeded.ts';
import { rackOverfull } from './rack-overfull.ts';
import { raidGroupUnfilled } from './raid-group-unfilled.ts';
import { replicaSpaceSmall } from './replica-space-small.ts';
import { replicasShareDomain } from './replicas-share-domain.ts';
import { replicasShareHost } from './replicas-share-host.ts';
import { replicationLags } from './replication-lags.ts';
import { reservationsExceedMemory } from './reservations-exceed-memory.ts';
import { restartOrderWrong } from './restart-order-wrong.ts';
import type { Rule } from './rule.ts';
import { sessionsAtRisk } from './sessions-at-risk.ts';
import { siteFeedExceeded } from './site-feed-exceeded.ts';
import { sloUnwatched } from './slo-unwatched.ts';
import { snapshotChainLong } from './snapshot-chain-long.ts';
import { snapshotLarge } from './snapshot-large.ts';
import { snapshotStale } from './snapshot-stale.ts';
import { staffStretched } from './staff-stretched.ts';
import { storageLatencyHigh } from './storage-latency-high.ts';
import { storageMoveImpossible } from './storage-move-impossible.ts';
import { storagePathLossUnsurvivable } from './storage-path-loss-unsurvivable.ts';
import { storagePathOverloaded } from './storage-path-overloaded.ts';
import { storagePathSingle } from './storage-path-single.ts';
import { storageSharesUplinks } from './storage-shares-uplinks.ts';
import { subnetExhausted } from './subnet-exhausted.ts';
import { swapSpaceLarge } from './swap-space-large.ts';
import { switchPortsExceeded } from './switch-ports-exceeded.ts';
import { teamBudgetExceeded } from './team-budget-exceeded.ts';
import { uplinkLossUnsurvivable } from './uplink-loss-unsurvivable.ts';
import { uplinksNotRedundant } from './uplinks-not-redundant.ts';
import { uplinksOverloaded } from './uplinks-overloaded.ts';
import { vcpuRatioHigh } from './vcpu-ratio-high.ts';
import { vipUnmonitored } from './vip-unmonitored.ts';
import { vipUnreachable } from './vip-unreachable.ts';
import { vlanNotTrunked } from './vlan-not-trunked.ts';
import { vmExpired } from './vm-expired.ts';
import { vmOverMaximum } from './vm-over-maximum.ts';
import { vmSpansNuma } from './vm-spans-numa.ts';
import { vmUnclaimed } from './vm-unclaimed.ts';
import { vmWiderThanHost } from './vm-wider-than-host.ts';
import { vmsIdle } from './vms-idle.ts';
import { vswitchIsolated } from './vswitch-isolated.ts';
import { waveNotAgreed } from './wave-not-agreed.ts';
import { waveWindowMissed } from './wave-window-missed.ts';
import { windowsEditionDearer } from './windows-edition-dearer.ts';

/** Every rule, in the order of their ids. */
export const RULES: readonly Rule[] = [
  adcTlsExceeded,
  addressConflict,
  admissionRefusesStart,
  affinityContradicted,
  alertRouteMissing,
  apartBroken,
  appHostUnlicensed,
  arrayFanInHigh,
  arrayIopsExceeded,
  arrayOverfull,
  arrayOverpromised,
  arrayPortsOverloaded,
  arrayQueueExceeded,
  arrayUsableOverstated,
  backingUnknown,
  backupRepositorySmall,
  backupWindowMissed,
  balancingOverlooksNetwork,
  bandwidthBelowBaseline,
  bootStormSlow,
  budgetExceeded,
  clonesFull,
  clusterOverMaximum,
  clusterVcpuRatioHigh,
  conversionDiskTooSmall,
  conversionPaysLate,
  coverageLow,
  cpuMixedWithoutEvc,
  cpuReadyHigh,
  datastoreCrowded,
  datastoreNeedUnmet,
  datastoreOverfull,
  datastoreOverpromised,
  drsTooEager,
  edgeUnknown,
  energyUnpriced,
  evacuationSlow,
  fabricOversubscribed,
  failoverHostUnfit,
  failoverNotAbsorbed,
  failoverNotStated,
  featureNeedsAnother,
  featureReliedOnOff,
  featureUnused,
  growthFillsCluster,
  growthFillsDatastore,
  growthFillsSubnet,
  growthHostUnbudgeted,
  growthStorageUnbudgeted,
  guestsUnlicensed,
  hostCpuOverloaded,
  hostCrowded,
  hostLicenceFloorWaste,
  hostMemoryActiveHigh,
  hostMemoryOvercommitted,
  hostNoLicence,
  hostUnmonitored,
  hypervisorOutOfSupport,
  hypervisorsMixed,
  imagesParked,
  ioHeavyOnSlowPath,
  ipStorageUndedicated,
  lacpOneSided,
  latencyOverSlo,
  licencesOnParkedVms,
  linkedClonesIdle,
  liveMigrationTooFar,
  liveMigrationWanSlow,
  maturityBelowTarget,
  migrationBlocked,
  migrationNetworkSlow,
  migrationNotConvergent,
  migrationPauseLong,
  migrationPrerequisiteUnmet,
  moveTargetNetworkFull,
  mtuMismatch,
  networkMissingOnHost,
  networkUnwatched,
  orphanFiles,
  osDiskTooSmall,
  ownerConflict,
  ownerMissing,
  ownersDoubled,
  panesTooMany,
  peakClash,
  placementRuleBroken,
  poolOverloaded,
  poweredOffSpace,
  priceMissing,
  quorumLostWithDomain,
  quorumLostWithHost,
  rackFeedExceeded,
  rackOverfull,
  raidGroupUnfilled,
  replicaSpaceSmall,
  replicasShareDomain,
  replicasShareHost,
  replicationLags,
  reservationsExceedMemory,
  restartOrderWrong,
  sessionsAtRisk,
  siteFeedExceeded,
  sloUnwatched,
  snapshotChainLong,
  snapshotLarge,
  snapshotStale,
  staffStretched,
  storageLatencyHigh,
  storageMoveImpossible,
  storagePathLossUnsurvivable,
  storagePathOverloaded,
  storagePathSingle,
  storageSharesUplinks,
  subnetExhausted,
  swapSpaceLarge,
  switchPortsExceeded,
  teamBudgetExceeded,
  uplinkLossUnsurvivable,
  uplinksNotRedundant,
  uplinksOverloaded,
  vcpuRatioHigh,
  vipUnmonitored,
  vipUnreachable,
  vlanNotTrunked,
  vmExpired,
  vmOverMaximum,
  vmSpansNuma,
  vmUnclaimed,
  vmWiderThanHost,
  vmsIdle,
  vswitchIsolated,
  waveNotAgreed,
  waveWindowMissed,
  windowsEditionDearer,
];
