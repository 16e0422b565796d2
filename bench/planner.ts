/**
 * The second part of `npm run bench`: the machine reassignment instances of the ROADEF/EURO challenge 2012 through the
 * search of plans. Its cost beside the best that is known and the lower bound; every result is held against the hard
 * constraints by the checker of the tests. `--quick` takes a second each; names of instances take only those.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { finish } from '../server/src/base/steps.ts';
import { check } from '../test/planner/roadef-checker.ts';
import { readInstance } from './roadef/instance.ts';
import { reassign } from './roadef/reassign.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../shared/data/roadef2012');
/** Best known costs: published results of the challenge and after it. */
const BEST_KNOWN: Readonly<Record<string, number>> = {
  a1_1: 44_306_501,
  a1_2: 777_532_896,
  a1_3: 583_005_717,
  a1_4: 244_875_200,
  a1_5: 727_578_309,
};
/** Percent above the best known. */
const GOAL = 1;
/** Work by which it is found out how much fits into a second. */
const PILOT = 400_000;

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, data: { type: 'string', default: FOLDER } },
  allowPositionals: true,
});
const lengths = values.quick ? [1] : [10, 60];

if (!existsSync(values.data)) console.log(`machine reassignment: the instances are not at ${values.data}`);
else {
  const head = ['machine reassignment', 'time', 'cost', 'best known', 'above it', 'lower bound', 'to reach', ''];
  const rows = [head];
  for (const name of positionals.length > 0 ? positionals : Object.keys(BEST_KNOWN))
    for (const seconds of lengths) rows.push(measured(name, seconds));
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
}

function measured(name: string, seconds: number): string[] {
  const read = (kind: string) => readFileSync(path.join(values.data, `${kind}_${name}.txt`), 'utf8');
  const [model, initial] = [read('model'), read('assignment')];
  const instance = readInstance(model, initial);
  let start = performance.now();
  finish(reassign(instance, PILOT));
  const rate = PILOT / (performance.now() - start);
  start = performance.now();
  const { assignment } = finish(reassign(instance, Math.floor(rate * seconds * 1_000)));
  const took = (performance.now() - start) / 1_000;
  const { cost, broken } = check(model, initial, assignment);
  const best = BEST_KNOWN[name] ?? Number.NaN;
  const above = (cost / best - 1) * 100;
  const verdict = broken.length > 0 ? `BROKEN: ${broken[0]}` : above <= GOAL ? 'reached' : 'MISSED';
  const show = (value: number) => value.toLocaleString('en');
  return [
    name,
    `${took.toFixed(0)} s`,
    show(cost),
    show(best),
    `${above.toFixed(3)} %`,
    show(Number(read('lb'))),
    seconds === 60 ? `${GOAL} %` : '-',
    seconds === 60 || broken.length > 0 ? verdict : '',
  ];
}
