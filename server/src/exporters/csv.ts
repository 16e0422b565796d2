import { formatAddress, formatPrefix } from '../base/addresses.ts';
import { failoverResult } from '../capacity/absorption.ts';
import { clusterUse } from '../capacity/cluster.ts';
import { costLinesOf } from '../capacity/cost.ts';
import { exists } from '../capacity/exists.ts';
import type { Figure } from '../capacity/figure.ts';
import { clusterExhaustion, datastoreExhaustion, subnetExhaustions } from '../capacity/forecast.ts';
import { hostSupply } from '../capacity/host.ts';
import { cpuDemandOn, hostUse } from '../capacity/load.ts';
import { currencyOf } from '../capacity/money.ts';
import { arrayUse, datastoreUse } from '../capacity/storage.ts';
import { subnetsOf } from '../capacity/subnets.ts';
import { networkUse } from '../capacity/uplinks.ts';
import { vmFacts } from '../capacity/vm.ts';
import type { Entity } from '../design/declaration.ts';
import type { Design } from '../design/design.ts';
import { inTextOrder } from '../design/order.ts';
import { clusterOfHost, hostsOf, placementOf, vmsOn } from '../design/placement.ts';
import { appOf, ownersOf, propsOf, sitesOf } from '../design/things.ts';
import type { ExportInput } from './input.ts';

type Cell = string | number | undefined;

/** One table: a row for each thing of a kind. Units are in the heads, as people filter and sum by columns. */
interface Sheet {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export const CSV_TABLES = [
  'vms',
  'hosts',
  'clusters',
  'networks',
  'datastores',
  'arrays',
  'costs',
  'findings',
] as const;
export type CsvTable = (typeof CSV_TABLES)[number];

/** A table of a design for a spreadsheet: UTF-8 with its mark, commas, lines that end as RFC 4180 has it. What is not known is empty. */
export function toCsv(input: ExportInput, name: CsvTable): string {
  const { heads, rows } = SHEETS[name](input);
  return `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Text that a spreadsheet would take for a formula begins with an apostrophe; numbers are our own and stay numbers. */
function cell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toFixed(4))) : '';
  const safe = /^[\s\u00a0\ufeff]*[=+\-@\t\r|]/.test(value) ? `'${value}` : value;
  return /[",\r\n;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const GIB = 2 ** 30;

const SHEETS: Readonly<Record<CsvTable, (input: ExportInput) => Sheet>> = {
  vms: ({ design }) => ({
    heads: [
      'vm',
      'state',
      'host',
      'cluster',
      'site',
      'application',
      'owner',
      'os',
      'vcpus',
      'memory GiB',
      'disks GiB',
      'used GiB',
      'CPU demand GHz',
      'IOPS',
      'datastores',
      'networks',
      'addresses',
    ],
    rows: things(design, 'vm').map((vm) => {
      const facts = vmFacts(vm);
      const { host, cluster } = placementOf(vm);
      const cpu = cpuDemandOn(facts, host ? hostSupply(host).clock : undefined, 0);
      return [
        vm.name,
        facts.state,
        host?.name,
        cluster?.name,
        names(sitesOf(vm)),
        appOf(vm)?.name,
        names(ownersOf(vm)),
        propsOf(vm).word('os'),
        facts.vcpus,
        inUnit(facts.memory, GIB),
        inUnit(facts.provisioned, GIB),
        inUnit(facts.used, GIB),
        inUnit(cpu, 1e9),
        facts.iops,
        names([facts.home, ...facts.disks.map(({ datastore }) => datastore)]),
        names(facts.nics.map(({ network }) => network)),
        facts.nics.flatMap(({ address }) => (address ? [formatAddress(address)] : [])).join(' '),
      ];
    }),
  }),
  hosts: ({ design }) => ({
    heads: [
      'host',
      'cluster',
      'site',
      'owner',
      'model',
      'hypervisor',
      'cores',
      'clock GHz',
      'memory GiB',
      'VMs',
      'CPU %',
      'memory %',
      'network %',
      'vCPU per core',
    ],
    rows: things(design, 'host').map((host) => {
      const supply = hostSupply(host);
      const use = hostUse(host);
      return [
        host.name,
        clusterOfHost(host)?.name,
        names(sitesOf(host)),
        names(ownersOf(host)),
        propsOf(host).word('model'),
        [supply.hypervisor, supply.version].filter((part) => part !== undefined).join(' '),
        supply.cores,
        inUnit(supply.clock, 1e9),
        inUnit(supply.installedMemory, GIB),
        vmsOn(host).length,
        percent(use.cpu),
        percent(use.memory),
        percent(networkUse(host)),
        use.vcpuRatio?.value,
      ];
    }),
  }),
  clusters: ({ design }) => ({
    heads: [
      'cluster',
      'site',
      'owner',
      'hosts',
      'VMs on',
      'CPU GHz',
      'memory GiB',
      'CPU %',
      'memory %',
      'vCPU per core',
      'after the loss',
      'full then %',
      'CPU full in months',
      'memory full in months',
    ],
    rows: things(design, 'cluster').map((cluster) => {
      const use = clusterUse(cluster);
      const result = failoverResult(cluster);
      const { cpu, memory } = clusterExhaustion(cluster);
      return [
        cluster.name,
        names(sitesOf(cluster)),
        names(ownersOf(cluster)),
        hostsOf(cluster).length,
        use.vms.length,
        inUnit(use.cpuSupply?.value, 1e9),
        inUnit(use.memorySupply?.value, GIB),
        percent(use.cpuShare),
        percent(use.memoryShare),
        use.vcpuRatio?.value,
        result?.outcome,
        percent(result?.afterLoss),
        cpu?.months,
        memory?.months,
      ];
    }),
  }),
  networks: ({ design }) => ({
    heads: ['network', 'site', 'owner', 'vlan', 'subnet', 'addresses taken', 'addresses', 'taken %', 'full in months'],
    rows: inTextOrder([...design.members('network')]).flatMap((network) => {
      const head = [
        network.name,
        names(sitesOf(network)),
        names(ownersOf(network)),
        propsOf(network).number('vlan')?.value,
      ];
      const subnets = subnetsOf(network);
      if (subnets.length === 0) return [[...head, undefined, undefined, undefined, undefined, undefined]];
      const exhaustions = subnetExhaustions(network);
      return subnets.map((use) => [
        ...head,
        formatPrefix(use.subnet.prefix),
        use.share?.inputs?.[0]?.value,
        use.available.value,
        percent(use.share),
        exhaustions.find(({ subnet, isRange }) => subnet === use && !isRange)?.months,
      ]);
    }),
  }),
  datastores: ({ design }) => ({
    heads: ['datastore', 'site', 'owner', 'VMs', 'capacity GiB', 'used GiB', 'used %', 'promised %', 'full in months'],
    rows: things(design, 'datastore').map((store) => {
      const use = datastoreUse(store);
      return [
        store.name,
        names(sitesOf(store)),
        names(ownersOf(store)),
        use.vms.length,
        inUnit(use.capacity?.value, GIB),
        inUnit(use.used?.value, GIB),
        percent(use.share),
        percent(use.promised),
        datastoreExhaustion(store)?.months,
      ];
    }),
  }),
  arrays: ({ design }) => ({
    heads: ['array', 'site', 'owner', 'datastores', 'IOPS asked for', 'IOPS limit', 'IOPS %', 'usable GiB', 'given %'],
    rows: things(design, 'array').map((array) => {
      const use = arrayUse(array);
      return [
        array.name,
        names(sitesOf(array)),
        names(ownersOf(array)),
        use.datastores.length,
        use.demand?.value,
        use.limit?.value,
        percent(use.share),
        inUnit(use.usable?.value, GIB),
        percent(use.promised ?? use.allocated),
      ];
    }),
  }),
  costs: ({ design }) => ({
    heads: ['item', 'kind', 'thing', 'owner', 'once', 'a year', 'currency', 'from year', 'until year'],
    rows: costLinesOf(design).lines.map(({ label, entity, amount, isYearly, fromYear, untilYear }) => [
      label,
      entity.kind,
      entity.name,
      names(ownersOf(entity)),
      isYearly ? undefined : amount,
      isYearly ? amount : undefined,
      currencyOf(design).code,
      fromYear,
      untilYear,
    ]),
  }),
  findings: ({ findings, nameOf }) => ({
    heads: ['severity', 'pain point', 'rule', 'thing', 'message', 'file', 'line', 'to act', 'owner'],
    rows: findings.map(({ severity, painPoint, rule, entity, message, uri, line, teams, owners }) => [
      severity,
      painPoint ?? 'mistake in the text',
      rule,
      entity?.name,
      message,
      nameOf(uri),
      line,
      teams.join(' '),
      owners.join(' '),
    ]),
  }),
};

function things(design: Design, kind: string): readonly Entity[] {
  return inTextOrder([...design.members(kind)]).filter(exists);
}

function names(entities: readonly (Entity | undefined)[]): string {
  return [...new Set(entities.flatMap((entity) => (entity ? [entity.name] : [])))].join(' ');
}

function inUnit(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value / factor;
}

/** Of a lower bound the bound, as a column of numbers has no room for more. */
function percent(figure: Figure | undefined): number | undefined {
  return figure && figure.value * 100;
}
