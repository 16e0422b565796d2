import type { Importer, ImportFile, ImportOptions, ImportResult } from '../importer.ts';
import { assemble, type HostFacts, type Parts } from '../inventory/assemble.ts';
import { UniqueNames } from '../inventory/unique-names.ts';
import { optional } from '../inventory/values.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { ImportReport } from '../report.ts';
import { emptyResult, resultOf } from '../result.ts';
import { startOf } from '../sniff.ts';
import { sourceName } from '../source-name.ts';
import { Attachments } from './networks.ts';
import { reportUnread } from './not-carried.ts';
import { readDomain } from './read-domain.ts';
import { readHost } from './read-host.ts';
import { Pools } from './read-storage.ts';
import { readSources, type Sources } from './sources.ts';

/** libvirt: definitions of domains as XML, with what `virsh` says of their host. */
export const libvirt: Importer = {
  id: 'libvirt',
  title: 'libvirt (XML of virsh dumpxml)',
  accepts,
  read: async (files, options) => read(files, options),
};

function accepts(file: ImportFile): number {
  const start = startOf(file);
  if (/<domain\s[^>]*\btype\s*=/.test(start)) return 1;
  if (/<capabilities>\s*<host>/.test(start)) return 0.8;
  return /^CPU socket\(s\):|^Domain: .*\n\s+state\.state=/m.test(start) ? 0.7 : 0;
}

function read(files: readonly ImportFile[], options: ImportOptions = {}): ImportResult {
  const report = new ImportReport();
  const sources = readSources(files, { ...DEFAULT_LIMITS, ...options.limits }, report);
  const file = sourceName(files);
  const domains = sources.hosts.flatMap((source) => source.domains);
  const parts = partsOf(sources, report);
  if (parts.vms.length === 0 && parts.hosts.length === 0) {
    if (report.problems.every((problem) => problem.severity !== 'error'))
      report.problem('error', 'it defines no domain', file);
    return emptyResult(report);
  }
  reportUnread(domains, report);
  return resultOf(
    assemble(parts, report),
    {
      importer: libvirt.id,
      title: 'libvirt',
      file,
      parts: sources.parts,
      ...(sources.taken !== undefined && { taken: sources.taken }),
      notes: notesOf(sources),
      usualAdapter: 'virtio',
    },
    report,
  );
}

function partsOf(sources: Sources, report: ImportReport): Parts {
  // Two files may tell of hosts of one name; pools and domains are looked up by it.
  const unique = new UniqueNames();
  const hosts = sources.hosts.map((source) =>
    source.name === undefined ? source : { ...source, name: unique.take(source.name) },
  );
  const pools = new Pools(hosts);
  const attachments = new Attachments(hosts);
  const listed: { host: HostFacts }[] = [];
  const vms: Parts['vms'][number][] = [];
  for (const source of hosts) {
    const { name } = source;
    if (name !== undefined) listed.push({ host: readHost(source, name, pools.mountsOf(name)) });
    for (const domain of source.domains) {
      const vm = readDomain(domain, { source, pools, attachments, report });
      if (vm) vms.push({ vm, ...optional('host', name) });
    }
  }
  return { clusters: [], hosts: listed, vms, datastores: pools.datastores, networks: attachments.all() };
}

function notesOf({ hosts, parts }: Sources): readonly string[] {
  const missing = [
    ...(hosts.some(({ name }) => name === undefined) ? ['the host of some domains (virsh hostname)'] : []),
    ...(parts.includes('nodeinfo') || parts.includes('capabilities') ? [] : ['hosts (virsh nodeinfo, capabilities)']),
    ...(parts.includes('domstats') ? [] : ['sizes of disks (virsh domstats)']),
    ...(parts.includes('pool-dumpxml') ? [] : ['storage pools (virsh pool-dumpxml)']),
  ];
  return [
    ...(missing.length > 0 ? [`Not in the export: ${missing.join(', ')}.`] : []),
    'In no export: CPU load, cards and bridges of hosts, physical switches, arrays and IOPS, expected load, cost, owners.',
  ];
}
