import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hover } from '../../server/src/ide/hover.ts';
import { editing } from './editing.ts';

/** What is told at the cursor. */
function told(marked: string): string {
  const { workspace, uri, offset } = editing(marked);
  return hover(workspace, uri, offset)?.markdown ?? '';
}

/** The text that it is told of. */
function covered(marked: string): string | undefined {
  const { workspace, uri, offset, text } = editing(marked);
  const found = hover(workspace, uri, offset);
  return found && text.slice(found.from, found.to);
}

const plan = `team server
// Bought in spring.
// Two of them.
host esx-01 { owner server; cpu 1 x 8 cores 2.0 GHz; memory 64 GiB; runs db-[1..2] }
vm db-[1..2] { vcpu 4; memory 16 GiB; demand cpu 50 % }
assume host { system-memory 8 GiB }
`;

test('a host: load over supply with a bar, and the arithmetic down to the lines that state it', () => {
  const text = told(plan.replace('esx-01', 'esx$0-01'));
  assert.match(text, /^\*\*host esx-01\*\* · owner server\n\nBought in spring\. {2}\nTwo of them\.\n/);
  assert.match(text, /\| CPU \| 52\.5 % \| `█████░░░░░ ` \| 8\.4 of 16 GHz \|/);
  assert.match(text, /\| vCPU per core \| 1:1 \|/);
  assert.match(text, /- CPU \*\*52\.5 %\*\* = CPU demand ÷ usable CPU\n {2}- CPU demand \*\*8\.4 GHz\*\* = Σ/);
  assert.match(text, /clock \*\*2 GHz\*\* stated \[line 4\]\(main\.vdc#L4\)/);
});

test('a factor for threads is in the arithmetic', () => {
  const text = told('host h$0 { cpu 1 x 10 cores 2 GHz; ht-factor 1.2; runs a }\nvm a { demand cpu 6 GHz }\n');
  assert.match(text, /usable CPU \*\*24 GHz\*\* = \(cores − reserved cores\) × clock × ht-factor/);
  assert.match(text, /ht-factor \*\*1\.2\*\* stated/);
});

test('what is assumed says so, and by which line', () => {
  const text = told(plan.replace('esx-01', 'esx$0-01'));
  assert.match(text, /\| memory \| .* some of it assumed \|/);
  assert.match(text, /system memory \*\*8 GiB\*\* assumed, \[line 6\]/);
});

test('the same is told of a reference', () => {
  const marked = `${plan}cluster c { runs v on es$0x-01 }\nvm v\n`;
  assert.match(told(marked), /^\*\*host esx-01\*\*/);
  assert.equal(covered(marked), 'esx-01');
});

test('an overloaded host has a bar with an arrow', () => {
  const text = told(plan.replace('esx-01', 'esx$0-01').replace('50 %', '100 %'));
  assert.match(text, /`██████████▶`/);
});

test('a range: how many, which, and one of them', () => {
  const text = told(plan.replace('vm db-[', 'vm d$0b-['));
  assert.match(text, /^\*\*vm db-\\\[1\.\.2\\\]\*\* · 2 members/);
  assert.match(text, /\n\ndb-1, db-2\n\nOne of them, db-1:\n/);
  assert.match(told('host a { nic nic[1..$04] 10 Gbps }\n'), /^4 members: nic1, nic2, nic3, nic4$/);
});

test('a long range names its ends', () => {
  assert.match(told('vm w$0-[0001..5000]\n'), /w-0001, w-0002, .*, w-0008, …, w-5000/);
});

test('a VM: where it runs, and who states what', () => {
  const text = told('class vm big { vcpu 4; memory 8 GiB }\nvm a : big { memory 16 GiB }\nhost h { runs $0a }\n');
  assert.match(text, /\| runs on \| {2}\| host h \|/);
  assert.match(text, /- `memory 16 GiB` \[line 2\]/);
  assert.match(text, /- `vcpu 4` class big, \[line 1\]/);
  assert.doesNotMatch(text, /memory 8 GiB/);
});

test('a cluster: totals and what its loss of hosts does', () => {
  const text = told(`cluster pr$0od {
  failover 1 host
  host a { cpu 1 x 8 cores 2 GHz; memory 64 GiB; runs v }
  host b { cpu 1 x 8 cores 2 GHz; memory 64 GiB }
}
vm v { vcpu 2; memory 8 GiB; demand cpu 50 % }
`);
  assert.match(text, /\| hosts \| .* 2 \|/);
  assert.match(text, /\| loss of 1 host \| .* held/);
  assert.match(text, /usable CPU \*\*16 GHz\*\* × 2 = /);
});

test('a network, a datastore, an array, an application', () => {
  assert.match(
    told('network w$0eb { subnet 10.0.0.0/28 gateway 10.0.0.1 }\nvm a { nic web }\n'),
    /\| 10\.0\.0\.0\/28 \| .* 1 of 13 addresses \|/,
  );
  assert.match(
    told('datastore d$0s { capacity 100 GiB }\nvm a { disk 40 GiB on ds }\n'),
    /\| space \| 40 % \| `████░░░░░░ ` \| 40 of 100 GiB \|/,
  );
  assert.match(told('array a$0r { disks 8 x 1 TB raid 10 }\n'), /\| usable \| /);
  assert.match(told('app c$0art { sessions 500; vm v }\n'), /\| sessions \| 500 \| stated \[line 1\]/);
});

test('a thing without figures: what is stated of it', () => {
  assert.match(told('licence w$0in { product windows-server; owned 16 cores }\n'), /- `owned 16 cores` \[line 1\]/);
});

test('names are shown as they are, never as Markdown', () => {
  assert.match(told('vm "a$0 *b* <i>"\n'), /^\*\*vm a \\\*b\\\* \\<i\\>\*\*/);
});

test('a word: how it is written, its units, its default', () => {
  const memory = told('host a { mem$0ory 64 GiB }\n');
  assert.match(memory, /^`memory SIZE`\n\ninstalled RAM\.\n/);
  assert.match(memory, /GiB, TiB/);
  assert.match(told('switch s { mt$0u 9000 }\n'), /default: 1500/);
  assert.match(told('ho$0st a\n'), /^`host NAMES .*\n\nphysical server/);
  assert.match(told('vm a { disk 1 GiB th$0in }\n'), /^`disk … thin`/);
  assert.match(told('class h$0ost a\n'), /physical server/);
});

test('a quantity in other units', () => {
  assert.equal(told('host a { memory 51$02 GB }\n'), '= 476.8 GiB = 0.466 TiB = 0.512 TB');
  assert.equal(told('host a { nic nic1 10 Gb$0ps }\n'), '= 10\u202f000 Mbps = 1250 MB/s');
  assert.equal(told('host a { power 350 W .. 1$0 kW }\n'), '= 1000 W');
  assert.equal(covered('host a { memory 51$02 GB }\n'), '512 GB');
});

test('a rule, in a policy and where it is silenced', () => {
  const rule = /^\*\*Host has less CPU than its VMs ask for\*\*[\s\S]*warning above 75 %, error above 90 %/;
  assert.match(told('policy { host-cpu-ov$0erloaded off }\n'), rule);
  assert.match(told('host a { ignore host-cpu-over$0loaded because "lab" }\n'), rule);
});

test('a rule leads to its page where the editor has the pages', () => {
  const { workspace, uri, offset } = editing('policy { host-cpu-ov$0erloaded off }\n');
  assert.doesNotMatch(hover(workspace, uri, offset)?.markdown ?? '', /All about it/);
  const linked = hover(workspace, uri, offset, 'file:///docs/rules')?.markdown ?? '';
  assert.match(linked, /\[All about it\]\(file:\/\/\/docs\/rules\/host-cpu-overloaded\.md\)$/);
});

test('a limit in a policy: what it sets, and what holds without it', () => {
  const limit = /^`host-cpu-overloaded … warn` From here on it warns\.\n\nWithout a policy: warning above 75 %/;
  assert.match(told('policy { host-cpu-overloaded wa$0rn 70 % }\n'), limit);
  assert.match(told('policy { host-cpu-overloaded warn 7$00 % }\n'), limit);
});

test('an import: what its file brings, and how its names are reached', () => {
  const files = '//- b.vdc\nsite s\nvm v-[1..3]\n';
  const card = '**[b.vdc](b.vdc)**\n\n1 site, 3 VMs\n\nIts names are reached with @x.';
  assert.equal(told(`//- a.vdc\nimport "b.v$0dc" as x\n${files}`), card);
  assert.equal(told(`//- a.vdc\nimport "b.vdc" as $0x\n${files}`), card);
  assert.equal(told('import "gone.v$0dc"\n'), 'gone.vdc cannot be read.');
});

test('an address: its network and who has it; a prefix: what is free of it', () => {
  const net = 'network web { subnet 10.0.0.0/28 gateway 10.0.0.1 dhcp 10.0.0.10 .. 10.0.0.12 }\n';
  const where = 'in **network web** (10.0.0.0/28)';
  assert.equal(told(`${net}vm a { nic web address 10.0.0.$02 }\n`), `of vm a, ${where}`);
  assert.equal(told(`${net}vm a { nic web address 10.0.0.$01 }\n`), `of the gateway, vm a, ${where}`);
  assert.equal(told(`${net.replace('dhcp 10', 'dhcp $010')}`), `of the DHCP range, ${where}`);
  assert.equal(
    told(`${net.replace('/28', '/2$08')}vm a { nic web address 10.0.0.2 }\n`),
    '**network web** · 9 of 10 addresses free `█░░░░░░░░░ `\n\n14 addresses usable − 1 for gateways − 3 for DHCP range\n\nnext free: `10.0.0.3`',
  );
});

test('any other value: the documentation of what it is a value of', () => {
  assert.match(told('cluster c { features h$0a }\n'), /^`features /);
  assert.match(told('vm a { disk 4 GiB mode sha$0red }\n'), /^`disk … mode/);
  assert.match(told('host a { cpu 2 x 8 cor$0es }\n'), /^`cpu /);
  assert.match(told('site s { tariff 0.1 EUR/k$0Wh }\n'), /^`tariff TARIFF`/);
  assert.match(told('host a { mount no$0ne }\n'), /^`none` Nothing: /);
  assert.match(told('host h-[1..2] { runs ea$0ch v-[1..2] }\n'), /^`each` Deals the list out/);
  assert.match(told('class vm big\nvm a :$0 big\n'), /^`: class, …`/);
});

test('what is told once of a sum is not told again', () => {
  const text = told(`cluster pr$0od {
  failover 1 host
  host a { cpu 1 x 8 cores 2 GHz; memory 64 GiB; runs v }
  host b { cpu 1 x 8 cores 2 GHz; memory 64 GiB }
}
vm v { vcpu 2; memory 8 GiB; demand cpu 50 % }
`);
  assert.equal(text.match(/^ *- memory of VMs \*\*8 GiB\*\* = Σ memory$/gm)?.length, 1);
  assert.match(text, /memory of VMs \*\*8 GiB\*\*, as above/);
});

test('a cluster tells how many more of its usual VMs it takes', () => {
  const text = told(`cluster pr$0od {
  host [a,b] { memory 64 GiB; system-memory 4 GiB; runs each v-[1..2] }
}
class vm std { memory 8 GiB }
vm v-[1..2] : std
`);
  assert.match(text, /\| room \| 5 \|/);
  assert.match(
    text,
    /room for std \*\*5\*\* = \(usable memory without a − memory of VMs\) ÷ memory of one std, by totals/,
  );
});

test('what a VM asks for comes from the statement that says so, also an assumed one', () => {
  const text = told('vm a$0 { vcpu 2; measured iops 30 }\nassume vm { demand net 5 Mbps }\n');
  assert.match(text, /\| IOPS \| 30 IOPS \| stated \[line 1\]/);
  assert.match(text, /\| sent, peak \| 5 Mbps \| assumed, \[line 2\]/);
});

test('a thing that nothing is stated of is told where it is', () => {
  assert.match(told('\nteam op$0s\n'), /^\*\*team ops\*\*\n\ndeclared \[line 2\]/);
});

test('nothing is told of blanks, comments and what is not known', () => {
  for (const marked of ['$0', '// host$0\n', 'host a {\n\n$0\n}\n', 'host a { mount no$0pe }\n'])
    assert.equal(told(marked), '', marked);
});

test('whole statements of broken text are told of', () => {
  assert.match(told('cluster c {\n  host h { memory 64 Gi\n  host k$0 { memory 64 GiB }\n'), /^\*\*host k\*\*/);
});

test('the month in which a cluster, a subnet and a datastore run out', () => {
  const growing = `design p { as-of 2026-11-22; horizon 24 months; growth vms 2/month disk 50 GiB/month }
network lan { subnet 10.0.0.0/27 dhcp 10.0.0.20 .. 10.0.0.29 }
cluster prod {
  failover 1 host
  host h-[1..3] { cpu 10 cores 1 GHz; memory 64 GiB }
  runs a-[1..6]
}
vm a-[1..6] { memory 16 GiB; nic lan; demand cpu 0.1 GHz }
datastore d { capacity 1 TiB; measured used 800 GiB }
`;
  const cluster = told(growing.replace('cluster prod', 'cluster pr$0od'));
  assert.match(cluster, /\| memory runs out \|.*2026-12, at 120 GiB \|/);
  assert.match(cluster, /\| CPU runs out \|.*not within 24 months, at 20 GHz \|/);
  assert.match(
    told(growing.replace('network lan', 'network l$0an')),
    /\| the range runs out \|.*2027-01, at 10 addresses \|/,
  );
  assert.match(told(growing.replace('datastore d ', 'datastore $0d ')), /\| space runs out \|.*2027-04, at 1 TiB \|/);
  assert.doesNotMatch(told(growing.replace('cluster prod', 'cluster pr$0od').replace('vms 2/month ', '')), /runs out/);
});

test('a design: its stage of maturity, what comes next, and how far each dimension has come', () => {
  const text = 'design d$0c\ncluster prod { features ha; host esx-[1..2] }\n';
  const card = told(text);
  assert.match(card, /\| maturity \| .* stage 1 of 5: /);
  assert.match(
    card,
    /\| servers \| 50 % \| `█████░░░░░ ` \| 2 of 4 · next: every cluster states what may fail, and holds it/,
  );
  assert.match(told(text.replace('$0', '').replace('design', 'des$0ign')), /this design is at stage 1 of 5/);
  assert.doesNotMatch(told('des$0ign dc\n'), /stage/);
});
