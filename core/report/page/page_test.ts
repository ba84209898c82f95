import { deepStrictEqual as deepEqual, doesNotMatch, match, ok, strictEqual as equal } from "node:assert/strict";
import type { RunRecord, Store } from "../../ports/store.ts";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { collectReport, reportPlots } from "./collect.ts";
import { reportPage } from "./page.ts";

const EVIL = `<script>alert("1")</script>&'`;
const PNG = Uint8Array.of(137, 80, 78, 71);

const run: RunRecord = {
  id: "0123456789ab",
  kind: "pipeline",
  name: "p.yml",
  status: "done",
  createdAt: Date.UTC(2026, 6, 1),
  durationMs: 1234,
  request: { selection: { mode: "all" }, include: [], parameters: { key: "***" }, data: {}, extra: [] },
  details: { parameters: { [EVIL]: EVIL, lr: 0.1 }, git: { commit: "c".repeat(40), dirty: true }, python: EVIL },
  metrics: { [EVIL]: 0.5, acc: "NaN" },
};

function finished(step: string, seq: number) {
  return { type: "step_finished", step, status: "done", durationMs: 5, seq, at: 1, run: run.id } as const;
}

/** A run that read `in.csv` and made what `outputs` names, with the content that it had then. */
function project(outputs: Readonly<Record<string, string | Uint8Array>>, record: RunRecord = run) {
  const files = memoryFiles({ "/w/in.csv": "a" });
  const context = fakeContext({ files });
  const store = context.stores.open("/w", () => {});
  for (const [path, content] of Object.entries(outputs)) files.write(`/w/${path}`, content);
  store.journal.createRun(record);
  const digests = Object.keys(outputs).map((path) => [path, files.digestBytes(files.readBytes(`/w/${path}`)!)]);
  store.journal.putStep({
    run: record.id,
    step: EVIL,
    part: "",
    fingerprint: JSON.stringify({
      script: [`${EVIL}.py`, "d".repeat(64)],
      imports: [["lib.py", "e".repeat(64)]],
      inputs: [["in.csv", "f".repeat(64)]],
      files: [],
    }),
    outputs: JSON.stringify(digests),
    peakBytes: 3 * 1024 * 1024,
  });
  const attempt = { run: record.id, step: EVIL, part: "", attempt: 1, status: "done", startedAt: 1 } as const;
  store.journal.putAttempt({ ...attempt, command: ["python", `${EVIL}.py`, "--x", "a b"] });
  store.journal.appendEvent(finished(EVIL, 1));
  return { files, context, store };
}

async function page({ context, store }: { context: ReturnType<typeof fakeContext>; store: Store }): Promise<string> {
  const sources = { context, store, project: "/w", file: "p.yml", version: "9" };
  return reportPage({ ...await collectReport(run, undefined, sources), charts: [] });
}

/** Everything that a browser would take for an element. */
function tagsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/<([a-z]+\d?)/gi)].map(([, name]) => name));
}

Deno.test("reportPage() tells what ran, with what, what came out, and how to repeat it", async () => {
  const html = await page(project({ "out.json": '{"acc": 0.5, "list": [1]}', "t.csv": "a,b\n1,x\n" }));
  for (
    const words of ["0123456789ab", "cccccccccccc</span>, with changes", "3.0 MiB", "in.csv", "ffffffffffff", "lib.py"]
  ) {
    ok(html.includes(words), words);
  }
  match(html, /<pre>git checkout c{40}<\/pre>/);
  match(html, /<pre>loom p\.yml<\/pre>/);
  match(html, /set by hand: key/);
  match(html, /<pre>\{\n {2}&#34;acc&#34;: 0\.5/);
  match(html, /<th class="number">a<\/th><th>b<\/th>.*<td class="number">1<\/td><td>x<\/td>/);
  match(html, /<small>.*25 B · [0-9a-f]{12}<\/small>/);
  doesNotMatch(html, /class="mark"/);
});

Deno.test("reportPage() makes markup of nothing that a run says, and loads nothing", async () => {
  const outputs = {
    [`${EVIL}.txt`]: EVIL,
    [`${EVIL}.csv`]: `${EVIL},b\n${EVIL},1\n`,
    [`${EVIL}.json`]: JSON.stringify(EVIL),
  };
  const html = await page(project({ ...outputs, "x.png": PNG, "y.svg": `<svg onload="alert(1)">${EVIL}</svg>` }));
  const allowed =
    "html head meta title style body main h1 h2 small section div span table thead tbody tr th td code pre dl dt dd figure figcaption img footer p";
  deepEqual([...tagsOf(html)].filter((tag) => !allowed.split(" ").includes(tag)), []);
  doesNotMatch(html, /(src|href)="(?!data:image\/)|url\(|@import/);
  match(html, /Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/);
  match(html, /<img alt="x\.png" src="data:image\/png;base64,iVBORw==">/);
});

Deno.test("reportPage() marks outputs that are no longer what the run made", async () => {
  const made = project({ "a.txt": "old", "b.txt": "old", "c.txt": "same" });
  made.files.write("/w/a.txt", "new");
  made.files.remove("/w/b.txt");
  const marks = [...(await page(made)).matchAll(/<code>(.)\.txt<\/code> (?:<span class="mark">([^<]*))?/g)];
  deepEqual(marks.map(([, name, mark]) => [name, mark]).sort(), [["a", "changed since this run"], ["b", "gone"], [
    "c",
    undefined,
  ]]);
});

Deno.test("reportPage() shows the beginning of long outputs, and no more pictures than a page can carry", async () => {
  const table = `n\n${Array.from({ length: 500 }, (_, at) => at).join("\n")}\n`;
  const big = new Uint8Array(1_900_000);
  const pictures = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`p${at}.png`, big]));
  const html = await page(
    project({ "t.csv": table, "l.txt": "line\n".repeat(500), "h.png": new Uint8Array(2_200_000), ...pictures }),
  );
  match(html, /<td class="number">9<\/td><\/tr><\/tbody><\/table><\/div><p class="soft">490 more rows/);
  match(html, /line\n…<\/pre>/);
  equal(html.match(/<img /g)?.length, 5);
  match(html, /a picture of more than 2 MiB/);
  match(html, /more than 10 MiB of pictures/);
});

Deno.test("reportPage() of a sweep has its points, the best of them, and its outputs", async () => {
  const made = project({ "a.txt": "x" });
  const { journal } = made.store;
  const point = { run: run.id, status: "done", durationMs: 1 } as const;
  for (const lr of [1, 2, 3]) {
    for (const seed of [1, 2]) {
      const number = (lr - 1) * 2 + seed;
      journal.putPoint({
        ...point,
        point: `lr=${lr},seed=${seed}`,
        number,
        values: { lr, seed },
        metrics: { acc: lr / 10 },
      });
      journal.appendEvent(finished(`fit@lr=${lr},seed=${seed}`, 1 + number));
    }
  }
  const sources = { context: made.context, store: made.store, project: "/w", file: "p.yml", version: "9" };
  const data = await collectReport(run, undefined, sources);
  deepEqual([data.best?.best.number, data.best?.ties.length], [5, 1]);
  deepEqual(data.sums.map(({ name, standings }) => [name, [...standings]]), [[EVIL, [["done", 1]]], ["fit", [[
    "done",
    6,
  ]]]]);
  deepEqual(reportPlots(data).map(({ x, y, color }) => [x.name, y.name, color]), [["lr", "acc", undefined]]);
  const html = reportPage({ ...data, charts: ["<svg></svg>"] });
  match(html, /<tr class="best"><td class="number">5<\/td>/);
  match(html, /<pre>loom p\.yml --set lr=3 seed=1<\/pre>/);
  match(html, /<pre>loom diff 0123456789ab:5 0123456789ab:6<\/pre>/);
  match(html, /<div class="charts"><svg>/);
});
