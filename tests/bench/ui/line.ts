/**
 * From a line that a step writes to the terminal on the page.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { Arena } from "../support/arena.ts";
import type { Finding, Row } from "../support/row.ts";
import { inChromium, inPage, plainBundle, showPlain } from "./support/browser.ts";
import { holdBack, letGo, runInLoom, runInOriginal, seenWord, watchClock, writeChatter } from "./support/chatter.ts";
import { contest, type Fared, noteOf } from "./support/contest.ts";
import { startLoom, startOriginal } from "./support/editors.ts";
import { serveRaw } from "./support/raw_socket.ts";
import { figure } from "./support/samples.ts";
import { visiting, withBoxes } from "./support/visits.ts";

const LINES = 100;
const DEADLINE_MS = 60_000;

/** Where output stands in each page. */
const TERMINAL = ".xterm-rows";
const ORIGINALS = ".overflow-auto.font-mono";

/** The editors, and a socket into a terminal as it comes. */
export const line: Row = {
  name: "ui-line",
  about: "from a line that a running step writes to the terminal on the page",
  measure: async ({ sizes, peers }) => {
    using arena = new Arena();
    const count = sizes?.[0] ?? LINES;
    const folder = arena.place("pipeline");
    await writeChatter(folder, "clock", count);
    const options = { count: 1, deadlineMs: DEADLINE_MS };
    const original = () =>
      visiting(
        startOriginal({ arena, folder }),
        (browser, { url }) =>
          withBoxes(browser, { url, ...options, watch: watchClock(ORIGINALS) }, async (page) => {
            await runInOriginal(page);
            return await latencies(page, folder, ORIGINALS, count);
          }),
      );
    const loom = () =>
      visiting(
        startLoom({ arena, folder }),
        (browser, { url }) =>
          withBoxes(browser, { url, ...options, watch: watchClock(TERMINAL) }, async (page) => {
            await runInLoom(page);
            return await latencies(page, folder, TERMINAL, count);
          }),
      );
    const fared = await contest<readonly number[]>([
      ...peers.includes("original") ? [{ name: "original", role: "peer", once: original } as const] : [],
      ...peers.includes("xterm")
        ? [{ name: "pipe, socket, xterm.js", role: "floor", once: () => raw(arena.folder, folder, count) } as const]
        : [],
      { name: "loom", role: "ours", once: loom },
    ], 1);
    return [findingOf("median", fared, 0.5), findingOf("95th percentile", fared, 0.95)];
  },
};

function findingOf(what: string, fared: readonly Fared<readonly number[]>[], share: number): Finding {
  return {
    row: "ui-line",
    what: `${what} from a line of a step to the screen`,
    unit: "ms",
    figures: fared.flatMap(({ name, role, samples }) =>
      samples.map((own) => figure({ name, role, samples: own, share }))
    ),
    budgets: { loom: { kind: "ratio", to: "original", max: 1 } },
    note: noteOf(fared, "one line at a time, every 20 to 120 ms; clocks are read to a millisecond"),
  };
}

async function raw(bundle: string, folder: string, count: number): Promise<readonly number[]> {
  const script = await plainBundle("terminal", bundle);
  await using socket = serveRaw(folder, "tasks/say.py");
  return await inChromium((browser) =>
    inPage(browser, "", async (page) => {
      await showPlain(page, "terminal", script);
      await page.evaluate(watchClock(TERMINAL));
      await page.evaluate(`listen(${JSON.stringify(socket.address)})`);
      return await latencies(page, folder, TERMINAL, count);
    })
  );
}

/** Lets the step write, and gives how long each line took. */
async function latencies(page: Page, folder: string, place: string, count: number): Promise<readonly number[]> {
  try {
    await seenWord(page, place, "begun", DEADLINE_MS);
    await letGo(folder);
    await seenWord(page, place, "over", DEADLINE_MS);
  } finally {
    await holdBack(folder);
  }
  const seen = await page.evaluate("[...benchSeen].map(([at, now]) => now - Number(at))") as readonly number[];
  if (seen.length < count * 0.9) throw new Error(`Nothing to compare: ${seen.length} of ${count} lines were seen`);
  return seen;
}
