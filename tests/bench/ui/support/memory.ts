/**
 * What a page takes of the machine's memory.
 *
 * @module
 */

import type { Browser, Page } from "playwright-core";

/** The memory of a browser's only page after its garbage is collected, in MiB. */
export async function pageMiB(browser: Browser, page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  return await largestMiB(browser);
}

/** The memory of a browser's largest page, in MiB, without what it shares with others. */
export async function largestMiB(browser: Browser): Promise<number> {
  const own = await browser.newBrowserCDPSession();
  const { processInfo } = await own.send("SystemInfo.getProcessInfo") as {
    readonly processInfo: readonly { readonly type: string; readonly id: number }[];
  };
  await own.detach();
  return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(({ id }) => privateMiB(id)));
}

/** Memory that a process shares with nobody. */
function privateMiB(pid: number): number {
  const text = Deno.readTextFileSync(`/proc/${pid}/smaps_rollup`);
  const kib = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
  return kib / 1024;
}
