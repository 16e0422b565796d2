import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { referencesOf } from '../design/names.ts';
import { hasFlag, Props, partOf, type Stated } from '../design/props.ts';
import { isCut } from '../design/supposed.ts';
import { blocksIn, referred } from '../design/things.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { portsOf } from './host.ts';
import { runningOn, shareOf } from './load.ts';
import { afterUplinkLoss, type Teaming, type Uplink, uplinkCapacity } from './models/network-uplinks.ts';
import { adaptersOn, trafficOver, vmFacts } from './vm.ts';

/** A physical port that a virtual switch uses, with the statement that says so. */
export interface SwitchUplink extends Uplink {
  readonly by: Stated;
  readonly physicalSwitch: Entity | undefined;
}

/** A virtual switch as it stands on one host: what the host, its class and its cluster state, taken together. */
export interface VirtualSwitch {
  readonly name: string;
  readonly host: Entity;
  readonly props: Props;
  readonly teaming: Teaming;
  readonly uplinks: readonly SwitchUplink[];
  readonly networks: readonly Entity[];
  /** VMs of this host whose networks it carries. */
  readonly vms: readonly Entity[];
  /** What it can send, and as much can it receive; bit/s. */
  readonly capacity: Figure | undefined;
  readonly tx: Figure | undefined;
  readonly rx: Figure | undefined;
  /** The worse of the two directions as a share of the capacity. */
  readonly use: Figure | undefined;
  /** The same when the largest uplink is lost; undefined with a single uplink, which leaves nothing. */
  readonly useAfterLoss: { readonly lost: string; readonly share: Figure } | undefined;
}

const TEAMINGS: ReadonlySet<string> = new Set([
  'failover',
  'port-id',
  'load-based',
  'mac-hash',
  'ip-hash',
  'lacp',
  'set',
]);

/** Virtual switches of a host. */
export const switchesOf = derive((host: Entity): readonly VirtualSwitch[] => {
  const ports = new Map(portsOf(host, 'nic').map((port) => [port.name, port]));
  return blocksIn(host, 'vswitch').map(({ name, layers }) => {
    const props = new Props(host, layers);
    const teaming = props.word('teaming');
    const uplinks = props
      .keyed('uplink', (sentence) => JSON.stringify(sentence.subject?.parts[0]))
      .flatMap((by) => uplinksOf(by, ports))
      .filter(({ physicalSwitch }) => !physicalSwitch || !isCut(host, physicalSwitch));
    const networks = props.list('carries').flatMap((by) => referred(by, ['network']));
    const base = {
      name,
      host,
      props,
      uplinks,
      networks,
      teaming: (teaming && TEAMINGS.has(teaming) ? teaming : 'port-id') as Teaming,
    };
    return { ...base, ...trafficOn(host, networks, uplinks, base.teaming) };
  });
});

function uplinksOf(
  by: Stated,
  ports: ReadonlyMap<string, { readonly rate: number | undefined; readonly card: string | undefined }>,
): SwitchUplink[] {
  const [physicalSwitch] = referred(by, ['switch'], 'to');
  const isStandby = hasFlag(by, 'standby');
  return uplinkNames(by).map((name) => {
    const port = ports.get(name);
    return { name, rate: port?.rate, card: port?.card, switch: physicalSwitch?.name, isStandby, by, physicalSwitch };
  });
}

/** Names of the physical ports in an `uplink` or `path` statement, ranges expanded. */
export function uplinkNames(by: Stated): string[] {
  const part = partOf(by.sentence.subject, 0, by.index);
  if (!part) return [];
  const words = part.type === 'list' ? part.items : [part];
  return words.flatMap((word) => {
    if (word.type === 'name') return referencesOf(word).map((reference) => reference.name);
    if (word.type !== 'word') return [];
    return referencesOf({
      type: 'name',
      text: word.text,
      quoted: false,
      scope: undefined,
      from: word.from,
      to: word.to,
    }).map((r) => r.name);
  });
}

function trafficOn(host: Entity, networks: readonly Entity[], uplinks: readonly SwitchUplink[], teaming: Teaming) {
  const carried = new Set(networks);
  const vms = runningOn(host).filter((vm) => adaptersOn(vmFacts(vm), carried) > 0);
  const total = uplinkCapacity(uplinks, teaming);
  const capacity =
    total === undefined
      ? undefined
      : derivedFigure(
          'uplink capacity',
          'rate',
          total,
          teaming === 'failover' ? 'rate of the active uplink' : 'Σ rate of active uplinks',
          uplinks.map(uplinkFigure),
        );
  const tx = directionSum(vms, carried, 'tx', 'sent');
  const rx = directionSum(vms, carried, 'rx', 'received');
  const worse = tx && rx ? (tx.value >= rx.value ? tx : rx) : (tx ?? rx);
  const loss = uplinks.length > 1 ? afterUplinkLoss(uplinks, teaming) : undefined;
  const remaining =
    loss &&
    derivedFigure(
      `capacity without ${loss.lost}`,
      'rate',
      loss.capacity,
      'Σ rate of the uplinks left',
      uplinks.filter((uplink) => uplink.name !== loss.lost).map(uplinkFigure),
    );
  const share = shareOf('network after the loss of an uplink', worse, remaining);
  return {
    vms,
    capacity,
    tx,
    rx,
    use: shareOf('network', worse, capacity),
    useAfterLoss: loss && share ? { lost: loss.lost, share } : undefined,
  };
}

function uplinkFigure(uplink: SwitchUplink): Figure {
  return {
    label: uplink.name,
    unit: 'rate',
    value: uplink.rate ?? 0,
    origin: 'stated',
    isAtLeast: uplink.rate === undefined,
    by: uplink.by,
  };
}

function directionSum(
  vms: readonly Entity[],
  carried: ReadonlySet<Entity>,
  direction: 'tx' | 'rx',
  label: string,
): Figure | undefined {
  const inputs: Figure[] = [];
  let missing = 0;
  for (const vm of vms) {
    const facts = vmFacts(vm);
    const value = trafficOver(facts, carried, direction);
    if (value === undefined) missing++;
    else
      inputs.push({
        label: vm.name,
        unit: 'rate',
        value,
        // What goes over its other adapters is not stated.
        origin: facts.isNetAssumed || value !== facts[direction] ? 'assumed' : 'stated',
        isAtLeast: false,
      });
  }
  if (inputs.length === 0) return undefined;
  const value = inputs.reduce((sum, input) => sum + input.value, 0);
  return derivedFigure(
    `traffic ${label}`,
    'rate',
    value,
    `Σ peak ${label} by ${inputs.length} of ${vms.length} VMs`,
    inputs,
    { isAtLeast: missing > 0 },
  );
}

/** The busiest virtual switch of a host. */
export const networkUse = derive((host: Entity): Figure | undefined => {
  let worst: Figure | undefined;
  for (const { use } of switchesOf(host)) if (use && (!worst || use.value > worst.value)) worst = use;
  return worst;
});
