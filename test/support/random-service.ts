import { random } from './random.ts';

type Draw = ReturnType<typeof random>;

/**
 * A design about what runs on the hardware and what it costs: applications with delivery, sessions and restart order,
 * features and what they need, balancing, moves and their agreement, licences, budgets, staff, tools and owners. In canonical
 * format; drawn so that rules of awareness, costs, features and management meet both sides of their limits.
 */
export function randomService(seed: number): string {
  const draw = random(seed);
  const { below, pick } = draw;
  const chance = (share: number) => draw.next() < share;
  const hosts = 2 + below(3);
  const vms = 6 + below(8);
  const lines = ['design d {', '  as-of 2026-11-22', '  currency EUR'];
  if (chance(0.7)) lines.push(`  budget capex ${pick([2, 20, 60, 110])}_000 EUR`);
  if (chance(0.3)) lines.push(`  budget opex ${5 + below(60)}_000 EUR/year`);
  if (chance(0.4)) lines.push(`  growth vms ${1 + below(5)} %/month`);
  lines.push('}', '', ...people(draw), '', 'site here', ...tools(draw), '');
  lines.push(
    'network front at here { owner network; vlan 110; subnet 10.1.10.0/24 gateway 10.1.10.1 }',
    'network back at here { owner network; vlan 120; subnet 10.1.20.0/24 }',
    'network live at here { owner network; vlan 130 }',
  );
  for (const name of ['tor-a', 'tor-b']) {
    const price = chance(0.6) ? '; cost 7_500 EUR' : '';
    const owner = pick(['network', 'server']);
    lines.push(`switch ${name} at here { owner ${owner}; ports ${pick([3, 8, 24])} x 10 Gbps; trunk *${price} }`);
  }
  lines.push(`adc lb at here { owner network; networks ${pick(['front', 'front, back'])} }`, '');
  lines.push(...storage(draw), '', ...licences(draw), '', ...cluster(draw, hosts, vms), '');
  if (chance(0.6)) lines.push(`server old-[1..4] { nic 1 x 1 Gbps; measured net ${pick([100, 900])} Mbps as p95 }`);
  const replaces = lines.at(-1)?.startsWith('server');
  for (let v = 1; v <= vms; v++) lines.push(vm(draw, v, replaces === true && v <= 4 ? `old-${v}` : undefined));
  lines.push('', ...apps(draw, vms));
  if (chance(0.5)) lines.push(`wave night { owner server; moves v-1; to h-${1 + below(hosts)}; method live }`);
  if (chance(0.3)) lines.push('apart v-1, v-2 by host', ...(chance(0.4) ? ['together v-1, v-2 by host'] : []));
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function people({ below, next }: Draw): string[] {
  const chance = (share: number) => next() < share;
  const facts = [];
  if (chance(0.5)) facts.push(`staff 1; ratio hosts ${1 + below(4)}`);
  if (chance(0.4)) facts.push(`budget capex ${20 + below(60)}_000 EUR`);
  const body = facts.length > 0 ? ` { ${facts.join('; ')} }` : '';
  return [
    `team server${body}`,
    `team network${chance(0.3) ? ' { contact "net@example.com" }' : ''}`,
    'team application',
  ];
}

function tools({ next, pick }: Draw): string[] {
  const lines: string[] = [];
  if (next() < 0.6) lines.push('tool apm { owner application; covers app * }');
  if (next() < 0.6) lines.push(`tool watch { owner server; covers ${pick(['host *', 'switch *', 'vm *'])} }`);
  return lines;
}

function storage({ below, next, pick }: Draw): string[] {
  const chance = (share: number) => next() < share;
  const lines = ['array vmax at here {', '  owner server', '  usable 10 TiB'];
  if (chance(0.6)) lines.push('  cost none', `  expansion 5 TiB cost ${10 + below(20)}_000 EUR`);
  const thin = chance(0.5) ? '; thin' : '';
  lines.push(
    `  datastore gold { capacity 9 TiB${thin}; growth disk ${pick([40, 400])} GiB/month; measured used ${3 + below(5)} TiB }`,
    '}',
  );
  if (chance(0.3)) lines.push('datastore lone { capacity 4 TiB }');
  lines.push('image base on gold { size 40 GiB }', `image desk-[1..3] of base on gold { size 42 GiB; unique 2 GiB }`);
  return lines;
}

function licences({ below, next }: Draw): string[] {
  const lines: string[] = [];
  lines.push('licence std { product windows-server edition standard; cost 62 EUR/core; vms 2 }');
  if (next() < 0.6)
    lines.push(
      `licence dc { product windows-server edition datacenter; cost ${80 + below(400)} EUR/core; vms unlimited }`,
    );
  lines.push('licence oracle { product oracle-db; on h-1 }');
  return lines;
}

function cluster({ below, next, pick }: Draw, hosts: number, vms: number): string[] {
  const chance = (share: number) => next() < share;
  const lines = ['cluster c at here {', `  owner ${pick(['server', 'server', 'application'])}`];
  lines.push(
    `  hypervisor ${pick(['esxi 6.0', 'esxi 8.0 edition enterprise-plus', 'esxi 8.0 edition standard', 'kvm'])}`,
  );
  const features = pick([
    'live-migration, ha',
    'live-migration',
    'live-migration, ft',
    'ha, linked-clones',
    'live-migration, dpm',
  ]);
  lines.push(`  features ${features}`);
  if (chance(0.4)) lines.push(`  drs ${pick(['full', 'full level 5', 'manual'])}`);
  if (chance(0.8)) lines.push(`  failover ${pick(['1 host', 'none'])}`);
  if (chance(0.8)) lines.push('  mount gold');
  if (chance(0.5)) lines.push('  licences std');
  const teaming = chance(0.2) ? 'lacp' : undefined;
  lines.push('  vswitch vs0 {', `    owner ${pick(['server', 'network'])}`);
  if (teaming) lines.push('    teaming lacp', '    uplink nic1, nic2 to tor-a');
  else lines.push('    uplink nic1 to tor-a', ...(chance(0.7) ? ['    uplink nic2 to tor-b'] : []));
  lines.push(`    carries front, back${chance(0.9) ? ', live' : ''}`, '  }');
  if (chance(0.8))
    lines.push(
      `  service migration on ${pick(['live', 'live', 'front'])}${chance(0.5) ? ` limit ${pick(['200 Mbps', '1 Gbps', '2 Gbps'])}` : ''}`,
    );
  const placed: string[][] = Array.from({ length: hosts }, () => []);
  for (let v = 1; v <= vms; v++) placed[v === 1 ? hosts - 1 : chance(0.5) ? 0 : below(hosts)]?.push(`v-${v}`);
  const speed = pick([1, 1, 10]);
  const memory = pick([96, 256]);
  for (let h = 1; h <= hosts; h++) {
    const list = placed[h - 1] ?? [];
    lines.push(`  host h-${h} {`);
    const generation = chance(0.2) ? 'ice-lake' : 'cascade-lake';
    lines.push(`    cpu 2 x 16 cores 2.4 GHz vendor intel generation ${generation}`, `    memory ${memory} GiB`);
    lines.push(`    nic nic[1..2] ${speed} Gbps`);
    if (chance(0.6)) lines.push(`    cost ${5 + below(20)}_000 EUR`);
    if (list.length > 0) lines.push(`    runs ${list.join(', ')}`);
    lines.push('  }');
  }
  lines.push('}');
  return lines;
}

function vm({ next, pick }: Draw, v: number, replaced: string | undefined): string {
  const chance = (share: number) => next() < share;
  const parts = [`vcpu ${pick([2, 4, 8])}`, `memory ${pick([8, 16, 64])} GiB`];
  if (chance(0.6)) parts.push('os windows-server-2022');
  parts.push('disk 60 GiB thin used 30 GiB', 'datastore gold', `nic ${pick(['front', 'back'])}`);
  // The first one sends much and reckons little, on a host that has little else.
  const load =
    v === 1 && chance(0.5)
      ? 'cpu 2 % net 750 Mbps'
      : `cpu ${pick([2, 20, 50, 80])} % net ${pick([10, 150, 300, 700])} Mbps`;
  const dirty = chance(0.3) ? ` dirty ${pick([20, 50, 300])} MB/s` : '';
  parts.push(`demand ${load}${dirty}${chance(0.5) ? ` active ${pick([40, 95])} %` : ''}`);
  if (replaced) parts.push(`replaces ${replaced}`);
  return `vm v-${v} { ${parts.join('; ')} }`;
}

function apps({ below, next, pick }: Draw, vms: number): string[] {
  const chance = (share: number) => next() < share;
  const lines: string[] = [];
  for (const [name, other, members] of [
    ['shop', 'orders', 'v-1, v-2'],
    ['orders', 'shop', `v-3, v-${vms}`],
  ] as const) {
    const facts = [`owner ${pick(['application', 'application', 'server'])}`, `members ${members}`];
    if (chance(0.5)) facts.push('tier critical');
    if (chance(0.4)) facts.push(`restart ${pick(['high', 'medium', 'low'])}`);
    if (name === 'shop' && chance(0.5)) facts.push(`depends-on ${other}`);
    if (chance(0.4)) facts.push(`vip 10.1.10.${50 + below(9)} on front via lb pool ${members.split(', ')[0]}`);
    if (chance(0.4))
      facts.push(`sessions ${100 * (1 + below(50))} state ${pick(['server-local', 'external'])} timeout 30 s`);
    if (chance(0.4)) facts.push(`slo downtime ${pick([50, 200, 500])} ms`);
    if (chance(0.3)) facts.push('licences oracle');
    if (chance(0.3)) facts.push('quorum 2');
    lines.push(`app ${name} {`, ...facts.map((fact) => `  ${fact}`), '}');
  }
  return lines;
}
