/** The built topology view in a headless Chromium without a GPU, with the estate in it. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { chromiumArguments, ensureChromium } from '../../scripts/lib/chromium.ts';
import { root } from '../../scripts/lib/project.mjs';
import { estateGraph } from './estate.ts';

/** Milliseconds between frames; `work` is what the page's thread computed for one, on average, whatever else the machine did. */
export interface Frames {
  readonly p95: number;
  readonly worst: number;
  readonly work: number;
}

export interface Viewed {
  /** From the graph to the first frame that shows it. */
  readonly opened: number;
  /** A page that shows nothing: what the machine gives at that time. */
  readonly empty: Frames;
  readonly far: Frames;
  readonly near: Frames;
  readonly zoom: Frames;
}

/** Opens the view, pans it as a whole, zooms it from the whole to a card and back, and pans it near, as often as asked. */
export async function viewFrames(hosts: number, runs: number, frames: number): Promise<readonly Viewed[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vdc-bench-'));
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumArguments, '--allow-file-access-from-files'],
  });
  try {
    for (const file of ['harness.html', 'harness-host.js', 'harness-themes.css'])
      cpSync(path.join(root, 'test/webview', file), path.join(folder, file));
    for (const file of ['webview.js', 'webview.css']) cpSync(path.join(root, 'dist', file), path.join(folder, file));
    const answer = JSON.stringify({ type: 'graph', version: 1, graph: estateGraph(hosts), routes: [] });
    const result: Viewed[] = [];
    for (let run = 0; run < runs; run++) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(pathToFileURL(path.join(folder, 'harness.html')).href);
      result.push(await measure(page, answer, frames));
      await page.close();
    }
    return result;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure(page: Page, answer: string, frames: number): Promise<Viewed> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find((m) => m.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const motion = async (step: string): Promise<Frames> => {
    const before = await spent();
    const times = await page.evaluate<number[]>(`(async () => {
      const top = document.elementFromPoint(640, 420) ?? document.body;
      const times = [];
      let last = await new Promise((go) => requestAnimationFrame(go));
      for (let i = 0; i < ${frames}; i++) {
        const back = i % 120 >= 60;
        ${step};
        const now = await new Promise((go) => requestAnimationFrame(go));
        times.push(now - last);
        last = now;
      }
      return times;
    })()`);
    return { ...framesOf(times), work: ((await spent()) - before) / frames };
  };
  const empty = await motion('');
  const opened = await page.evaluate<number>(`(async () => {
    const answer = ${answer};
    await new Promise((go) => requestAnimationFrame(go));
    const start = performance.now();
    harness.show(answer);
    for (;;) {
      await new Promise((go) => requestAnimationFrame(go));
      if (document.querySelector('.scene [data-node]')) break;
    }
    await new Promise((go) => requestAnimationFrame(go));
    return performance.now() - start;
  })()`);
  // What is laid out ahead while nothing else is to do is done.
  await page.waitForTimeout(1_500);
  const wheel = (step: string) =>
    motion(
      `top.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: 640, clientY: 420, ${step} }))`,
    );
  const pan = 'deltaX: back ? -14 : 14, deltaY: back ? -9 : 9';
  const far = await wheel(pan);
  const zoom = await wheel('ctrlKey: true, deltaY: back ? 12 : -12');
  // Near: hosts as tiles.
  await page.evaluate(`(async () => {
    const top = document.elementFromPoint(640, 420);
    const level = () => document.querySelector('.scene').dataset.level;
    for (let i = 0; i < 400 && level() !== 'tile'; i++) {
      const by = ['card', 'open'].includes(level()) ? 8 : -8;
      top.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true, clientX: 640, clientY: 420, deltaY: by }));
      await new Promise((go) => requestAnimationFrame(go));
    }
  })()`);
  await page.waitForTimeout(500);
  const near = await wheel(pan);
  return { opened, empty, far, near, zoom };
}

function framesOf(times: readonly number[]): Omit<Frames, 'work'> {
  const sorted = times.toSorted((a, b) => a - b);
  return { p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN, worst: sorted.at(-1) ?? Number.NaN };
}
