/**
 * Visits to an editor, and to the pages of the peers.
 *
 * @module
 */

import type { Browser, Page } from "playwright-core";
import { inChromium, inPage } from "./browser.ts";
import { within } from "./deadline.ts";
import type { Editor } from "./editors.ts";
import { type Boxes, watchBoxes } from "./stopwatch.ts";

/** Starts an editor, and goes there with a browser of its own, while `work` lasts. */
export async function visiting<T>(
  starting: Promise<Editor>,
  work: (browser: Browser, editor: Editor) => Promise<T>,
): Promise<T> {
  await using editor = await starting;
  return await inChromium((browser) => work(browser, editor));
}

/** Waits until the last of `count` boxes is on the screen, then does `work`. */
export async function withBoxes<T>(
  browser: Browser,
  { url, count, deadlineMs, watch = "" }: {
    readonly url: string;
    readonly count: number;
    readonly deadlineMs: number;
    /** Another script for the page. */
    readonly watch?: string;
  },
  work: (page: Page, boxes: Boxes) => Promise<T>,
): Promise<T> {
  return await inPage(browser, `${watchBoxes(count)};${watch}`, async (page) => {
    const there = async () => {
      // Whoever is late is late by our clock, not by the browser's.
      const timeout = 2 * deadlineMs;
      await page.goto(url, { timeout });
      const seen = await page.waitForFunction("globalThis.bench", undefined, { timeout });
      return await seen.jsonValue() as Boxes;
    };
    return await work(page, await within(deadlineMs, "the last box", there()));
  });
}
