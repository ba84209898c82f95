import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { endings, fakeProject, type FakeProjectOptions, ofType } from "../../../tests/support/fake_project.ts";
import { findCollision, loopItems } from "./loop_step.ts";

const loop = (more = "", settings = "") => `
data: {items: items, results: results}
pipeline:
  - name: l
    task: l.py
    inputs: {x: $loop_item}
    outputs: {--out: $loop_output}
    loop: {over: $items, into: $results${more}}
${settings}`;

const ITEMS = { "items/b.txt": "b", "items/a.txt": "a", "items/c.txt": "c", "items/.hidden": "h" };

function project(yaml = loop(), options: FakeProjectOptions = {}) {
  return fakeProject(yaml, { files: ITEMS, ...options });
}

const items = (started: readonly (readonly string[])[]) => started.map(([, path]) => path.split("/").at(-1));

Deno.test("loopItems() takes regular files in the order of their paths, no hidden ones, no folders", () => {
  const files = memoryFiles({ "/w/i/B": "", "/w/i/a": "", "/w/i/.h": "", "/w/i/sub/x": "" });
  files.link("/w/i/link", "a");
  files.link("/w/i/broken", "none");
  const found = loopItems({ over: "/w/i", into: "/w/o" }, undefined, files);
  deepEqual(found?.map(({ name, binding }) => [name, binding.output]), [
    ["B", "/w/o/B"],
    ["a", "/w/o/a"],
    ["link", "/w/o/link"],
  ]);
  equal(loopItems({ over: "/w/none", into: "/w/o" }, undefined, files), undefined);
});

Deno.test("findCollision() finds items of one base name", () => {
  const files = memoryFiles({ "/w/i/x/1": "", "/w/i/y/1": "", "/w/i/y/2": "" });
  const found = loopItems({ over: "/w/i", into: "/w/o" }, "**/*", files)!.filter(({ name }) => name.includes("/"));
  deepEqual(findCollision(found)?.map(({ name }) => name), ["x/1", "y/1"]);
});

Deno.test("runLoopStep() runs the script for each item and tells of each", async () => {
  const it = project();
  const { events } = await it.run();
  deepEqual(items(it.started()), ["a.txt", "b.txt", "c.txt"]);
  deepEqual(ofType(events, "part_finished").map(({ item, status }) => [item?.index, item?.total, status]), [
    [1, 3, "done"],
    [2, 3, "done"],
    [3, 3, "done"],
  ]);
  equal(it.read("results/b.txt"), "# l.py|b|--out");
});

Deno.test("runLoopStep() fails when two items would write one file, before it runs anything", async () => {
  const it = project(loop(", filter: '**/*.txt'"), { files: { ...ITEMS, "items/sub/a.txt": "" } });
  const { events } = await it.run();
  match(endings(events).l, /items a\.txt and sub\/a\.txt would both write \/w\/results\/a\.txt/);
  equal(it.started().length, 0);
});

Deno.test("runLoopStep() names the folder that is not there; an empty one is a success that creates nothing", async () => {
  const it = project(loop(), { files: {} });
  equal(endings((await it.run()).events).l, "failed: the folder to loop over does not exist: /w/items");
  it.files.makeDirectory("/w/items");
  equal(endings((await it.run()).events).l, "done");
  equal(it.files.stat("/w/results"), undefined);
});

const failing = (name: string) => ({
  script: ({ argv }: { readonly argv: readonly string[] }) => ({ exitCode: argv[2].endsWith(name) ? 3 : 0 }),
});

Deno.test("runLoopStep() stops at the first failure when items run one after the other", async () => {
  const it = project(loop(), failing("a.txt"));
  equal(endings((await it.run()).events).l, "failed: 1 of 3 items failed: a.txt");
  deepEqual(items(it.started()), ["a.txt"]);
});

Deno.test("runLoopStep() tries all items in parallel, but starts nothing more under --fail-fast", async () => {
  const it = project(loop(", parallel: true"), failing("a.txt"));
  equal(endings((await it.run()).events).l, "failed: 1 of 3 items failed: a.txt");
  equal(it.started().length, 3);
  const fast = project(loop(", parallel: true"), failing("a.txt"));
  await fast.run({ failFast: true, maxWorkers: 1 });
  equal(fast.started().length, 1);
});

Deno.test("items keep to the workers and counters that all share", async () => {
  const many = { files: { "items/1": "", "items/2": "", "items/3": "", "items/4": "" } };
  const it = project(loop(", parallel: true"), many);
  await it.run({ maxWorkers: 3 });
  equal(it.mostAtOnce(), 3);
  const yaml = loop(", parallel: true", "    resources: {gpu: 1}\nexecution: {resources: {gpu: 1}}\n");
  const scarce = project(yaml, many);
  await scarce.run({ maxWorkers: 3 });
  equal(scarce.mostAtOnce(), 1);
});

Deno.test("a disk that refuses one item fails that item only", async () => {
  const it = project(
    loop(", parallel: true").replace("--out: $loop_output", "--out: $loop_output, --log: blocked/log"),
  );
  it.write("blocked", "a file where a folder is needed");
  const { events, status } = await it.run();
  equal(status, "failed");
  match(endings(events).l, /^failed: 3 of 3 items failed/);
  ok(ofType(events, "part_finished").every(({ error }) => error?.includes("blocked")));
});

Deno.test("only what is new or changed runs under --cached", async () => {
  const it = project();
  await it.run();
  it.write("items/d.txt", "d");
  it.write("items/a.txt", "other");
  const { events } = await it.run({ cached: true });
  deepEqual(items(it.started()).slice(3), ["a.txt", "d.txt"]);
  deepEqual(ofType(events, "part_finished").map(({ status }) => status), ["done", "fresh", "fresh", "done"]);
  deepEqual(endings((await it.run({ cached: true })).events), { l: "skipped: fresh" });
  deepEqual((await it.status())[0], { name: "l", state: "fresh", reasons: [], items: { fresh: 4, total: 4 } });
});

Deno.test("a result that is only named in args counts, and is no input", async () => {
  const it = project(loop().replace("outputs: {--out: $loop_output}", "args: {--out: $loop_output}"));
  await it.run();
  it.write("results/a.txt", "by hand");
  deepEqual((await it.status())[0].reasons, ["item a.txt: output results/a.txt was changed by hand"]);
});

Deno.test("an atomic item writes beside its result, also where only args name it", async () => {
  const yaml = loop("", "    atomic: true\n").replace("outputs: {--out: $loop_output}", "args: {--out: $loop_output}");
  const it = project(yaml);
  await it.run();
  match(it.started()[0].at(-1)!, /^\/w\/results\/\.loom-stage-\w{8}\/a\.txt$/);
  deepEqual(it.files.list("/w/results").map(({ name }) => name).sort(), ["a.txt", "b.txt", "c.txt"]);
});

Deno.test("results of items that are gone are told of, and removed when asked", async () => {
  const it = project();
  await it.run();
  it.files.remove("/w/items/b.txt");
  const [notice] = ofType((await it.run({ cached: true })).events, "notice");
  match(notice.message, /results of items that are gone: results\/b\.txt; run with --drop-removed/);
  deepEqual(ofType((await it.run({ cached: true, dropRemoved: true })).events, "notice"), []);
  equal(it.files.stat("/w/results/b.txt"), undefined);
  deepEqual(ofType((await it.run({ cached: true })).events, "notice"), []);
});

Deno.test("what other items share, and items themselves, are never removed with an item", async () => {
  const yaml = loop(", filter: '*.txt'").replace("--out: $loop_output", "--out: $loop_item, --other: shared.log");
  const it = project(yaml, {
    script: ({ argv }) => (it.files.write(argv[2], "in place"), it.write("shared.log", "all"), undefined),
  });
  await it.run();
  it.write("pipeline.yml", yaml.replace("*.txt", "a.*"));
  await it.run({ dropRemoved: true });
  ok(it.files.stat("/w/items/b.txt"));
  ok(it.files.stat("/w/shared.log"));
});

Deno.test("items judged together share one look at a folder that all of them read", async () => {
  const files: Record<string, string> = {};
  for (let i = 0; i < 300; i++) [files[`items/${i}`], files[`model/${i}`]] = ["", ""];
  const it = project(loop().replace("{x: $loop_item}", "{x: $loop_item, model: model}"), { files });
  await it.run();
  let lists = 0;
  const watched = { ...it.files, list: (path: string) => (lists += path === "/w/model" ? 1 : 0, it.files.list(path)) };
  await fakeStatus(it, watched);
  equal(lists, 1);
});

async function fakeStatus(it: ReturnType<typeof project>, files: typeof it.files): Promise<void> {
  const { pipelineStatus } = await import("../status.ts");
  const overrides = { parameters: new Map(), data: new Map() };
  await pipelineStatus({ file: "/w/pipeline.yml", overrides }, { ...it.context, files });
}
