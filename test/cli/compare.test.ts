import assert from 'node:assert/strict';
import { test } from 'node:test';
import { world } from './world.ts';

const TODAY = `design d { as-of 2026-12-01; currency EUR }
cluster prod {
  failover 1 host
  host esx-[1..2] { cpu 1 x 10 cores 2 GHz; memory 64 GiB; cost 9_000 EUR }
  runs v-[1..8]
}
vm v-[1..8] { vcpu 2; memory 8 GiB; demand cpu 60 % }
`;
const MORE = `import "today.vdc"
amend cluster prod { failover none }
cluster next { failover 1 host; host new-[1..3] { cpu 1 x 10 cores 2 GHz; memory 64 GiB; cost 9_000 EUR } }
amend cluster next { runs v-[1..8] }
`;

test('two designs side by side, one of which imports the other: figures, then what is gone and what is new', async (t) => {
  const { vdc } = world(t, { 'today.vdc': TODAY, 'more.vdc': MORE });
  const { code, out, err } = await vdc('compare today.vdc more.vdc');
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^ {2}hosts +2 +5$/m);
  assert.match(out, /^ {2}cost, once +18.000 EUR +45.000 EUR$/m);
  assert.match(out, /^ {2}cluster prod\n {4}VMs on +8 +0$/m);
  assert.match(out, /^ {2}cluster next\n {4}hosts +– +3\n {4}VMs on +– +8\n {4}CPU +– +33\.6 %$/m);
  assert.match(out, /^ {4}loss that failover names +not survived +not stated$/m);
  assert.match(out, /^No longer found \(1\)\n {2}error failover-not-absorbed: /m);
  assert.doesNotMatch(out, /Found anew/);
});

test('an error that is new is exit code 1, none that both have', async (t) => {
  const { vdc } = world(t, { 'today.vdc': TODAY, 'more.vdc': MORE });
  const back = await vdc('compare more.vdc today.vdc');
  assert.equal(back.code, 1);
  assert.match(back.out, /^Found anew \(1\)\n {2}error failover-not-absorbed: /m);
  const same = await vdc('compare today.vdc today.vdc');
  assert.equal(same.code, 0);
  assert.doesNotMatch(same.out, /cluster|found/);
});

test('a sum over some of the VMs is a lower bound', async (t) => {
  const bare = TODAY.replace('; demand cpu 60 %', '').concat('amend vm v-1 { demand cpu 60 % }\n');
  const { vdc } = world(t, { 'today.vdc': TODAY, 'bare.vdc': bare });
  assert.match((await vdc('compare today.vdc bare.vdc')).out, /^ {4}CPU +50\.4 % +≥ 6\.3 %$/m);
  assert.match((await vdc('check bare.vdc')).out, /not judged, as too little is stated: part of the CPU of prod; /);
});

test('wrong calls are said in words', async (t) => {
  const { vdc } = world(t, { 'today.vdc': TODAY });
  assert.match(
    (await vdc('compare today.vdc')).err,
    /^vdc compare: name two designs\nUsage: vdc compare <before> <after>/,
  );
  const gone = await vdc('compare today.vdc gone.vdc');
  assert.deepEqual([gone.code, gone.out], [2, '']);
  assert.match(gone.err, /gone\.vdc: there is no such file or folder/);
});
