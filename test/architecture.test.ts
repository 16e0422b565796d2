import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { RULES } from '../server/src/rules/index.ts';

/** The promises of ARCHITECTURE.md that a machine can hold us to. */
const root = path.resolve(import.meta.dirname, '..');

/** What each folder of the server may import besides itself. A folder that is not named here fails the test. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  // Types alone: the picture is data that both sides know; see the test below.
  protocol: ['topology'],
  language: ['base'],
  design: ['base', 'language'],
  capacity: ['base', 'language', 'design'],
  rules: ['base', 'language', 'design', 'capacity'],
  planner: ['base', 'language', 'design', 'capacity'],
  topology: ['base', 'language', 'design', 'capacity'],
  importers: ['base', 'language'],
  exporters: ['base', 'language', 'design', 'capacity', 'topology'],
  ide: ['base', 'language', 'design', 'capacity', 'rules', 'planner', 'topology', 'importers', 'exporters'],
  lsp: [
    'base',
    'language',
    'design',
    'capacity',
    'rules',
    'planner',
    'topology',
    'importers',
    'exporters',
    'ide',
    'protocol',
  ],
  cli: ['base', 'language', 'design', 'capacity', 'rules', 'planner', 'topology', 'importers', 'exporters', 'ide'],
};

/** Folders that may do input and output. Everything else is pure, so that it runs in a browser just as well. */
const WITH_IO = ['lsp', 'cli'];

/** Entry points hand the outside world to the layers: files directly in `server/src`, and those of worker threads. */
const WORKERS = ['server/src/topology/layout/worker.ts'];
const isEntryPoint = (file: string): boolean => /^server\/src\/[^/]+$/.test(file) || WORKERS.includes(file);
const FOR_ENTRY_POINTS = ['base', 'lsp', 'protocol', 'topology'];

const MOST_LINES = 400;

interface Source {
  /** From the root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
  /** Imports of which something is left when it runs. */
  readonly loads: readonly string[];
}

const sources: readonly Source[] = globSync('{server/src,client,test,bench,scripts}/**/*.{ts,mjs}', { cwd: root })
  .map((file) => file.replaceAll(path.sep, '/'))
  .sort()
  .map((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return {
      file,
      text,
      imports: importsOf(text),
      loads: importsOf(text.replaceAll(/^(?:import|export) type\b/gm, '// ')),
    };
  });
const server = sources.filter(({ file }) => file.startsWith('server/src/'));

/** What a module imports or exports from, loads later, or takes a type from. */
function importsOf(text: string): readonly string[] {
  const statements = text.matchAll(/^(?:import|export)\b(?:[^'";]*?\bfrom\b)?\s*['"]([^'"]+)['"]/gm);
  const calls = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g);
  return [...statements, ...calls].map(([, target = '']) => target);
}

function resolved(from: string, target: string): string {
  return path.posix.join(path.posix.dirname(from), target);
}

const isOwn = (target: string): boolean => target.startsWith('.');

/** Every import that breaks a promise, as `file imports target`. */
function breaches(among: readonly Source[], isBreach: (file: string, target: string) => boolean): readonly string[] {
  return among.flatMap(({ file, imports }) =>
    imports.filter((target) => isBreach(file, target)).map((target) => `${file} imports ${target}`),
  );
}

test('imports are found in every form', () => {
  const text = `import 'a';\nimport b from "b";\nimport type { C } from './c.ts';\nexport * from './d.ts';
import {\n  e,\n  f,\n} from './e.ts';\nconst g = await import('./g.ts');\nexport const h = 'from x';\n`;
  assert.deepEqual(importsOf(text), ['a', 'b', './c.ts', './d.ts', './e.ts', './g.ts']);
  assert.ok(server.length > 100);
});

test('a layer imports those below it, and no sibling', () => {
  const layerOf = (file: string) => /^server\/src\/([^/]+)\//.exec(file)?.[1];
  const found = breaches(server, (file, target) => {
    if (!isOwn(target)) return false;
    const own = layerOf(file);
    const other = layerOf(resolved(file, target));
    const mayImport = isEntryPoint(file) ? FOR_ENTRY_POINTS : own && LAYERS[own];
    assert.ok(mayImport, `${file} is in no layer`);
    if (file === 'server/src/cli/main.ts' && resolved(file, target) === 'server/src/main.ts') return false;
    if (resolved(file, target) === 'package.json') return own !== 'cli';
    return other === undefined || (other !== own && !mayImport.includes(other));
  });
  assert.deepEqual(found, []);
});

test('what client and server say to each other are types, and names of messages', () => {
  const found = server.filter(({ file }) => file.startsWith('server/src/protocol/')).flatMap(({ loads }) => loads);
  assert.deepEqual(found, []);
});

test('no module imports itself over others', () => {
  const graph = new Map(
    sources.map(({ file, loads }) => [file, loads.filter(isOwn).map((target) => resolved(file, target))]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (done.has(file) || trail.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  assert.deepEqual(cycles, []);
});

test('only the client knows the editor', () => {
  const isEditor = (target: string) => target === 'vscode' || target.startsWith('vscode-languageclient');
  const found = breaches(
    sources.filter(({ file }) => !file.startsWith('client/src/') && !file.startsWith('test/slow/vscode/')),
    (_, target) => isEditor(target),
  );
  assert.deepEqual(found, []);
});

test('only lsp and the entry points of the server know the protocol library', () => {
  const others = server.filter(({ file }) => !file.startsWith('server/src/lsp/') && !isEntryPoint(file));
  assert.deepEqual(
    breaches(others, (_, target) => target.startsWith('vscode-')),
    [],
  );
});

test('one file knows the layout engine', () => {
  const product = sources.filter(({ file }) => /^(server|client)\//.test(file));
  const found = breaches(product, (_, target) => target.startsWith('elkjs'));
  assert.equal(new Set(found.map((breach) => breach.split(' ')[0])).size, 1, found.join('\n'));
});

test('everything below lsp and cli is pure', () => {
  const below = server.filter(
    ({ file }) => !WITH_IO.some((layer) => file.startsWith(`server/src/${layer}/`)) && !isEntryPoint(file),
  );
  assert.deepEqual(
    breaches(below, (_, target) => target.startsWith('node:')),
    [],
  );
  const impure =
    /\b(?:console\.|process\.|Date\.now\(|new Date\(\)|performance\.|Math\.random\(|setTimeout\(|setInterval\(|fetch\()/;
  // What waits for the layout worker has to give up at some time.
  const mayWait = ['server/src/topology/layout/router.ts'];
  const found = below
    .filter(({ file }) => !mayWait.includes(file))
    .flatMap(({ file, text }) =>
      text
        .split('\n')
        .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line) && impure.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  assert.deepEqual(found, []);
});

test('the client knows of the server what they say to each other, and the scene', () => {
  const shared = ['protocol', 'topology', 'base'];
  const found = breaches(
    sources.filter(({ file }) => file.startsWith('client/')),
    (file, target) => {
      const layer = isOwn(target) && /^server\/src\/([^/]+)\//.exec(resolved(file, target))?.[1];
      return typeof layer === 'string' && !shared.includes(layer);
    },
  );
  assert.deepEqual(found, []);
});

test('the webview knows no editor, and the rest of the client no page', () => {
  const [webview, extension] = [/^client\/webview\//, /^client\/src\//];
  assert.deepEqual(
    [
      ...breaches(
        sources.filter(({ file }) => webview.test(file)),
        (file, target) => isOwn(target) && extension.test(resolved(file, target)),
      ),
      ...breaches(
        sources.filter(({ file }) => extension.test(file)),
        (file, target) => isOwn(target) && webview.test(resolved(file, target)),
      ),
    ],
    [],
  );
});

test('no file is too long to read in one go', () => {
  // A table of cases may be as long as there are cases.
  const long = sources
    .filter(({ file }) => !file.startsWith('test/'))
    .map(({ file, text }) => [file, text.split('\n').length - 1] as const);
  assert.deepEqual(
    long.filter(([, lines]) => lines > MOST_LINES),
    [],
  );
});

test('what a module exports another one uses, and not tests alone', () => {
  const uses = new Map<string, Set<string>>();
  for (const { file, text } of sources)
    for (const [word] of withoutComments(text).matchAll(/[A-Za-z_$][\w$]*/g))
      uses.set(word, (uses.get(word) ?? new Set()).add(file));
  const found = sources.flatMap(({ file, text }) => {
    const code = withoutComments(text);
    const exported = [...code.matchAll(/^export (?:async )?(?:function\*?|const|class) ([\w$]+)/gm)];
    return exported.flatMap(([, name = '']) => {
      const others = [...(uses.get(name) ?? [])].filter((other) => other !== file);
      const isForTests = isProduct(file) && !others.some(isProduct);
      // What tests look at more closely than others do is used where it stands.
      const isUsedHere = code.split(new RegExp(`\\b${name}\\b`)).length > 2;
      return others.length === 0 || (isForTests && !isUsedHere) ? [`${file} exports ${name}`] : [];
    });
  });
  assert.deepEqual(found, []);
});

const isProduct = (file: string): boolean => !/^(?:test|bench)\//.test(file);

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

test('modules export names, not defaults', () => {
  const found = sources.filter(({ file, text }) => file.endsWith('.ts') && /^export default\b/m.test(text));
  assert.deepEqual(
    found.map(({ file }) => file),
    [],
  );
});

test('a rule is found under its id: its file and its page', async () => {
  for (const rule of RULES) {
    const exported: object = await import(`../server/src/rules/${rule.id}.ts`);
    assert.ok(Object.values(exported).includes(rule), `server/src/rules/${rule.id}.ts does not export ${rule.id}`);
    const page = `docs/rules/${rule.id}.md`;
    assert.ok(existsSync(path.join(root, page)), `there is no ${page}; "npm run generate" writes it`);
  }
  const ids = RULES.map(({ id }) => id);
  const around = ['index', 'limit-text', 'maturity', 'rule', 'run'];
  const files = server.flatMap(({ file }) => /^server\/src\/rules\/([^/]+)\.ts$/.exec(file)?.[1] ?? []);
  assert.deepEqual(files.sort(), [...ids, ...around].sort(), 'what rules share stands in shared or fixes');
  assert.deepEqual(ids, [...ids].sort(), 'the list of rules is in the order of their ids');
});

const pages = globSync('{*.md,docs/**/*.md,examples/**/*.md,bench/**/*.md}', { cwd: root });
for (const page of pages) {
  test(`links in ${page} lead somewhere`, () => {
    const text = readFileSync(path.join(root, page), 'utf8').replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
    const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const full = file === '' ? path.join(root, page) : path.resolve(root, path.dirname(page), file);
        if (!existsSync(full)) return true;
        return anchor !== undefined && full.endsWith('.md') && !anchorsOf(readFileSync(full, 'utf8')).has(anchor);
      });
    assert.deepEqual(broken, []);
  });
}

/** Anchors that GitHub gives to the headings of a page. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = markdown.replaceAll(/```[\s\S]*?```/g, '').matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}
