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

/** Runs the cases one after the other, reports each, and tells the runner when all are done. */
export async function runCases(cases: readonly Case[]): Promise<void> {
  try {
    for (const { name, run } of cases.filter((one) => one.name.includes(VDC_TEST_ONLY))) {
      const started = Date.now();
      const error = await outcome(run);
      // What it looked like tells more than what was waited for.
      if (error) await askPage({ op: 'screenshot', name: `failed-${VDC_TEST_HOST}-${name.replaceAll(/\W+/g, '-')}` });
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

/** Waits until the probe answers something other than undefined, null or false; fails with what it waited for. */
export async function eventually<Value>(what: string, probe: () => Value | PromiseLike<Value>): Promise<Found<Value>> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value as Found<Value>;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
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
