/** Answers a suite's questions about the page that shows the workbench. */
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { killBelow } from './processes.ts';
import type { PageQuestion } from './vscode-bridge.ts';

const patience = 30_000;

/** How long one look at an element may take before it is looked for anew. */
const glance = 5_000;

/** What the runner has, besides the page itself. */
export interface PageSurroundings {
  /** Folder for screenshots. */
  readonly shots: string;
  /** Id of the workbench's process. */
  readonly pid: number;
}

export async function answerPage(
  page: Page,
  question: PageQuestion,
  { shots, pid }: PageSurroundings,
): Promise<unknown> {
  switch (question.op) {
    case 'webviewTexts':
      // A frame that is being replaced says nothing.
      return (await (await webviewMatch(page, question.selector))?.allTextContents().catch(() => [])) ?? [];
    case 'webviewHas':
      return (await webviewMatch(page, question.selector)) !== undefined;
    case 'webviewsWith': {
      const counts = page
        .frames()
        .filter(isWebview)
        .map((frame) =>
          frame
            .locator(question.selector)
            .count()
            .catch(() => 0),
        );
      return (await Promise.all(counts)).filter((count) => count > 0).length;
    }
    case 'webviewClick': {
      const { x, y } = await placeInWebview(page, question.selector, question.scroll);
      const options = { button: question.button ?? 'left', clickCount: question.count ?? 1 } as const;
      await page.mouse.click(x, y, options);
      return null;
    }
    case 'webviewAttributes': {
      const elements = await webviewMatch(page, question.selector);
      return (
        (await elements?.evaluateAll(
          (found, name) => found.map((one) => one.getAttribute(name)),
          question.attribute,
        )) ?? []
      );
    }
    case 'workbenchTexts':
      return await page.locator(question.selector).allTextContents();
    case 'workbenchAttributes':
      return await page
        .locator(question.selector)
        .evaluateAll((found, name) => found.map((one) => one.getAttribute(name)), question.attribute);
    case 'workbenchClick':
      await page
        .locator(question.selector)
        .first()
        .click({ button: question.button ?? 'left', timeout: patience });
      return null;
    case 'workbenchFill':
      await page.locator(question.selector).first().fill(question.text, { timeout: patience });
      return null;
    case 'workbenchPress':
      await page.locator(question.selector).first().press(question.key, { timeout: patience });
      return null;
    case 'type':
      await page.keyboard.type(question.text);
      return null;
    case 'killProcess':
      return killBelow(pid, question.name);
    case 'press':
      await page.keyboard.press(question.key);
      return null;
    case 'reload':
      await page.reload();
      return null;
    case 'screenshot':
      await page.screenshot({ path: join(shots, `${question.name}.png`) });
      return null;
  }
}

/** The elements that match in a webview; waits until one does. */
async function inWebview(page: Page, selector: string): Promise<Locator> {
  const deadline = Date.now() + patience;
  for (;;) {
    const match = await webviewMatch(page, selector);
    if (match) return match;
    if (Date.now() > deadline) throw new Error(`no webview has an element that matches ${selector}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The middle of the first match, where a person would click: what lies on top there may be another element of the same picture. */
async function placeInWebview(page: Page, selector: string, scroll?: boolean): Promise<{ x: number; y: number }> {
  const deadline = Date.now() + patience;
  for (;;) {
    const target = (await inWebview(page, selector)).first();
    try {
      if (scroll) await target.scrollIntoViewIfNeeded({ timeout: glance });
      const box = await target.boundingBox({ timeout: glance });
      if (box) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      if (Date.now() > deadline) throw new Error(`${selector} is not in sight`);
    } catch (error) {
      // What is drawn anew at this moment is a new element at the next.
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function webviewMatch(page: Page, selector: string): Promise<Locator | undefined> {
  for (const frame of page.frames()) {
    if (!isWebview(frame)) continue;
    const locator = frame.locator(selector);
    // A frame that is being replaced has nothing.
    if ((await locator.count().catch(() => 0)) > 0) return locator;
  }
  return undefined;
}

/** A webview's page is a frame in a frame in the workbench. */
const isWebview = (frame: Frame): boolean => frame.parentFrame()?.url().includes('/webview/') === true;
