import { random } from '../support/random.ts';

/**
 * A cluster of two to four hosts with up to nine VMs in canonical order of statements, in which as much as can be forbids a
 * move: rules of every kind, networks and datastores that not all hosts have, CPUs of several kinds, licences, devices, reserves,
 * hosts that take nothing. Some VMs run nowhere, some servers have no wave. The same for the same seed.
 */
export function smallEstate(seed: number): string {
  const { below, pick, next } = random(seed * 32_452_843);
  const chance = (share: number) => next() < share;
  const hostCount = 2 + below(3);
  const vmCount = 2 + below(8);
  const names = Array.from({ length: vmCount }, (_, k) => `v-${k + 1}`);
  const lines = [
    `design d { as-of 2026-11-22${chance(0.3) ? '; currency EUR' : ''} }`,
    'site here',
    'rack r-[1..2] at here',
    'network lan at here { vlan 10; subnet 10.0.0.0/24 gateway 10.0.0.1 }',
    'network dmz at here { vlan 20; subnet 10.1.0.0/24 gateway 10.1.0.1 }',
    'array san at here { datastore gold { capacity 90 TiB }; datastore fast { capacity 90 TiB } }',
  ];
  const hasLicence = chance(0.3);
  if (hasLicence) lines.push('licence ora { product oracle-db }');
  lines.push('class vm mid { vcpu 2; memory 8 GiB; demand cpu 40 % }');
  for (const name of names) {
    const parts = [`vcpu ${pick([1, 2, 2, 4])}`, `memory ${pick([2, 4, 8, 16, 24])} GiB`];
    const network = pick(['', 'lan', 'lan', 'dmz']);
    if (network !== '') parts.push(`nic ${network}`);
    if (chance(0.85))
      parts.push(`demand cpu ${pick([10, 30, 60, 90])} %${network === '' ? '' : ` net ${pick([20, 100, 400])} Mbps`}`);
    if (chance(0.3)) parts.push(`disk 40 GiB on ${pick(['gold', 'fast'])}`);
    if (chance(0.1)) parts.push(`reserve memory 2 GiB`);
    if (chance(0.04)) parts.push(pick(['devices passthrough', 'devices usb', 'pinned cpu']));
    if (chance(0.04)) parts.push('state off');
    if (hasLicence && chance(0.2)) parts.push('licences ora');
    if (chance(0.1)) parts.push('workload critical');
    lines.push(`vm ${name}${chance(0.2) ? ' : mid' : ''} { ${parts.join('; ')} }`);
  }
  lines.push('cluster prod at here {');
  if (chance(0.6)) lines.push(`  hypervisor ${pick(['esxi 8.0', 'esxi 8.0', 'kvm', 'hyper-v 2025'])}`);
  const features = pick(['', 'ha', 'live-migration, ha', 'live-migration, ha']);
  if (features !== '') lines.push(`  features ${features}`);
  if (chance(0.3)) lines.push('  evc intel-cascade-lake');
  if (chance(0.35)) lines.push(`  failover ${pick(['1 host', '1 host', '1 host by slots', '25 %', 'none'])}`);
  const crowded = below(hostCount);
  const lists = Array.from({ length: hostCount }, (): string[] => []);
  const pool: string[] = [];
  for (const name of names) {
    if (chance(0.15)) {
      if (chance(0.6)) pool.push(name);
      continue;
    }
    lists[chance(0.4) ? crowded : below(hostCount)]?.push(name);
  }
  const racked = chance(0.4);
  const mixed = chance(0.2);
  for (const [index, list] of lists.entries()) {
    const kind = mixed
      ? pick([' vendor intel generation cascade-lake', ' vendor intel generation ice-lake', ' vendor amd'])
      : '';
    const parts = [
      `cpu 1 x ${pick([4, 6, 8])} cores 2 GHz${kind}`,
      `memory ${pick([24, 32, 48])} GiB`,
      'nic nic[1..2] 1 Gbps',
    ];
    if (chance(0.9)) parts.push(`mount ${chance(0.15) ? 'gold' : 'gold, fast'}`);
    parts.push(`vswitch vs0 { uplink nic[1..2]; carries ${chance(0.15) ? 'lan' : 'lan, dmz'} }`);
    if (hasLicence && chance(0.6)) parts.push('licences ora');
    if (chance(0.06)) parts.push('state maintenance');
    if (chance(0.04)) parts.push('failover-host');
    if (list.length > 0) parts.push(`runs ${list.join(', ')}`);
    lines.push(`  host h-${index + 1}${racked ? ` at r-${1 + (index % 2)}` : ''} { ${parts.join('; ')} }`);
  }
  if (pool.length > 0) lines.push(`  runs ${pool.join(', ')}`);
  lines.push('}');
  const some = () => [...new Set(Array.from({ length: 2 + below(2) }, () => pick(names)))];
  for (const word of ['apart', 'apart', 'together']) {
    const vms = some();
    const by = racked && chance(0.4) ? 'rack' : 'host';
    if (chance(0.3) && vms.length > 1) lines.push(`${word} ${vms.join(', ')} by ${by}${chance(0.2) ? ' should' : ''}`);
  }
  if (chance(0.25)) lines.push(`keep ${pick(names)} ${pick(['on', 'off'])} h-${1 + below(hostCount)}`);
  if (chance(0.3)) {
    const members = some();
    const quorum = members.length > 2 && chance(0.5) ? '; quorum majority' : '';
    lines.push(`app shop { tier critical; members ${members.join(', ')}${quorum} }`);
  }
  if (chance(0.15)) lines.push('policy { host-cpu-overloaded warn 60 %; vcpu-ratio-high warn 3 }');
  return `${lines.join('\n')}\n`;
}

/** A cluster whose hosts have room for what one of them loses, in pieces: a large VM, and small ones in its way. */
export function scatteredEstate(seed: number): string {
  const { below, pick, next } = random(seed * 86_028_121);
  const hostCount = 3 + below(3);
  const lines = [`vm large { memory ${pick([20, 28, 40, 48])} GiB; demand cpu 20 % }`];
  const lists = Array.from({ length: hostCount }, (): string[] => []);
  lists[0]?.push('large');
  const vms = hostCount + below(hostCount);
  for (let vm = 1; vm <= vms; vm++) {
    const tie = next() < 0.04 ? '; devices usb' : '';
    lines.push(
      `vm s-${vm} { memory ${pick([4, 8, 12, 16, 20])} GiB; vcpu ${pick([1, 2])}; demand cpu ${pick([10, 30])} %${tie} }`,
    );
    lists[1 + (vm % (hostCount - 1))]?.push(`s-${vm}`);
  }
  lines.push('cluster prod {', '  features ha', '  failover 1 host');
  for (const [index, list] of lists.entries())
    lines.push(
      `  host h-${index + 1} { cpu 1 x ${pick([6, 8])} cores 2 GHz; memory ${pick([64, 64, 56])} GiB; runs ${list.join(', ')} }`,
    );
  lines.push('}');
  if (next() < 0.4) lines.push(`apart s-1, s-${2 + below(vms - 1)} by host`);
  if (next() < 0.2) lines.push(`keep s-1 off h-${1 + below(hostCount)}`);
  if (next() < 0.2) lines.push(`together s-2, s-${3 + below(vms - 2)} by host`);
  return `${lines.join('\n')}\n`;
}

/** Servers without a wave, and waves with windows that hold some of them, beside what is there already. */
export function smallMigration(seed: number): string {
  const { below, pick, next } = random(seed * 49_979_687);
  const chance = (share: number) => next() < share;
  const lines = [
    'design d { as-of 2026-11-22 }',
    'site here',
    'network lan at here { vlan 10; subnet 10.0.0.0/24 gateway 10.0.0.1 }',
  ];
  if (chance(0.6)) lines.push('app base', 'app web { depends-on base }');
  const hasApps = lines.length > 3;
  const groups = 1 + below(4);
  for (let g = 1; g <= groups; g++) {
    const app = hasApps && chance(0.6) ? ` in ${pick(['base', 'web'])}` : '';
    const net = chance(0.5) ? `; measured net ${pick([20, 100, 300])} Mbps` : '';
    lines.push(
      `server s${g}-[1..${1 + below(4)}]${app} { disk 2 TB used ${pick([100, 300, 800])} GB; nic 1 x 1 Gbps${net} }`,
    );
  }
  lines.push('cluster prod at here {', `  vswitch vs0 { uplink nic[1..2]; carries lan }`);
  for (let h = 1; h <= 1 + below(3); h++)
    lines.push(`  host h-${h} { cpu 1 x 8 cores 2 GHz; memory ${pick([32, 64])} GiB; nic nic[1..2] 1 Gbps }`);
  lines.push('}');
  const waves = 1 + below(3);
  for (let w = 1; w <= waves; w++) {
    const parts = ['to prod', 'via lan', `parallel ${1 + below(3)}`, `method ${pick(['cold', 'warm'])}`];
    const day = String(1 + 7 * w).padStart(2, '0');
    if (chance(0.9)) parts.push(`window 2027-01-${day} 20:00 .. 2027-01-${day} ${pick(['21:00', '23:30'])}`);
    if (w > 1 && chance(0.5)) parts.push(`after w-${w - 1}`);
    if (w === 1 && chance(0.3)) parts.push('moves s1-1');
    lines.push(`wave w-${w} { ${parts.join('; ')} }`);
  }
  return `${lines.join('\n')}\n`;
}
