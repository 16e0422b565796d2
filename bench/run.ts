/**
 * `npm run bench`: how fast the language server answers and how much memory it takes, beside a server that does nothing
 * and the JSON server of VS Code, all in one run. What counts are the ratios; the same run on another day differs.
 * `--diagram` measures only what concerns the diagram. `--quick` takes small designs and few rounds, to see that it runs.
 */
import { availableParallelism, loadavg } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type Asked, type Moment, measureAnswers } from './answers.ts';
import { type Document, jsonDesign, vdcDesign } from './designs.ts';
import { diagramTable } from './diagram/rows.ts';
import { type Candidate, type Measured, measureEdits, measureOpenings, median } from './measure.ts';
import { echoServer, jsonServer, vdcServer } from './servers.ts';
import { formatRows, type Row } from './table.ts';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, diagram: { type: 'boolean', default: false } },
});
const diagram = values.quick ? { hosts: 60, runs: 1, frames: 30 } : { hosts: 1_000, runs: 3, frames: 240 };
if (values.diagram) {
  console.log(await diagramTable(diagram));
  process.exit();
}
const plan = values.quick
  ? {
      small: 500,
      large: 2_000,
      findings: 20,
      edits: 6,
      braces: 3,
      largeEdits: 4,
      largeBraces: 1,
      openings: 1,
      jsonEvery: 6,
      answers: 2,
    }
  : {
      small: 10_000,
      large: 100_000,
      findings: 200,
      edits: 60,
      braces: 15,
      largeEdits: 30,
      largeBraces: 5,
      openings: 5,
      jsonEvery: 10,
      answers: 20,
    };

const json = jsonServer();
const rows: Row[] = [];
const count = (vms: number) => `${vms.toLocaleString('en')} VMs`;

const small = vdcDesign({ vms: plan.small });
const large = vdcDesign({ vms: plan.large });
const found = vdcDesign({ vms: plan.small, overloaded: plan.findings });
const crowded = vdcDesign({ vms: plan.small, overloaded: 1 });
const asJson = jsonDesign({ vms: plan.small });
const both = (document: Document): Candidate[] => [
  { server: vdcServer, document },
  { server: echoServer, document },
];
const jsonToo: Candidate[] = json ? [{ server: json, document: asJson, every: plan.jsonEvery }] : [];

console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores`);
console.log(
  `vdc is ${vdcServer.command.some((part) => part.endsWith('.js')) ? 'the bundle in dist/' : 'run from its sources: build first'}`,
);
for (const [name, document] of [
  [count(plan.small), small],
  [count(plan.large), large],
  ['as JSON', asJson],
] as const)
  console.log(`${name}: ${(document.text.length / 1e6).toFixed(2)} MB`);
console.log();

const openings = await measureOpenings([...both(small), ...jsonToo], plan.openings);
const opened = (name: string) => openings.get(name);
const plain = await measureEdits([...both(small), ...jsonToo], { edits: plan.edits, braces: plan.braces });
expectFindings('the design without findings', plain, 0);
const underlined = await measureEdits(both(found), { edits: plan.edits, braces: 0 });
expectFindings('the design with overloaded hosts', underlined, plan.findings);
const huge = await measureEdits(both(large), { edits: plan.largeEdits, braces: plan.largeBraces });
expectFindings('the large design', huge, 0);
const answers = await measureAnswers(both(crowded), plan.answers);

add(`edit, ${count(plan.small)}`, plain, (of) => median(of.edits), 1);
add(`edit, ${count(plan.large)}`, huge, (of) => median(of.edits), 0.7);
add(`edit, ${count(plan.small)}, ${plan.findings} findings`, underlined, (of) => median(of.edits), 1.5);
add(`lone {, ${count(plan.small)}`, plain, (of) => median(of.braces), 5);
add(`lone { removed, ${count(plan.small)}`, plain, (of) => median(of.mended), 5);
add(`lone {, ${count(plan.large)}`, huge, (of) => median(of.braces));
rows.push({
  what: `open, ${count(plan.small)}`,
  vdc: median(opened('vdc')?.openings ?? []),
  echo: median(opened('do-nothing')?.openings ?? []),
  json: json && median(opened('json')?.openings ?? []),
  unit: 'ms',
  against: 'json',
  goal: 0.35,
});
add(`open, ${count(plan.large)}`, huge, (of) => median(of.openings));
rows.push(memoryRow(count(plan.small), plain, 120), memoryRow(count(plan.large), huge, 350));
rows.push({
  what: 'start to first answer',
  vdc: median(opened('vdc')?.starts ?? []),
  echo: median(opened('do-nothing')?.starts ?? []),
  json: json && median(opened('json')?.starts ?? []),
  unit: 'ms',
  goal: 150,
});
for (const asked of ['completion', 'hover'] as const) {
  rows.push(answerRow(asked, 'idle', count(plan.small)), answerRow(asked, 'edit', 'right after an edit'));
  rows.push(answerRow(asked, 'picture', 'while a picture is made'), answerRow(asked, 'plan', 'while a plan is made'));
}
console.log(formatRows(rows));
console.log();
console.log(await diagramTable(diagram));
const [load = 0] = loadavg();
if (load > availableParallelism() + 1)
  console.log(`\nOther work was running (load ${load.toFixed(1)}): believe the ratios, and those not too closely.`);
if (values.quick) console.log('\nA quick run: too small to be held against the goals.');

/** A row of milliseconds, held against the server that does nothing. */
function add(
  what: string,
  measured: ReadonlyMap<string, Measured>,
  read: (of: Measured) => number,
  goal?: number,
): void {
  const value = (name: string) => {
    const own = measured.get(name);
    const known = own && read(own);
    return known === undefined || Number.isNaN(known) ? undefined : known;
  };
  rows.push({
    what,
    vdc: value('vdc') ?? Number.NaN,
    echo: value('do-nothing'),
    json: value('json'),
    unit: 'ms',
    against: 'echo',
    ...(goal === undefined ? {} : { goal }),
  });
}

/** Half of the answers are there sooner; what a person does not notice is two frames of a screen. */
function answerRow(asked: Asked, moment: Moment, when: string): Row {
  const value = (name: string) => median(answers.get(name)?.get(`${asked} ${moment}`) ?? []);
  const echo = value('do-nothing');
  return {
    what: `${asked}, ${when}`,
    vdc: value('vdc'),
    echo: Number.isNaN(echo) ? undefined : echo,
    unit: 'ms',
    goal: 33,
  };
}

function memoryRow(what: string, measured: ReadonlyMap<string, Measured>, goal: number): Row {
  return {
    what: `memory, ${what}`,
    vdc: measured.get('vdc')?.memory ?? Number.NaN,
    echo: measured.get('do-nothing')?.memory,
    json: measured.get('json')?.memory,
    unit: 'MB',
    goal,
  };
}

/** The figures mean nothing if the text is not what it is said to be. */
function expectFindings(what: string, measured: ReadonlyMap<string, Measured>, wanted: number): void {
  for (const [name, { diagnostics }] of measured) {
    if (diagnostics.length === (name === 'vdc' ? wanted : 0)) continue;
    const [first] = diagnostics;
    console.log(
      `${name} finds ${diagnostics.length} in ${what}, not ${wanted}; the first: ${first?.code} ${first?.message}`,
    );
    process.exitCode = 1;
  }
}
