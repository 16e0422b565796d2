import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { lossOfOneHost } from '../../server/src/capacity/absorption.ts';
import { clusterUse } from '../../server/src/capacity/cluster.ts';
import { hostSupply } from '../../server/src/capacity/host.ts';
import { hostLoad, runningOn } from '../../server/src/capacity/load.ts';
import { vmFacts } from '../../server/src/capacity/vm.ts';
import type { Entity } from '../../server/src/design/declaration.ts';
import { rvtools } from '../../server/src/importers/rvtools/index.ts';
import { printStatements } from '../../server/src/language/make/print.ts';
import { designOf, entityOf } from '../support/design.ts';

const WORKBOOK = path.resolve(import.meta.dirname, '../../../shared/data/rvtools/SizingWorkshop-RVTools.xlsx');
const skip = existsSync(WORKBOOK) ? false : `the sample workbook is not at ${path.relative(process.cwd(), WORKBOOK)}`;

/** What a reader of the workbook reckons for a cluster with a pocket calculator, from what we read of it. */
function figuresOf(cluster: Entity) {
  const { vms, hosts: all } = clusterUse(cluster);
  const hosts = all.filter((host) => hostSupply(host).installedMemory !== undefined);
  const sum = (values: readonly (number | undefined)[]) => {
    assert.ok(values.every((value) => value !== undefined));
    return values.reduce<number>((total, value) => total + (value ?? 0), 0);
  };
  const memory = hosts.map((host) => hostSupply(host).installedMemory ?? 0);
  const cpu = hosts.map((host) => hostSupply(host).cpu?.value ?? 0);
  const perSocket = Math.min(...hosts.map(socketCores));
  const without = (values: readonly number[]) => sum(values) - Math.max(...values);
  const memoryOf = (list: readonly Entity[]) => sum(list.map((vm) => vmFacts(vm).memory));
  const isWide = (vm: Entity) => (vmFacts(vm).vcpus ?? 0) > perSocket;
  return {
    hosts: hosts.length,
    unknown: all.length - hosts.length,
    promised: (memoryOf(vms) / sum(memory)).toFixed(2),
    promisedHere: (memoryOf(hosts.flatMap((host) => runningOn(host))) / sum(memory)).toFixed(2),
    memoryLeft: `${Math.round((sum(hosts.map((host) => hostLoad(host).activeMemory?.value)) / without(memory)) * 100)} %`,
    cpuLeft: `${Math.round((sum(hosts.map((host) => hostLoad(host).cpu?.value)) / without(cpu)) * 100)} %`,
    wide: vms.filter(isWide).length,
    wideHere: hosts.flatMap((host) => runningOn(host)).filter(isWide).length,
  };
}

function socketCores(host: Entity): number {
  const { cores, sockets } = hostSupply(host);
  assert.ok(cores && sockets);
  return cores / sockets;
}

test('memory promised, what one lost host leaves, and VMs wider than a socket, cluster by cluster', {
  skip,
}, async () => {
  const { statements } = await rvtools.read([{ name: path.basename(WORKBOOK), bytes: readFileSync(WORKBOOK) }]);
  const design = designOf(printStatements(statements));
  const cluster = (name: string) => entityOf(design, 'cluster', name);
  const of = (name: string) => figuresOf(cluster(name));

  // What hosts measured of memory and CPU, on one host less than there are.
  const second = of('Cluster2');
  assert.deepEqual(
    [second.hosts, second.unknown, second.promised, second.memoryLeft, second.cpuLeft, second.wide],
    [22, 0, '0.74', '65 %', '43 %', 7],
  );
  assert.equal(lossOfOneHost(cluster('Cluster2')).outcome, 'holds');

  // 0.93 and 2 wide VMs divide what runs on eight hosts by the memory and cores of the five that the workbook describes.
  // On those five it is 0.57 and none. We say neither: while hosts are unknown, shares of the cluster are.
  const first = of('Cluster1');
  assert.deepEqual(
    [first.hosts, first.unknown, first.promised, first.memoryLeft, first.wide],
    [5, 3, '0.93', '70 %', 2],
  );
  assert.deepEqual([first.promisedHere, first.wideHere], ['0.57', 0]);
  assert.equal(clusterUse(cluster('Cluster1')).memoryShare, undefined);
  assert.equal(clusterUse(cluster('Cluster1')).vcpuRatio, undefined);
  assert.equal(lossOfOneHost(cluster('Cluster1')).outcome, 'unknown');

  // The same with two of six hosts: four of the six wide VMs run where nobody knows how wide a socket is.
  const dmz = of('DMZ');
  assert.deepEqual([dmz.hosts, dmz.unknown, dmz.wide, dmz.wideHere], [4, 2, 6, 2]);
  assert.deepEqual([of('Mgmt').unknown, of('Mgmt').wide], [0, 0]);
});
