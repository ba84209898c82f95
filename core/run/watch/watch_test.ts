import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { fakeClock } from "../../../tests/support/fake_clock.ts";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { fakeWatcher } from "../../../tests/support/fake_watcher.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { LoomError } from "../../errors.ts";
import type { RunRequest } from "../session/request.ts";
import { type WatchFact, watchPipeline } from "./mod.ts";

const REQUEST: RunRequest = {
  file: "/w/p.yml",
  selection: { mode: "all" },
  include: [],
  overrides: { parameters: new Map(), data: new Map() },
  extra: [],
  dryRun: false,
  force: true,
  resume: false,
  failFast: false,
  strict: false,
  refreshUrls: false,
  dropRemoved: false,
  wait: false,
};

const PIPELINE = `
data: {raw: in/raw.csv, folder: more, out: out.json, late: later/x.txt}
pipeline:
  - {name: a, task: a.py, inputs: {raw: $raw, folder: $folder, late: $late}, outputs: {-o: $out}, deps: [notes.txt]}
  - {name: b, task: b.py, inputs: {out: $out}, outputs: {-o: b.txt}}
`;

const FILES = {
  "/w/p.yml": PIPELINE,
  "/w/a.py": "import helper\n",
  "/w/helper.py": "",
  "/w/b.py": "",
  "/w/in/raw.csv": "1",
  "/w/more/one.txt": "1",
  "/w/more/.hidden": "1",
  "/w/notes.txt": "",
  "/w/readme.md": "",
};

/** A watch under way, in which time and changes are the test's. */
function start(options: { onRun?: (count: number, files: ReturnType<typeof memoryFiles>) => void } = {}) {
  const [files, clock, watcher, over] = [memoryFiles(FILES), fakeClock(), fakeWatcher(), new AbortController()];
  const [runs, facts]: [RunRequest[], WatchFact[]] = [[], []];
  const done = watchPipeline(REQUEST, {
    context: fakeContext({ files, clock }),
    watcher,
    signal: over.signal,
    run: (request) => {
      runs.push(request);
      options.onRun?.(runs.length, files);
      return Promise.resolve();
    },
    tell: (fact) => void facts.push(fact),
  });
  /** Lets everything happen that takes less than a second. */
  const pass = async (ms = 800) => {
    for (let passed = 0; passed < ms; passed += 100) {
      for (let i = 0; i < 20; i++) await Promise.resolve();
      await clock.advance(100);
    }
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return { files, clock, watcher, over, runs, facts, done, pass };
}

function changed(facts: readonly WatchFact[]): readonly string[][] {
  return facts.flatMap((fact) => fact.kind === "changed" ? [[...fact.paths]] : []);
}

Deno.test("watchPipeline() runs again after a change of what counts, with fresh steps passed over", async () => {
  const { files, watcher, over, runs, facts, done, pass } = start();
  await pass();
  deepEqual(facts, [{ kind: "waiting", files: 9 }]);
  const stir = async (path: string) => {
    files.write(path, `new ${path}`);
    watcher.stir();
    await pass();
  };
  for (const path of ["helper.py", "in/raw.csv", "more/two.txt", "later/x.txt", "notes.txt"]) await stir(`/w/${path}`);
  equal(runs.length, 6);
  deepEqual(runs.map(({ force, cached }) => [force, cached]), [[true, undefined], ...Array(5).fill([false, true])]);
  deepEqual(changed(facts), [
    ["/w/helper.py"],
    ["/w/in/raw.csv"],
    ["/w/more/two.txt"],
    ["/w/later/x.txt"],
    ["/w/notes.txt"],
  ]);
  for (const path of ["readme.md", "out.json", "b.txt", "more/.swap"]) await stir(`/w/${path}`);
  equal(runs.length, 6);
  files.remove("/w/more/one.txt");
  watcher.stir();
  await pass();
  equal(runs.length, 7);
  over.abort();
  await done;
  deepEqual(watcher.folders, []);
});

Deno.test("watchPipeline() waits until the writing is over, and runs once for all of it", async () => {
  const { files, watcher, over, runs, facts, done, pass } = start();
  await pass();
  for (const [at, path] of ["a.py", "b.py", "a.py"].entries()) {
    files.write(`/w/${path}`, `stroke ${at}`);
    watcher.stir();
    await pass(100);
  }
  equal(runs.length, 1);
  await pass();
  deepEqual([runs.length, changed(facts)], [2, [["/w/a.py", "/w/b.py"]]]);
  over.abort();
  await done;
});

Deno.test("watchPipeline() follows a change during a run by another, but not one that each run makes", async () => {
  const once = start({ onRun: (count, files) => count === 1 ? files.write("/w/b.py", "edited") : undefined });
  await once.pass(1500);
  deepEqual([once.runs.length, changed(once.facts)], [2, [["/w/b.py"]]]);
  once.over.abort();
  await once.done;
  const always = start({ onRun: (count, files) => files.write("/w/in/raw.csv", `${count}`) });
  await always.pass(3000);
  equal(always.runs.length, 2);
  deepEqual(always.facts.map(({ kind }) => kind), ["changed", "unsteady", "waiting"]);
  always.over.abort();
  await always.done;
});

Deno.test("watchPipeline() watches the file of a pipeline that cannot be read", async () => {
  const { files, watcher, over, runs, facts, done, pass } = start();
  await pass();
  for (const text of ["pipeline: [", PIPELINE]) {
    files.write("/w/p.yml", text);
    watcher.stir();
    await pass();
  }
  deepEqual([runs.length, changed(facts)], [3, [["/w/p.yml"], ["/w/p.yml"]]]);
  deepEqual(facts.flatMap((fact) => fact.kind === "waiting" ? [fact.files] : []), [9, 1, 9]);
  over.abort();
  await done;
});

Deno.test("watchPipeline() looks once a second where nobody tells of changes, and says so once", async () => {
  const { files, watcher, over, runs, facts, done, pass } = start();
  watcher.refuse(new LoomError("cannot-watch", "Cannot listen for changes: no space left"));
  await pass();
  files.write("/w/a.py", "new");
  await pass(2000);
  equal(runs.length, 2);
  deepEqual(facts.map(({ kind }) => kind), ["waiting", "polling", "changed", "waiting"]);
  over.abort();
  await done;
  const broken = start();
  broken.watcher.refuse(new Error("a fault"));
  await Promise.all([rejects(broken.done, { message: "a fault" }), broken.pass()]);
});
