import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { HEALTHY, OVERLOADED, world } from './world.ts';

const root = path.resolve(import.meta.dirname, '../..');
const schema = JSON.parse(readFileSync(path.join(root, 'docs/check-output.schema.json'), 'utf8'));
const isValid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

const AWKWARD = `host "a<b & \\"c\\"" { memory 64 }\n`;

test('JSON output is what its schema says, on every example', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': OVERLOADED, 'awkward.vdc': AWKWARD });
  for (const args of ['plan.vdc awkward.vdc', path.join(root, 'examples')]) {
    const { out } = await vdc(`check ${args} --format json`);
    assert.ok(isValid(JSON.parse(out)), JSON.stringify(isValid.errors?.slice(0, 5), null, 1));
  }
});

test('the schema refuses what is no output', () => {
  assert.ok(!isValid({ version: 1, files: [], findings: [{ rule: 'x' }], summary: {} }));
});

test('a figure is told with its unit, where it comes from, and its inputs', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': OVERLOADED });
  const { findings } = JSON.parse((await vdc('check plan.vdc --format json')).out);
  const [{ figures, entity, painPoint }] = findings;
  assert.deepEqual([entity, painPoint], ['host:esx-01', 'resource-starvation']);
  const [{ label, unit, text, origin, inputs }] = figures;
  assert.deepEqual([label, unit, text, origin], ['CPU', 'share', '126 %', 'derived']);
  assert.deepEqual(
    inputs.map((input: { label: string; unit: string; text: string }) => [input.label, input.unit, input.text]),
    [
      ['CPU demand', 'frequency', '10.1 GHz'],
      ['usable CPU', 'frequency', '8 GHz'],
    ],
  );
});

test('what is not stated is null and counted, never zero', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': 'host esx-01\nvm a { vcpu 2 }\nvm b\n' });
  const { summary } = JSON.parse((await vdc('check plan.vdc --format json')).out);
  const [{ vcpus, memoryGiB, provisionedTiB, hosts, hostsUndescribed, unstated }] = summary.designs;
  assert.deepEqual([vcpus, memoryGiB, provisionedTiB, hosts, hostsUndescribed], [2, null, null, 0, 1]);
  assert.deepEqual([unstated.vcpus, unstated.memory], [1, 2]);
});

test('SARIF names its rules once and places every result', async (t) => {
  const { vdc } = world(t, { 'my plan.vdc': OVERLOADED, 'awkward.vdc': AWKWARD });
  const { code, out } = await vdc('check . --format sarif');
  const { version, runs } = JSON.parse(out);
  const [{ tool, results, columnKind, artifacts }] = runs;
  assert.deepEqual([code, version, columnKind], [1, '2.1.0', 'utf16CodeUnits']);
  const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  assert.deepEqual(
    artifacts.map(({ location }: { location: { uri: string } }) => location.uri),
    ['awkward.vdc', 'my%20plan.vdc'],
  );
  const overload = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'host-cpu-overloaded');
  assert.equal(tool.driver.rules[overload.ruleIndex].id, 'host-cpu-overloaded');
  assert.equal(overload.level, 'error');
  const { artifactLocation, region } = overload.locations[0].physicalLocation;
  assert.deepEqual([artifactLocation.uri, region.startLine], ['my%20plan.vdc', 1]);
  assert.ok(region.endColumn > region.startColumn);
  assert.equal(overload.relatedLocations.length, 2);
});

test('GitHub gets one command per finding, with its signs escaped', async (t) => {
  const { vdc } = world(t, { 'a,b:100%.vdc': OVERLOADED });
  const { code, out } = await vdc('check . --format github');
  assert.equal(code, 1);
  const commands = out.trimEnd().split('\n');
  assert.equal(commands.length, 1);
  assert.match(
    commands[0] ?? '',
    /^::error file=a%2Cb%3A100%25\.vdc,line=1,endLine=1,col=\d+,endColumn=\d+,title=host-cpu-overloaded::esx-01 .*126\u202f? ?%25/,
  );
});

test('JUnit: a failure per error, a case per file without findings, and nothing that is no XML', async (t) => {
  const { vdc } = world(t, { 'bad.vdc': OVERLOADED, 'good.vdc': HEALTHY, 'odd.vdc': AWKWARD.replace('64', '6\u0001') });
  const { code, out } = await vdc('check . --format junit');
  assert.equal(code, 1);
  assert.match(
    out,
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="vdc check" tests="\d+" failures="\d+">/,
  );
  assert.match(out, /<testsuite name="good\.vdc" tests="1" failures="0">\s*<testcase name="no findings"/);
  assert.match(out, /<testcase name="host-cpu-overloaded host:esx-01"[^>]*><failure type="host-cpu-overloaded"/);
  assert.ok(!out.includes('\u0001'));
  const withoutTags = out.replaceAll(/<[?/]?[a-z]+(?: [a-z]+="[^"<]*")* *[?/]?>/g, '');
  assert.ok(!/[<>]/.test(withoutTags), withoutTags);
});
