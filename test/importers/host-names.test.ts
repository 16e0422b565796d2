import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuModelOf } from '../../server/src/importers/inventory/cpu-model.ts';
import { guestOsOf } from '../../server/src/importers/inventory/guest-os.ts';
import { joinHostNames, type NamedHost } from '../../server/src/importers/rvtools/host-names.ts';

function join(listed: readonly string[], others: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    joinHostNames(
      listed.map((name) => ({ name })),
      others.map((name) => ({ name })),
    ).joined,
  );
}

test('hosts are joined over case, domain and letters before or after', () => {
  assert.deepEqual(join(['esx-01'], ['ESX-01']), { 'ESX-01': 'esx-01' });
  assert.deepEqual(join(['esx-01.lab.net'], ['esx-01']), { 'esx-01': 'esx-01.lab.net' });
  assert.deepEqual(join(['vmsp-01', 'vmsp-02'], ['bovmsp-01.customer.com', 'bovmsp-02.customer.com']), {
    'bovmsp-01.customer.com': 'vmsp-01',
    'bovmsp-02.customer.com': 'vmsp-02',
  });
});

test('numbers, domains and clusters keep hosts apart', () => {
  assert.deepEqual(join(['bovmdmz7-01'], ['bovmdmz4-01']), {});
  assert.deepEqual(join(['esx-1'], ['esx-11']), {});
  assert.deepEqual(join(['esx-01.a.net'], ['esx-01.b.net']), {});
  assert.deepEqual(join(['10.0.0.1'], ['10.0.0.11']), {});
  const a: NamedHost = { name: 'vmsp-01', cluster: 'A' };
  assert.equal(joinHostNames([a], [{ name: 'bovmsp-01', cluster: 'B' }]).joined.size, 0);
});

test('a name that fits two hosts is left apart and named', () => {
  const { joined, ambiguous } = joinHostNames([{ name: 'a-node-01' }, { name: 'b-node-01' }], [{ name: 'node-01' }]);
  assert.equal(joined.size, 0);
  assert.deepEqual(ambiguous.get('node-01'), ['a-node-01', 'b-node-01']);
  assert.equal(joinHostNames([{ name: 'node-01' }], [{ name: 'a-node-01' }, { name: 'b-node-01' }]).joined.size, 0);
});

test('a host that has its own name is not given another', () => {
  assert.deepEqual(join(['esx-01'], ['esx-01', 'myesx-01']), {});
});

test('tabs may disagree with each other, and one name per tab is joined', () => {
  const named = (name: string, ...tabs: readonly string[]): NamedHost => ({ name, tabs: new Set(tabs) });
  const others = [named('esx-01', 'vNIC'), named('myesx-01', 'vInfo'), named('ESX-01.lab', 'vPort')];
  assert.deepEqual([...joinHostNames([{ name: 'esx-01' }], others).joined.keys()].sort(), ['ESX-01.lab', 'myesx-01']);
});

test('processors: name, maker, generation, clock', () => {
  assert.deepEqual(cpuModelOf('Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz'), {
    text: 'Intel Xeon E5-2680',
    short: 'e5-2680',
    vendor: 'intel',
    generation: 'sandy-bridge',
    nominal: 2.7e9,
  });
  const generations = {
    'Intel(R) Xeon(R) CPU           X5675  @ 3.07GHz': 'westmere',
    'Intel(R) Xeon(R) CPU E5-2667 v3 @ 3.20GHz': 'haswell',
    'Intel(R) Xeon(R) CPU E5-2697A v4 @ 2.60GHz': 'broadwell',
    'Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz': 'skylake',
    'Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz': 'cascade-lake',
    'Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz': 'ice-lake',
    'Intel(R) Xeon(R) Platinum 8380H CPU @ 2.90GHz': 'cooper-lake',
    'Intel(R) Xeon(R) Gold 6430': 'sapphire-rapids',
    'AMD EPYC 7742 64-Core Processor': 'rome',
    'AMD EPYC 7513 32-Core Processor': 'milan',
    'AMD EPYC 9654 96-Core Processor': 'genoa',
    'Some CPU': undefined,
  };
  for (const [model, generation] of Object.entries(generations))
    assert.equal(cpuModelOf(model).generation, generation, model);
});

test('guest systems', () => {
  const systems = {
    'Microsoft Windows Server 2008 R2 (64-bit)': 'windows-server-2008-r2',
    'Microsoft Windows Server 2016 or later (64-bit)': 'windows-server-2016',
    'Microsoft Windows XP Professional (32-bit)': 'windows-xp',
    'Red Hat Enterprise Linux 8 (64-bit)': 'rhel-8',
    'SUSE Linux Enterprise 11 (64-bit)': 'sles-11',
    'CentOS 4/5/6/7 (64-bit)': 'centos',
    'Ubuntu Linux (64-bit)': 'ubuntu',
    'Other 3.x or later Linux (64-bit)': 'linux',
    'Something else': undefined,
  };
  for (const [text, word] of Object.entries(systems)) assert.equal(guestOsOf(text).word, word, text);
});
