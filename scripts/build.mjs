// Bundles everything that runs: the extension's client and server (desktop and web), the command line, the webview.
// `--watch` rebuilds on change, `--production` minifies for the package, `--link` makes `npx vdc` find this checkout.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
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

/**
 * One script for Node and for the browser. All that both run is in it once; what differs is loaded by name, the one or
 * the other, so the modules of Node that stand in the former are not asked for in a browser.
 */
const either = {
  platform: 'neutral',
  target: ['node20', 'es2022'],
  mainFields: ['module', 'main'],
  conditions: ['node', 'browser'],
  external: ['vscode', ...builtinModules, 'node:*'],
  // Its flavour for Node wants threads as soon as it is loaded.
  alias: { fflate: 'fflate/browser' },
};
const isNode = "typeof globalThis.process?.versions?.node === 'string'";

const client = `
  import { activateExtension } from './client/src/extension.ts';
  const startClient = ${isNode}
    ? require('./client/src/language-client.node.ts').startNodeClient
    : require('./client/src/language-client.browser.ts').startBrowserClient;
  export const activate = (context) => activateExtension(context, startClient);
`;

/** The worker that makes plans is the same script in another role. */
const server = `
  import { parentPort, workerRole } from './server/src/base/worker-port.ts';
  import { PLANNER_ROLE } from './server/src/lsp/planner/messages.ts';
  import { serveQuestions } from './server/src/lsp/planner/worker.ts';
  import { startServer } from './server/src/lsp/server.ts';
  if (workerRole() === PLANNER_ROLE) serveQuestions(parentPort());
  else startServer(...connect());
  function connect() {
    const { connect } = ${isNode} ? require('./server/src/lsp/connect.node.ts') : require('./server/src/lsp/connect.browser.ts');
    return connect();
  }
`;

/** Node takes the script for an ES module in the checkout and for CommonJS in the package: it runs as both. */
const serverBanner = "var require = typeof require === 'function' ? require : globalThis.process?.getBuiltinModule;";

/** What is bundled into what: an entry is a file, or the text of one. `packed: false` stays in the checkout. */
const bundles = [
  // The web extension host runs no ES modules; `.cjs` tells Node that this is none.
  { text: client, out: 'client.cjs', ...either, format: 'cjs' },
  { text: server, out: 'server.js', ...either, format: 'iife', banner: { js: serverBanner } },
  {
    entry: 'server/src/cli/main.ts',
    out: 'cli.js',
    packed: false,
    ...nodeModule,
    banner: { js: `#!/usr/bin/env node\n${requireBanner}` },
  },
  { entry: 'server/src/topology/layout/worker.ts', out: 'layout-worker.js', ...webWorker },
  { entry: 'client/webview/main.ts', out: 'webview.js', platform: 'browser', format: 'iife', target: 'es2022' },
  { entry: 'client/webview/report.ts', out: 'report.js', platform: 'browser', format: 'iife', target: 'es2022' },
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

function options({ entry, text, out, packed: _, ...rest }, production, dist) {
  return {
    ...(text ? { stdin: { contents: text, resolveDir: root } } : { entryPoints: [join(root, entry)] }),
    outfile: join(dist, out),
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

/**
 * Lets npx find the command of this very checkout. A `bin` in package.json would not do: npm then installs the checkout
 * into its cache at each first call, and once that has failed it fails for good.
 */
function linkCommand() {
  const folder = join(root, 'node_modules', '.bin');
  const link = join(folder, 'vdc');
  mkdirSync(folder, { recursive: true });
  rmSync(link, { force: true });
  if (process.platform === 'win32') {
    writeFileSync(link, '#!/bin/sh\nexec node "$(dirname "$0")/../../dist/cli.js" "$@"\n');
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\cli.js" %*\r\n');
  } else symlinkSync(join('..', '..', 'dist', 'cli.js'), link);
}

export async function build({ production = false, watch = false, forPackage = false, dist = join(root, 'dist') } = {}) {
  const esbuild = await import('esbuild');
  writeExamples(dist);
  const wanted = bundles.filter(({ packed }) => !forPackage || packed !== false);
  const contexts = await Promise.all(wanted.map((bundle) => esbuild.context(options(bundle, production, dist))));
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
