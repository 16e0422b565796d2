// Everything that proves the project right, from a fresh clone on: installs, checks, builds, and runs every test.
// `npm test -- --fast` leaves out the tests that start a server or a browser.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { ensureInstalled, node, root, run } from './lib/project.mjs';

const fast = process.argv.includes('--fast');

const side = `--test-concurrency=${availableParallelism()}`;

const suites = [
  { name: 'unit tests', files: ['test/*.test.ts', 'test/!(slow)/**/*.test.ts'], args: [side] },
  ...(fast
    ? []
    : [
        // One after the other: each starts an editor. First: they install the browser that the others need.
        {
          name: 'tests in the real editor',
          files: ['test/slow/@(vscode|package).test.ts'],
          args: ['--test-concurrency=1'],
        },
        {
          name: 'tests with a server or a browser',
          files: ['test/slow/!(vscode|package).test.ts', 'test/slow/!(vscode)/**/*.test.ts'],
          args: [side],
          // A busy machine loses clicks and keys, as it would a person's.
          again: true,
        },
      ]),
];

/** A step that is no test counts only if it fails. */
async function step(name, work) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  let passed = false;
  try {
    passed = await work();
  } catch (error) {
    console.error(error);
  }
  console.log(`== ${name}: ${passed ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return { name, passed: 0, failed: passed ? 0 : 1, skipped: 0 };
}

const script =
  (path, ...args) =>
  async () =>
    (await run(node, [join(root, path), ...args])) === 0;

async function suite({ name, files, args, again }, folder) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  let { code, counts } = await runTests(files, args, join(folder, 'first.jsonl'));
  const unlucky = [...counts].filter(([, { failed, cancelled }]) => failed + cancelled > 0).map(([file]) => file);
  if (again && unlucky.length > 0) {
    console.log(`\nOnce more, one by one: ${unlucky.map((file) => relative(root, file)).join(', ')}`);
    const second = await runTests(unlucky, ['--test-concurrency=1'], join(folder, 'second.jsonl'));
    code = second.code;
    counts = new Map([...counts].filter(([file]) => !unlucky.includes(file)).concat([...second.counts]));
  }
  const sum = (...keys) => [...counts.values()].reduce((total, each) => total + sumOf(each, keys), 0);
  const result = {
    name,
    passed: sum('passed'),
    failed: sum('failed', 'cancelled'),
    skipped: sum('skipped', 'todo'),
  };
  // A run that fails without a failed test (a file that cannot be loaded, a crash) is a failure all the same.
  if (code !== 0 && result.failed === 0) result.failed = 1;
  console.log(`== ${name}: ${totalsLine(result)} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

const sumOf = (counts, keys) => keys.reduce((total, key) => total + counts[key], 0);

/** Exit code, and counts by file. */
async function runTests(files, args, report) {
  const reporters = [
    ...['--test-reporter=dot', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${join(root, 'scripts/lib/totals-reporter.mjs')}`, `--test-reporter-destination=${report}`],
  ];
  const code = await run(node, ['--test', '--test-timeout=600000', ...args, ...reporters, ...files]);
  const lines = existsSync(report) ? readFileSync(report, 'utf8').split('\n').filter(Boolean) : [];
  return { code, counts: new Map(lines.map((line) => JSON.parse(line)).map(({ file, counts }) => [file, counts])) };
}

const totalsLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

const results = [await step('install', () => ensureInstalled().then(() => true))];
if (results[0].failed === 0) {
  results.push(await step('check', script('scripts/check.mjs')));
  results.push(await step('build', script('scripts/build.mjs', '--link')));
  results.push(await step('generated files', script('scripts/generate.ts', '--check')));
  mkdirSync(join(root, '.vscode-test'), { recursive: true });
  const folder = mkdtempSync(join(root, '.vscode-test', 'totals-'));
  try {
    for (const each of suites) results.push(await suite(each, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const totals = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
const failures = results.filter(({ failed }) => failed > 0).map(({ name }) => name);
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
process.exitCode = totals.failed === 0 ? 0 : 1;
console.log(`\n${totalsLine(totals)}`);
