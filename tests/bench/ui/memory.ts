/**
 * A page after a million lines of output: what it takes of the memory, and whether it still answers.
 *
 * @module
 */

import type { Browser, Page } from "playwright-core";
import { Arena } from "../support/arena.ts";
import { type Finding, grouped, type Row } from "../support/row.ts";
import { inChromium, inPage, plainBundle, showPlain } from "./support/browser.ts";
import { holdBack, letGo, LINE, runInLoom, runInOriginal, seenWord, writeChatter } from "./support/chatter.ts";
import { orLate, within } from "./support/deadline.ts";
import { contest, type Fared, noteOf } from "./support/contest.ts";
import { type Editor, startLoom, startOriginal } from "./support/editors.ts";
import { largestMiB, pageMiB } from "./support/memory.ts";
import { figure } from "./support/samples.ts";
import { visiting, withBoxes } from "./support/visits.ts";

const LINES = 1_000_000;
const OPEN_MS = 60_000;
/** For all lines. */
const DEADLINE_MS = 45_000;
/** Of a page that does not answer, nothing else is asked. */
const ANSWER_MS = 20_000;
const CLICKS = 7;
/** As many as the page keeps. */
const SCROLLBACK = 20_000;

const TERMINAL = ".xterm-rows";
const ORIGINALS = ".overflow-auto.font-mono";

/** What became of a page. Milliseconds and MiB. */
interface Sample {
  /** Absent: it was not over in time. */
  readonly ms?: number;
  /** Before the first line. */
  readonly before: number;
  readonly after: number;
  /** From clicks to the next frames, while lines come, and when all have come. */
  readonly during: readonly number[];
  readonly click: readonly number[];
}

/** The editors, and a terminal as it comes. */
export const memory: Row = {
  name: "ui-memory",
  about: "the page after 1,000,000 lines of output: its memory, and how soon it answers a click",
  measure: async ({ sizes, peers }) => {
    using arena = new Arena();
    const count = sizes?.[0] ?? LINES;
    const folder = arena.place("pipeline");
    await writeChatter(folder, "flood", count);
    const visit = (
      starting: () => Promise<Editor>,
      output: { readonly place: string; readonly start: (page: Page) => Promise<void> },
    ) =>
      visiting(
        starting(),
        (browser, { url }) =>
          withBoxes(browser, { url, count: 1, deadlineMs: OPEN_MS, watch: WATCH }, (page) =>
            sampled(browser, page, flooded(page, folder, output))),
      );
    const original = () => visit(() => startOriginal({ arena, folder }), { place: ORIGINALS, start: runInOriginal });
    const loom = () => visit(() => startLoom({ arena, folder }), { place: TERMINAL, start: runInLoom });
    const fared = await contest<Sample>([
      ...peers.includes("original") ? [{ name: "original", role: "peer", once: original } as const] : [],
      ...peers.includes("xterm")
        ? [{ name: "xterm.js alone", role: "peer", once: () => plain(arena.folder, count) } as const]
        : [],
      { name: "loom", role: "ours", once: loom },
    ], 1);
    return findingsOf(count, fared);
  },
};

function findingsOf(count: number, fared: readonly Fared<Sample>[]): readonly Finding[] {
  const lines = `${grouped(count)} lines of output`;
  const late = fared.filter(({ samples }) => samples.some(({ ms }) => ms === undefined));
  const note = noteOf(fared, ...late.map(({ name }) => `${name}: the last line: not within ${DEADLINE_MS / 1000} s`));
  const finding = (what: string, unit: Finding["unit"], of: (sample: Sample) => readonly number[]): Finding => ({
    row: "ui-memory",
    what,
    unit,
    figures: fared.flatMap(({ name, role, samples }) => {
      const own = samples.flatMap(of);
      return own.length === 0 ? [] : [figure({ name, role, samples: own })];
    }),
    budgets: {},
    note,
  });
  return [
    finding(`memory of the page after ${lines}`, "MiB", ({ after }) => [after]),
    finding(`memory that ${lines} have added`, "MiB", ({ before, after }) => [after - before]),
    finding(`from the first to the last of ${lines}`, "ms", ({ ms }) => ms === undefined ? [] : [ms]),
    finding(`from a click to the next frame, while ${lines} come`, "ms", ({ during }) => during),
    finding(`from a click to the next frame, after ${lines}`, "ms", ({ click }) => click),
  ];
}

async function plain(bundle: string, count: number): Promise<Sample> {
  const script = await plainBundle("terminal", bundle);
  return await inChromium((browser) =>
    inPage(browser, "", async (page) => {
      await showPlain(page, "terminal", script);
      await page.evaluate(WATCH);
      const wish = JSON.stringify({ line: LINE, count, scrollback: SCROLLBACK });
      const end = async () => void await page.evaluate(`flood(${wish})`);
      return await sampled(browser, page, { begin: () => Promise.resolve(), end });
    })
  );
}

/** What brings the lines: getting ready, which is not measured, and then all of them. */
interface Work {
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

function flooded(
  page: Page,
  folder: string,
  { place, start }: { readonly place: string; readonly start: (page: Page) => Promise<void> },
): Work {
  return {
    begin: async () => {
      await holdBack(folder);
      await start(page);
      await seenWord(page, place, "begun", OPEN_MS);
    },
    end: async () => {
      await letGo(folder);
      await seenWord(page, place, "over", DEADLINE_MS);
    },
  };
}

async function sampled(browser: Browser, page: Page, work: Work): Promise<Sample> {
  await work.begin();
  const before = await pageMiB(browser, page);
  const start = performance.now();
  const state = { isOver: false };
  const clicking = clicks(page, () => !state.isOver);
  const ended = await orLate(within(DEADLINE_MS, "the last line", work.end().then(() => performance.now())));
  state.isOver = true;
  const during = await clicking;
  if (ended === undefined) return { before, after: await largestMiB(browser), during, click: [] };
  const click = await clicks(page, (done) => done < CLICKS);
  return { ms: ended - start, before, after: await pageMiB(browser, page), during, click };
}

const PAUSE_MS = 150;

/** Clicks on the page, as often as is wished; the milliseconds from each click to the frame after it. */
async function clicks(page: Page, goesOn: (done: number) => boolean): Promise<readonly number[]> {
  const samples: number[] = [];
  while (goesOn(samples.length)) {
    const clicked = async () => {
      await page.mouse.click(700, 150);
      return await page.evaluate("benchClick") as number;
    };
    const ms = await orLate(within(ANSWER_MS, "a click", clicked()));
    if (ms === undefined) return [...samples, ANSWER_MS];
    samples.push(ms);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return samples;
}

/** From each click, as the system has it, to the frame that follows what it caused. */
const WATCH = `addEventListener("pointerdown", ({ timeStamp }) => {
  globalThis.benchClick = new Promise((resolve) =>
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - timeStamp))));
}, true)`;
