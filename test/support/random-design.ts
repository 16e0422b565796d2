import { random } from './random.ts';

/**
 * A design of up to 6 hosts and 30 VMs that says something true of every layer, in canonical format. Loads, sizes and
 * ties are drawn so that most rules meet designs on both sides of their limits.
 */
export function randomDesign(seed: number): string {
  const { below, next, pick } = random(seed);
  const chance = (share: number) => next() < share;
  const lines: string[] = ['design d {', '  as-of 2026-11-22', '  currency EUR'];
  if (chance(0.4)) lines.push(`  budget capex ${1 + below(90)}_000 EUR`);
  lines.push('}', '', 'team server', 'team network', 'site here');
  const networks = 1 + below(3);
  for (let n = 1; n <= networks; n++) {
    const owner = chance(0.8) ? 'owner network; ' : '';
    lines.push(
      `network net-${n} at here { ${owner}vlan ${100 + n}; subnet 10.${n}.0.0/${26 + below(4)} gateway 10.${n}.0.1 }`,
    );
  }
  const trunk = chance(0.6) ? '*' : `net-1${networks > 1 && chance(0.5) ? ', net-2' : ''}`;
  lines.push(
    `switch tor-[a,b] at here { owner network; ports 24 x ${pick(['1', '10', '25'])} Gbps; trunk ${trunk} }`,
    '',
  );
  lines.push('array disks at here {', `  protocol ${pick(['fc', 'nfs', 'iscsi'])}`);
  lines.push(`  disks ${6 + below(20)} x 1.8 TB media hdd raid ${pick(['5', '6', '10'])} iops 150`);
  const stores = 1 + below(3);
  for (let k = 1; k <= stores; k++)
    lines.push(`  datastore ds-${k} { capacity ${1 + below(8)} TiB${chance(0.5) ? '; thin' : ''} }`);
  lines.push('}', '');
  lines.push('class vm base {', '  os rhel-9', '  nic net-1', '}', '');

  const hosts = 1 + below(6);
  const vms = below(30);
  const placed: string[][] = Array.from({ length: hosts }, () => []);
  for (let v = 1; v <= vms; v++) placed[below(hosts + 1)]?.push(`vm-${v}`);
  lines.push('cluster c at here {');
  if (chance(0.8)) lines.push(`  owner ${pick(['server', 'network'])}`);
  lines.push(`  hypervisor ${pick(['esxi 8.0', 'kvm', 'hyper-v 2025'])}`);
  if (chance(0.8)) lines.push(`  features ${pick(['live-migration, ha', 'ha', 'live-migration'])}`);
  if (chance(0.7)) lines.push(`  failover ${pick(['1 host', '25 %', 'none'])}`);
  lines.push(`  mount ds-[1..${stores}]`);
  lines.push('  vswitch vs0 {', `    owner ${pick(['server', 'network'])}`, '    uplink nic1 to tor-a');
  if (chance(0.7)) lines.push('    uplink nic2 to tor-b');
  lines.push(`    carries ${Array.from({ length: networks }, (_, n) => `net-${n + 1}`).join(', ')}`, '  }');
  if (chance(0.6)) lines.push(`  service migration on net-1${chance(0.3) ? ' mtu 9000' : ''}`);
  for (const [h, list] of placed.entries()) {
    const speed = pick(['1', '10']);
    lines.push(
      `  host h-${h + 1} {`,
      `    cpu ${pick(['1 x 8', '2 x 8', '2 x 16'])} cores 2.4 GHz`,
      `    memory ${pick(['64', '128', '256'])} GiB`,
    );
    lines.push(`    nic nic[1..2] ${speed} Gbps card 1`);
    if (list.length > 0) lines.push(`    runs ${list.join(', ')}`);
    lines.push('  }');
  }
  lines.push('}', '');

  for (let v = 1; v <= vms; v++) {
    const parts = [`vcpu ${pick([1, 2, 4, 8])}`, `memory ${pick([2, 4, 8, 16, 48])} GiB`];
    parts.push(`disk ${20 + below(600)} GiB${chance(0.6) ? ' thin' : ''} on ds-${1 + below(stores)}`);
    if (chance(0.4)) parts.push(`nic net-${1 + below(networks)}`);
    if (chance(0.8))
      parts.push(
        `demand cpu ${5 + below(95)} % net ${pick([5, 50, 200])} Mbps iops ${10 + below(400)} reads ${below(101)} %`,
      );
    if (chance(0.1)) parts.push('state off');
    if (chance(0.05)) parts.push('devices usb');
    lines.push(`vm vm-${v} : base { ${parts.join('; ')} }`);
  }
  if (vms > 3) {
    lines.push(
      '',
      'app shop {',
      '  tier critical',
      `  members vm-1, vm-2`,
      `  sessions ${100 + below(9_000)} state ${pick(['server-local', 'external'])} timeout 30 s`,
    );
    if (chance(0.6)) lines.push(`  apart vm-1, vm-2 by host${chance(0.3) ? ' should' : ''}`);
    lines.push('}');
  }
  if (chance(0.3)) lines.push('', 'tool watch { owner server; covers host * }');
  if (chance(0.3)) lines.push('', 'policy { host-cpu-overloaded warn 60 % error 80 % }');
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}
