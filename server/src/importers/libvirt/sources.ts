import type { ImportFile } from '../importer.ts';
import { cleanText } from '../inventory/values.ts';
import type { ImportLimits } from '../limits.ts';
import { readEach, readText } from '../read-files.ts';
import type { ImportReport } from '../report.ts';
import { readXml, type XmlElement } from '../xml/tree.ts';

/** What one host said: definitions as XML, the answers of `virsh` that are text. */
export interface HostSource {
  /** Undefined where nothing tells on which host the domains are. */
  readonly name: string | undefined;
  readonly domains: readonly XmlElement[];
  readonly networks: readonly XmlElement[];
  readonly pools: readonly XmlElement[];
  readonly capabilities: XmlElement | undefined;
  readonly sysinfo: XmlElement | undefined;
  /** `virsh nodeinfo`, by what stands before the colon. */
  readonly nodeinfo: ReadonlyMap<string, string>;
  /** `virsh domstats`, by domain and key. */
  readonly stats: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface Sources {
  readonly hosts: readonly HostSource[];
  readonly taken: string | undefined;
  /** Kinds of answers that are there, for the comment at the top. */
  readonly parts: readonly string[];
}

interface Group {
  readonly roots: XmlElement[];
  loose: string;
  /** What the host is called if it does not say so itself. */
  readonly fallback: string;
}

/** Elements at the top that are read, and the command that writes them. */
const ROOTS: ReadonlyMap<string, string> = new Map([
  ['domain', 'dumpxml'],
  ['network', 'net-dumpxml'],
  ['pool', 'pool-dumpxml'],
  ['capabilities', 'capabilities'],
  ['sysinfo', 'sysinfo'],
]);

const HOST_TEXT = /^(?:Hostname:|CPU socket\(s\):|Memory size:)/m;

/**
 * A file that tells of a host and holds its domains is one host. Other files of one folder are one host together, if any
 * of them tells of it; else their domains are on no host that is known.
 */
export function readSources(files: readonly ImportFile[], limits: ImportLimits, report: ImportReport): Sources {
  const groups = new Map<string, Group>();
  const parts = new Set<string>();
  let taken: string | undefined;
  readEach(files, report, (file) => {
    const text = readText(file, report);
    const { roots, loose, stopped } = readXml(text, limits);
    if (stopped !== undefined) report.problem('error', stopped, file.name);
    taken ??= /^Taken: (\d{4}-\d{2}-\d{2})\s*$/m.exec(loose)?.[1];
    const known = roots.flatMap((root) => (root.name === 'domainsnapshot' ? [] : unwrapped(root)));
    for (const root of known) {
      const command = ROOTS.get(root.name);
      if (command === undefined) report.drop(`elements ${root.name.slice(0, 40)}`, 'they are none that is read');
      else parts.add(command);
    }
    if (HOST_TEXT.test(loose)) parts.add('nodeinfo');
    if (/^Domain: /m.test(loose)) parts.add('domstats');
    const isHost = HOST_TEXT.test(loose) || known.some((root) => root.name === 'capabilities');
    const isWhole = isHost && known.some((root) => root.name === 'domain');
    const folder = file.name.split(/[\\/]/).slice(0, -1);
    const key = isWhole ? `file ${file.name}` : `folder ${folder.join('/')}`;
    const stem = (file.name.split(/[\\/]/).pop() ?? '').replace(/\.(?:xml|txt|libvirt)\b.*$/i, '');
    const group = groups.get(key) ?? { roots: [], loose: '', fallback: isWhole ? stem : (folder.pop() ?? stem) };
    groups.set(key, group);
    for (const root of known) group.roots.push(root);
    group.loose += `${loose}\n`;
  });
  return { hosts: [...groups.values()].map(hostOf), taken, parts: [...parts] };
}

/** Some tools wrap several domains into an element of their own. */
function unwrapped(root: XmlElement): readonly XmlElement[] {
  const inside = root.children.filter((child) => ROOTS.has(child.name));
  return !ROOTS.has(root.name) && inside.length > 0 ? inside : [root];
}

function hostOf({ roots, loose, fallback }: Group): HostSource {
  const of = (name: string): readonly XmlElement[] => roots.filter((root) => root.name === name);
  const [capabilities] = of('capabilities');
  const nodeinfo = new Map<string, string>();
  const stats = new Map<string, Map<string, string>>();
  let domain: Map<string, string> | undefined;
  for (const line of loose.split(/\r?\n/)) {
    const named = /^Domain: '?(.*?)'?\s*$/.exec(line)?.[1];
    const [, key = '', value = ''] = /^\s+([\w.]+)=(.*)$/.exec(line) ?? [];
    const [, head = '', tail = ''] = /^([A-Z][\w() ]{0,30}):\s+(\S.*?)\s*$/.exec(line) ?? [];
    if (named !== undefined) {
      domain = new Map();
      stats.set(named, domain);
    } else if (key !== '') domain?.set(key, value.trim());
    else if (head !== '') nodeinfo.set(head, tail);
  }
  const stated = cleanText(nodeinfo.get('Hostname') ?? '');
  const tells = stated !== undefined || capabilities !== undefined || nodeinfo.has('CPU(s)');
  return {
    name: stated ?? (tells ? (cleanText(fallback) ?? 'host') : undefined),
    domains: of('domain'),
    networks: of('network'),
    pools: of('pool'),
    capabilities,
    sysinfo: of('sysinfo')[0],
    nodeinfo,
    stats,
  };
}
