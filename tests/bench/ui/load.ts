/**
 * The first load: what comes over the wire, and how long it takes from the command to the first box.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { Arena } from "../support/arena.ts";
import type { Role } from "../support/race.ts";
import type { Finding, Row } from "../support/row.ts";
import { BINARY_ARGV, SOURCE_ARGV } from "../support/tools.ts";
import { contest, type Contestant, figures, noteOf } from "./support/contest.ts";
import { type Editor, startLoom, startOriginal } from "./support/editors.ts";
import { graphOf } from "./support/graph.ts";
import { visiting, withBoxes } from "./support/visits.ts";

const BOXES = 20;
const DEADLINE_MS = 60_000;

/** Of JavaScript and CSS, compressed. */
const MOST_BYTES = 600_000;

/** What one start gave. */
interface Sample {
  /** Milliseconds from the command to the address, and to the last of a few boxes. */
  readonly address: number;
  readonly boxes: number;
  /** JavaScript and CSS that the page asks for by itself, compressed by gzip. */
  readonly bytes: number;
  /** The same, as the server sent it. */
  readonly sent: number;
}

/** The editors, ours from source and as the binary. */
export const load: Row = {
  name: "ui-load",
  about: "the first load of the page: compressed bytes, and the time from the command to the boxes",
  measure: async ({ rounds, ours, peers }) => {
    using arena = new Arena();
    const folder = arena.place("pipeline");
    await Deno.writeTextFile(`${folder}/pipeline.yml`, graphOf(BOXES).text);
    const one = (name: string, role: Role, start: () => Promise<Editor>): Contestant<Sample> => ({
      name,
      role,
      once: () => loaded(start),
    });
    const fared = await contest([
      ...peers.includes("original") ? [one("original", "peer", () => startOriginal({ arena, folder }))] : [],
      ...ours.map(({ name }) =>
        one(name, "ours", () => startLoom({ arena, folder }, name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV))
      ),
    ], Math.min(rounds, 5));
    const names = ours.map(({ name }) => name);
    const finding = (
      what: string,
      of: keyof Sample,
      { unit = "ms", budget }: { readonly unit?: Finding["unit"]; readonly budget: Finding["budgets"][string] },
    ): Finding => ({
      row: "ui-load",
      what,
      unit,
      figures: figures(fared, (sample) => sample[of]),
      budgets: Object.fromEntries(names.map((name) => [name, budget])),
      note: noteOf(fared),
    });
    const least = { kind: "ratio", to: "original", max: 1 } as const;
    return [
      finding("from the command to an address that answers", "address", { budget: least }),
      finding(`from the command to the last of ${BOXES} boxes`, "boxes", { budget: least }),
      finding("JavaScript and CSS of the first load, compressed", "bytes", {
        unit: "bytes",
        budget: { kind: "limit", max: MOST_BYTES },
      }),
      finding("JavaScript and CSS of the first load, as sent", "sent", { unit: "bytes", budget: [] }),
    ];
  },
};

async function loaded(start: () => Promise<Editor>): Promise<Sample> {
  return await visiting(
    start(),
    (browser, { url, startMs }) =>
      withBoxes(browser, { url, count: BOXES, deadlineMs: DEADLINE_MS }, async (page, { whole }) => {
        return { address: startMs, boxes: startMs + whole, ...await bytesOf(page) };
      }),
  );
}

interface Sent {
  readonly name: string;
  readonly sent: number;
}

const REST_MS = 1_000;
const MOST_RESTS = 10;

/** All JavaScript and CSS that the page asks for by itself, until it asks for no more. */
async function bytesOf(page: Page): Promise<Pick<Sample, "bytes" | "sent">> {
  let files: readonly Sent[] = [];
  for (let rest = 0, before = -1; rest < MOST_RESTS && files.length !== before; rest++) {
    before = files.length;
    await page.waitForTimeout(REST_MS);
    files = await page.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name, responseEnd }) => responseEnd > 0 && /\.(js|css)$/.test(new URL(name).pathname))
        .map(({ name, encodedBodySize }) => ({ name, sent: encodedBodySize }))
    );
  }
  const sizes = await Promise.all(files.map(async ({ name }) => {
    const { body } = await fetch(name);
    return (await new Response(body!.pipeThrough(new CompressionStream("gzip"))).bytes()).length;
  }));
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  return { bytes: sum(sizes), sent: sum(files.map(({ sent }) => sent)) };
}
