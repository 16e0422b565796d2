import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { finish } from '../../server/src/base/steps.ts';
import { CSV_TABLES, toCsv } from '../../server/src/exporters/csv.ts';
import { toDot } from '../../server/src/exporters/dot.ts';
import { toDrawio } from '../../server/src/exporters/drawio.ts';
import { toJson } from '../../server/src/exporters/json.ts';
import { toMermaid } from '../../server/src/exporters/mermaid.ts';
import { exportInput } from '../../server/src/ide/export-input.ts';
import { EXAMPLES, exampleProject, inputOf } from './support.ts';

const examples = readdirSync(EXAMPLES)
  .filter((name) => name.endsWith('.vdc') && name !== 'ten-thousand.vdc')
  .map((name) => path.basename(name, '.vdc'));
const inputs = new Map(examples.map((name) => [name, finish(exportInput(exampleProject(name)))]));

const HOSTILE = ['a"b', 'a\\', '<b>&amp;', 'x]:::y', 'end', '=1+2', '`#;{}|', 'ü–漢'];
const hostile = inputOf(
  HOSTILE.map(
    (name) =>
      `host ${JSON.stringify(name)} { memory 16 GiB; runs ${JSON.stringify(`v${name}`)} }\nvm ${JSON.stringify(`v${name}`)} { memory 24 GiB }`,
  ).join('\n'),
);

test('JSON is what its schema says, on every example', () => {
  const schema = JSON.parse(readFileSync(path.resolve(EXAMPLES, '../docs/design-export.schema.json'), 'utf8'));
  const isValid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  for (const [name, input] of [...inputs, ['hostile', hostile] as const, ['nothing', inputOf('')] as const])
    assert.ok(isValid(JSON.parse(toJson(input))), `${name}: ${JSON.stringify(isValid.errors?.slice(0, 4), null, 1)}`);
  assert.ok(!isValid({ version: 1, entities: [] }));
});

test('JSON tells of each figure what it is, where it comes from, and what it stands on', () => {
  const { entities, costs, findings } = JSON.parse(
    toJson(
      inputOf(
        'design d { currency EUR }\nhost h { memory 16 GiB; cost 5 EUR; runs v }\nvm v { memory 24 GiB; vcpu 2 }',
      ),
    ),
  );
  const host = entities.find(({ id }: { id: string }) => id === 'host:h');
  assert.deepEqual([host.figures.memory.text, host.figures.memory.origin], ['200 %', 'derived']);
  const vm = entities.find(({ id }: { id: string }) => id === 'vm:v');
  assert.deepEqual(
    [vm.host, vm.figures.memory.value, vm.figures.memory.place],
    ['host:h', 24 * 2 ** 30, { file: 'main.vdc', line: 3 }],
  );
  assert.deepEqual(costs[0], {
    entity: 'host:h',
    label: 'h',
    amount: 5,
    isYearly: false,
    fromYear: null,
    untilYear: null,
    place: { file: 'main.vdc', line: 2 },
  });
  assert.ok(findings.some(({ rule }: { rule: string }) => rule === 'host-memory-overcommitted'));
});

test('Graphviz reads what is written for it', async () => {
  const graphviz = await Graphviz.load();
  for (const [name, input] of [...inputs, ['hostile', hostile] as const, ['nothing', inputOf('')] as const]) {
    const svg = graphviz.dot(toDot(input.graph));
    assert.match(svg, /<svg/, name);
    for (const site of input.graph.sites)
      for (const cluster of site.clusters)
        for (const host of cluster.hosts.slice(0, 3))
          assert.ok(svg.includes(escaped(host.name)), `${name}: ${host.name}`);
  }
});

/** As Graphviz writes text into an SVG file. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('-', '&#45;');

const LABEL = '"[^"#;<>{}|`\\\\[\\]]*(?:(?:#\\d+;|<br/>)[^"#;<>{}|`\\\\[\\]]*)*"';
const MERMAID = [
  /^flowchart TB$/,
  new RegExp(`^ +n\\d+\\[${LABEL}\\](:::(error|warning))?$`),
  new RegExp(`^ +subgraph n\\d+\\[${LABEL}\\]$`),
  /^ +end$/,
  new RegExp(`^ {2}n\\d+ (---|-\\.-)(\\|${LABEL}\\|)? n\\d+$`),
  /^ {2}classDef (error|warning) stroke:#[0-9a-f]{6},stroke-width:\dpx$/,
];

test('a Mermaid chart has its lines in its grammar, its blocks closed, and its links between nodes', () => {
  for (const [name, input] of [...inputs, ['hostile', hostile] as const]) {
    const lines = toMermaid(input.graph).trimEnd().split('\n');
    for (const line of lines)
      assert.ok(
        MERMAID.some((form) => form.test(line)),
        `${name}: ${line}`,
      );
    const count = (form: RegExp) => lines.filter((line) => form.test(line)).length;
    assert.equal(count(/^ +subgraph /), count(/^ +end$/), name);
    const declared = new Set(lines.flatMap((line) => /^ +(?:subgraph )?(n\d+)\[/.exec(line)?.[1] ?? []));
    for (const line of lines)
      for (const id of /^ {2}(n\d+) .* (n\d+)$/.exec(line)?.slice(1) ?? []) assert.ok(declared.has(id), line);
  }
});

test('with more hosts than a chart can hold, clusters stand for theirs', () => {
  const input = inputOf(`switch tor-[a,b]
cluster c { vswitch v { uplink nic1 to tor-a; uplink nic2 to tor-b; carries web }; host h-[001..500] { nic nic[1..2] 10 Gbps; memory 64 GiB } }
network web`);
  const chart = toMermaid(input.graph);
  assert.ok(!chart.includes('h-001') && chart.split('\n').length < 20, chart);
  assert.match(chart, /n\d+ ---\|"500 × 10 G"\| n\d+/);
  assert.ok(!toDot(input.graph).includes('h-001'));
});

test('a drawing for diagrams.net is whole: cells of known parents, edges of known ends, positions of the layout', () => {
  for (const [name, input] of [...inputs, ['hostile', hostile] as const, ['nothing', inputOf('')] as const]) {
    const xml = toDrawio(input.graph);
    assert.ok(!/&(?!amp;|lt;|gt;|quot;|#10;)/.test(xml), name);
    assert.ok(!/<(?!\/?(?:mxfile|diagram|mxGraphModel|root|mxCell|mxGeometry)[\s>/]|\?xml )/.test(xml), name);
    const cells = [...xml.matchAll(/<mxCell ([^>]*)>/g)].map(([, attributes = '']) =>
      Object.fromEntries([...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
    );
    const ids = new Set(cells.map(({ id }) => id));
    assert.equal(ids.size, cells.length, name);
    for (const cell of cells)
      for (const key of ['parent', 'source', 'target'])
        assert.ok(cell[key] === undefined || ids.has(cell[key]), `${name}: ${key} ${cell[key]}`);
    assert.ok(
      ![...xml.matchAll(/<mxGeometry x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g)].some((numbers) =>
        numbers.slice(1).some((number) => !/^-?\d+(\.\d+)?$/.test(number)),
      ),
      name,
    );
    const hosts = input.graph.sites.flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.hosts));
    assert.equal(hosts.length > 0, xml.includes('vertex="1"') && hosts.length > 0, name);
  }
});

/** Rows of a CSV text as RFC 4180 has it. */
function rowsOf(csv: string): string[][] {
  assert.ok(csv.startsWith('\ufeff') && csv.endsWith('\r\n'));
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('every table of every example is rectangular, and as long as there are things', () => {
  for (const [name, input] of inputs) {
    for (const table of CSV_TABLES) {
      const [heads = [], ...rows] = rowsOf(toCsv(input, table));
      assert.ok(heads.length > 4);
      assert.deepEqual(
        rows.filter((row) => row.length !== heads.length),
        [],
        `${name} ${table}`,
      );
      assert.ok(!rows.flat().some((cell) => /NaN|undefined|Infinity|\[object/.test(cell)), `${name} ${table}`);
    }
    assert.equal(rowsOf(toCsv(input, 'findings')).length - 1, input.findings.length, name);
  }
});

test('a table holds numbers in the unit of its head', () => {
  const input = inputOf(
    'host h { memory 64 GiB; cpu 2 x 8 cores 2.5 GHz; runs v }\nvm v { vcpu 4; memory 1.5 GiB; disk 40 GB; demand cpu 50 % }',
  );
  const [heads = [], row = []] = rowsOf(toCsv(input, 'vms'));
  const cell = (head: string) => row[heads.indexOf(head)];
  assert.deepEqual(['vm', 'host', 'vcpus', 'memory GiB', 'disks GiB', 'CPU demand GHz'].map(cell), [
    'v',
    'h',
    '4',
    '1.5',
    '37.2529',
    '5',
  ]);
});

test('no cell is a formula, and quotes and commas stay text', () => {
  const names = ['=1+2', '+1', '-1', '@SUM(A1)', ' =1', 'a,b', '|cmd'];
  const input = inputOf(names.map((name) => `vm ${JSON.stringify(name)} { vcpu 1; note "x" }`).join('\n'));
  const [, ...rows] = rowsOf(toCsv(input, 'vms'));
  const cells = rows.map(([name = '']) => name);
  assert.ok(cells.length >= 6);
  assert.deepEqual(
    cells.filter((cell) => /^\s*[=+\-@|]/.test(cell)),
    [],
  );
  for (const name of cells) assert.ok(names.includes(name.replace(/^'/, '')), name);
});
