/** Runs a suite inside the extension host of a real VS Code: its workbench, served and shown in a headless Chromium. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../scripts/lib/chromium.ts';
import { startWorkbench, temporaryData, toOpen, type Workbench } from '../../scripts/lib/workbench.ts';
import type { BridgeRequest, CaseResult, PageQuestion } from './vscode-bridge.ts';
import { answerPage } from './vscode-page.ts';
import { openSite } from './vscode-site.ts';

const root = resolve(import.meta.dirname, '../..');
const shots = join(root, '.vscode-test', 'screenshots');

export interface SuiteOptions {
  /** Module that exports `run()`. */
  readonly suite: string;
  /** `node` loads the `main` entry of the extension, `web` the `browser` entry. */
  readonly extensionHost: 'node' | 'web';
  /** Folder that a copy of is opened. */
  readonly folder: string;
  /** Opens another folder beside it, with these files. */
  readonly secondFolder?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A packed extension to test instead of the checkout. */
  readonly vsix?: string;
  /** Deadline of the whole run. */
  readonly milliseconds: number;
}

/** Results of the cases in their order. Throws if the suite did not come to its end, with what the page said. */
export async function runSuite(options: SuiteOptions): Promise<readonly CaseResult[]> {
  mkdirSync(shots, { recursive: true });
  const data = temporaryData(`suite-${options.extensionHost}`);
  const log: string[] = [];
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const folder = openedFolder(options, data);
    const bridge = await openBridge();
    closers.push(() => new Promise((done) => bridge.server.close(done)));
    const suite = await bundleSuite(options.suite, data, bridge.url, options.extensionHost);
    const { settings, vsix } = options;
    const workbench = await startWorkbench({ data, ...(settings && { settings }), ...(vsix && { vsix }) });
    closers.push(() => workbench.stop());
    const start = await startAddress(options, { data, folder, suite, workbench, closers });
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
    closers.push(() => browser.close());
    const page = await openPage(browser, log);
    bridge.answer = (question) => answerPage(page, question, { shots, pid: workbench.pid });
    await page.goto(start);
    return await within(options.milliseconds, bridge.results);
  } catch (error) {
    throw new Error(`${String(error)}\nThe page said:\n${log.slice(-60).join('\n')}`);
  } finally {
    for (const close of closers.reverse()) await close().catch(() => undefined);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Copies what is to be opened; answers the path of the folder, or of the workspace of two. */
function openedFolder({ folder, secondFolder }: SuiteOptions, data: string): string {
  const copy = join(data, 'workspace');
  cpSync(folder, copy, { recursive: true });
  if (!secondFolder) return copy;
  const second = join(data, 'second');
  mkdirSync(second);
  for (const [name, text] of Object.entries(secondFolder)) writeFileSync(join(second, name), text);
  const workspace = join(data, 'two.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'workspace' }, { path: 'second' }] }));
  return workspace;
}

interface Run {
  readonly data: string;
  readonly folder: string;
  readonly suite: string;
  readonly workbench: Workbench;
  readonly closers: (() => Promise<unknown>)[];
}

/** The address whose workbench loads the extension into the right host and runs the suite there. */
async function startAddress({ extensionHost, vsix }: SuiteOptions, run: Run): Promise<string> {
  const { data, folder, suite, workbench, closers } = run;
  if (extensionHost === 'web') {
    const site = await openSite({ workbench: workbench.origin, extension: root, suite: relative(root, suite) });
    closers.push(() => site.close());
    return `${site.origin}/?${new URLSearchParams({ [toOpen(folder)]: folder, payload: '[["skipWelcome","true"]]' })}`;
  }
  return workbench.address(folder, [
    ['extensionDevelopmentPath', workbench.developmentUri(vsix ? emptyExtension(data) : root)],
    ['extensionTestsPath', workbench.developmentUri(suite)],
    ['skipWelcome', 'true'],
  ]);
}

/** Tests are run for an extension under development only; where a package is tested, that is an empty one. */
function emptyExtension(data: string): string {
  const folder = join(data, 'empty-extension');
  mkdirSync(folder);
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/** Bundles the suite for both hosts: `.cjs` says that it is no ES module. */
async function bundleSuite(entry: string, data: string, url: string, host: string): Promise<string> {
  const outfile = join(data, 'suite.cjs');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'neutral',
    target: 'es2022',
    external: ['vscode'],
    define: {
      VDC_TEST_BRIDGE: JSON.stringify(url),
      VDC_TEST_HOST: JSON.stringify(host),
      // Part of the names of the cases to run, while one works on them.
      VDC_TEST_ONLY: JSON.stringify(process.env.VDC_TEST_ONLY ?? ''),
    },
  });
  return outfile;
}

async function openPage(browser: Browser, log: string[]): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page.setDefaultTimeout(30_000);
  const write = (line: string): void => {
    log.push(line.slice(0, 2_000));
    if (process.env.VDC_TEST_LOG) console.log(line);
  };
  page.on('console', (message) => write(message.text()));
  page.on('pageerror', (error) => write(String(error)));
  return page;
}

interface Bridge {
  readonly server: Server;
  readonly url: string;
  readonly results: Promise<readonly CaseResult[]>;
  answer: ((question: PageQuestion) => Promise<unknown>) | undefined;
}

async function openBridge(): Promise<Bridge> {
  const cases: CaseResult[] = [];
  let finish: (cases: readonly CaseResult[]) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const results = new Promise<readonly CaseResult[]>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const answer = async (request: BridgeRequest): Promise<unknown> => {
    switch (request.type) {
      case 'case':
        cases.push({ name: request.name, error: request.error, milliseconds: request.milliseconds });
        if (process.env.VDC_TEST_LOG) console.log(request.milliseconds, request.name, request.error ?? '');
        return null;
      case 'first attempt':
        console.warn(`${request.name}: failed at the first attempt, is run once more\n${request.error}`);
        return null;
      case 'done':
        if (request.error === null) finish(cases);
        else fail(new Error(request.error));
        return null;
      case 'page':
        if (!bridge.answer) throw new Error('the page is not open yet');
        return await bridge.answer(request.question);
    }
  };

  const server = createServer(async (incoming, response) => {
    const reply = await body(incoming)
      .then(async (text) => ({ result: (text ? await answer(JSON.parse(text)) : null) ?? null }))
      .catch((error: unknown) => ({ error: String(error) }));
    // The web extension host is a page of another origin.
    response.setHeader('access-control-allow-origin', '*');
    response.end(JSON.stringify(reply));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const listened = server.address();
  if (typeof listened !== 'object' || !listened) throw new Error('the bridge has no port');
  const bridge: Bridge = { server, url: `http://127.0.0.1:${listened.port}/`, results, answer: undefined };
  return bridge;
}

async function body(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}

async function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The suite did not end within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
