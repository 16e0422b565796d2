import { derive, sameList } from '../base/reactive.ts';
import type { Claim } from './claim.ts';
import type { Entity } from './declaration.ts';
import { amendsOf, named, parentOf } from './layers.ts';
import { inTextOrder, locatedInOrder } from './order.ts';
import { resolve } from './resolve.ts';

/** Where a VM runs. */
export interface Placement {
  readonly host: Entity | undefined;
  /** The cluster whose pool it runs in, or that of its host. */
  readonly cluster: Entity | undefined;
  /** The statement that places it; undefined if it is unplaced. */
  readonly claim: Claim | undefined;
  /** Further statements that place it elsewhere. */
  readonly conflicts: readonly Claim[];
  /** It is supposed to run nowhere. */
  readonly isDown?: boolean;
}

const NO_CLAIMS: readonly Claim[] = [];
const UNPLACED: Placement = { host: undefined, cluster: undefined, claim: undefined, conflicts: NO_CLAIMS };

export const clusterOfHost = derive(
  (host: Entity): Entity | undefined => parentOf(host, ['cluster']) ?? named(host, 'in', ['cluster'])[0],
);

export const appOfVm = derive((vm: Entity): Entity | undefined => parentOf(vm, ['app']) ?? named(vm, 'in', ['app'])[0]);

const vmsOfClaim = (claim: Claim, vm: Entity): boolean => {
  const from = { entity: claim.within, declaration: claim.owner };
  const resolution = resolve(vm.design.names, ['vm'], claim.vm, from);
  return 'found' in resolution && resolution.found === vm;
};

export const targetOf = (claim: Claim): Entity | undefined => {
  const { on, within, amended, owner } = claim;
  const target = on ?? amended;
  if (!target) return within;
  const kinds = on ? ['host', 'cluster'] : [owner.kind];
  const resolution = resolve(owner.design.names, kinds, target, { entity: within, declaration: owner });
  return 'found' in resolution ? resolution.found : undefined;
};

/** Whether an amendment of a host or of its cluster says `runs none`: what the blocks themselves place there runs there no more. */
export const isVacated = derive((holder: Entity): boolean => {
  const says = amendsOf(holder).some((amend) =>
    amend.body().some(({ word, sentence }) => word === 'runs' && sentence.subject?.none === true),
  );
  const cluster = says || holder.kind !== 'host' ? undefined : clusterOfHost(holder);
  return says || (cluster !== undefined && isVacated(cluster));
});

/** Whether a statement places nothing any more, as an amendment takes back what its block says. */
export const isTakenBack = ({ owner, within }: Claim): boolean =>
  within !== undefined && owner.word !== 'amend' && isVacated(within);

/** An amendment is nearer than a block; a host that is named is nearer than one that is dealt, and that than a pool. */
const rankOf = (claim: Claim, target: Entity): number =>
  (claim.owner.word === 'amend' ? 0 : 3) + (target.kind === 'cluster' ? 2 : claim.dealt ? 1 : 0);

export const placementOf = derive((vm: Entity): Placement => {
  const { claims } = vm.design.names.read('vm', vm.name);
  const [only] = claims;
  if (!only) return UNPLACED;
  const mine =
    claims.length === 1 && vmsOfClaim(only, vm)
      ? [only]
      : locatedInOrder(claims.filter((claim) => vmsOfClaim(claim, vm)));
  const targets = mine.flatMap((claim) => {
    const target = targetOf(claim);
    return target && !isTakenBack(claim) ? [{ claim, target, rank: rankOf(claim, target) }] : [];
  });
  const rank = Math.min(...targets.map((candidate) => candidate.rank));
  const best = targets.filter((candidate) => candidate.rank === rank);
  const [first] = best;
  if (!first) return UNPLACED;
  const host = first.target.kind === 'host' ? first.target : undefined;
  const cluster = host ? clusterOfHost(host) : first.target;
  const conflicts = best.length > 1 ? best.slice(1).map((candidate) => candidate.claim) : NO_CLAIMS;
  return { host, cluster, claim: first.claim, conflicts };
});

/** Whether a VM is supposed to run nowhere. */
export const isDown = (vm: Entity): boolean => placementOf(vm).isDown === true;

/** VMs on a host, or in the pool of a cluster, in the order in which the text places them. */
export const vmsOn = derive((holder: Entity): readonly Entity[] => {
  const { claims } = holder.design.names.read(holder.kind, holder.name);
  const found = new Set<Entity>();
  for (const claim of locatedInOrder(claims)) {
    if (targetOf(claim) !== holder) continue;
    const resolution = resolve(holder.design.names, ['vm'], claim.vm, {
      entity: claim.within,
      declaration: claim.owner,
    });
    if (!('found' in resolution)) continue;
    const { claim: own } = placementOf(resolution.found);
    if (own && targetOf(own) === holder) found.add(resolution.found);
  }
  return [...found];
}, sameList);

/** Hosts of a cluster in text order. */
export const hostsOf = derive((cluster: Entity): readonly Entity[] => {
  const inside = cluster.design.names.inside('cluster', cluster.name);
  return inTextOrder(inside.filter((host) => host.kind === 'host' && clusterOfHost(host) === cluster));
}, sameList);
