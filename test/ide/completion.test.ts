import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filledIn } from '../../server/src/ide/completion/snippets.ts';
import { type Completions, completions } from '../../server/src/ide/completion.ts';
import { KINDS, kindOf } from '../../server/src/language/schema/schema.ts';
import { readStatements } from '../../server/src/language/sentence.ts';
import { parse } from '../../server/src/language/syntax/parser.ts';
import { editing } from './editing.ts';

function asked(marked: string): Completions | undefined {
  const { workspace, uri, offset } = editing(marked);
  return completions(workspace, uri, offset);
}

/** Labels in the order in which an editor shows them. */
function offered(marked: string): string[] {
  const items = [...(asked(marked)?.items ?? [])];
  items.sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
  return items.map(({ label }) => label);
}

function has(marked: string, ...labels: string[]): void {
  const all = offered(marked);
  for (const label of labels) assert.ok(all.includes(label), `${label} is not among ${all.join(', ')}`);
}

function hasNot(marked: string, ...labels: string[]): void {
  const all = offered(marked);
  for (const label of labels) assert.ok(!all.includes(label), `${label} is among ${all.join(', ')}`);
}

test('at the top level: blocks of the file, with a body to fill in', () => {
  has('$0', 'host', 'cluster', 'site', 'vm', 'design', 'policy');
  hasNot('$0', 'memory', 'vswitch', 'pool');
  const host = asked('$0')?.items.find(({ label }) => label === 'host');
  assert.match(host?.snippet ?? '', /^host \$\{1:name\} \{\n {2}cpu/);
});

test('a word with something behind it is replaced alone', () => {
  const host = asked('ho$0 esx-01 { }\n')?.items.find(({ label }) => label === 'host');
  assert.equal(host?.snippet, undefined);
});

test('in a block: its words, those that stand once only once', () => {
  has('host a {\n  $0\n}\n', 'memory', 'cpu', 'nic', 'vswitch');
  hasNot('host a {\n  memory 4 GiB\n  $0\n}\n', 'memory');
  has('host a {\n  nic nic1 10 Gbps\n  $0\n}\n', 'nic');
  has('class vm big { $0 }', 'vcpu');
  has('amend host a { $0 }', 'memory');
  has('assume vm { $0 }', 'demand');
});

test('in a long block, which is kept in parts', () => {
  const filler = Array.from({ length: 120 }, (_, k) => `  host esx-${k} { memory 64 GiB }\n`).join('');
  has(`cluster c {\n  failover 1 host\n${filler}  $0\n}\n`, 'host', 'features');
  hasNot(`cluster c {\n  failover 1 host\n${filler}  $0\n}\n`, 'failover', 'memory');
});

test('in half-typed text', () => {
  has('cluster c {\n  host h {\n    $0\n', 'memory');
  has('cluster c {\n  host h {\n    mem$0', 'memory');
  has('cluster c {\n  host h {\n    memory 4 $0', 'GiB');
  has('clster c {\n  $0\n}\n', 'failover');
});

test('clauses that are not stated yet, on the line and in the braces', () => {
  assert.deepEqual(offered('vm a { disk 40 GiB $0 }'), ['thin', 'thick', 'on', 'used', 'mode']);
  assert.deepEqual(offered('vm a { disk 40 GiB thin $0 on x }'), ['used', 'mode']);
  assert.deepEqual(offered('vm a { disk data 4 GiB {\n  thin\n  $0\n} }'), ['on', 'used', 'mode']);
  assert.deepEqual(offered('host a { cpu 2 x 16 cores 2.9 GHz vendor intel $0 }'), ['model', 'generation', 'numa']);
});

test('a clause is not offered before its subject', () => {
  hasNot('host a { memory $0 }', 'taken');
  hasNot('vm a { vcpu $0 }', 'sockets');
});

test('words that belong to a value', () => {
  assert.deepEqual(offered('host a { cpu 2 $0 }'), ['cores', 'x']);
  assert.deepEqual(offered('host a { cpu 2 x 16 $0 }'), ['cores']);
  assert.deepEqual(offered('host a { height 2 $0 }'), ['U']);
});

test('one of these words', () => {
  assert.deepEqual(offered('app x { tier $0 }'), ['critical', 'high', 'normal', 'low']);
  has('cluster c { features ha, $0 }', 'ft', 'live-migration');
  hasNot('cluster c { features ha, $0 }', 'ha');
  assert.deepEqual(offered('array a { disks 4 x 1 TB media $0 }'), ['hdd', 'ssd', 'nvme']);
});

test('units behind a number, the usual first, and touching it', () => {
  assert.deepEqual(offered('host a { memory 4 $0 }').slice(0, 2), ['GiB', 'TiB']);
  assert.deepEqual(offered('host a { memory 4$0 }').slice(0, 2), ['4 GiB', '4 TiB']);
  assert.equal(asked('host a { memory 4g$0 }')?.items[0]?.filter, '4GiB');
  assert.deepEqual(offered('design d { currency EUR }\nsite s { tariff 0.11 $0 }'), ['EUR/kWh']);
  assert.deepEqual(offered('design d { horizon 36 $0 }').slice(0, 2), ['months', 'years']);
  assert.deepEqual(offered('backup b { retain 14 $0 }').slice(0, 2), ['days', 'copies']);
  assert.deepEqual(offered('host a { memory 2.$0 }'), []);
});

test('amounts per time, in the units of what grows', () => {
  assert.deepEqual(offered('design d { growth disk 2 $0 }'), ['%/month', '%/year', 'TiB/month', 'GiB/month']);
  // Without a blank it may be a number of VMs, too.
  assert.deepEqual(offered('design d { growth vms 2$0 }'), ['2 %/month', '2 %/year', '2/month', '2/year']);
  assert.deepEqual(offered('design d { growth vms 2 $0 }'), ['%/month', '%/year']);
});

test('one of a thing, or several', () => {
  assert.deepEqual(offered('cluster c { failover 1 $0 }'), ['%', 'host', 'rack', 'site']);
  assert.deepEqual(offered('cluster c { failover 2 $0 }'), ['%', 'hosts', 'racks', 'sites']);
  assert.deepEqual(offered('licence l { owned 1 $0 }'), ['cores', 'sockets', 'hosts', 'vms']);
});

test('words that facts are known of: editions, products, generations of CPUs', () => {
  assert.deepEqual(offered('host a { hypervisor hyper-v 2025 edition $0 }'), ['standard', 'datacenter']);
  assert.deepEqual(offered('host a { cpu 8 cores vendor amd generation $0 }').slice(0, 2), ['turin', 'genoa']);
  has('licence l { product $0 }', 'esxi', 'windows-server');
});

test('clauses behind an optional value', () => {
  assert.deepEqual(offered('host a { hypervisor esxi 8.0 $0 }'), ['edition', 'build', 'support-until']);
});

test('a thing is not offered to itself, but members of a range to each other', () => {
  assert.deepEqual(offered('app a { depends-on $0 }\napp b\n'), ['b']);
  has('switch s-[1..2] { lacp $0 }\n', 's-1', 's-2');
  has('cluster c { runs v on $0 }\nvm v\n', 'c');
});

test('at the top level in the order in which a design is written', () => {
  const first = [
    'design',
    'team',
    'site',
    'network',
    'switch',
    'array',
    'class',
    'cluster',
    'host',
    'vm',
    'app',
    'runs',
  ];
  assert.deepEqual(offered('$0').slice(0, first.length), first);
  assert.deepEqual(offered('design d\n$0').slice(0, 2), ['team', 'site']);
});

test('in a block what it is about comes first, in the order of the reference; what every block has last', () => {
  assert.deepEqual(offered('vm a { $0 }').slice(0, 3), ['vcpu', 'memory', 'disk']);
  assert.deepEqual(offered('host a { $0 }').slice(0, 4), ['cpu', 'memory', 'nic', 'hba']);
  assert.deepEqual(offered('site a { $0 }').slice(0, 7), ['tariff', 'pue', 'feed', 'rtt', 'timezone', 'owner', 'adc']);
  assert.deepEqual(offered('team a { $0 }').slice(-2), ['until', 'ignore']);
});

test('the usual value of a figure, to be written over', () => {
  assert.deepEqual(offered('host a { cpu $0 }').slice(0, 1), ['2 x 16 cores 2.9 GHz']);
  const cpu = asked('host a { cpu $0 }')?.items[0]?.snippet;
  assert.match(cpu ?? '', /^\$\{1:2\} x \$\{2:16\} cores \$\{3:2\.9\} GHz$/);
  assert.deepEqual(offered('class vm a { memory $0 }'), ['8 GiB']);
  assert.deepEqual(offered('cluster c { failover $0 }'), ['1 host', 'none']);
  assert.deepEqual(offered('design d { currency CHF }\nhost a { cost $0 }'), ['18_500 CHF']);
  assert.deepEqual(offered('host a { memory 6$0 }').slice(0, 1), ['6 GiB']);
});

test('subnets and VLANs behind those that there are', () => {
  assert.deepEqual(offered('network n { subnet $0 }'), ['10.1.10.0/24']);
  assert.deepEqual(offered('network n { subnet 10.0.0.0/26 }\nnetwork m { subnet $0 }'), ['10.0.0.64/26']);
  assert.deepEqual(offered('network n { subnet 10.0.10.0/24 }\nnetwork m { subnet $0 }'), ['10.0.20.0/24']);
  assert.deepEqual(offered('network n { vlan $0 }'), ['110']);
});

test('words of the trade lead to those of the language', () => {
  has('vm a { ra$0 }', 'memory');
  assert.equal(asked('vm a { ra$0 }')?.items.find(({ filter }) => filter === 'ram')?.insert, 'memory');
  assert.equal(
    asked('cluster c { vmo$0 }')?.items.find(({ filter }) => filter === 'vmotion')?.insert,
    'features live-migration',
  );
  // They are known from the second letter on: the list is asked for again.
  assert.equal(asked('vm a { r$0 }')?.isIncomplete, true);
  assert.equal(asked('vm a { ra$0 }')?.isIncomplete, false);
});

test('ranges as a whole in front of their members, where several may be named', () => {
  const text = 'datastore gold-[1..3]\nvm v-[1..3]\nhost h { runs v-1 }\n';
  assert.deepEqual(offered(`${text}cluster c { mount $0 }`), ['gold-[1..3]', 'gold-1', 'gold-2', 'gold-3']);
  assert.deepEqual(offered(`${text}vm a { datastore $0 }`), ['gold-1', 'gold-2', 'gold-3']);
  assert.deepEqual(offered(`${text}cluster c { runs $0 }`), ['v-[2..3]', 'v-2', 'v-3']);
});

test('what is named and declared nowhere, where a thing of its kind is declared', () => {
  const text = 'switch s { trunk web to prod }\napp a { members v-[1..4] }\nhost h : big\n';
  assert.deepEqual(offered(`${text}network $0`), ['web']);
  assert.deepEqual(offered(`${text}cluster $0`), ['prod']);
  assert.deepEqual(offered(`${text}array $0`), []);
  assert.deepEqual(offered(`${text}vm $0`), ['v-[1..4]']);
  assert.deepEqual(offered(`${text}class host $0`), ['big']);
  assert.deepEqual(offered('team network\nteam $0'), ['server', 'storage', 'application']);
});

test('names of the right kind, those in the same block first', () => {
  const text = 'network n\nhost x { datastore a }\nhost y { datastore b; mount $0 }\n';
  assert.deepEqual(offered(text), ['b', 'a']);
  assert.deepEqual(offered('team t\nnetwork n { owner $0 }\n'), ['t']);
  assert.deepEqual(offered('network a\nnetwork b\nnetwork c\nadc x { networks a, $0 }\n'), ['b', 'c']);
});

test('a name that means several things comes with its container', () => {
  const text = 'host x { datastore local }\nhost y { datastore local }\nvm v { datastore $0 }\n';
  assert.deepEqual(offered(text), ['local@x', 'local@y']);
});

test('a name that would be read as something else is quoted', () => {
  const items = asked('team "SQL team"\nnetwork n { owner $0 }\n')?.items;
  assert.deepEqual(
    items?.map(({ label, insert }) => [label, insert]),
    [['SQL team', '"SQL team"']],
  );
});

test('classes behind a colon, of the right kind', () => {
  assert.deepEqual(offered('class vm big { vcpu 1 }\nclass host dl\nvm a : $0'), ['big']);
  assert.deepEqual(offered('class vm big { vcpu 1 }\nclass vm base\nclass vm x : big, $0'), ['base']);
  assert.deepEqual(offered('class vm big { vcpu 1 }\nvm a :$0'), [': big']);
});

test('VMs that run nowhere yet, with their size', () => {
  const text = 'vm a { vcpu 4; memory 8 GiB }\nvm b\nhost x { runs b }\nhost y { runs $0 }\n';
  const items = asked(text)?.items;
  assert.deepEqual(
    items?.map(({ label, detail }) => [label, detail]),
    [['a', '4 vCPU · 8 GiB']],
  );
});

test('hosts with their load, those with most room first', () => {
  const text = `vm a { vcpu 4; memory 8 GiB; demand cpu 50 % }
vm b
host x { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs a }
host y { cpu 1 x 4 cores 2 GHz; memory 64 GiB }
runs b on $0
`;
  assert.deepEqual(offered(text), ['y', 'x']);
  const busy = asked(text)?.items.find(({ label }) => label === 'x');
  assert.equal(busy?.detail, 'CPU 52.5 % · memory 13.3 %');
});

test('kinds, and names of the kind in front', () => {
  has('class $0', 'vm', 'host');
  hasNot('class $0', 'team', 'design');
  has('tool t { covers $0 }', 'vm', 'hypervisor');
  assert.deepEqual(offered('vm v\nhost h\ntool t { covers vm $0 }'), ['*', 'v']);
  assert.deepEqual(offered('vm v\nhost h\namend vm $0'), ['v']);
});

test('rules in a policy, and where they are silenced those that find something', () => {
  has('policy {\n  $0\n}', 'host-cpu-overloaded', 'powered-off');
  hasNot('policy {\n  host-cpu-overloaded off\n  $0\n}', 'host-cpu-overloaded');
  has('policy { host-cpu-overloaded $0 }', 'warn', 'error', 'off');
  assert.deepEqual(offered('policy { host-cpu-overloaded warn 70 $0 }').slice(0, 1), ['%']);
  const busy = `host a { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs v; ignore $0 }
vm v { vcpu 8; memory 8 GiB; demand cpu 90 % }
`;
  has(busy, 'host-cpu-overloaded');
  hasNot(busy, 'subnet-exhausted');
});

test('free addresses of the network, past gateways and those in use', () => {
  const net = 'network web { subnet 10.0.0.0/28 gateway 10.0.0.1 }\nvm a { nic web address 10.0.0.2 }\n';
  assert.deepEqual(offered(`${net}vm b { nic web address $0 }\n`), ['10.0.0.3', '10.0.0.4', '10.0.0.5']);
  assert.deepEqual(offered(`${net}vm b-[1..3] { nic web address $0 }\n`), ['each 10.0.0.[3..5]']);
  assert.deepEqual(offered(`${net}vm b-[1..3] { nic web address each $0 }\n`), ['10.0.0.[3..5]']);
  assert.deepEqual(offered(`${net}vm b { nic web address 10.0.0.$0 }\n`), ['10.0.0.3', '10.0.0.4', '10.0.0.5']);
  assert.deepEqual(offered(`${net}vm b { nic address $0 }\n`), ['10.0.0.3']);
  assert.deepEqual(offered('network n { subnet 10.0.0.0/28 gateway $0 }\n'), ['10.0.0.1']);
});

test('VLANs that are free', () => {
  assert.deepEqual(offered('network a { vlan 110 }\nnetwork b { vlan 130 }\nnetwork c { vlan $0 }\n'), ['140', '120']);
});

test('physical ports of the host', () => {
  assert.deepEqual(offered('host h { nic vmnic[0..1] 10 Gbps; vswitch v { uplink $0 } }\n'), ['vmnic0', 'vmnic1']);
});

test('nothing in comments, in texts, within brackets, and where a name is made up', () => {
  for (const marked of ['// ho$0\n', 'host a { note "me$0" }', 'vm a-[1$0', 'host $0'])
    assert.deepEqual(offered(marked), [], marked);
});

test('what is replaced: the word around the cursor', () => {
  const { workspace, uri, offset, text } = editing('host a { mem$0ory 4 GiB }');
  const found = completions(workspace, uri, offset);
  assert.equal(found && text.slice(found.replaces.from, found.replaces.to), 'memory');
});

test('ten thousand names are cut off, and asked for again', () => {
  const vms = Array.from({ length: 3_000 }, (_, k) => `vm v-${String(k).padStart(4, '0')}\n`).join('');
  const cut = asked(`${vms}host h { runs $0 }\n`);
  assert.equal(cut?.isIncomplete, true);
  assert.equal(cut?.items.length, 200);
  assert.deepEqual(offered(`${vms}host h { runs 2999$0 }\n`), ['v-2999']);
});

test('the bodies of blocks are whole as they stand', () => {
  for (const kind of KINDS.values()) {
    const text = filledIn(kind.name);
    if (text === undefined) continue;
    const context = kind.standsIn[0] ?? 'file';
    const { statements, problems } = parse(`${text}\n`);
    const read = readStatements(statements, kindOf(context).name);
    assert.deepEqual([...problems, ...read.problems], [], text);
  }
});
