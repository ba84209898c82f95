/**
 * From a change on the disk to the screen: another program writes a pipeline with one more step.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { Arena } from "../support/arena.ts";
import type { Finding, Row, Settings } from "../support/row.ts";
import { inChromium, inPage } from "./support/browser.ts";
import { Late, within } from "./support/deadline.ts";
import { startLoom, startOriginal } from "./support/editors.ts";
import { type Graph, graphOf } from "./support/graph.ts";
import { type FollowedText, followText } from "./support/followed_text.ts";
import { figure } from "./support/samples.ts";
import { visiting, withBoxes } from "./support/visits.ts";

const BOXES = 60;
const CHANGES = 20;
const DEADLINE_MS = 30_000;
/** For one change: who does not show it in that time does not follow the file at all. */
const SEEN_MS = 5_000;

/** Between changes, so that they fall at any time of whatever beats in an editor. */
const PAUSES_MS = [310, 370, 430, 490, 550];

/** The editor, and the least that it takes: a page that is told by the system's watcher, and fetches the text. */
export const change: Row = {
  name: "ui-change",
  about: "from a change of the file by another program to the screen",
  measure: async ({ sizes, peers }: Settings) => {
    using arena = new Arena();
    const count = sizes?.[0] ?? CHANGES;
    const folder = arena.place("pipeline");
    const file = { path: `${folder}/pipeline.yml`, graph: graphOf(BOXES) };
    await write(file, 0);
    const floor = await followed(file, count);
    const late = peers.includes("original") ? await originalLate({ arena, folder }, file) : undefined;
    await write(file, 0);
    const ours = await visiting(
      startLoom({ arena, folder }),
      (browser, { url }) =>
        withBoxes(
          browser,
          { url, count: BOXES, deadlineMs: DEADLINE_MS },
          (page) => changed(file, { count }, (at) => boxSeen(page, at)),
        ),
    );
    const finding = (what: string, share: number): Finding => ({
      row: "ui-change",
      what: `${what} from the change to the screen, ${BOXES} boxes and one more`,
      unit: "ms",
      figures: [
        figure({ name: "watch, fetch, show the text", role: "floor", samples: floor, share }),
        figure({ name: "loom", role: "ours", samples: ours, share }),
      ],
      budgets: {},
      note: late,
    });
    return [finding("median", 0.5), finding("95th percentile", 0.95)];
  },
};

interface File {
  readonly path: string;
  readonly graph: Graph;
}

/** Its name in the file. */
function nameOf(at: number): string {
  return `new${at}`;
}

/** The pipeline with so many more steps, as editors write files. */
async function write({ path, graph }: File, more: number): Promise<void> {
  const steps = Array.from({ length: more }, (_, i) => `  - {name: ${nameOf(i + 1)}, task: a.py, inputs: {a: $d0}}\n`);
  await Deno.writeTextFile(`${path}.new`, graph.text.replace("layout:\n", `${steps.join("")}layout:\n`));
  await Deno.rename(`${path}.new`, path);
}

/** Writes the file so often, and gives how long each took to be seen. `seen` answers with the time on the clock. */
async function changed(
  file: File,
  { count, mostMs = DEADLINE_MS }: { readonly count: number; readonly mostMs?: number },
  seen: (at: number) => Promise<number>,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let at = 1; at <= count; at++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[at % PAUSES_MS.length]));
    const waiting = seen(at);
    const start = Date.now();
    await write(file, at);
    samples.push(await within(mostMs, `step ${at}`, waiting) - start);
  }
  return samples;
}

/** When a box of that step is on the screen. */
async function boxSeen(page: Page, at: number): Promise<number> {
  return await page.evaluate(
    `new Promise((resolve) => {
    const look = () => {
      const box = document.querySelector('.react-flow__node[data-id="${nameOf(at)}"]');
      if (box === null || box.style.visibility === "hidden") requestAnimationFrame(look);
      else requestAnimationFrame(() => resolve(Date.now()));
    };
    look();
  })`,
  ) as number;
}

/** When the text of that step is on the screen. */
async function textSeen(page: Page, at: number): Promise<number> {
  return await page.evaluate(
    `new Promise((resolve) => {
    const look = () => {
      if (!document.body.textContent.includes("name: ${nameOf(at)},")) requestAnimationFrame(look);
      else requestAnimationFrame(() => resolve(Date.now()));
    };
    look();
  })`,
  ) as number;
}

async function followed(file: File, count: number): Promise<readonly number[]> {
  await using text: FollowedText = followText(file.path);
  return await inChromium((browser) =>
    inPage(browser, "", async (page) => {
      await page.goto(text.url);
      await page.waitForFunction("globalThis.isListening", undefined, { timeout: DEADLINE_MS });
      return await changed(file, { count }, (at) => textSeen(page, at));
    })
  );
}

/** What the original's editor makes of a change, in words. */
async function originalLate(where: Parameters<typeof startOriginal>[0], file: File): Promise<string> {
  await write(file, 0);
  return await visiting(
    startOriginal(where),
    (browser, { url }) =>
      withBoxes(browser, { url, count: BOXES, deadlineMs: DEADLINE_MS }, async (page) => {
        try {
          const [ms] = await changed(file, { count: 1, mostMs: SEEN_MS }, (at) => boxSeen(page, at));
          return `original: ${ms} ms, once`;
        } catch (error) {
          if (!(error instanceof Late)) throw error;
          return `original: not within ${SEEN_MS / 1000} s; its page reads the file when it is opened, and never again`;
        }
      }),
  );
}
