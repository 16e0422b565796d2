import type { Group } from '../base/bag.ts';
import { derive } from '../base/reactive.ts';
import type { Entity } from '../design/declaration.ts';
import { partOf, type Stated } from '../design/props.ts';
import { isCut } from '../design/supposed.ts';
import { propsOf, referred } from '../design/things.ts';
import { exists } from './exists.ts';
import { derivedFigure, type Figure } from './figure.ts';
import { portsOf } from './host.ts';
import { switchesOf, uplinkNames } from './uplinks.ts';

/** Rate towards hosts by switch, bit/s; undefined where a card of one of them does not state its rate. */
interface Cabled {
  rate: number | undefined;
  hosts: number;
}

/** What hosts are cabled to each switch with: the active uplinks of their virtual switches, and their storage paths. A port counts once. */
const cabledTo = derive(
  (group: Group<Entity>): ReadonlyMap<Entity, Cabled> => {
    const found = new Map<Entity, Cabled>();
    for (const host of group.members()) {
      if (!exists(host)) continue;
      for (const [to, rate] of cablesOf(host)) {
        const known = found.get(to) ?? { rate: 0, hosts: 0 };
        known.rate = known.rate === undefined || rate === undefined ? undefined : known.rate + rate;
        known.hosts++;
        found.set(to, known);
      }
    }
    return found;
  },
  (a, b) =>
    a.size === b.size &&
    [...a].every(([to, { rate, hosts }]) => b.get(to)?.rate === rate && b.get(to)?.hosts === hosts),
);

const cablesOf = derive((host: Entity): ReadonlyMap<Entity, number | undefined> => {
  const rates = new Map<Entity, number | undefined>();
  const used = new Set<string>();
  const add = (to: Entity | undefined, port: string, rate: number | undefined) => {
    if (!to || used.has(`${to.name} ${port}`)) return;
    used.add(`${to.name} ${port}`);
    const known = rates.has(to) ? rates.get(to) : 0;
    rates.set(to, known === undefined || rate === undefined ? undefined : known + rate);
  };
  for (const { uplinks } of switchesOf(host))
    for (const { name, rate, isStandby, physicalSwitch } of uplinks) if (!isStandby) add(physicalSwitch, name, rate);
  const ports = new Map([...portsOf(host, 'nic'), ...portsOf(host, 'hba')].map((port) => [port.name, port.rate]));
  for (const path of propsOf(host).keyed('path', (sentence) => JSON.stringify(sentence.subject?.parts[0]))) {
    const [to] = referred(path, ['switch'], 'to');
    for (const name of uplinkNames(path)) add(to, name, ports.get(name));
  }
  return rates;
});

/** What a switch has towards its hosts and towards the core. */
export interface FabricUse {
  /** The first statement of its uplinks, and how many there are. */
  readonly by: Stated;
  readonly statements: number;
  readonly hosts: number;
  /** Undefined where a rate is not stated. */
  readonly ratio: Figure | undefined;
}

/** Whether an uplink leads anywhere after a failure; one that names no switch does. */
function isLeft(fabricSwitch: Entity, by: Stated): boolean {
  const to = referred(by, ['switch'], 'to');
  return to.length === 0 || to.some((next) => !isCut(fabricSwitch, next));
}

/** Undefined for a switch that states no uplinks, or has no hosts. */
export const fabricUse = derive((fabricSwitch: Entity): FabricUse | undefined => {
  const uplinks = propsOf(fabricSwitch)
    .list('uplink')
    .filter((by) => isLeft(fabricSwitch, by));
  const [by] = uplinks;
  if (!by || !exists(fabricSwitch)) return undefined;
  let up: number | undefined = 0;
  for (const stated of uplinks) {
    const [count, rate] = [0, 1].map((slot) => partOf(stated.sentence.subject, slot, stated.index));
    up =
      up === undefined || count?.type !== 'number' || rate?.type !== 'quantity'
        ? undefined
        : up + count.value * rate.value;
  }
  let down: number | undefined = 0;
  let hosts = 0;
  for (const group of fabricSwitch.design.names.groups('host')) {
    const cabled = cabledTo(group).get(fabricSwitch);
    if (!cabled) continue;
    hosts += cabled.hosts;
    down = down === undefined || cabled.rate === undefined ? undefined : down + cabled.rate;
  }
  if (hosts === 0) return undefined;
  if (!up || down === undefined) return { by, statements: uplinks.length, hosts, ratio: undefined };
  const figure = (label: string, value: number, formula: string) => derivedFigure(label, 'rate', value, formula, []);
  const ratio = derivedFigure('oversubscription', 'ratio', down / up, 'rate towards hosts ÷ rate towards the core', [
    figure('towards hosts', down, `Σ rate of active cables of ${hosts} hosts`),
    figure('towards the core', up, 'Σ uplinks of the switch'),
  ]);
  return { by, statements: uplinks.length, hosts, ratio };
});
