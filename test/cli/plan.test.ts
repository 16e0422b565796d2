import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Io } from '../../server/src/cli/io.ts';
import { run } from '../../server/src/cli/run.ts';
import { formatText } from '../../server/src/language/format.ts';
import { world } from './world.ts';

/** One host is asked for 84 % of its CPU, one for half, one for nothing. */
const CLUSTER = `network lan { vlan 10; subnet 10.0.0.0/24 gateway 10.0.0.1 }
network copy { vlan 11 }

class host h {
  cpu 1 x 10 cores 2.0 GHz
  memory 128 GiB
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic[1..2]; carries lan, copy }
  service migration on copy
  cost 10_000 EUR
}
class vm small { vcpu 1; memory 4 GiB; demand cpu 100 %; nic lan }
vm a-[1..8], b-[1..5] : small

cluster prod {
  hypervisor esxi 8.0
  features live-migration, ha
  failover 1 host
  host esx-1 : h { runs a-[1..8] }
  host esx-2 : h { runs b-[1..5] }
  host esx-3 : h
}
`;

const root = path.resolve(import.meta.dirname, '../..');
const isValid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(path.join(root, 'docs/plan-output.schema.json'), 'utf8')),
);

async function planned(t: Parameters<typeof world>[0], line: string, text = CLUSTER) {
  const { vdc, folder } = world(t, { 'plan.vdc': text });
  const { code, out, err } = await vdc(`plan ${line} --format json`);
  assert.equal(err, '');
  const json = JSON.parse(out);
  assert.ok(isValid(JSON.parse(out)), JSON.stringify(isValid.errors?.slice(0, 5), null, 1));
  return { code, json, folder, vdc };
}

describe('vdc plan', () => {
  test('rebalance: every measure gets more even, and what was found is found no more', async (t) => {
    const { code, json } = await planned(t, 'rebalance plan.vdc');
    assert.equal(code, 0);
    const [plan] = json.plans;
    assert.equal(plan.outcome, 'plan');
    assert.ok(plan.moves.length >= 3 && plan.moves.length <= 6, plan.title);
    for (const { label, before, after } of plan.balance) assert.ok(after < before, label);
    assert.deepEqual(
      plan.findings.removed.map(({ rule }: { rule: string }) => rule),
      ['host-cpu-overloaded'],
    );
    assert.deepEqual(plan.findings.added, []);
    assert.equal(plan.statesChecked, plan.moves.length);
  });

  test('evacuate: all VMs leave, in ranges that stay whole, and the time is told', async (t) => {
    const { json, vdc, folder } = await planned(t, 'evacuate esx-2 plan.vdc');
    const [plan] = json.plans;
    assert.equal(plan.title, 'Empty esx-2: move 5 VMs to esx-3');
    // 20 GiB over 10 Gbps, side by side.
    assert.equal(Math.round(plan.window.seconds), 17);
    assert.deepEqual([plan.window.isAtLeast, plan.window.atOnce], [true, 8]);
    assert.equal((await vdc('plan evacuate esx-2 plan.vdc --write')).code, 0);
    const after = readFileSync(path.join(folder, 'plan.vdc'), 'utf8');
    assert.equal(
      after,
      CLUSTER.replace('host esx-2 : h { runs b-[1..5] }', 'host esx-2 : h').replace(
        'host esx-3 : h\n',
        'host esx-3 : h { runs b-[1..5] }\n',
      ),
    );
    assert.equal(formatText(after), after);
    const again = await vdc('plan evacuate esx-2 plan.vdc');
    assert.deepEqual([again.code, again.out], [0, 'Nothing to do for esx-2: nothing runs on esx-2\n']);
  });

  test('evacuate: with no room elsewhere it says what would make some, and what that costs', async (t) => {
    const text = CLUSTER.replace('  host esx-3 : h\n', '');
    const { code, json } = await planned(t, 'evacuate esx-1 plan.vdc', text);
    assert.equal(code, 1);
    const [plan] = json.plans;
    assert.equal(plan.outcome, 'no-plan');
    assert.match(plan.reason, /^No moves can empty esx-1\./);
    assert.deepEqual(plan.addition, {
      hosts: 1,
      like: 'esx-1',
      cost: { once: 10_000, yearly: 0, currency: null, isAtLeast: false },
    });
  });

  test('failover: room for the loss of a host comes together', async (t) => {
    const text = `class host h { memory 64 GiB }
vm big-[1..2] { memory 24 GiB }
vm mid-[1..4] { memory 12 GiB }
cluster prod {
  failover 1 host
  host esx-1 : h { runs big-[1..2] }
  host esx-2 : h { runs mid-[1..2] }
  host esx-3 : h { runs mid-[3..4] }
}
`;
    const { json } = await planned(t, 'failover plan.vdc', text);
    assert.equal(json.plans[0].outcome, 'nothing');

    // Without esx-1 its 40 GiB would find 35 on each of the others, until what runs there shares one.
    const scattered = `class host h { memory 64 GiB }
vm big { memory 40 GiB }
vm mid-[1..2] { memory 25 GiB }
cluster prod {
  failover 1 host
  host esx-1 : h { runs big }
  host esx-2 : h { runs mid-1 }
  host esx-3 : h { runs mid-2 }
}
`;
    const made = await planned(t, 'failover plan.vdc', scattered);
    const [plan] = made.json.plans;
    assert.equal(plan.outcome, 'plan', plan.reason);
    assert.equal(plan.title, 'Make room for the loss of one host of prod: move mid-1 to esx-3');
    assert.deepEqual(
      plan.findings.removed.map(({ rule }: { rule: string }) => rule),
      ['failover-not-absorbed'],
    );
    assert.deepEqual(plan.findings.added, []);
    assert.equal((await made.vdc('plan failover plan.vdc --write')).code, 0);
    const again = await made.vdc('plan failover plan.vdc --format json');
    assert.equal(JSON.parse(again.out).plans[0].outcome, 'nothing');

    // No move helps where there is too little in total.
    const full = await planned(t, 'failover plan.vdc', scattered.replace('memory 25', 'memory 45'));
    assert.deepEqual([full.code, full.json.plans[0].outcome], [1, 'no-plan']);

    // Of a share no single loss can be packed: totals decide, and hosts are what helps.
    const priced = scattered
      .replace('memory 64 GiB', 'memory 64 GiB; cost 9_000 EUR')
      .replace('memory 25', 'memory 45');
    const share = await planned(
      t,
      'failover plan.vdc',
      `design d { currency EUR }\n${priced.replace('1 host', '50 %')}`,
    );
    const [without] = share.json.plans;
    assert.match(
      without.reason,
      /too little, which no move changes\. 2 more hosts like esx-3 would make room; they cost /,
    );
    assert.deepEqual(without.addition, {
      hosts: 2,
      like: 'esx-3',
      cost: { once: 18_000, yearly: 0, isAtLeast: false, currency: 'EUR' },
    });
  });

  test('place: what runs nowhere goes to the cluster that is named, or to the only one that takes VMs', async (t) => {
    const moved = `${CLUSTER.replace('cluster prod', 'cluster old').replaceAll('esx-', 'old-')}
cluster next { failover 1 host; host new-[1..4] : h }
`;
    const nowhere = moved.replace(/ \{ runs [ab][^}]*\}/g, '');
    const { code, json, vdc } = await planned(t, 'place plan.vdc', nowhere);
    assert.equal(code, 1);
    assert.deepEqual(
      json.plans.map(({ outcome, reason }: Record<string, string>) => `${outcome}: ${reason}`),
      Array(2).fill('no-plan: 13 VMs run nowhere, and nothing says which cluster is to take them: name it'),
    );
    assert.match((await vdc('plan place plan.vdc --cluster next')).out, /^Place 13 VMs on 4 hosts of next$/m);
    const vacated = await planned(t, 'place plan.vdc', `${moved}amend cluster old { runs none }\n`);
    const [old, next] = vacated.json.plans;
    assert.equal(old.reason, 'an amendment says that old runs none');
    assert.equal(next.moves.length, 13);
    assert.equal(vacated.code, 0);
    assert.equal((await vacated.vdc('plan place plan.vdc --write')).code, 0);
    const { out } = await vacated.vdc('check plan.vdc');
    assert.match(out, /old: 3 hosts, 0 VMs on/);
    assert.match(out, /next: 4 hosts, 13 VMs on/);
  });

  test('place: too many VMs for as many hosts are counted as VMs, with the rule that says so', async (t) => {
    const text = CLUSTER.replace(/ \{ runs [^}]*\}/g, '').replace(
      'cluster prod {',
      'policy { host-crowded warn 4 }\ncluster prod {',
    );
    const { json } = await planned(t, 'place plan.vdc', text);
    assert.match(json.plans[0].reason, /lack room for 1 VM \(host-crowded allows 4 on a host\)/);
  });

  test('place: the VMs of a pool get hosts, and none of the others moves', async (t) => {
    const text = CLUSTER.replace(' { runs a-[1..8] }', '').replace('  host esx-1', '  runs a-[1..8]\n  host esx-1');
    const { json, vdc, folder } = await planned(t, 'place plan.vdc', text);
    const [plan] = json.plans;
    assert.equal(plan.outcome, 'plan', plan.reason);
    assert.ok(
      plan.moves.every(({ from, method }: { from: unknown; method: string }) => from === null && method === 'start'),
    );
    await vdc('plan place plan.vdc --write');
    assert.ok(!/^ {2}runs a-\[1\.\.8\]$/m.test(readFileSync(path.join(folder, 'plan.vdc'), 'utf8')));
  });

  test('fit: how many more there is room for, by what, and the text that adds some', async (t) => {
    const { json, vdc, folder } = await planned(t, 'fit small plan.vdc');
    // 75 % of 20 GHz hold 7 of 2.1 GHz each; esx-2 has 5, esx-3 none, and esx-1 is too full.
    const [plan] = json.plans;
    assert.match(plan.title, /^\d more of small fit on prod; then .* runs out$/);
    assert.equal(plan.diff, '');
    const added = await vdc('plan fit small plan.vdc --count 3 --write');
    assert.equal(added.code, 0, added.out);
    const after = readFileSync(path.join(folder, 'plan.vdc'), 'utf8');
    assert.match(after, /^vm b-\[6\.\.8\] : small$/m);
    assert.match(after, /b-/);
    const vague = await planned(t, 'fit vague plan.vdc', `${CLUSTER}class vm vague { vcpu 2 }\n`);
    assert.match(vague.json.plans[0].reason, /^vague does not state its memory/);
    const tooMany = await vdc('plan fit small plan.vdc --count 500');
    assert.deepEqual([tooMany.code, /No plan for prod: Only \d/.test(tooMany.out)], [1, true], tooMany.out);
  });

  test('consolidate: hosts are freed, and what they cost is told', async (t) => {
    const text = CLUSTER.replace('a-[1..8], b-[1..5]', 'a-[1..2], b-[1..2]')
      .replace('runs a-[1..8]', 'runs a-[1..2]')
      .replace('runs b-[1..5]', 'runs b-1')
      .replace('host esx-3 : h', 'host esx-3 : h { runs b-2 }');
    const { json } = await planned(t, 'consolidate plan.vdc', text);
    const [plan] = json.plans;
    assert.match(plan.title, /^Free \d hosts? of prod with \d moves?$/);
    assert.match(plan.notes.join(), /Without (?:it|them) the plan costs \d+\D000 .*less/);
  });

  test('spread: what must be apart is', async (t) => {
    const { json } = await planned(t, 'spread plan.vdc', `${CLUSTER}apart a-[1..2] by host\n`);
    const [plan] = json.plans;
    assert.equal(plan.outcome, 'plan', plan.reason);
    assert.equal(plan.moves.length, 1);
    assert.ok(plan.findings.removed.some(({ rule }: { rule: string }) => rule === 'apart-broken'));
  });

  const WAVES = `design moving { as-of 2026-12-01 }
network lan { vlan 10; subnet 10.0.0.0/24 gateway 10.0.0.1 }
class server old { disk 500 GiB used 400 GiB; nic 1 x 1 Gbps }
server db-[1..4] : old in base
server web-[1..12] : old in shop
app base
app shop { depends-on base }
class host h {
  cpu 1 x 32 cores 2 GHz
  memory 512 GiB
  nic nic[1..2] 1 Gbps
  vswitch vs0 { uplink nic[1..2]; carries lan }
}
cluster prod {
  failover none
  host esx-[1..2] : h
}
wave first { to prod; via lan; parallel 2; window 2027-01-16 20:00 .. 2027-01-17 04:00 }
wave second { to prod; via lan; parallel 2; window 2027-01-23 20:00 .. 2027-01-24 04:00; after first }
`;

  test('migrate: servers get waves whose windows hold them, what others need first', async (t) => {
    const { json, vdc, folder } = await planned(t, 'migrate plan.vdc', WAVES);
    const [plan] = json.plans;
    assert.equal(plan.title, 'Put 16 servers into 2 waves', plan.reason);
    const [first, second] = plan.waves;
    assert.match(first.things, /^db-\[1\.\.4\]/);
    assert.match(second.things, /^web-\[\d+\.\.12\]$/);
    for (const { seconds, window } of plan.waves) assert.ok(seconds <= window * 0.75);
    assert.equal((await vdc('plan migrate plan.vdc --write')).code, 0);
    const after = readFileSync(path.join(folder, 'plan.vdc'), 'utf8');
    assert.ok(after.includes(`wave first { moves ${first.things};`), after);
    assert.equal(formatText(after), after);
    assert.match(
      (await vdc('plan migrate plan.vdc')).out,
      /^Nothing to do for moving: every physical server has its wave/,
    );
  });

  test('migrate: servers that find no window are named, and without windows it says what to write', async (t) => {
    const short = WAVES.replace(/^wave second.*\n/m, '').replace('web-[1..12]', 'web-[1..80]');
    const [plan] = (await planned(t, 'migrate plan.vdc', short)).json.plans;
    assert.match(plan.title, /^Put \d+ of 84 servers into one wave; \d+ find no window$/);
    assert.match(plan.notes.join(), /^No window is left for web-\[\d+\.\.80\]/);
    const none = await planned(t, 'migrate plan.vdc', WAVES.replace(/^wave .*\n/gm, ''));
    assert.equal(none.code, 1);
    assert.match(none.json.plans[0].reason, /^No wave states a window for the 16 servers/);
  });

  test('rebalance: no more VMs move than are allowed to', async (t) => {
    const { json } = await planned(t, 'rebalance plan.vdc --most-moves 1');
    assert.equal(json.plans[0].moves.length, 1);
    assert.equal((await planned(t, 'rebalance plan.vdc --most-moves any')).json.plans[0].outcome, 'plan');
  });

  test('rebalance: among a hundred hosts, where one VM changes little, moves are worth their while, too', async (t) => {
    const hosts = Array.from({ length: 100 }, (_, h) => {
      const [first, count] = [10 * h + (h % 2 ? 7 : 1), h % 2 ? 4 : 16];
      return `  host h-${h + 1} : box { runs v-[${first}..${first + count - 1}] }`;
    });
    const text = `class host box { cpu 2 x 16 cores 2.6 GHz; memory 512 GiB }
cluster prod {
  hypervisor esxi 8.0
  features live-migration
  failover none
${hosts.join('\n')}
}
vm v-[1..1000] { vcpu 2; memory 8 GiB }
`;
    const { json } = await planned(t, 'rebalance plan.vdc', text);
    assert.equal(json.plans[0].outcome, 'plan');
    assert.ok(json.plans[0].moves.length > 50, `${json.plans[0].moves.length} moves`);
  });

  test('for people it shows the moves, the hosts before and after, what was checked and the diff', async (t) => {
    const { vdc } = world(t, { 'plan.vdc': CLUSTER });
    const { out } = await vdc('plan evacuate esx-2 plan.vdc');
    assert.match(out, /^Empty esx-2: move 5 VMs to esx-3\n/);
    assert.match(out, /^ +VM +from +to +copies +begins +takes/m);
    assert.match(out, /^ {2}All moves take at least 17\.2 s, up to 8 at once on a host\./m);
    assert.match(out, /^ {2}esx-2 +52\.5 % → none/m);
    assert.match(out, /Nothing new is found after any of 5 steps\./);
    assert.match(out, /^-.*host esx-2 : h \{ runs b-\[1\.\.5\] \}\n-.*\n\+.*host esx-2 : h\n/m);
    assert.match(out, /--write writes it\.\n$/);
  });

  test('the same text gives the same plan', async (t) => {
    const [first, second] = [await planned(t, 'rebalance plan.vdc'), await planned(t, 'rebalance plan.vdc')];
    assert.deepEqual(first.json, second.json);
  });

  test('Ctrl+C ends the search with the best so far, which is shown and not written; a terminal is told how far it is', async (t) => {
    const { io, folder } = world(t, { 'plan.vdc': CLUSTER });
    const lines: (string | undefined)[] = [];
    let [out, press] = ['', () => {}];
    const on: Io = {
      ...io,
      out: (text) => {
        out += text;
      },
      onInterrupt: (listener) => {
        press = listener;
        return () => {
          press = () => {};
        };
      },
      status: (line) => {
        lines.push(line);
        press();
      },
    };
    const code = await run(['plan', 'rebalance', 'plan.vdc', '--write', '--format', 'json'], on);
    assert.equal(code, 130);
    const json = JSON.parse(out);
    assert.ok(isValid(JSON.parse(out)), JSON.stringify(isValid.errors?.slice(0, 5), null, 1));
    assert.deepEqual([json.isWritten, json.plans.length, json.plans[0].isStopped], [false, 1, true], out);
    assert.match(json.plans[0].title ?? json.plans[0].reason, /^stopped early: /i);
    assert.equal(readFileSync(path.join(folder, 'plan.vdc'), 'utf8'), CLUSTER);
    assert.equal(lines.at(-1), undefined, 'the line is cleared');
    const shares = lines.flatMap((line) => /: (\d+) %/.exec(line ?? '')?.[1] ?? []).map(Number);
    assert.ok(shares.length > 0, lines.join('\n'));
    assert.deepEqual(
      shares,
      [...shares].sort((a, b) => a - b),
    );
    assert.match(lines.join('\n'), /Ctrl\+C again/);
  });

  test('each cluster is planned for, or the one that is named', async (t) => {
    const two = `${CLUSTER}cluster spare {\n  host s-[1..2] : h\n}\n`;
    assert.deepEqual(
      (await planned(t, 'rebalance plan.vdc', two)).json.plans.map(({ subject }: { subject: string }) => subject),
      ['prod', 'spare'],
    );
    assert.equal((await planned(t, 'rebalance plan.vdc --cluster spare', two)).json.plans.length, 1);
  });

  test('wrong calls are told', async (t) => {
    const { vdc } = world(t, { 'plan.vdc': CLUSTER });
    for (const [line, message] of [
      ['plan', 'say what to plan'],
      ['plan dance plan.vdc', 'not "dance"'],
      ['plan evacuate plan.vdc', 'name a host, then a design'],
      ['plan evacuate esx-9 plan.vdc', 'there is no host "esx-9"; did you mean'],
      ['plan fit tiny plan.vdc', 'there is no class of VMs "tiny"'],
      ['plan rebalance plan.vdc --cluster prid', 'there is no cluster "prid"; did you mean prod?'],
      ['plan rebalance plan.vdc --count 3', '--count is for vdc plan fit'],
      ['plan fit small plan.vdc --count many', '--count is a number'],
      ['plan rebalance gone.vdc', 'there is no such file'],
    ]) {
      const { code, err } = await vdc(line ?? '');
      assert.equal(code, 2, line);
      assert.ok(err.includes(message ?? ''), `${line}: ${err}`);
    }
  });
});
