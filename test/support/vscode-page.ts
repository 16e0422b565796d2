/** Answers a suite's questions about the page that shows the workbench. */
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { killBelow } from './processes.ts';
import type { PageQuestion } from './vscode-bridge.ts';

const patience = 30_000;

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
      return await (await inWebview(page, question.selector)).allTextContents();
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
      const target = (await inWebview(page, question.selector)).first();
      if (question.scroll) await target.scrollIntoViewIfNeeded({ timeout: patience });
      // Where a person would click: what lies on top there may be another element of the same picture.
      const box = await target.boundingBox({ timeout: patience });
      if (!box) throw new Error(`${question.selector} is not in sight`);
      const options = { button: question.button ?? 'left', clickCount: question.count ?? 1 } as const;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, options);
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
