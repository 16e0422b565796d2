import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatText } from '../../server/src/language/format.ts';
import { designOf, findingsOf } from '../support/design.ts';
import { afterEdits, keysOf, problemsIn } from './checking.ts';

/** The fixes of a rule by title, with what each leaves. Asserts what every fix promises. */
function fixed(rule: string, text: string): readonly { readonly title: string; readonly after: string }[] {
  const before = findingsOf(designOf(text));
  const finding = before.find((one) => one.rule.id === rule);
  assert.ok(finding, `${rule} finds nothing; there is ${keysOf(before).join(', ')}`);
  return finding.fixes().map(({ title, edits }) => {
    const after = afterEdits(text, edits);
    assert.deepEqual(problemsIn(after), [], after);
    const now = findingsOf(designOf(after));
    assert.ok(
      !now.some((one) => one.rule.id === rule && one.entity.name === finding.entity.name),
      `${title}\n${after}`,
    );
    const known = keysOf(before);
    assert.deepEqual(
      keysOf(now).filter((key) => !known.includes(key)),
      [],
      `${title}\n${after}`,
    );
    assert.equal(formatText(after), after);
    return { title, after };
  });
}

const only = (fixes: readonly { readonly title: string; readonly after: string }[]) => {
  assert.equal(fixes.length, 1, fixes.map(({ title }) => title).join('; '));
  const [fix] = fixes;
  assert.ok(fix);
  return fix;
};

describe('vCPUs that nobody asks for are given back', () => {
  test('a share of vCPUs is restated, so that as much is asked for as before', () => {
    const text = `class vm large { vcpu 8; memory 4 GiB; demand cpu 20 % net 10 Mbps }
vm web-[1..3] : large
vm db : large { demand cpu 80 % }
host esx-1 { cpu 1 x 6 cores 2 GHz; memory 64 GiB; runs web-[1..3], db }
`;
    const { title, after } = only(fixed('vcpu-ratio-high', text));
    assert.equal(title, 'Give 3 VMs fewer vCPUs, by what they ask for: web-1 and 2 more 8 → 3');
    assert.equal(after, text.replace('vm web-[1..3] : large', 'vm web-[1..3] : large { vcpu 3; demand cpu 53.3 % }'));
  });

  test('what the block states itself is changed in place', () => {
    const text = `vm web-[1..3] { vcpu 8; memory 4 GiB; demand cpu 800 MHz }
host esx-1 { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs web-[1..3] }
`;
    const { title, after } = only(fixed('vcpu-ratio-high', text));
    assert.equal(title, 'Give 3 VMs fewer vCPUs, by what they ask for: web-1 and 2 more 8 → 1');
    assert.equal(after, text.replace('vcpu 8', 'vcpu 1'));
  });

  test('no more statements are changed than it takes, those with most to give first', () => {
    const text = `vm a { vcpu 12; memory 4 GiB; demand cpu 200 MHz }
vm b { vcpu 4; memory 4 GiB; demand cpu 200 MHz }
vm c { vcpu 4; memory 4 GiB; demand cpu 200 MHz }
host esx-1 { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs a, b, c }
`;
    const { title, after } = only(fixed('vcpu-ratio-high', text));
    assert.equal(title, 'Give a fewer vCPUs, by what it asks for: a 12 → 1');
    assert.equal(after, text.replace('vcpu 12', 'vcpu 1'));
  });

  test('nothing is offered where the demand is not known, or is needed', () => {
    for (const demand of ['', '; demand cpu 90 %'])
      assert.deepEqual(
        fixed(
          'vcpu-ratio-high',
          `vm web-[1..3] { vcpu 8; memory 4 GiB${demand} }
host esx-1 { cpu 1 x 4 cores 2 GHz; memory 64 GiB; runs web-[1..3] }
`,
        ),
        [],
      );
  });
});

describe('memory that nobody uses is given back', () => {
  test('by what is in use, with a quarter to spare', () => {
    const text = `vm db-[1..2] { vcpu 2; memory 48 GiB; demand active 25 % }
host esx-1 { cpu 1 x 8 cores 2 GHz; memory 64 GiB; runs db-[1..2] }
`;
    const { title, after } = only(fixed('host-memory-overcommitted', text));
    assert.equal(title, 'Give 2 VMs less memory, by what they have in use: db-1 and 1 more 48 GiB → 16 GiB');
    assert.equal(after, text.replace('memory 48 GiB; demand active 25 %', 'memory 16 GiB; demand active 12 GiB'));
  });
});

describe('further hosts, with what they cost', () => {
  const PRICED = 'design p { currency EUR }\nclass host h { cpu 1 x 8 cores 2 GHz; memory 64 GiB; cost 9_000 EUR }\n';

  test('a range goes on', () => {
    const text = `${PRICED}cluster prod {
  failover 1 host
  host esx-[01..02] : h
}
vm db-[1..4] { memory 24 GiB }
runs db-[1..2] on esx-01
runs db-[3..4] on esx-02
`;
    const { title, after } = only(fixed('failover-not-absorbed', text));
    assert.equal(title, 'Add a host like esx-02: esx-03 (9000 EUR once)');
    assert.equal(after, text.replace('esx-[01..02] : h', 'esx-[01..03] : h'));
  });

  test('a block is written again without what is its own alone, as often as it takes', () => {
    const text = `${PRICED}cluster prod {
  failover none
  host esx-1 : h { note "the last one" }
  runs db-[1..12]
}
vm db-[1..12] { memory 14 GiB }
`;
    const { title, after } = only(fixed('pool-overloaded', text));
    assert.equal(title, 'Add 2 hosts like esx-1: esx-2, esx-3 (18\u202f000 EUR once)');
    assert.ok(after.includes('{ note "the last one" }\n  host esx-2 : h\n  host esx-3 : h\n'), after);
  });
});

test('uplinks that are too few get more, over ports that are free', () => {
  const text = `network lan
vm web-[1..4] { memory 4 GiB; nic lan; demand net 300 Mbps }
host esx-1 {
  cpu 1 x 8 cores 2 GHz
  memory 64 GiB
  nic nic[1..4] 1 Gbps
  vswitch vs0 { uplink nic1; carries lan }
  runs web-[1..4]
}
`;
  const { title, after } = only(fixed('uplinks-overloaded', text));
  assert.equal(title, 'Add 2 uplinks to esx-1: nic2, nic3 (free so far)');
  assert.equal(after, text.replace('uplink nic1;', 'uplink nic[1..3];'));
});

test('a VM that is wider than its host gets as many vCPUs as that has cores', () => {
  const text = `host esx-01 { cpu 1 x 8 cores; memory 64 GiB; runs db }
vm db { vcpu 12; memory 32 GiB }
`;
  const { title, after } = only(fixed('vm-wider-than-host', text));
  assert.deepEqual([title, after], ['Give db 8 vCPUs, one for each core', text.replace('vcpu 12', 'vcpu 8')]);
});
