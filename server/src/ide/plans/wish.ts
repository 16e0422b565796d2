import { type Entity, entityId } from '../../design/declaration.ts';
import type { Design } from '../../design/design.ts';

/** What a plan is asked for. Things are named by their ids: they outlast the design in which they were found. */
export type PlanWish =
  /** Hosts of a cluster as evenly loaded as moves can make them. */
  | { readonly kind: 'rebalance'; readonly cluster: string }
  /** A host without VMs, for maintenance. */
  | { readonly kind: 'evacuate'; readonly host: string }
  /** The loss that `failover` names can be taken in; that of one host where nothing is named. */
  | { readonly kind: 'failover'; readonly cluster: string }
  /** What must be apart is, and the replicas of applications are spread, as far as rules find them not to be. */
  | { readonly kind: 'spread'; readonly cluster: string }
  /** VMs of the pool of a cluster get hosts, and those that run nowhere, where nobody asks for the pool only. */
  | { readonly kind: 'place'; readonly cluster: string; readonly poolOnly?: boolean }
  /** The VMs of a cluster on as few hosts as can carry them. */
  | { readonly kind: 'consolidate'; readonly cluster: string }
  /** Further VMs of a class; as many as find room where no number is given. */
  | { readonly kind: 'fit'; readonly cluster: string; readonly className: string; readonly count: number | undefined }
  /** Physical servers that no wave moves get one of those that state a window. */
  | { readonly kind: 'migrate' };

export type WishKind = PlanWish['kind'];

export const WISH_KINDS: readonly WishKind[] = [
  'rebalance',
  'evacuate',
  'failover',
  'spread',
  'place',
  'fit',
  'consolidate',
  'migrate',
];

/** A thing of some kinds by the name that a person gives it: its own, or the path of names that tells it from others. */
export function thingNamed(design: Design, kind: string, name: string): Entity | undefined {
  const wanted = name.toLowerCase();
  const all = [...design.members(kind)];
  return (
    all.find((entity) => entity.name === name || entityId(entity) === `${kind}:${name}`) ??
    all.find((entity) => entity.name.toLowerCase() === wanted)
  );
}
