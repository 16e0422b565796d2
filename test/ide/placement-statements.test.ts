import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { placementOf, vmsOn } from '../../server/src/design/placement.ts';
import { ownersOf } from '../../server/src/design/things.ts';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import { designOf, entityOf, findingsOf } from '../support/design.ts';
import { applied, editing } from './editing.ts';

const ESTATE = `cluster old {
  host o-1 { runs a, b }
  host o-2 { runs c }
}
cluster new { host n-[1..2] }
vm a; vm b; vm c; vm d
`;

/** Where each VM runs: `a o-1, b new, c -`. */
function places(files: Parameters<typeof designOf>[0]): string {
  const design = designOf(files);
  const text = [...design.members('vm')].map((vm) => {
    const { host, cluster, conflicts } = placementOf(vm);
    const holder = host ?? cluster;
    // Both ways of asking agree.
    if (holder) assert.ok(vmsOn(holder).includes(vm), `${vm.name} on ${holder.name}`);
    return `${vm.name} ${holder?.name ?? '-'}${conflicts.length > 0 ? ' twice' : ''}`;
  });
  assert.deepEqual(
    findingsOf(design).filter(({ severity }) => severity === 'error'),
    [],
  );
  return text.join(', ');
}

/** Mistakes of `runs`, and the text that each underlines. */
function told(text: string): string[] {
  const { workspace, uri } = editing(text);
  return diagnosticsOf(workspace, uri)
    .filter(({ code }) => code === 'placement-unclear')
    .map(({ from, to, message }) => `${workspace.text(uri)?.slice(from, to)}: ${message}`);
}

describe('what an amendment says of placement is nearer than what the blocks say', () => {
  test('it takes VMs from hosts and pools that the blocks name, in another file too', () => {
    assert.equal(places(`${ESTATE}amend host n-1 { runs a, d }\n`), 'a n-1, b o-1, c o-2, d n-1');
    assert.equal(places(`${ESTATE}amend cluster new { runs a, d }\n`), 'a new, b o-1, c o-2, d new');
    assert.equal(places(`${ESTATE}amend host n-[1..2] { runs each a, c }\n`), 'a n-1, b o-1, c n-2, d -');
    assert.equal(
      places({ 'plan.vdc': 'import "estate.vdc"\namend cluster old { runs c on n-2 }\n', 'estate.vdc': ESTATE }),
      'a o-1, b o-1, c n-2, d -',
    );
  });

  test('two amendments that place one VM contradict each other', () => {
    assert.match(places(`${ESTATE}amend host n-1 { runs a }\namend host n-2 { runs a }\n`), /a n-1 twice/);
  });

  test('runs none takes back what a block places: of a host, or of a cluster with its hosts', () => {
    assert.equal(places(`${ESTATE}amend host o-1 { runs none }\n`), 'a -, b -, c o-2, d -');
    assert.equal(places(`${ESTATE}amend host o-* { runs none }\n`), 'a -, b -, c -, d -');
    assert.equal(places(`${ESTATE}amend cluster old { runs none }\n`), 'a -, b -, c -, d -');
    assert.equal(places(`${ESTATE}amend cluster old { runs none }\nruns b on n-2\n`), 'a -, b n-2, c -, d -');
    assert.equal(places(`${ESTATE}amend host o-1 { runs none; runs b }\n`), 'a -, b o-1, c o-2, d -');
  });

  test('what was measured on a host whose VMs are taken back is no load of it', () => {
    const text = `cluster old { failover none; host o { cpu 1 x 8 cores 2 GHz; memory 64 GiB; measured cpu 95 % memory 95 %; runs a } }
vm a { vcpu 2; memory 8 GiB }
`;
    const high = (whole: string) => findingsOf(designOf(whole)).map(({ rule }) => rule.id);
    assert.deepEqual(high(text), ['host-cpu-overloaded', 'host-memory-active-high']);
    assert.deepEqual(high(`${text}amend cluster old { runs none }\n`), []);
  });

  test('an edit of the amendment is followed', () => {
    const text = `${ESTATE}amend cluster old { failover none }\n`;
    const at = text.indexOf('failover');
    const { workspace, uri } = editing(text);
    const runs = () => {
      const design = workspace.projectOf(uri)?.design;
      assert.ok(design);
      return ['a', 'b', 'c'].map((name) => placementOf(entityOf(design, 'vm', name)).host?.name ?? '-').join();
    };
    assert.equal(runs(), 'o-1,o-1,o-2');
    applied({ workspace, uri, offset: 0, text }, [{ uri, from: at, to: at + 13, text: 'runs none    ' }]);
    assert.equal(runs(), '-,-,-');
    applied({ workspace, uri, offset: 0, text }, [{ uri, from: at, to: at + 13, text: 'failover none' }]);
    assert.equal(runs(), 'o-1,o-1,o-2');
  });
});

describe('a runs statement that places nothing is told', () => {
  test('a pattern', () => {
    const why = 'runs takes VMs by name or range, so that none comes or goes unseen';
    assert.deepEqual(told('vm a; vm "b*"\ncluster c { host h; runs * }\n'), [`*: * places nothing: ${why}`]);
    assert.deepEqual(told('vm a; vm "b*"\ncluster c { host h { runs a* } }\n'), [`a*: a* places nothing: ${why}`]);
    assert.deepEqual(told('vm a; vm "b*"\ncluster c { host h { runs a, "b*" } }\n'), []);
  });

  test('no place', () => {
    const message = 'runs: this places nothing: say where with on, as in runs db-1 on esx-02';
    assert.deepEqual(told('vm a\nhost h\nruns a\n'), [message]);
    assert.deepEqual(told('vm a\nhost h\napp x { runs a }\n'), [message]);
    assert.deepEqual(told('vm a\nhost h\nruns a on h\n'), []);
    assert.deepEqual(told('vm a\nhost h\namend host * { runs a }\n'), [
      'runs: this places nothing: name the host instead of *',
    ]);
    assert.deepEqual(told('vm a\nhost h\namend host * { runs none }\n'), []);
    assert.deepEqual(told('vm a\nhost "h*" { runs a }\namend host "h*" { runs a }\n'), [], 'that is a name');
  });

  test('several hosts at once, with a fix', () => {
    const text = 'vm a-[1..2]\nhost h-[1..2] { runs a-[1..2] }\n';
    const message =
      'runs: a VM runs in one place at a time, and this block is 2 hosts: runs each deals the VMs out to them in turn';
    assert.deepEqual(told(text), [message]);
    const { workspace, uri } = editing(text);
    const [fix] = diagnosticsOf(workspace, uri).flatMap(({ problemFixes }) => problemFixes);
    assert.equal(fix?.title, 'Deal them out with each');
    assert.deepEqual(
      fix?.edits.map((edit) => edit.text),
      ['each '],
    );
    assert.deepEqual(told(text.replace('runs ', 'runs each ')), []);
  });
});

test('an amendment with @ reaches what a pattern matches there, beside names without it', () => {
  const text = `cluster x { host h-1; host h-2 }
cluster y { host h-3; host g }
team ops
amend host *@x, g { owner ops }
`;
  const owned = [...designOf(text).members('host')].filter((host) => ownersOf(host).length > 0);
  assert.deepEqual(
    owned.map(({ name }) => name),
    ['h-1', 'h-2', 'g'],
  );
});
