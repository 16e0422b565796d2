import { assemble, type HostFacts, NO_FACTS, type Parts } from '../inventory/assemble.ts';
import { cpuModelOf } from '../inventory/cpu-model.ts';
import type { Hardware, Inventory } from '../inventory/inventory.ts';
import { addressOf, optional } from '../inventory/values.ts';
import { Fields, isRecord } from '../json/fields.ts';
import type { ImportReport } from '../report.ts';
import type { Answers } from './answers.ts';
import { readGuest, storagesOf } from './read-guests.ts';
import { Networks } from './read-networks.ts';
import { readStorage, type Storage } from './read-storage.ts';

/** Nodes without a cluster of that name are a cluster nevertheless if they are more than one. */
const UNNAMED_CLUSTER = 'proxmox';

export function readInventory(answers: Answers, report: ImportReport): Inventory {
  const resources = answers.resources ?? [];
  const nodes = new Map<string, Fields>();
  const guests: Fields[] = [];
  for (const fields of resources) {
    const type = fields.value('type');
    const node = fields.text('node');
    if (type === 'node' && node !== undefined) nodes.set(node, fields);
    else if (type === 'qemu' || type === 'lxc') guests.push(fields);
  }
  const configs = guests.map((guest) => answers.configs.get(guest.text('vmid') ?? ''));
  const used = new Set(configs.flatMap((config) => (config ? storagesOf(config) : [])));
  const storage = readStorage(answers, used, report);
  const networks = new Networks(answers, report);
  const usesHa = guests.some((guest) => {
    const state = guest.text('hastate');
    return state !== undefined && state !== 'ignored';
  });
  const vms = guests.flatMap((guest, at): Parts['vms'] => {
    const vm = readGuest(guest, configs[at], { networks, storage, report, usesHa });
    return vm === undefined ? [] : [{ vm, ...optional('host', guest.text('node')) }];
  });
  const cluster = clusterOf(answers, nodes.size, report);
  const hosts = [...nodes].map(([node, fields]) => ({
    host: hostOf(node, fields, { answers, storage, networks, report }),
    ...optional('cluster', cluster),
  }));
  // Bridges carry the networks of all that is attached, services included.
  const switched = hosts.map(({ host, ...rest }) => ({
    ...rest,
    host: { ...host, vswitches: networks.vswitchesOf(host.name) },
  }));
  const named = vms.map((placed) => ({ ...placed, ...optional('cluster', cluster) }));
  return assemble(
    {
      clusters:
        cluster === undefined
          ? []
          : [
              {
                name: cluster,
                settings: {
                  features: featuresOf(
                    switched.map(({ host }) => host),
                    usesHa,
                  ),
                },
              },
            ],
      hosts: switched,
      vms: named,
      datastores: storage.datastores,
      networks: networks.all(),
    },
    report,
  );
}

/**
 * Every cluster can move guests and their disks while they run; that is said where the network they move over is known.
 * HA is used where some guest is managed by it.
 */
function featuresOf(hosts: readonly HostFacts[], usesHa: boolean): readonly string[] {
  const canMove = hosts.length > 0 && hosts.every((host) => host.services.some(({ type }) => type === 'migration'));
  return [...(canMove ? ['live-migration', 'storage-migration'] : []), ...(usesHa ? ['ha'] : [])];
}

function clusterOf(answers: Answers, nodes: number, report: ImportReport): string | undefined {
  const names = new Set(
    answers.status.flatMap((fields) => (fields.value('type') === 'cluster' ? [fields.text('name')] : [])),
  );
  names.delete(undefined);
  const [name, ...more] = names;
  if (more.length > 0)
    report.problem(
      'error',
      `these are answers of several clusters (${[...names].join(', ')}); import each by itself`,
      '',
    );
  if (name !== undefined || nodes < 2) return name;
  report.problem(
    'info',
    `the name of the cluster is in the answer of /cluster/status; here it is ${UNNAMED_CLUSTER}`,
    '',
  );
  return UNNAMED_CLUSTER;
}

interface HostContext {
  readonly answers: Answers;
  readonly storage: Storage;
  readonly networks: Networks;
  readonly report: ImportReport;
}

function hostOf(node: string, fields: Fields, { answers, storage, networks, report }: HostContext): HostFacts {
  const status = answers.nodeStatus.get(node);
  const version = /(?:pve-manager\/)?(\d+(?:\.\d+)*)/.exec(status?.text('pveversion') ?? '')?.[1];
  const online = answers.status.find((one) => one.value('type') === 'node' && one.text('name') === node);
  const memory = fields.positive('maxmem');
  const load = fields.number('cpu');
  const used = fields.positive('mem');
  return {
    ...NO_FACTS,
    name: node,
    listed: true,
    hardware: hardwareOf(node, fields, status, { answers, report }),
    hypervisor: { type: 'proxmox', ...optional('version', version) },
    ...stateOf(fields),
    ...optional('cpuUsage', load === undefined || load > 1 ? undefined : rounded(load) || undefined),
    ...optional(
      'memoryUsage',
      memory === undefined || used === undefined || used > memory ? undefined : rounded(used / memory),
    ),
    nics: networks.nicsOf(node),
    services: networks.servicesOf(node, addressOf(online?.text('ip'))),
    mounts: storage.mounts.get(node) ?? [],
  };
}

function stateOf(fields: Fields): Pick<HostFacts, 'state'> {
  if (fields.text('hastate') === 'maintenance') return { state: 'maintenance' };
  return fields.text('status') === 'offline' ? { state: 'off' } : {};
}

const rounded = (share: number): number => Math.round(share * 100) / 100;

/**
 * Cores of the answer of a node are those of all its sockets, without threads (`read_cpuinfo` in ProcFSTools.pm of
 * pve-common). The resources count threads, from which cores cannot be told.
 */
function hardwareOf(
  node: string,
  fields: Fields,
  status: Fields | undefined,
  { answers, report }: Pick<HostContext, 'answers' | 'report'>,
): Hardware {
  const inner = (key: string): Fields | undefined => {
    const value = status?.value(key);
    return status && isRecord(value)
      ? new Fields(value, `node status ${key}`, status.where, { ledger: answers.ledger, report })
      : undefined;
  };
  const threads = fields.count('maxcpu');
  const cpu = inner('cpuinfo');
  const cores = cpu?.count('cores');
  const sockets = cpu?.count('sockets');
  const model = cpu?.text('model');
  const clock = model === undefined ? undefined : cpuModelOf(model).nominal;
  if (cores === undefined && threads !== undefined) {
    report.problem(
      'warning',
      `${node} has ${threads} threads; how many cores these are is in the answer of /nodes/${node}/status`,
      fields.where,
      'nodes whose cores are not known',
    );
  }
  const perSocket = cores !== undefined && sockets !== undefined ? cores / sockets : undefined;
  return {
    ...optional('cpuModel', model === 'unknown' ? undefined : model),
    ...optional('clock', clock),
    ...(perSocket !== undefined && Number.isInteger(perSocket) && { sockets, coresPerSocket: perSocket }),
    ...optional('cores', cores),
    ...optional('memory', inner('memory')?.positive('total') ?? fields.positive('maxmem')),
  };
}
