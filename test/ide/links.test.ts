import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cardOf } from '../../server/src/ide/card.ts';
import { nodeAt, revealNode } from '../../server/src/ide/topology.ts';
import { topologyOf } from '../support/topology.ts';
import { editing } from './editing.ts';

const plan = `site s
site t
wan line between s, t { speed 100 Mbps; rtt 9 ms }
switch core at s { ports 4 x 40 Gbps }
switch tor-[a,b] at s { ports 48 x 10 Gbps; uplink 2 x 10 Gbps to core; trunk web to c }
switch fab at s { type fc }
array vmax at s { protocol fc; ports 2 x 16 Gbps to fab; datastore gold { capacity 10 TiB }; replicates to second mode async rpo 4 h change 700 GB/day via line }
array second at t
cluster c at s {
  mount gold
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web, dmz }
  host h-1 { nic nic[1..2] 10 Gbps; hba h1 16 Gbps; path h1 to fab; cpu 1 x 16 cores 2 GHz; memory 64 GiB }
  host h-2 { nic nic[1..4] 10 Gbps; vswitch vs1 { uplink nic[3..4] to tor-a; carries dmz }; cpu 1 x 16 cores 2 GHz; memory 64 GiB }
  runs a, b on h-1
}
network web at s { vlan 10 }
network dmz at s { vlan 20 }
vm a { vcpu 4; memory 20 GiB; demand net 18 Gbps throughput 6.4 Gbps; nic web; disk 10 GiB on gold }
vm b { vcpu 4; memory 20 GiB; demand net 2 Gbps throughput 1 Gbps; nic web; disk 10 GiB on gold }
`;

const card = (node: string, failed: readonly string[] = []) => {
  const { workspace, uri, text } = editing(plan);
  const found = cardOf(workspace, uri, node, { failed });
  const row = (label: string) => found?.rows.find((one) => one.label === label);
  return { found, row, text };
};

describe('the card of a link', () => {
  test('has load and capacity with formula, inputs and their places', () => {
    const { found, row, text } = card('host:c/h-1>switch:tor-a');
    assert.equal(found?.title, 'uplink h-1 to tor-a');
    assert.match(found?.caption ?? '', /^1 × 10 Gbps · switch tor-a/);
    const load = row('load');
    assert.equal(load?.value, '100 %');
    assert.equal(load?.share, 1);
    assert.equal(load?.class, 'critical');
    assert.match(load?.how ?? '', /÷/);
    assert.equal(load?.inputs?.length, 2);
    assert.match(row('traffic')?.how ?? '', /× its rate ÷ uplink capacity/);
    const port = row('nic1');
    assert.equal(port?.value, '10 Gbps');
    assert.equal(port?.place && text.slice(port.place.from, port.place.to), 'uplink nic1 to tor-a');
    assert.equal(row('carries')?.value, 'web and dmz');
    assert.equal(row('not let through')?.value, 'dmz by tor-a');
  });

  test('lists each of the cables that run beside each other', () => {
    const { found, row } = card('host:c/h-2>switch:tor-a');
    assert.match(found?.caption ?? '', /^3 × 10 Gbps/);
    for (const name of ['nic1', 'nic3', 'nic4']) assert.equal(row(name)?.value, '10 Gbps', name);
    assert.match(row('nic3')?.detail ?? '', /vs1/);
  });

  test('of a bundle adds up its members and lists them, the fullest first; what is not known makes it a lower bound', () => {
    const { found, row } = card('cluster:c>switch:tor-a');
    assert.equal(found?.title, '2 uplinks to tor-a');
    assert.equal(row('load')?.state, 'atLeast');
    assert.match(row('load')?.how ?? '', /÷/);
    const members = found?.rows.filter(({ label }) => label.startsWith('h-')).map(({ label }) => label);
    assert.deepEqual(members, ['h-1', 'h-2']);
    assert.deepEqual(card('site:s>switch:tor-a').found?.rows.slice(0, 2), found?.rows.slice(0, 2));
  });

  test('of a path, an array port, a trunk and a line between sites says what the picture draws', () => {
    const { workspace, uri } = editing(plan);
    const links = topologyOf(workspace, uri)?.graph.links ?? [];
    let known = 0;
    for (const { id, gauge } of links) {
      const load = cardOf(workspace, uri, id)?.rows.find(({ label }) => label === 'load');
      if (gauge) known++;
      assert.equal(load?.share, gauge?.share, id);
    }
    assert.ok(known >= 6, `${known} links with a load`);
    assert.equal(card('switch:tor-a>switch:core').row('load')?.state, 'assumed');
    assert.equal(card('wan:line').row('round trip')?.value, '9 ms');
    assert.match(card('wan:line').row('replication')?.value ?? '', /vmax to second, async/);
    assert.equal(card('wan:line').row('load')?.class, 'warning');
  });

  test('of one that has failed tells what went over it', () => {
    const { row } = card('host:c/h-1>switch:tor-a', ['host:c/h-1>switch:tor-a']);
    assert.match(row('failed')?.value ?? '', /nothing goes over it/);
    assert.equal(row('load')?.value, '100 %');
  });

  test('there is none of a link that no text makes', () => {
    for (const id of ['host:c/h-1>switch:nowhere', 'host:c/h-1>switch:core', 'switch:tor-a>switch:tor-b', 'a>b>c', '>'])
      assert.equal(card(id).found, undefined, id);
  });
});

describe('text and links', () => {
  const at = (statement: string): string | undefined => {
    const { workspace, uri, offset } = editing(
      plan.replace(statement, `${statement.slice(0, 3)}$0${statement.slice(3)}`),
    );
    return nodeAt(workspace, uri, offset);
  };

  test('the cursor in a statement that makes a link is in the link', () => {
    assert.equal(at('uplink nic1 to tor-a'), 'cluster:c>switch:tor-a');
    assert.equal(at('uplink nic[3..4] to tor-a'), 'host:c/h-2>switch:tor-a');
    assert.equal(at('path h1 to fab'), 'host:c/h-1>switch:fab');
    assert.equal(at('ports 2 x 16 Gbps to fab'), 'switch:fab>array:vmax');
    assert.equal(at('uplink 2 x 10 Gbps to core'), 'switch:tor-a>switch:core');
    assert.equal(at('trunk web to c'), 'cluster:c>switch:tor-a');
    assert.equal(at('speed 100 Mbps'), 'wan:line');
    assert.equal(at('ports 4 x 40 Gbps'), 'switch:core');
    assert.equal(at('carries web, dmz'), 'cluster:c');
  });

  test('a link leads to its statement', () => {
    const { workspace, uri, text } = editing(plan);
    const shown = (id: string): string | undefined => {
      const span = revealNode(workspace, uri, id);
      return span && text.slice(span.from, span.to);
    };
    assert.equal(shown('host:c/h-1>switch:tor-a'), 'uplink nic1 to tor-a');
    assert.equal(shown('cluster:c>switch:tor-b'), 'uplink nic2 to tor-b');
    assert.equal(shown('host:c/h-1>switch:fab'), 'path h1 to fab');
    assert.equal(shown('switch:tor-b>switch:core'), 'uplink 2 x 10 Gbps to core');
    assert.equal(shown('switch:fab>array:vmax'), 'ports 2 x 16 Gbps to fab');
    assert.equal(shown('wan:line'), 'line');
    assert.equal(shown('host:c/h-1>switch:gone'), undefined);
  });
});

test('findings stand on the links that they are about', () => {
  const { workspace, uri } = editing(plan);
  const graph = topologyOf(workspace, uri)?.graph;
  const rules = (id: string): string[] => {
    const keys = graph?.links.find((link) => link.id === id)?.badge?.findings ?? [];
    return keys.map((key) => graph?.findings.find((note) => note.key === key)?.rule ?? '');
  };
  assert.ok(rules('host:c/h-1>switch:tor-a').includes('uplinks-overloaded'));
  assert.ok(rules('host:c/h-1>switch:tor-a').includes('vlan-not-trunked'));
  assert.ok(!rules('host:c/h-2>switch:tor-a').includes('uplinks-overloaded'));
  assert.ok(rules('host:c/h-1>switch:fab').includes('storage-path-single'));
  assert.deepEqual(rules('wan:line'), ['replication-lags']);
});
