import { random } from '../support/random.ts';

/** A cluster of two to six hosts with up to 24 VMs and some rules, often too full somewhere; the same for the same seed. */
export function randomEstate(seed: number): string {
  const { below, pick } = random(seed * 15_485_863);
  const hostCount = 2 + below(5);
  const vmCount = 3 + below(Math.min(22, hostCount * 5));
  const lines = [
    'network lan { vlan 10; subnet 10.0.0.0/16 gateway 10.0.0.1 }',
    'network dmz { vlan 20; subnet 10.1.0.0/16 gateway 10.1.0.1 }',
    'array san { datastore gold { capacity 90 TiB }; datastore fast { capacity 90 TiB } }',
    '',
  ];
  const lists = Array.from({ length: hostCount }, (): string[] => []);
  const crowded = below(hostCount);
  for (let vm = 1; vm <= vmCount; vm++) {
    const network = pick(['', 'nic lan; ', 'nic lan; ', 'nic dmz; ']);
    const store = pick(['', '', '; datastore gold', '; datastore fast']);
    const net = network === '' ? '' : ` net ${pick([50, 100, 400])} Mbps`;
    const tie = below(25) === 0 ? '; devices passthrough' : '';
    lines.push(
      `vm v-${vm} { vcpu ${1 + below(4)}; memory ${pick([2, 4, 8, 16])} GiB; ${network}demand cpu ${pick([20, 50, 80])} %${net}${store}${tie} }`,
    );
    lists[below(3) === 0 ? crowded : below(hostCount)]?.push(`v-${vm}`);
  }
  lines.push('', 'cluster prod {');
  if (below(2) === 0) lines.push('  hypervisor esxi 8.0');
  if (below(4) === 0) lines.push('  failover 1 host');
  for (const [index, list] of lists.entries()) {
    const carries = below(6) === 0 ? 'lan' : 'lan, dmz';
    const mount = below(6) === 0 ? 'gold' : 'gold, fast';
    const state = below(14) === 0 ? '; state maintenance' : '';
    const runs = list.length > 0 ? `; runs ${list.join(', ')}` : '';
    lines.push(
      `  host h-${index + 1} { cpu 1 x ${pick([4, 6, 8, 12])} cores 2 GHz; memory ${pick([32, 48, 96])} GiB; nic nic[1..2] 1 Gbps; mount ${mount}; vswitch vs0 { uplink nic[1..2]; carries ${carries} }${state}${runs} }`,
    );
  }
  lines.push('}');
  const some = () => [...new Set(Array.from({ length: 2 + below(2) }, () => `v-${1 + below(vmCount)}`))];
  for (const word of ['apart', 'apart', 'together']) {
    const vms = some();
    if (below(3) === 0 && vms.length > 1) lines.push(`${word} ${vms.join(', ')} by host`);
  }
  if (below(4) === 0) lines.push(`keep v-${1 + below(vmCount)} off h-${1 + below(hostCount)}`);
  return `${lines.join('\n')}\n`;
}
