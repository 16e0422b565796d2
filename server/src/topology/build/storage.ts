import { derive } from '../../base/reactive.ts';
import { datastoreGrowth } from '../../capacity/growth.ts';
import { monthsUntil } from '../../capacity/models/growth.ts';
import { arrayUse, datastoreUse } from '../../capacity/storage.ts';
import { storeShare } from '../../capacity/thing-costs.ts';
import { type Entity, entityId } from '../../design/declaration.ts';
import { propsOf, sitesOf, standsOn } from '../../design/things.ts';
import type { ArrayNode, DatastoreNode, Gauge } from '../graph.ts';
import { gaugeFrom, unknownGauge } from './gauges.ts';
import { sizeText } from './hosts.ts';
import { limitsOf, promiseLimit } from './limits.ts';
import { ownerOf } from './networks.ts';
import { outlookOf } from './outlook.ts';

/** An array with its datastores, without its findings. */
export const arrayNode = derive((array: Entity): ArrayNode => {
  const limits = limitsOf(array.design);
  const use = arrayUse(array);
  const iops = gaugeFrom(use.share, limits.storage);
  const gauges: Gauge[] = [];
  if (iops) gauges.push({ ...iops, label: 'IOPS' });
  if (use.usable && use.allocated) {
    const share = use.allocated.value / use.usable.value;
    // Giving out more than there is is what thin provisioning is for: no class of its own.
    gauges.push({
      value: use.allocated.value,
      capacity: use.usable.value,
      share,
      state: 'stated',
      class: share > 1 ? 'calm3' : 'calm2',
      label: 'pool',
    });
  }
  const protocol = propsOf(array).word('protocol');
  const parts = [
    protocol,
    use.usable ? `${sizeText(use.usable.value)} usable` : undefined,
    use.datastores.length === 1 ? '1 datastore' : `${use.datastores.length} datastores`,
  ].filter((p) => p !== undefined);
  const owner = ownerOf(array);
  return {
    kind: 'array',
    id: entityId(array),
    name: array.name,
    caption: parts.join(' · '),
    ...outlookOf(array),
    gauges,
    datastores: use.datastores.map(storeNode),
    ...(owner === undefined ? {} : { owner }),
  };
});

export const storeNode = derive((store: Entity): DatastoreNode => {
  const use = datastoreUse(store);
  const gauge = gaugeFrom(use.share, limitsOf(store.design).space) ?? unknownGauge(use.capacity?.value);
  const owner = ownerOf(store);
  const share = storeShare(store)?.amount;
  return {
    kind: 'datastore',
    id: entityId(store),
    name: store.name,
    vms: use.vms.length,
    gauge: use.promised ? { ...gauge, promised: use.promised.value, promisedLimit: promiseLimit(store) } : gauge,
    ...fullIn(store, use),
    ...outlookOf(store),
    ...(share === undefined ? {} : { costShare: Math.round(share) }),
    ...(owner === undefined ? {} : { owner }),
  };
});

/** Whole months until a datastore is full, where growth is stated. What is full already has no forecast. */
function fullIn(store: Entity, use: ReturnType<typeof datastoreUse>): { readonly fullIn?: number } {
  const grows = datastoreGrowth(store);
  if (!grows || !use.used || !use.capacity || use.used.value >= use.capacity.value) return {};
  const months = monthsUntil(use.used.value, use.capacity.value, grows.growth);
  return months === undefined || !Number.isFinite(months) ? {} : { fullIn: Math.floor(months) };
}

/** Sites that no text names: where things stand whose place is not stated. */
export const NOWHERE = 'site:';

/** The node of the site that a thing stands in; the first of several. */
export function siteOf(thing: Entity): string {
  const [site] = sitesOf(thing);
  return site ? entityId(site) : NOWHERE;
}

/** The node that holds a datastore that several hosts may mount and whose array the design does not name. */
export function poolOf(store: Entity): string | undefined {
  return standsOn(store) ? undefined : poolIn(siteOf(store));
}

const poolIn = (site: string): string => `pool:${site}`;

/** Datastores whose array the design does not name: those that several hosts may mount, and those inside one host or cluster. */
export function poolNodes(site: string, stores: readonly Entity[]): ArrayNode[] {
  const shared = stores.filter((s) => !standsOn(s));
  const local = stores.filter((s) => standsOn(s));
  const pool = (id: string, name: string, list: readonly Entity[]): ArrayNode[] =>
    list.length === 0
      ? []
      : [
          {
            kind: 'pool',
            id,
            name,
            caption: `${list.length} in all`,
            gauges: [],
            datastores: list.map(storeNode),
          },
        ];
  return [...pool(poolIn(site), 'datastores', shared), ...pool(`pool:${site}/local`, 'local disks', local)];
}
