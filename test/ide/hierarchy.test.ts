import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HierarchyLink, incoming, outgoing, prepareHierarchy } from '../../server/src/ide/hierarchy.ts';
import { type Editing, editing } from './editing.ts';

const plan = `team ops
site west
switch tor-[a,b] at west
network web at west { owner ops }
array vmax at west { datastore gold-[1..2] }
cluster prod at west {
  mount gold-[1..2]
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web }
  host esx-1 { runs web-[1..2], db }
  host esx-[2..3] { runs web-3 }
}
class vm big { disk 40 GiB on gold-1; nic web }
app cart { depends-on orders; vm web-[1..3] : big }
app orders { members db }
vm db { disk root 1 GiB on gold-2 }
vm extra : big { nic none }
`;

function linkText({ workspace }: Editing, { item, at }: HierarchyLink): string {
  const places = at.map(({ uri, from, to }) => workspace.text(uri)?.slice(from, to));
  return `${item.name} (${item.detail}) by ${places.join(' and ')}`;
}

/** What the thing at the cursor stands on and what stands on it, item by item. */
function around(marked: string) {
  const all = editing(marked);
  const { workspace, uri, offset } = all;
  return prepareHierarchy(workspace, uri, offset).map((item) => ({
    item: `${item.name} (${item.detail})`,
    on: outgoing(workspace, item.key).map((link) => linkText(all, link)),
    under: incoming(workspace, item.key).map((link) => linkText(all, link)),
  }));
}

/** The plan with the cursor at some text. */
const at = (needle: string) => plan.replace(needle, `$0${needle}`);

test('a VM stands on its host, networks and datastores, and its application on it', () => {
  assert.deepEqual(around(at('db }\n')), [
    {
      item: 'db (vm)',
      on: ['esx-1 (host in prod) by db', 'gold-2 (datastore in vmax) by gold-2'],
      under: ['orders (app) by db'],
    },
  ]);
});

test('a range is one item, one member of it another', () => {
  const [whole] = around(at('web-[1..3] :'));
  assert.deepEqual(whole?.on, [
    'esx-1 (host in prod) by web-[1..2]',
    'gold-1 (datastore in vmax) by gold-1',
    'web (network) by web',
    'esx-2 (host in prod) by web-3',
  ]);
  const [member] = around(at('web-3 }'));
  assert.equal(member?.item, 'web-3 (vm in cart)');
  assert.equal(member?.on[0], 'esx-2 (host in prod) by web-3');
  assert.deepEqual(
    around(at('web-[1..2], db')).map(({ item }) => item),
    ['web-[1..3] (vm in cart (2 of 3))'],
  );
});

test('a host stands on its cluster, its switches and its datastores', () => {
  const [host] = around(at('esx-1 {'));
  assert.deepEqual(host?.on, [
    'prod (cluster) by esx-1',
    'gold-[1..2] (datastore in vmax) by gold-[1..2]',
    'tor-[a,b] (switch) by tor-a and tor-b',
    'web (network) by web',
  ]);
  assert.deepEqual(host?.under, ['web-[1..3] (vm in cart (2 of 3)) by web-[1..2]', 'db (vm) by db']);
});

test('what stands on a network, a datastore, a switch, a cluster', () => {
  const under = (needle: string) => around(at(needle))[0]?.under;
  assert.deepEqual(under('web at'), ['web-[1..3] (vm in cart) by web', 'vs0 (vswitch in prod) by web']);
  assert.deepEqual(under('gold-[1..2] }'), [
    'web-[1..3] (vm in cart) by gold-1',
    'extra (vm) by gold-1',
    'prod (cluster) by gold-[1..2]',
    'db (vm) by gold-2',
  ]);
  assert.deepEqual(under('tor-[a,b] at'), ['vs0 (vswitch in prod) by tor-a and tor-b']);
  assert.deepEqual(under('prod at'), ['esx-1 (host in prod) by esx-1', 'esx-[2..3] (host in prod) by esx-[2..3]']);
  assert.deepEqual(under('orders {'), ['cart (app) by orders']);
});

test('in a block outside of any name, the block; on what carries nothing, nothing', () => {
  assert.equal(around(at('depends-on'))[0]?.item, 'cart (app)');
  assert.deepEqual(
    [around(at('ops\n')), around(''), around('vm a { n$0ic')],
    [[], [], [{ item: 'a (vm)', on: [], under: [] }]],
  );
});

test('what another file says is shown at the name', () => {
  const [vm] = around('//- main.vdc\nimport "b.vdc"\nvm $0a\n//- b.vdc\nhost h { runs a }\n');
  assert.deepEqual(vm?.on, ['h (host) by a']);
});
