import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mended, said } from './checking.ts';

const RULE = 'wave-not-agreed';
const plan = (waves: string, owner = 'owner application; ') => `team server
team network
team application
network web { owner network }
cluster prod {
  owner server
  vswitch vs0 { owner network; carries web }
  host esx-1 { runs cart }
  host esx-2
}
app shop { ${owner}vm cart { nic web } }
${waves}`;

test('teams whose things are moved, run on or pass through', () => {
  assert.deepEqual(said(RULE, plan('wave night { owner server; moves cart; to esx-2 }')), [
    'info: Wave night touches what 3 teams own, and the plan does not say that application and network have agreed. Ask, and state agreed-by application, network.',
  ]);
});

test('all have agreed', () => {
  assert.deepEqual(
    said(RULE, plan('wave night { owner server; moves cart; to esx-2; agreed-by network, application }')),
    [],
  );
});

test('one team alone needs nobody', () => {
  const own = `team server
cluster prod { owner server; host esx-1 { runs a }; host esx-2 }
vm a
wave night { moves a; to esx-2 }`;
  assert.deepEqual(said(RULE, own), []);
});

test('told once while no wave says who has agreed', () => {
  const two = 'wave one { moves cart; to esx-2 }\nwave two { moves cart; to esx-1 }';
  const [first, ...rest] = said(RULE, plan(two));
  assert.deepEqual(rest, []);
  assert.match(first ?? '', /^info: Wave one .* Nor for 1 further wave\./);
  assert.match(
    said(RULE, plan(`${two.replace('to esx-2 }', 'to esx-2; agreed-by server, network, application }')}`))[0] ?? '',
    /Wave two/,
  );
});

test('nothing is said where an agreed team is not known', () => {
  assert.deepEqual(said(RULE, plan('wave night { moves cart; to esx-2; agreed-by everybody }')), []);
});

test('the fix states the agreement', () => {
  assert.equal(
    mended(RULE, plan('wave night { owner server; moves cart; to esx-2 }')),
    plan('wave night { agreed-by application, network; owner server; moves cart; to esx-2 }'),
  );
  assert.equal(
    mended(RULE, plan('wave night { owner server; moves cart; to esx-2; agreed-by network }')),
    plan('wave night { owner server; moves cart; to esx-2; agreed-by network, application }'),
  );
});
