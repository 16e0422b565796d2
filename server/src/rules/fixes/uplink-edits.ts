import { sumIfKnown } from '../../base/sum.ts';
import { formatQuantity } from '../../base/units.ts';
import { portsOf } from '../../capacity/host.ts';
import { carryingUplinks } from '../../capacity/models/network-uplinks.ts';
import type { VirtualSwitch } from '../../capacity/uplinks.ts';
import { type Entity, statementKey } from '../../design/declaration.ts';
import type { Fix } from '../rule.ts';
import { counted } from '../shared/wording.ts';
import { addPorts, freeOnAll, hostsUnder, renamePorts } from './port-edits.ts';

/** Further uplinks, over ports that are free and then over new ones of the same kind, until all that was used fits. */
export function moreUplinks({ uplinks, teaming }: VirtualSwitch, needed: number, host: Entity): Fix[] {
  const last = uplinks.at(-1);
  const port = last && portsOf(host, 'nic').find(({ name }) => name === last.name);
  const hosts = last && hostsUnder(host, last.by);
  if (!last || !port?.rate || !hosts || teaming === 'failover' || last.isStandby) return [];
  const { rate } = port;
  const carried = sumIfKnown(carryingUplinks(uplinks, teaming).map((uplink) => uplink.rate)) ?? 0;
  const missing = Math.ceil((needed - carried) / rate - 1e-9);
  const free = freeOnAll(hosts).filter((other) => (other.rate ?? 0) >= rate);
  const used = free.slice(0, missing).map(({ name }) => name);
  const isAlone = hosts.length === 1 && port.by.layer.source === 'own';
  const added = used.length < missing ? (isAlone ? addPorts(host, port, missing - used.length) : undefined) : NO_PORTS;
  if (!added) return [];
  const names = [...used, ...added.names];
  const before = uplinks.filter(({ by }) => statementKey(by) === statementKey(last.by)).map(({ name }) => name);
  const edits = renamePorts(last.by, [...before, ...names]);
  if (edits.length === 0) return [];
  const how = added.names.length > 0 ? `${formatQuantity(rate, 'rate')} each` : 'free so far';
  return [
    {
      title: `Add ${counted(names.length, 'uplink')} to ${host.name}: ${names.join(', ')} (${how})`,
      edits: [...added.edits, ...edits],
      isPreferred: true,
    },
  ];
}

const NO_PORTS = { names: [], edits: [] };
