/** What suites need inside the extension host. It runs in a web worker, too: nothing of Node's. */
import type { BridgeRequest, PageQuestion } from './vscode-bridge.ts';

// Set by the runner when it bundles the suite.
declare const VDC_TEST_BRIDGE: string;
declare const VDC_TEST_HOST: 'node' | 'web';
declare const VDC_TEST_ONLY: string;

/** The extension host that this run is meant for. */
export const expectedHost = VDC_TEST_HOST;

export interface Case {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** How long a single case may take: the runner's machine may be busy. */
const caseDeadline = 60_000;

/** How long a workbench may take until it has opened its folders. */
const openingPatience = 20_000;

/** What a suite does to the workbench it runs in. */
export interface Workbench {
  /** Whether it has opened what it was told to. */
  readonly hasFolders: () => boolean;
  /** Closes whatever a case left open. */
  readonly closeAll: () => Promise<void>;
}

/**
 * Runs the cases one after the other, reports each, and tells the runner when all are done. A workbench that has not read which
 * folders to open goes on without them; its page is loaded again, and with it this suite. A case that failed is run once more in
 * a tidied workbench, as a busy machine loses clicks and keys; failing twice is failing, and the first failure is always logged.
 */
export async function runCases(cases: readonly Case[], { hasFolders, closeAll }: Workbench): Promise<void> {
  if ((await within(openingPatience, hasFolders)) === undefined) {
    await askPage({ op: 'reload' });
    return;
  }
  try {
    for (const { name, run } of cases.filter((one) => one.name.includes(VDC_TEST_ONLY))) {
      const started = Date.now();
      let error = await outcome(run);
      if (error) {
        await post({ type: 'first attempt', name, error });
        // What it looked like tells more than what was waited for.
        await askPage({ op: 'screenshot', name: `failed-${VDC_TEST_HOST}-${name.replaceAll(/\W+/g, '-')}` });
        error = await outcome(async () => {
          await closeAll();
          await run();
        });
      }
      await post({ type: 'case', name, error, milliseconds: Date.now() - started });
    }
    await post({ type: 'done', error: null });
  } catch (error) {
    await post({ type: 'done', error: describe(error) });
  }
}

async function outcome(run: () => Promise<void>): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${caseDeadline / 1000} s`)), caseDeadline);
  });
  try {
    await Promise.race([run(), deadline]);
    return null;
  } catch (error) {
    return describe(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks the page that shows the workbench. */
export async function askPage<Answer>(question: PageQuestion): Promise<Answer> {
  return (await post({ type: 'page', question })) as Answer;
}

/** What is left of an answer once there is one. */
type Found<Value> = Exclude<Value, undefined | null | false>;

type Probe<Value> = () => Value | PromiseLike<Value>;

/** How long is waited for anything. */
const patience = 40_000;

/** How long what a key or a click does may take before it counts as lost. */
const effectPatience = 6_000;

/** Waits until the probe answers something other than undefined, null or false; fails with what it waited for. */
export async function eventually<Value>(what: string, probe: Probe<Value>): Promise<Found<Value>> {
  const found = await within(patience, probe);
  if (found === undefined) throw new Error(`waited in vain for ${what}`);
  return found;
}

/**
 * The same of what an action brings about. A key or a click that comes while the page is busy with itself can get lost, as a
 * person's can; then it is done again, until its effect shows. So the action must be one that can be done twice.
 */
export async function eventuallyAfter<Value>(
  action: () => PromiseLike<unknown>,
  what: string,
  probe: Probe<Value>,
): Promise<Found<Value>> {
  const deadline = Date.now() + patience;
  for (let times = 1; ; times++) {
    await action();
    const found = await within(effectPatience, probe);
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}, after ${times} attempts`);
  }
}

/** What the probe finds in time; undefined if it finds nothing. It is asked at least once. */
async function within<Value>(milliseconds: number, probe: Probe<Value>): Promise<Found<Value> | undefined> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value as Found<Value>;
    if (Date.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

export function ok(value: unknown, what: string): asserts value {
  if (!value) throw new Error(what);
}

async function post(request: BridgeRequest): Promise<unknown> {
  const response = await fetch(VDC_TEST_BRIDGE, { method: 'POST', body: JSON.stringify(request) });
  const answer = (await response.json()) as { readonly result?: unknown; readonly error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.result;
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
