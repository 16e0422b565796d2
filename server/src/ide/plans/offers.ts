import { counted } from '../../rules/shared/wording.ts';
import { entityCalled } from '../links.ts';
import { nodeAt } from '../topology.ts';
import type { Workspace } from '../workspace.ts';
import { planChoices } from './choices.ts';
import type { PlanWish } from './wish.ts';

/** A plan that can be asked for at a place of the text. */
export interface PlanOffer {
  readonly title: string;
  readonly wish: PlanWish;
}

/** What can be planned for the host or the cluster whose text holds an offset. */
export function planOffers(workspace: Workspace, uri: string, offset: number): readonly PlanOffer[] {
  const design = workspace.projectOf(uri)?.design;
  const id = nodeAt(workspace, uri, offset);
  const thing = id === undefined ? undefined : design && entityCalled(design, id);
  if (!design || !thing || id === undefined || thing.declaration.entities.length > 1) return [];
  const { name } = thing;
  const { clusters } = planChoices(design);
  if (thing.kind === 'host') {
    const own = clusters.find(({ hosts }) => hosts.some((host) => host.id === id));
    const isBusy = own?.hosts.some((host) => host.id === id && host.vms > 0) ?? false;
    const hasOthers = own !== undefined && own.hosts.length > 1;
    return isBusy && hasOthers
      ? [{ title: `Empty ${name} for maintenance`, wish: { kind: 'evacuate', host: id } }]
      : [];
  }
  const cluster = clusters.find((one) => one.id === id);
  if (!cluster) return [];
  const offers: PlanOffer[] = [];
  if (cluster.unplaced > 0)
    offers.push({
      title: `Place ${counted(cluster.unplaced, 'VM')} on hosts of ${name}`,
      wish: { kind: 'place', cluster: id },
    });
  if (cluster.hosts.length < 2) return offers;
  if (cluster.crowded > 0) offers.push({ title: `Spread replicas of ${name}`, wish: { kind: 'spread', cluster: id } });
  return [
    ...offers,
    { title: `Rebalance ${name}`, wish: { kind: 'rebalance', cluster: id } },
    { title: `Make room in ${name} for the loss of a host`, wish: { kind: 'failover', cluster: id } },
    { title: `Free hosts of ${name}`, wish: { kind: 'consolidate', cluster: id } },
  ];
}
