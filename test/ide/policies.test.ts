import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticsOf } from '../../server/src/ide/diagnostics.ts';
import type { Workspace } from '../../server/src/ide/workspace.ts';
import { editing } from './editing.ts';

const rule = 'host-cpu-overloaded';

/** A cluster whose one host is asked for 80 % of its CPU: by itself a warning above 75 %, an error above 90 %. */
const busy = ({ name = 'a', at = '', inside = '', onHost = '' } = {}) => `cluster c-${name} ${at} {
  failover none
  ${inside}
  host h-${name} { cpu 1 x 5 cores 2.0 GHz; cpu-overhead 0 %; runs vm-${name}; ${onHost} }
}
vm vm-${name} { vcpu 5; demand cpu 80 % }
`;

const lines = (workspace: Workspace, uri: string) =>
  diagnosticsOf(workspace, uri).map(
    ({ severity, code, from, to }) => `${severity} ${code} ${workspace.text(uri)?.slice(from, to)}`,
  );

/** What is shown in the first file. */
const shown = (text: string) => {
  const { workspace, uri } = editing(text);
  return lines(workspace, uri);
};

/** Messages of one kind of mistake. */
const messages = (code: string, text: string) => {
  const { workspace, uri } = editing(text);
  return diagnosticsOf(workspace, uri).flatMap((one) => (one.code === code ? [one.message] : []));
};

const policy = (says: string) => `policy { ${rule} ${says} }\n`;
const [info, warning, error] = ['info', 'warning', 'error'].map((severity) => [`${severity} ${rule} h-a`]);

test('a policy switches a rule off, at the top level and in a block', () => {
  assert.deepEqual(shown(busy()), warning);
  assert.deepEqual(shown(busy() + policy('off')), []);
  assert.deepEqual(shown(busy({ inside: policy('off') })), []);
  assert.deepEqual(shown(`${busy()}policy { host-crowded off }\n`), warning, 'another rule');
});

test('a severity of its own takes the place of that of the rule, and finds nothing more', () => {
  assert.deepEqual(shown(busy() + policy('severity error')), error);
  assert.deepEqual(shown(busy() + policy('severity warn')), warning);
  assert.deepEqual(shown(busy() + policy('severity info')), info);
  assert.deepEqual(shown(busy().replace('80 %', '70 %') + policy('severity error')), []);
});

test('limits raise a finding, lower it, and let it go', () => {
  assert.deepEqual(shown(busy() + policy('error 78 %')), error);
  assert.deepEqual(shown(busy() + policy('warn 85 %')), []);
  assert.deepEqual(shown(busy() + policy('info 50 % warn 85 %')), info);
  assert.deepEqual(shown(busy() + policy('warn 80 %')), [], 'a limit that is met is not exceeded');
});

test('the nearest policy wins, limit by limit', () => {
  const both = (inner: string, outer: string) => shown(busy({ inside: policy(inner) }) + policy(outer));
  assert.deepEqual(both('warn 70 %', 'warn 85 %'), warning);
  assert.deepEqual(both('warn 85 %', 'warn 70 %'), []);
  assert.deepEqual(both('warn 85 %', 'error 78 %'), error, 'what the inner one leaves open');
  assert.deepEqual(both('severity info', 'severity error'), info);
  assert.deepEqual(both('warn 70 %', 'off'), warning);
  assert.deepEqual(both('off', 'error 78 %'), []);
});

test('a policy of a site counts for that site only', () => {
  const sites = (west: string, east: string) =>
    shown(`site west { ${west} }
site east { ${east} }
${busy({ name: 'w', at: 'at west' })}${busy({ name: 'e', at: 'at east' })}`);
  assert.deepEqual(sites('', ''), [`warning ${rule} h-w`, `warning ${rule} h-e`]);
  assert.deepEqual(sites(policy('off'), ''), [`warning ${rule} h-e`]);
  assert.deepEqual(sites('', policy('severity error')), [`warning ${rule} h-w`, `error ${rule} h-e`]);
  assert.deepEqual(sites(policy('error 78 %'), policy('warn 85 %')), [`error ${rule} h-w`]);
});

test('a cluster before its site, its site before the design', () => {
  const nested = (cluster: string, site: string, top: string) =>
    shown(`site west { ${site} }\n${busy({ at: 'at west', inside: cluster })}${top}`);
  assert.deepEqual(nested('', policy('severity info'), policy('severity error')), info);
  assert.deepEqual(nested(policy('severity warn'), policy('severity info'), policy('severity error')), warning);
});

test('a policy of an application counts for its VMs', () => {
  const apps = `design d { as-of 2026-11-22 }
app cart { policy { vm-expired off }; vm old-1 { until 2026-10-30 } }
app mail { vm old-2 { until 2026-10-31 } }
host h { runs old-1, old-2 }
`;
  assert.deepEqual(shown(apps), ['info vm-expired 2026-10-31']);
  const raised = apps.replace(' off', ' severity error');
  assert.deepEqual(shown(raised), ['error vm-expired 2026-10-30', 'info vm-expired 2026-10-31']);
});

test('an edit of a policy counts at once, and so does its end', () => {
  const { workspace, uri } = editing(busy() + policy('warn 70 %'));
  const change = (part: string, by: string) => {
    const from = workspace.text(uri)?.indexOf(part) ?? -1;
    assert.ok(from >= 0, part);
    workspace.edit(uri, [{ from, to: from + part.length, text: by }]);
    return lines(workspace, uri);
  };
  assert.deepEqual(change('70', '85'), []);
  assert.deepEqual(change('warn', 'error'), warning);
  assert.deepEqual(change('85', '79'), error);
  assert.deepEqual(change('error 79 %', 'off'), []);
  assert.deepEqual(change(policy('off'), ''), warning);
});

test('a policy of an imported file holds; that of the design itself goes before it, whichever was written first', () => {
  const files = (own: string) => `//- main.vdc\nimport "company.vdc"\n${busy()}${own}//- company.vdc\n${policy('off')}`;
  assert.deepEqual(shown(files('')), []);
  assert.deepEqual(shown(files(policy('warn 70 %'))), warning);
  const { workspace, uri } = editing(files(''));
  const text = workspace.text(uri) ?? '';
  workspace.edit(uri, [{ from: text.length, to: text.length, text: policy('warn 70 %') }]);
  assert.deepEqual(lines(workspace, uri), warning);
});

test('of two policies of one block the first in the text counts, whichever was written first', () => {
  const [first, second] = [policy('severity info'), policy('severity error')];
  const text = first + busy() + second;
  assert.deepEqual(shown(text), info);
  const { workspace, uri } = editing(text.slice(first.length));
  assert.deepEqual(lines(workspace, uri), error);
  workspace.edit(uri, [{ from: 0, to: 0, text: first }]);
  assert.deepEqual(lines(workspace, uri), info);
});

test('a rule that a policy or a silence does not know, with what may be meant', () => {
  assert.deepEqual(messages('word-unknown', 'policy { host-cpu-overlooded off }\n'), [
    'no rule is called host-cpu-overlooded; did you mean host-cpu-overloaded?',
  ]);
  assert.deepEqual(shown(busy({ onHost: 'ignore host-cpu-overlooded because "old"' })), [
    'warning host-cpu-overloaded h-a',
    'warning word-unknown host-cpu-overlooded',
  ]);
});

test('a silence holds for its block and inside, not beside', () => {
  const silence = `ignore ${rule} because "a test host"`;
  assert.deepEqual(shown(busy({ onHost: silence })), []);
  assert.deepEqual(shown(busy({ inside: silence })), []);
  assert.deepEqual(shown(`site west { ${silence} }\n${busy({ at: 'at west' })}`), []);
  assert.deepEqual(shown(`${busy()}amend host h-a { ${silence} }\n`), []);
  assert.deepEqual(shown(busy({ inside: silence }) + busy({ name: 'b' })), [`warning ${rule} h-b`]);
});

test('a silence without a reason silences nothing; dots are no reason', () => {
  for (const reason of ['', ' because "…"', ' because " "']) {
    const found = shown(busy({ onHost: `ignore ${rule}${reason}` }));
    assert.deepEqual(found, [`warning ${rule} h-a`, `error ignore-without-reason ${rule}`], reason);
  }
});

test('a silence holds on its last day, and is reported the day after', () => {
  const until = (day: string) =>
    shown(`design d { as-of 2026-11-22 }\n${busy({ onHost: `ignore ${rule} because "old" until ${day}` })}`);
  assert.deepEqual(until('2026-11-22'), []);
  assert.deepEqual(until('2026-11-21'), [`warning ${rule} h-a`, `warning ignore-expired ${rule}`]);
});

test('a silence of nothing is told, rule by rule', () => {
  const unused = (onHost: string, rest = '') => shown(busy({ onHost }) + rest);
  assert.deepEqual(unused(`ignore ${rule}, host-crowded because "old"`), ['hint ignore-unused host-crowded']);
  assert.deepEqual(unused(`ignore ${rule} because "old"`, policy('off')), [`hint ignore-unused ${rule}`]);
  assert.deepEqual(unused(`ignore ${rule} because "old"`, policy('warn 85 %')), [`hint ignore-unused ${rule}`]);
  const { workspace, uri } = editing('vm a { ignore vm-expired because "old" }\n');
  assert.deepEqual(
    diagnosticsOf(workspace, uri).map(({ tags }) => tags),
    [['unnecessary']],
  );
});

test('mistakes of the language cannot be silenced', () => {
  assert.deepEqual(shown('host h { mount nope; ignore name-unresolved because "later" }\n'), [
    'error name-unresolved nope',
    'warning word-unknown name-unresolved',
  ]);
});

test('a limit of another dimension is told with the right one, and does not count', () => {
  const wrong = (says: string) => {
    const { workspace, uri } = editing(busy() + policy(says));
    return diagnosticsOf(workspace, uri).map(({ code, message }) => (code === rule ? code : `${code}: ${message}`));
  };
  const limit = `the limit of ${rule} (share of the host's CPU) is in %`;
  assert.deepEqual(wrong('warn 5 GiB'), [rule, `unit-wrong: ${limit}; GiB is a unit of size`]);
  assert.deepEqual(wrong('warn 85'), [rule, `unit-missing: ${limit}; write the unit`]);
  assert.deepEqual(messages('unit-wrong', 'policy { vcpu-ratio-high warn 4 ms }\n').length, 1);
  assert.deepEqual(messages('unit-wrong', 'policy { vcpu-ratio-high warn 4 }\n'), []);
  assert.deepEqual(messages('value-surplus', 'policy { bandwidth-below-baseline warn 5 % }\n'), [
    'bandwidth-below-baseline has no limits; a policy gives it a severity, or switches it off',
  ]);
});

test('a rule that one policy names twice is told at the second', () => {
  assert.deepEqual(shown(`${busy()}policy { ${rule} warn 85 %; ${rule} warn 70 % }\n`), [
    `error word-repeated ${rule}`,
  ]);
  assert.deepEqual(shown(`${busy()}policy { ${rule} warn 85 % }\npolicy { ${rule} warn 70 % }\n`), []);
});
