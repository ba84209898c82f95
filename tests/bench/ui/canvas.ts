/**
 * The canvas beside the original's editor and plain React Flow, in one browser: time until a graph is there, and frames
 * while it is panned, and while a box is dragged, with all of it in view.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { type Budget, type Finding, grouped, type Row } from "../support/row.ts";
import { inChromium, inPage, showPlain } from "./support/browser.ts";
import { type Fared, figures, noteOf } from "./support/contest.ts";
import { orLate, within } from "./support/deadline.ts";
import type { Editor } from "./support/editors.ts";
import type { Graph } from "./support/graph.ts";
import { atThreeSizes } from "./support/sizes.ts";
import { drag, PAN } from "./support/stopwatch.ts";
import { visiting, withBoxes } from "./support/visits.ts";

/** One 60th of a second, and what a clock is off by. */
const FRAME_MS = 17;

/** Rows of the design: mount of 1,000 and 10,000 boxes. */
const MOUNT_MS = new Map([[1_000, 150], [10_000, 500]]);

const DEADLINE_MS = 45_000;
/** Of moving boxes: the stopwatch stops sooner, unless a single frame takes that long. */
const MOVE_MS = 30_000;
const REST_MS = 1_000;

/** What one opening gave, in milliseconds. Nobody navigates to a page of the peers. */
interface Sample {
  readonly whole?: number;
  readonly mount: number;
  /** Absent: it did not come to its end in time. */
  readonly pan?: number;
  readonly drag?: number;
}

/** All three, in turns, at three sizes. */
export const canvas: Row = {
  name: "canvas",
  about: "the graph in a browser: mount, and the 95th percentile of frames while panning and dragging",
  measure: (settings) =>
    atThreeSizes(settings, {
      text: (graph) => graph.text,
      page: "plain React Flow",
      plain,
      edited,
      findings: findingsOf,
    }),
};

function findingsOf(count: number, fared: readonly Fared<Sample>[]): readonly Finding[] {
  const most = MOUNT_MS.get(count);
  const finding = (what: string, of: keyof Sample, budgets: readonly Budget[], note?: string): Finding => {
    const found = figures(fared, (sample) => sample[of]);
    const missing = of === "whole" || of === "mount" ? [] : fared.filter(({ name, samples }) => {
      return samples.length > 0 && !found.some((figure) => figure.name === name);
    });
    const late = missing.map(({ name }) => `${name}: not within ${MOVE_MS / 1000} s`);
    return {
      row: "canvas",
      what: `${what}, ${grouped(count)} boxes in view`,
      unit: "ms",
      figures: found,
      budgets: budgets.length === 0 ? {} : { loom: budgets },
      note: noteOf(fared, ...late, note),
    };
  };
  const frames = "95th percentile of frames";
  return [
    finding("from navigation to the last box", "whole", [{ kind: "ratio", to: "original", max: 1 }]),
    finding(
      "mount",
      "mount",
      most === undefined ? [] : [{ kind: "limit", max: most }],
      "editors from the answer of the server on, reading it included; React Flow from its nodes on",
    ),
    finding(`${frames}, panning`, "pan", [{ kind: "limit", max: FRAME_MS }]),
    finding(`${frames}, dragging a box`, "drag", [{ kind: "ratio", to: "original", max: 1 }]),
  ];
}

async function plain(folder: string, { plain, middle }: Graph): Promise<Sample> {
  return await inChromium((browser) =>
    inPage(browser, "", async (page) => {
      await showPlain(page, "flow", folder);
      const shown = page.evaluate(`show(${JSON.stringify(plain)})`) as Promise<number>;
      return { mount: await within(DEADLINE_MS, "the last box", shown), ...await moved(page, middle) };
    })
  );
}

async function edited(starting: Promise<Editor>, { plain, middle }: Graph): Promise<Sample> {
  return await visiting(
    starting,
    (browser, { url }) =>
      withBoxes(browser, { url, count: plain.nodes.length, deadlineMs: DEADLINE_MS }, async (page, boxes) => {
        return { whole: boxes.whole, mount: boxes.whole - boxes.answered, ...await moved(page, middle) };
      }),
  );
}

/** Pans, then drags; a page that was late once is not asked again. */
async function moved(page: Page, middle: Graph["middle"]): Promise<Pick<Sample, "pan" | "drag">> {
  await page.waitForTimeout(REST_MS);
  const figure = async (what: string, script: string) =>
    await orLate(within(MOVE_MS, what, page.evaluate(script) as Promise<number | null>)) ?? undefined;
  const pan = await figure("panning", PAN);
  return pan === undefined ? {} : { pan, drag: await figure("dragging", drag(middle)) };
}
