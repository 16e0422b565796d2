import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardOf } from '../../server/src/ide/card.ts';
import { editing } from './editing.ts';

const plan = `site s
cluster c at s {
  host esx-1 { cpu 2 x 16 cores 2 GHz; memory 64 GiB; runs a, b }
  host esx-2 { memory 64 GiB }
}
network web at s { vlan 10; subnet 10.0.0.0/29 }
vm a { vcpu 4; memory 20 GiB; demand cpu 50 %; nic web }
vm b { vcpu 4; memory 30 GiB; nic web }
`;

const card = (node: string) => {
  const { workspace, uri } = editing(plan);
  return cardOf(workspace, uri, node);
};

test('a card has the figures of the hover, with their classes and how they are known', () => {
  const host = card('host:c/esx-1');
  assert.equal(host?.title, 'host esx-1');
  assert.equal(host?.caption, 'cluster c · at s');
  const memory = host?.rows.find(({ label }) => label === 'memory');
  assert.equal(memory?.class, 'calm3');
  assert.equal(memory?.state, 'derived');
  assert.match(memory?.detail ?? '', /50 of .* GiB/);
  assert.ok(memory?.how && memory.inputs?.length === 2);
  const cpu = host?.rows.find(({ label }) => label === 'CPU');
  assert.equal(cpu?.state, 'atLeast');
  assert.match(cpu?.value ?? '', /^≥ /);
});

test('what is stated has a place in the text', () => {
  const { workspace, uri, text } = editing(plan);
  const row = cardOf(workspace, uri, 'vm:b')?.rows.find(({ label }) => label === 'memory');
  assert.equal(row?.how, 'stated line 8');
  assert.equal(row?.place && text.slice(row.place.from, row.place.to), 'memory 30 GiB');
});

test('networks have cards, and what no text declares has none', () => {
  assert.equal(card('network:web')?.rows[0]?.label, '10.0.0.0/29');
  assert.equal(card('network:web')?.rows[0]?.class, 'calm2');
  assert.equal(card('pool:site:s'), undefined);
  assert.equal(card('host:c/esx-9'), undefined);
});

test('after a failure a card is that of what is left', () => {
  const { workspace, uri } = editing(plan.replace('memory 64 GiB }', 'cpu 2 x 16 cores 2 GHz; memory 64 GiB }'));
  const vms = (failed: readonly string[]) =>
    cardOf(workspace, uri, 'host:c/esx-2', { failed })?.rows.find(({ label }) => label === 'VMs')?.value;
  assert.equal(vms([]), '0');
  assert.equal(vms(['host:c/esx-1']), '2');
});
