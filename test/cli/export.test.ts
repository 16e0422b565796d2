import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadDesigns } from '../../server/src/cli/designs.ts';
import { routesOf } from '../../server/src/cli/topology.ts';
import { topologyOfProject } from '../../server/src/ide/topology.ts';
import { HEALTHY, OVERLOADED, world } from './world.ts';

const examples = path.resolve(import.meta.dirname, '../../examples');

test('a picture is one SVG file that names its hosts', async (t) => {
  const { vdc, folder } = world(t, { 'plan.vdc': HEALTHY });
  assert.deepEqual(await vdc('export plan.vdc --to svg -o plan.svg'), { code: 0, out: '', err: '' });
  const svg = readFileSync(path.join(folder, 'plan.svg'), 'utf8');
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
  assert.match(svg, /data-node="host:esx-01"/);
});

test('a picture of an example with switches and arrays', async (t) => {
  const { code, out, err } = await world(t).vdc(`export ${path.join(examples, 'shopping-cart.vdc')} --to svg`);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /data-node="switch:/);
  assert.ok(!/NaN|undefined|<script/.test(out));
});

test('themes and layers are different pictures', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': HEALTHY });
  const plain = (await vdc('export plan.vdc --to svg')).out;
  assert.notEqual((await vdc('export plan.vdc --to svg --theme dark')).out, plain);
  assert.deepEqual((await vdc('export plan.vdc --to svg --measure chaos')).code, 2);
});

test('a design as data holds what stands where, and what was found', async (t) => {
  const { vdc } = world(t, { 'plan.vdc': OVERLOADED });
  const { code, out } = await vdc('export plan.vdc --to json');
  const { version, entities, findings } = JSON.parse(out);
  assert.deepEqual([code, version], [0, 1]);
  const host = entities.find(({ id }: { id: string }) => id === 'host:esx-01');
  assert.equal(host.figures.cpu.text, '126 %');
  assert.equal(entities.filter((entity: { host?: string }) => entity.host === 'host:esx-01').length, 2);
  assert.deepEqual(
    findings.map(({ rule }: { rule: string }) => rule),
    ['host-cpu-overloaded'],
  );
});

test('what cannot be exported is said in words, with exit code 2', async (t) => {
  const { vdc, folder } = world(t, { 'plan.vdc': HEALTHY });
  for (const [line, says] of [
    ['export plan.vdc', /say what to write: --to svg\|/],
    ['export plan.vdc --to pdf', /--to is svg, .*, not "pdf"/],
    ['export . --to svg', /is a folder; name one design/],
    ['export gone.vdc --to svg', /gone\.vdc: there is no such file/],
    ['export plan.vdc plan.vdc --to svg', /name one design/],
  ] as const) {
    const { code, out, err } = await vdc(line);
    assert.deepEqual([code, out], [2, ''], line);
    assert.match(err, says);
  }
  assert.ok(!existsSync(path.join(folder, 'plan.svg')));
});

test('links above the switches of hosts are routed by the layout engine', async (t) => {
  const { io } = world(t, {
    'plan.vdc': `network web { vlan 110 }
switch core { ports 32 x 100 Gbps }
switch spine-[1..2] { ports 32 x 100 Gbps; uplink 1 x 100 Gbps to core }
switch tor-a { ports 48 x 10 Gbps; uplink 1 x 40 Gbps to spine-1; uplink 1 x 40 Gbps to spine-2 }
switch tor-b { ports 48 x 10 Gbps; uplink 1 x 40 Gbps to spine-2 }
host esx-01 {
  cpu 1 x 8 cores 2.0 GHz
  nic nic[1..2] 10 Gbps
  vswitch vs0 { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web }
}
`,
  });
  const { projects } = await loadDesigns(io, ['plan.vdc']);
  const [project] = projects;
  assert.ok(project);
  const [block] = [...(await routesOf(topologyOfProject(project))).values()];
  assert.deepEqual(
    block?.nodes.map(({ id }) => id).sort(),
    ['core', 'spine-1', 'spine-2', 'tor-a', 'tor-b'].map((name) => `switch:${name}`),
  );
});

test('a picture of what is left after a failure, on another day, and about one thing', async (t) => {
  const { vdc } = world(t);
  const cart = path.join(examples, 'shopping-cart.vdc');
  const failed = await vdc(`export ${cart} --to svg --failed esx-01,tor-a`);
  assert.deepEqual([failed.code, failed.err], [0, '']);
  // One of them is in the legend.
  assert.equal(failed.out.match(/>failed</g)?.length, 3);
  const later = await vdc(`export ${cart} --to svg --failed host:prod/esx-01 --at 2027-06`);
  assert.equal(later.out.match(/>failed</g)?.length, 2);
  const app = (await vdc(`export ${cart} --to svg --app cart`)).out;
  assert.match(app, />cart 10\.1\.10\.50 on web</);
  assert.match(app, /opacity="0\.3"/);
  assert.notEqual((await vdc(`export ${cart} --to svg --team storage`)).out, app);
  assert.match((await vdc(`export ${cart} --to svg --layer network --level card`)).out, />10\.1\.10\.0\/24</);
});

test('what a picture cannot be about is said in words', async (t) => {
  const { vdc } = world(t);
  const cart = path.join(examples, 'shopping-cart.vdc');
  for (const [options, says] of [
    ['--failed esx-99', /--failed: there is no esx-99; there is .*esx-01/],
    ['--app chess', /--app: there is no chess; there is cart, orders/],
    ['--team red --app cart', /one of --app, --team and --network/],
    ['--at soon', /--at: /],
    ['--to html --failed esx-01', /--failed goes with/],
  ] as const) {
    const { code, err } = await vdc(`export ${cart} --to svg ${options}`);
    assert.equal(code, 2, options);
    assert.match(err, says);
  }
});

test('a report is one page, and tables are a file or a folder of them', async (t) => {
  const { vdc, folder } = world(t, { 'plan.vdc': OVERLOADED });
  assert.deepEqual(await vdc('export plan.vdc --to html -o plan.html'), { code: 0, out: '', err: '' });
  assert.match(
    readFileSync(path.join(folder, 'plan.html'), 'utf8'),
    /^<!DOCTYPE html>[\s\S]*host-cpu-overloaded[\s\S]*<\/html>\n$/,
  );
  assert.match((await vdc('export plan.vdc --to csv --table hosts')).out, /\r\nesx-01,/);
  assert.deepEqual((await vdc('export plan.vdc --to csv -o tables/')).code, 0);
  assert.match(
    readFileSync(path.join(folder, 'tables/findings.csv'), 'utf8'),
    /\r\nerror,resource-starvation,host-cpu-overloaded,esx-01,/,
  );
  assert.deepEqual((await vdc('export plan.vdc --to csv --table chaos')).code, 2);
  for (const [format, begins] of [
    ['mermaid', 'flowchart TB'],
    ['dot', 'graph "'],
    ['drawio', '<?xml'],
  ] as const)
    assert.ok((await vdc(`export plan.vdc --to ${format}`)).out.startsWith(begins), format);
});
