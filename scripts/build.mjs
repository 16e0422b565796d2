// Bundles everything that runs: the extension's client and server (desktop and web), the command line, the webview.
// `--watch` rebuilds on change, `--production` minifies for the package, `--link` makes `npx vdc` find this checkout.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/project.mjs';

/** ES modules for Node keep a `require` for the CommonJS packages inside them. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const nodeModule = { platform: 'node', format: 'esm', target: 'node20', banner: { js: requireBanner } };
const webWorker = {
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  // elk takes a worker without a document for its own and would overwrite its message handler.
  define: { document: '{}' },
};

/** What is bundled into what. Entries that do not exist are skipped; `packed: false` stays in the checkout. */
const bundles = [
  {
    entry: 'client/src/main.node.ts',
    out: 'client.cjs',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
  },
  // The web extension host runs no ES modules; `.cjs` tells it that this is none.
  {
    entry: 'client/src/main.browser.ts',
    out: 'client.browser.cjs',
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
  },
  { entry: 'server/src/main.ts', out: 'server.mjs', ...nodeModule },
  { entry: 'server/src/browser.ts', out: 'server.browser.js', ...webWorker },
  {
    entry: 'server/src/cli/main.ts',
    out: 'cli.js',
    packed: false,
    ...nodeModule,
    banner: { js: `#!/usr/bin/env node\n${requireBanner}` },
  },
  { entry: 'server/src/topology/layout/worker.ts', out: 'layout-worker.js', ...webWorker },
  { entry: 'client/webview/main.ts', out: 'webview.js', platform: 'browser', format: 'iife', target: 'es2022' },
];

/** The layout engine is loaded when a diagram opens, never with the server. */
const mayHoldElk = (out) => out.startsWith('layout-worker');

const withoutElk = {
  name: 'elk-only-in-the-layout-worker',
  setup(build) {
    build.onResolve({ filter: /^elkjs/ }, ({ importer }) => ({
      errors: [{ text: `${importer} brings elkjs into a bundle other than the layout worker` }],
    }));
  },
};

/** The designs in `examples` by file name, in one file that the extension reads when a sample is asked for. */
function writeExamples(dist) {
  const folder = join(root, 'examples');
  const names = readdirSync(folder).filter((name) => name.endsWith('.vdc'));
  const texts = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'examples.json'), JSON.stringify(texts));
}

function options({ entry, out, packed: _, ...rest }, production, dist) {
  return {
    entryPoints: [{ in: join(root, entry), out: out.replace(/\.[^.]+$/, '') }],
    outdir: dist,
    outExtension: { '.js': /\.[^.]+$/.exec(out)[0] },
    bundle: true,
    minify: production,
    // Texts of rules are full of signs that would else be written as escapes.
    charset: 'utf8',
    legalComments: production ? 'none' : 'inline',
    sourcemap: production ? false : 'linked',
    mainFields: rest.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
    logLevel: 'warning',
    plugins: mayHoldElk(out) ? [] : [withoutElk],
    ...rest,
  };
}

/** Lets npx find the command of this very checkout, without a look at a registry. Windows goes by package.json. */
function linkCommand() {
  if (process.platform === 'win32') return;
  const link = join(root, 'node_modules', '.bin', 'vdc');
  mkdirSync(dirname(link), { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(join('..', '..', 'dist', 'cli.js'), link);
}

export async function build({ production = false, watch = false, forPackage = false, dist = join(root, 'dist') } = {}) {
  const esbuild = await import('esbuild');
  writeExamples(dist);
  const present = bundles.filter(({ entry, packed }) => {
    if (forPackage && packed === false) return false;
    const exists = existsSync(join(root, entry));
    if (!exists) console.warn(`There is no ${entry}; dist/ will lack its bundle.`);
    return exists;
  });
  const contexts = await Promise.all(present.map((bundle) => esbuild.context(options(bundle, production, dist))));
  if (watch) {
    await Promise.all(contexts.map((context) => context.watch()));
    console.log('Watching for changes');
    return;
  }
  try {
    await Promise.all(contexts.map((context) => context.rebuild()));
  } finally {
    await Promise.all(contexts.map((context) => context.dispose()));
  }
  const command = join(dist, 'cli.js');
  if (existsSync(command)) chmodSync(command, 0o755);
}

if (process.argv[1] === import.meta.filename) {
  const has = (flag) => process.argv.includes(flag);
  await build({ production: has('--production'), watch: has('--watch') });
  if (has('--link')) linkCommand();
}
