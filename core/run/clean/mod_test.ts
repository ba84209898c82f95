import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { type MemoryFiles, memoryFiles } from "../../../tests/support/memory_files.ts";
import { pipelineOf, type Plain } from "../../../tests/support/pipeline_of.ts";
import { cleanRefused, executeClean, planClean } from "./mod.ts";

type Document = { readonly [key: string]: Plain };

const step = (outputs: Plain, more: Document = {}) => ({ name: "make", task: "tasks/make.py", outputs, ...more });

function scene(document: Document, disk: Record<string, string> = {}, env: Record<string, string> = {}) {
  const files = memoryFiles({ "/w/pipeline.yml": "", "/w/tasks/make.py": "", ...disk });
  const loaded = { pipeline: pipelineOf(document), text: "", warnings: [] };
  return { files, loaded, context: fakeContext({ files, env: { HOME: "/home/me", ...env } }) };
}

function planned(document: Document, disk?: Record<string, string>, options = { outside: false }) {
  const { loaded, context } = scene(document, disk);
  return planClean(loaded, context, options);
}

function existing(plan: ReturnType<typeof planClean>) {
  return plan.entries.filter((entry) => entry.kind !== "absent").map(({ key, kind, path }) => ({ key, kind, path }));
}

function reasons(plan: ReturnType<typeof planClean>) {
  return plan.refused.map((entry) => entry.refused ?? "");
}

async function clean({ loaded, context }: ReturnType<typeof scene>, permanent = true) {
  return await executeClean(planClean(loaded, context, { outside: false }), context, { permanent });
}

function all(files: MemoryFiles, folder = "/w"): string[] {
  return files.list(folder).flatMap(({ name, kind }) =>
    kind === "directory" ? [`${folder}/${name}/`, ...all(files, `${folder}/${name}`)] : [`${folder}/${name}`]
  ).toSorted();
}

Deno.test("planClean() lists what steps make and the caches, and keeps source data", () => {
  const document = { data: { raw: "raw.csv", out: "build/out.csv", gone: "build/gone.csv" } };
  const pipeline = [step({ "-o": "$out", "-g": "$gone" }, { inputs: { raw: "$raw" } })];
  const plan = planned({ ...document, pipeline }, {
    "/w/raw.csv": "",
    "/w/build/out.csv": "",
    "/w/.loom-url-cache/a": "",
    "/w/.loom-thumbnails/b": "",
  });
  deepEqual(plan.entries.map(({ key, kind, fileCount, inside }) => [key, kind, fileCount, inside]), [
    ["out", "file", 1, true],
    ["gone", "absent", 0, true],
    [".loom-thumbnails", "folder", 1, true],
    [".loom-url-cache", "folder", 1, true],
  ]);
  deepEqual(plan.protected, [{ key: "raw", path: "/w/raw.csv" }]);
  deepEqual(plan.refused, []);
});

Deno.test("planClean() keeps what a step only updates in place, unless another step makes it", () => {
  const data = { notes: "notes.txt", photos: "photos", made: "made.txt" };
  const plan = planned({
    data,
    pipeline: [
      step({ "-o": "$notes" }, { name: "append", inputs: { x: "$notes" } }),
      step({ "-o": "$loop_output" }, { name: "rotate", loop: { over: "$photos", into: "$photos" } }),
      step({ "-o": "$made" }, { name: "first" }),
      step({ "-o": "$made" }, { name: "again", inputs: { x: "$made" } }),
    ],
  }, { "/w/notes.txt": "", "/w/photos/1.png": "", "/w/made.txt": "" });
  deepEqual(existing(plan).map(({ key }) => key), ["made"]);
  deepEqual(plan.protected.map(({ key }) => key), ["notes", "photos"]);
});

Deno.test("planClean() does not count what it refuses", () => {
  const [entry] = planned({ data: { out: "/" }, pipeline: [step({ "-o": "$out" })] }).refused;
  deepEqual([entry.fileCount, entry.sample], [0, []]);
});

Deno.test("planClean() counts the files of a folder at any depth and names ten of them", () => {
  const disk = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`/w/out/${i % 2 ? "a/" : ""}f${i}`, ""]));
  const [entry] = planned({ data: { out: "out" }, pipeline: [step({ "-o": "$out" })] }, disk).entries;
  equal(entry.fileCount, 12);
  deepEqual(entry.sample, ["f0", "f10", "f2", "f4", "f6", "f8", "a/f1", "a/f11", "a/f3", "a/f5"]);
});

Deno.test("planClean() takes the folder that a loop fills, outputs without an entry, and steps inside repeated groups", () => {
  const loop = { over: "$in", into: "$results" };
  const plan = planned({
    data: { in: "in", results: "results", model: "model.bin" },
    pipeline: [
      { name: "each", task: "tasks/make.py", loop, inputs: { x: "$loop_item" }, outputs: { "-o": "$loop_output" } },
      step({ "-o": "loose.txt" }),
      { group: "refine", multi_pass: { count: 2 }, steps: [{ ...step({ "-o": "$model" }), name: "train" }] },
    ],
  }, { "/w/in/a": "", "/w/results/a": "", "/w/loose.txt": "", "/w/model.bin": "" });
  deepEqual(existing(plan).map(({ key }) => key), ["results", "loose.txt", "model"]);
});

Deno.test("planClean() takes the files of iterations of declared outputs, and no others", () => {
  const names = [
    "model.bin",
    "model_iter0.bin",
    "model_iter12.bin",
    "model_iter.bin",
    "model_iterx.bin",
    "other_iter0.bin",
  ];
  const plan = planned({
    data: { model: "m/model.bin", pinned: "m/model_iter7.bin" },
    pipeline: [{ group: "g", multi_pass: { count: 2 }, steps: [step({ "-o": "$model" })] }],
  }, Object.fromEntries([...names, "model_iter7.bin"].map((name) => [`/w/m/${name}`, ""])));
  deepEqual(existing(plan).map(({ path }) => path), names.slice(0, 3).map((name) => `/w/m/${name}`));
  deepEqual(plan.protected.map(({ key }) => key), ["pinned"]);
});

Deno.test("planClean() takes every file that matches an output with {name} in it, and keeps what matches a source", () => {
  const data = { frames: "out/frame_{id}.png", raw: "in/{n}.txt", all: "in", none: "none/{x}.txt" };
  const disk = { "/w/out/frame_1.png": "", "/w/out/frame_2.png": "", "/w/out/notes.txt": "", "/w/in/1.txt": "" };
  const made = step({ "-o": "$frames", "-n": "$none" }, { inputs: { x: "$raw" } });
  const plan = planned({ data, pipeline: [made] }, disk);
  deepEqual(existing(plan).map(({ path }) => path), ["/w/out/frame_1.png", "/w/out/frame_2.png"]);
  deepEqual(plan.entries.filter(({ key }) => key === "none").map(({ kind }) => kind), ["absent"]);
  match(reasons(planned({ data, pipeline: [step({ "-o": "$all" }, { inputs: { x: "$raw" } })] }, disk))[0], /'raw'/);
});

Deno.test("planClean() counts what is nested in a made folder as made, and lists it once", () => {
  const plan = planned({
    data: { imgs: "out/imgs", first: { path: "0.png", nested_in: "$imgs" } },
    pipeline: [step({ "-o": "$imgs" })],
  }, { "/w/out/imgs/0.png": "" });
  deepEqual(existing(plan).map(({ key }) => key), ["imgs"]);
  deepEqual(plan.refused, []);
});

Deno.test("planClean() refuses the pipeline's folder, what is above it, the home folder and roots", () => {
  const paths = [".", "..", "/", "/w/tasks/..", "/home/me", "/home"];
  for (const path of paths) {
    const plan = planned({ data: { out: path }, pipeline: [step({ "-o": "$out" })] }, { "/home/me/x": "" }, {
      outside: true,
    });
    equal(plan.refused.length, 1, path);
  }
});

Deno.test("planClean() refuses an empty path and one with an unset variable", () => {
  const plan = planned({ data: { out: "", other: "${NOPE}/x" }, pipeline: [step({ "-o": "$out", "-p": "$other" })] });
  match(reasons(plan)[0], /path is empty/);
  match(reasons(plan)[1], /NOPE is not set/);
});

Deno.test("planClean() refuses folders that hold the pipeline file, a script or source data", () => {
  const held: readonly { data: Document; word: RegExp }[] = [
    { data: { out: "tasks" }, word: /script tasks\/make.py/ },
    { data: { out: "pipeline.yml" }, word: /pipeline file/ },
    { data: { out: "store", raw: "store/in/raw.csv" }, word: /source data 'raw'.*nested_in/ },
    { data: { out: ".git" }, word: /\.git/ },
  ];
  for (const { data, word } of held) {
    const plan = planned({ data, pipeline: [step({ "-o": "$out" })] }, {
      "/w/store/in/raw.csv": "",
      "/w/.git/HEAD": "",
    });
    match(reasons(plan)[0] ?? "", word);
  }
});

Deno.test("planClean() refuses a folder while it cannot tell where source data is", () => {
  const document = { data: { raw: "${NOPE}/raw.csv", out: "out" }, pipeline: [step({ "-o": "$out" })] };
  match(reasons(planned(document, { "/w/out/a": "" }))[0], /may contain the source data 'raw'/);
});

Deno.test("planClean() refuses what lies outside unless asked for or allowed by its entry", () => {
  const disk = { "/elsewhere/x": "" };
  const document = (entry: Plain) => ({ data: { out: entry }, pipeline: [step({ "-o": "$out" })] });
  match(reasons(planned(document("/elsewhere/x"), disk))[0], /outside/);
  deepEqual(reasons(planned(document("/elsewhere/x"), disk, { outside: true })), []);
  deepEqual(reasons(planned(document({ path: "/elsewhere/x", allow_outside_pipeline: true }), disk)), []);
});

Deno.test("planClean() refuses what lies outside behind a link on the way", () => {
  const { files, loaded, context } = scene({ data: { out: "out/x" }, pipeline: [step({ "-o": "$out" })] });
  files.write("/elsewhere/x", "");
  files.link("/w/out", "/elsewhere");
  const plan = planClean(loaded, context, { outside: false });
  match(reasons(plan)[0], /really \/elsewhere\/x/);
});

Deno.test("executeClean() removes a link itself and leaves its target", async () => {
  const it = scene({ data: { out: "latest" }, pipeline: [step({ "-o": "$out" })] }, { "/elsewhere/x": "kept" });
  it.files.link("/w/latest", "/elsewhere");
  const result = await clean(it);
  deepEqual([result.cleaned, result.skipped, result.failed], [1, 2, 0]);
  equal(it.files.isLink("/w/latest"), false);
  equal(it.files.readText("/elsewhere/x"), "kept");
});

Deno.test("executeClean() removes emptied folders of output_dir and never other files in it", async () => {
  const it = scene({
    data: { a: "output/deep/a", b: "output/b", c: "elsewhere/c" },
    pipeline: [step({ "-a": "$a", "-b": "$b", "-c": "$c" })],
  }, { "/w/output/deep/a": "", "/w/output/b": "", "/w/output/mine.txt": "", "/w/elsewhere/c": "" });
  const result = await clean(it);
  deepEqual(result.emptied, ["/w/output/deep"]);
  deepEqual(all(it.files), [
    "/w/elsewhere/",
    "/w/output/",
    "/w/output/mine.txt",
    "/w/pipeline.yml",
    "/w/tasks/",
    "/w/tasks/make.py",
  ]);
});

Deno.test("executeClean() moves to the trash unless told to delete", async () => {
  const it = scene({ data: { out: "out" }, pipeline: [step({ "-o": "$out" })] }, { "/w/out/x": "" });
  const result = await clean(it, false);
  deepEqual(it.files.trashed, ["/w/out"]);
  equal(result.paths[0].action, "trashed");
});

Deno.test("executeClean() removes nothing at all when one path is refused", async () => {
  const it = scene({ data: { out: "out.txt", bad: "" }, pipeline: [step({ "-o": "$out", "-b": "$bad" })] }, {
    "/w/out.txt": "",
  });
  await rejects(clean(it), { code: "clean-refused" });
  equal(it.files.readText("/w/out.txt"), "");
});

Deno.test("cleanRefused() tells of each refused path", () => {
  const plan = planned({ data: { a: "", b: ".." }, pipeline: [step({ "-a": "$a", "-b": "$b" })] });
  deepEqual(cleanRefused(plan).problems.map(({ code }) => code), ["clean-refused", "clean-refused"]);
});

Deno.test("executeClean() does not remove what became a link since it was listed", async () => {
  const it = scene({ data: { out: "d/out" }, pipeline: [step({ "-o": "$out" })] }, {
    "/w/d/out": "",
    "/e/out": "kept",
  });
  const plan = planClean(it.loaded, it.context, { outside: false });
  it.files.remove("/w/d");
  it.files.link("/w/d", "/e");
  const result = await executeClean(plan, it.context, { permanent: true });
  equal(result.failed, 1);
  equal(it.files.readText("/e/out"), "kept");
});

Deno.test("executeClean() tells of progress, and goes on after a failure", async () => {
  const it = scene({ data: { a: "a", b: "b" }, pipeline: [step({ "-a": "$a", "-b": "$b" })] }, {
    "/w/a": "",
    "/w/b": "",
  });
  const files = {
    ...it.files,
    remove: (path: string) => path === "/w/a" ? it.files.makeDirectory("/w/a/x") : it.files.remove(path),
  };
  const context = { ...it.context, files };
  const heard: string[] = [];
  const plan = planClean(it.loaded, context, { outside: false });
  const result = await executeClean(plan, context, {
    permanent: true,
    onProgress: ({ done, key }) => heard.push(`${done} ${key}`),
  });
  deepEqual(result.paths.slice(0, 2).map(({ action }) => action), ["failed", "deleted"]);
  deepEqual(heard.slice(0, 2), ["1 a", "2 b"]);
});

Deno.test("planClean() takes ten thousand outputs", () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `s${i}`);
  const { loaded, context } = scene({
    data: Object.fromEntries(names.flatMap((name) => [[name, `out/${name}`], [`in_${name}`, `in/${name}`]])),
    pipeline: names.map((name) => ({
      name,
      task: "tasks/make.py",
      inputs: { x: `$in_${name}` },
      outputs: { "-o": `$${name}` },
    })),
  });
  equal(planClean(loaded, context, { outside: false }).entries.length, 10_002);
});
