/**
 * The canvas beside plain React Flow, in one browser: time until a graph is there, and frames while it is panned with
 * all of it in view.
 *
 * @module
 */

import { type Browser, chromium, type Page } from "playwright-core";
import { must } from "../../../_tools/_run.ts";
import { hostContext } from "../../../compose/context.ts";
import { openUi } from "../../../compose/ui.ts";
import type { Timing } from "../support/race.ts";
import { type Finding, grouped, type Row } from "../support/row.ts";
import type { Plain } from "./plain_flow.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"];
const FRAMES = 120;
/** One that is slow gives its figure in fewer frames. */
const LONGEST_MS = 8_000;
const SIZE = { width: 1440, height: 900 };

/** One 60th of a second, and what a clock is off by. */
const FRAME_MS = 17;

/** Rows of the design: mount of 1,000 and 10,000 boxes. */
const MOUNT_MS = new Map([[1_000, 150], [10_000, 500]]);

/** What one opening gave, in milliseconds. */
interface Sample {
  readonly mount: number;
  readonly frame: number;
}

/** Both, in turns, at three sizes. */
export const canvas: Row = {
  name: "canvas",
  about: "the graph in a browser: mount, and the 95th percentile of frames while panning",
  measure: async ({ sizes, rounds }) => {
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
    const folder = await Deno.makeTempDir();
    try {
      const script = await plainScript(folder);
      const findings: Finding[] = [];
      for (const count of sizes ?? [100, 1_000, 10_000]) {
        findings.push(...await measure(browser, { count, rounds: Math.min(rounds, 3), folder, script }));
      }
      return findings;
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
};

async function plainScript(folder: string): Promise<string> {
  const entry = new URL("./plain_flow.ts", import.meta.url).pathname;
  const flags = ["--quiet", "--platform", "browser", "--minify", "--outdir", `${folder}/plain`];
  await must([Deno.execPath(), "bundle", ...flags, entry], { cwd: ROOT });
  return `${folder}/plain`;
}

async function measure(
  browser: Browser,
  { count, rounds, folder, script }: {
    readonly count: number;
    readonly rounds: number;
    readonly folder: string;
    readonly script: string;
  },
): Promise<readonly Finding[]> {
  const samples = { ours: [] as Sample[], plain: [] as Sample[] };
  for (let round = 0; round < rounds; round++) {
    samples.plain.push(await plainOnce(browser, script, count));
    samples.ours.push(await oursOnce(browser, `${folder}/p${count}`, count));
  }
  const figures = (of: keyof Sample): readonly Timing[] => [
    timing("plain React Flow", "peer", samples.plain.map((sample) => sample[of])),
    timing("loom", "ours", samples.ours.map((sample) => sample[of])),
  ];
  const most = MOUNT_MS.get(count);
  return [
    {
      row: "canvas",
      what: `mount, ${grouped(count)} boxes in view`,
      unit: "ms",
      figures: figures("mount"),
      budgets: most === undefined ? {} : { loom: { kind: "limit", max: most } },
      note: "ours from the answer of the server on, reading the text included; React Flow from its nodes on",
    },
    {
      row: "canvas",
      what: `95th percentile of frames, panning, ${grouped(count)} boxes in view`,
      unit: "ms",
      figures: figures("frame"),
      budgets: { loom: { kind: "limit", max: FRAME_MS } },
    },
  ];
}

function timing(name: string, role: Timing["role"], samples: readonly number[]): Timing {
  const sorted = samples.toSorted((a, b) => a - b);
  return { name, role, median: sorted[sorted.length >> 1], samples };
}

/** A box and its data beside each other, in a square. */
function graph(count: number): { readonly plain: Plain; readonly text: string } {
  const half = count >> 1;
  const columns = Math.ceil(Math.sqrt(half / 2));
  const places = Array.from({ length: half }, (_, i) => ({ x: (i % columns) * 600, y: Math.floor(i / columns) * 170 }));
  const before = (i: number) => i % columns > 0 ? `$d${i - 1}` : "raw.csv";
  const text = [
    "data:",
    ...places.map((_, i) => `  d${i}: {path: out/${i}.csv, type: csv}`),
    "pipeline:",
    ...places.map((_, i) => `  - {name: s${i}, task: a.py, inputs: {a: ${before(i)}}, outputs: {--out: $d${i}}}`),
    "layout:",
    ...places.map(({ x, y }, i) => `  s${i}: {x: ${x}, y: ${y}}\n  data_d${i}: {x: ${x + 320}, y: ${y}}`),
  ].join("\n");
  const nodes = places.flatMap(({ x, y }, i) => [{ id: `s${i}`, x, y }, { id: `d${i}`, x: x + 320, y }]);
  const edges = places.flatMap((_, i) => [
    { id: `o${i}`, source: `s${i}`, target: `d${i}` },
    ...i % columns > 0 ? [{ id: `i${i}`, source: `d${i - 1}`, target: `s${i}` }] : [],
  ]);
  return { plain: { nodes, edges }, text };
}

async function plainOnce(browser: Browser, folder: string, count: number): Promise<Sample> {
  const page = await browser.newPage({ viewport: SIZE });
  await page.setContent('<body style="margin:0"><div id="root" style="height:100vh"></div></body>');
  await page.addStyleTag({ path: `${folder}/plain_flow.css` });
  await page.addScriptTag({ path: `${folder}/plain_flow.js`, type: "module" });
  await page.waitForFunction("typeof show === 'function'");
  const mount = await page.evaluate(`show(${JSON.stringify(graph(count).plain)})`) as number;
  const frame = await panned(page);
  await page.close();
  return { mount, frame };
}

async function oursOnce(browser: Browser, folder: string, count: number): Promise<Sample> {
  await Deno.mkdir(folder, { recursive: true });
  const file = `${folder}/pipeline.yml`;
  await Deno.writeTextFile(file, graph(count).text);
  const serving = await openUi({ ...hostContext(), cwd: folder }, { place: { root: folder, file } });
  // The page allows no script but its own; the stopwatch is one more.
  const page = await browser.newPage({ viewport: SIZE, bypassCSP: true });
  try {
    await page.addInitScript(WATCH);
    await page.goto(serving.url);
    const mount = await page.waitForFunction("globalThis.mountMs", undefined, { timeout: 60_000 });
    return { mount: await mount.jsonValue() as number, frame: await panned(page) };
  } finally {
    await page.close();
    await serving.close();
  }
}

/** From the answer that holds the file to the frame in which boxes are seen, painted or as elements. */
const WATCH = `
const look = () => {
  const file = performance.getEntriesByType("resource").find(({ name }) => name.includes("/api/file"));
  const seen = document.querySelector(".far-layer canvas, .react-flow__node");
  if (file?.responseEnd > 0 && seen) globalThis.mountMs = performance.now() - file.responseEnd;
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
`;

/** Pans for a while; the 95th percentile of the time from frame to frame. */
async function panned(page: Page): Promise<number> {
  await page.waitForTimeout(1_000);
  return await page.evaluate(`(async () => {
    const pane = document.querySelector(".react-flow__pane");
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const times = [];
    const first = await frame();
    let last = first;
    for (let i = 0; i < ${FRAMES} && last - first < ${LONGEST_MS}; i++) {
      const way = i % 60 < 30 ? 9 : -9;
      pane.dispatchEvent(new WheelEvent("wheel", { deltaX: way, deltaY: way / 2, bubbles: true, cancelable: true,
        clientX: 700, clientY: 400 }));
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
  })()`) as number;
}
