/**
 * Chromium for the benchmark, and pages of our own in it.
 *
 * @module
 */

import { type Browser, chromium, type Page } from "playwright-core";
import { must } from "../../../../_tools/_run.ts";
import { orLate, within } from "./deadline.ts";

const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  ...["--disable-sync", "--no-first-run"],
];
const SIZE = { width: 1440, height: 900 };
const CLOSE_MS = 15_000;

/** Opens a browser while `work` lasts. */
export async function inChromium<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  try {
    return await work(browser);
  } finally {
    await within(CLOSE_MS, "the end of the browser", browser.close());
  }
}

/** A new page with nothing in its cache while `work` lasts; `watch` runs in it before all else. */
export async function inPage<T>(browser: Browser, watch: string, work: (page: Page) => Promise<T>): Promise<T> {
  // The page of loom allows no script but its own; the stopwatch is one more.
  const context = await browser.newContext({ viewport: SIZE, bypassCSP: true });
  try {
    await context.addInitScript(watch);
    return await work(await context.newPage());
  } finally {
    // A page that stands still does not close; the end of the browser ends it.
    await orLate(within(CLOSE_MS, "the end of the page", context.close()));
  }
}

/** Bundles a page of the peers: `flow` or `terminal`; its folder. */
export async function plainBundle(name: "flow" | "terminal", folder: string): Promise<string> {
  const entry = new URL(`../plain_${name}.ts`, import.meta.url).pathname;
  const flags = ["--quiet", "--platform", "browser", "--minify", "--outdir", `${folder}/plain`];
  await must([Deno.execPath(), "bundle", ...flags, entry]);
  return `${folder}/plain`;
}

/** Shows a page of the peers. */
export async function showPlain(page: Page, name: "flow" | "terminal", folder: string): Promise<void> {
  await page.setContent('<body style="margin:0"><div id="root" style="height:100vh"></div></body>');
  await page.addStyleTag({ path: `${folder}/plain_${name}.css` });
  await page.addScriptTag({ path: `${folder}/plain_${name}.js`, type: "module" });
  await page.waitForFunction("typeof show === 'function'", undefined, { timeout: 30_000 });
}
