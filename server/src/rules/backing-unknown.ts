import { derive } from '../base/reactive.ts';
import { exists } from '../capacity/exists.ts';
import { networkUsers } from '../capacity/reach.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { addClause } from '../design/edits.ts';
import { named } from '../design/layers.ts';
import { propsOf, standsOn } from '../design/things.ts';
import { defineRule } from './rule.ts';
import { type Anchor, nameOf } from './shared/anchor.ts';
import { listed } from './shared/wording.ts';

interface Loose {
  readonly kind: 'datastore' | 'network';
  readonly things: readonly Entity[];
  readonly all: number;
  readonly anchor: Anchor;
}

export const backingUnknown = defineRule<Loose>({
  id: 'backing-unknown',
  title: 'Nobody knows on what a datastore lies, or where a network ends',
  painPoint: 'management-complexity',
  owners: ['storage', 'network', 'server'],
  benefit: 'Load, failure and ownership are followed to the array and to the router',
  why: 'A datastore without its array takes part in no check of IOPS, paths or failure, and a subnet without a gateway or router ends nowhere as far as the plan can tell. Said once for each kind, and only where others of the kind state it, so that an inventory that knows none of this stays quiet. Networks that no VM uses, such as those for migration and storage, need no gateway; `gateway none` says that one is closed on purpose.',
  formula: 'datastores on nothing; subnets with VMs and without `gateway` and `routed-by`',
  inputs: ['datastore.on', 'network.subnet', 'network.routed-by', 'vm.nic', 'host.runs'],
  severity: 'info',
  source: { text: 'our choice', evidence: 'ours' },
  covers: ['MC09'],
  of: 'design',
  examples: {
    fires: {
      text: `design d
array vmax { datastore gold-1 { capacity 4 TiB } }
datastore gold-2 { capacity 4 TiB }`,
    },
    silent: {
      text: `design d
array vmax { datastore gold-[1..2] { capacity 4 TiB } }`,
    },
  },
  find: ({ design }) => [looseDatastores(design), looseNetworks(design)].flatMap((found) => found ?? []),
  say: ({ kind, things, all, anchor }) => {
    const names = listed([...new Set(things.map(({ name }) => name))]);
    const one = things.length === 1;
    return {
      severity: 'info',
      message:
        kind === 'datastore'
          ? `${one ? `Datastore ${names} does` : `${things.length} of ${all} datastores (${names}) do`} not say on which array ${one ? 'it lies' : 'they lie'}, so load, paths and failures are not checked beyond. State on, or put ${one ? 'it' : 'them'} into the array.`
          : `${one ? `Network ${names} has` : `${things.length} of ${all} networks (${names}) have`} VMs and no gateway, so nobody can tell where ${one ? 'it ends' : 'they end'}. State the gateway or routed-by, or gateway none.`,
      ...anchor,
      related: [...new Map(things.map((thing) => [thing.declaration, thing])).values()].slice(1, 9).flatMap((thing) => {
        const at = nameOf(thing);
        return at ? [{ ...at, message: `${kind} ${thing.name}` }] : [];
      }),
    };
  },
  fix: ({ kind, things }) => {
    if (kind === 'datastore') return [];
    const subnets = new Map(
      things.flatMap((thing) =>
        propsOf(thing)
          .list('subnet')
          .map((by) => [`${by.place.id} ${by.sentence.from}`, by] as const),
      ),
    );
    const edits = [...subnets.values()].flatMap((by) => addClause(by, 'gateway none'));
    return edits.length > 0 ? [{ title: 'Say that nothing routes it: gateway none', edits }] : [];
  },
});

function looseDatastores(design: Design): Loose | undefined {
  const all = [...design.members('datastore')].filter(exists);
  // A name behind `on` that is not known is a mistake of its own.
  const things = all.filter((one) => standsOn(one) === undefined && !statesOn(one));
  const anchor = things[0] && nameOf(things[0]);
  return anchor && things.length < all.length ? { kind: 'datastore', things, all: all.length, anchor } : undefined;
}

function statesOn(datastore: Entity): boolean {
  return (
    datastore.declaration.head()?.sentence.clauses.has('on') === true ||
    named(datastore, 'on', ['array', 'pool', 'host']).length > 0
  );
}

function looseNetworks(design: Design): Loose | undefined {
  const all = [...design.members('network')].filter((one) => propsOf(one).has('subnet'));
  const loose = all.filter((one) => !isRouted(one) && exists(one));
  if (loose.length === 0 || loose.length === all.length) return undefined;
  const used = usedNetworks(design);
  const things = loose.filter((one) => used.has(one));
  const anchor = things[0] && nameOf(things[0]);
  return anchor ? { kind: 'network', things, all: all.length, anchor } : undefined;
}

/** Whether it says where it ends: `gateway none` does. */
function isRouted(network: Entity): boolean {
  const props = propsOf(network);
  return props.has('routed-by') || props.list('subnet').some(({ sentence }) => sentence.clauses.has('gateway'));
}

const usedNetworks = derive(
  (design: Design): ReadonlySet<Entity> =>
    new Set([...design.members('cluster')].flatMap((cluster) => [...networkUsers(cluster).keys()])),
);
