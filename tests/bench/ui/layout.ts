/**
 * Boxes without stored places, from the open file to their final place, beside the original's editor and ELK on a
 * page's own thread.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { type Finding, grouped, type Row } from "../support/row.ts";
import { inChromium, inPage, showPlain } from "./support/browser.ts";
import { type Fared, figures, noteOf } from "./support/contest.ts";
import { within } from "./support/deadline.ts";
import type { Editor } from "./support/editors.ts";
import type { Graph } from "./support/graph.ts";
import { atThreeSizes } from "./support/sizes.ts";
import type { PlainLayout } from "./plain_flow.ts";
import { visiting, withBoxes } from "./support/visits.ts";

const DEADLINE_MS = 45_000;

/** Row of the design: so many boxes at most are placed in that time. */
const LIMIT = { boxes: 2_000, ms: 500 } as const;

/** What one opening gave, in milliseconds. */
interface Sample {
  /** From the question where boxes go to the answer; the original does not tell them apart from the rest. */
  readonly layout?: number;
  readonly whole: number;
  readonly blocked: number;
  /** Whether its own deadline passed, and boxes stand in simple columns. */
  readonly gaveUp?: boolean;
}

/** Three sizes. */
export const layout: Row = {
  name: "ui-layout",
  about: "boxes without stored places: until they are placed, until they are seen, how long the page is deaf",
  measure: (settings) =>
    atThreeSizes(settings, {
      text: (graph) => graph.unplaced,
      page: "elkjs in React Flow",
      plain,
      edited,
      findings: findingsOf,
    }),
};

function findingsOf(count: number, fared: readonly Fared<Sample>[]): readonly Finding[] {
  const boxes = `${grouped(count)} boxes`;
  const ours = fared.find(({ role }) => role === "ours")?.samples ?? [];
  const gaveUp = ours.filter((sample) => sample.gaveUp).length;
  const limits: Finding["budgets"] = count <= LIMIT.boxes ? { loom: { kind: "limit", max: LIMIT.ms } } : {};
  const parts = { row: "ui-layout", unit: "ms" } as const;
  return [
    {
      ...parts,
      what: `layout, ${boxes}`,
      figures: figures(fared, ({ layout }) => layout),
      budgets: limits,
      note: gaveUp === 0
        ? undefined
        : `loom gave up at its deadline ${gaveUp} times of ${ours.length}, and took simple columns`,
    },
    {
      ...parts,
      what: `from the open file to final places on the screen, ${boxes}`,
      figures: figures(fared, ({ whole }) => whole),
      budgets: { loom: { kind: "ratio", to: "elkjs in React Flow", max: 1 } },
      note: noteOf(fared),
    },
    {
      ...parts,
      what: `the longest time in which the page was deaf meanwhile, ${boxes}`,
      figures: figures(fared, ({ blocked }) => blocked),
      budgets: { loom: { kind: "ratio", to: "elkjs in React Flow", max: 1 } },
    },
  ];
}

async function plain(folder: string, { plain }: Graph): Promise<Sample> {
  return await inChromium((browser) =>
    inPage(browser, "", async (page) => {
      await showPlain(page, "flow", folder);
      const laid = page.evaluate(`layOut(${JSON.stringify(plain)})`) as Promise<PlainLayout>;
      return await within(DEADLINE_MS, "the last box", laid);
    })
  );
}

async function edited(starting: Promise<Editor>, { plain }: Graph): Promise<Sample> {
  const options = { count: plain.nodes.length, deadlineMs: DEADLINE_MS, watch: WORKERS };
  return await visiting(
    starting,
    (browser, { url }) =>
      withBoxes(browser, { url, ...options }, async (page, { whole, answered, blocked }) => {
        return { whole: whole - answered, blocked, ...await placed(page) };
      }),
  );
}

/** How long the worker of the layout took, if there is one. */
async function placed(page: Page): Promise<Pick<Sample, "layout" | "gaveUp">> {
  const { times, ended } = await page.evaluate("globalThis.benchWorkers") as { times: number[]; ended: number };
  return { layout: times.length === 0 ? undefined : Math.max(...times), gaveUp: ended > 0 };
}

/** Listens to workers: from each question, which has a number, to its answer, and whether one was ended before it. */
const WORKERS = `(() => {
  const seen = globalThis.benchWorkers = { times: [], ended: 0 };
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    #asked = new Map();
    constructor(...words) {
      super(...words);
      this.addEventListener("message", ({ data }) => data.state === "over" && this.#end(data.id));
    }
    postMessage(question, ...words) {
      if (question.boxes.length > 0) this.#asked.set(question.id, performance.now());
      super.postMessage(question, ...words);
    }
    terminate() {
      for (const id of this.#asked.keys()) this.#end(id);
      seen.ended++;
      super.terminate();
    }
    #end(id) {
      if (this.#asked.has(id)) seen.times.push(performance.now() - this.#asked.get(id));
      this.#asked.delete(id);
    }
  };
})()`;
