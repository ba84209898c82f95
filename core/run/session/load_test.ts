import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import type { LoomError } from "../../errors.ts";
import { loadPipeline } from "./load.ts";

const NONE = { parameters: new Map(), data: new Map() };
const load = (text: string) =>
  loadPipeline("/w/p.yml", fakeContext({ files: memoryFiles({ "/w/p.yml": text }) }), NONE);

Deno.test("loadPipeline() says that a file is not there, with the name beside it that may have been meant", async () => {
  const context = fakeContext({ files: memoryFiles({ "/w/pipeline.yml": "", "/w/x.yml": "", "/w/abc.txt": "" }) });
  const hintFor = (name: string) => rejectedHint(loadPipeline(`/w/${name}`, context, NONE), "config-not-found");
  equal(await hintFor("pipelin.yml"), "did you mean 'pipeline.yml'?");
  equal(await hintFor("pipeline.yaml"), "did you mean 'pipeline.yml'?");
  equal(await hintFor("abc.yml"), undefined);
  equal(await hintFor("none/pipeline.yml"), undefined);
});

async function rejectedHint(loading: Promise<unknown>, code: string): Promise<string | undefined> {
  const error: LoomError = await loading.then(() => undefined, (error) => error);
  equal(error.code, code);
  return error.hint;
}

Deno.test("loadPipeline() says that a folder is no file", async () => {
  const context = fakeContext({ files: memoryFiles({ "/w/p.yml/x": "" }) });
  await rejects(loadPipeline("/w/p.yml", context, NONE), { code: "config-no-file", message: /it is a folder/ });
});

Deno.test("loadPipeline() tells all that is wrong at once, with lines and columns", async () => {
  const wrong = load("pipeline:\n  - {task: a.py}\n  - {name: b}\n").then(
    () => [],
    (error: LoomError) => error.problems,
  );
  deepEqual((await wrong).map(({ level, line }) => [level, line]), [["error", 2], ["error", 3]]);
});

Deno.test("loadPipeline() puts overrides in and passes warnings on", async () => {
  const files = memoryFiles({ "/w/p.yml": "parameters: {a: 1}\nvariables: {x: y}\n" });
  const overrides = { parameters: new Map([["a", 2]]), data: new Map() };
  const { pipeline, warnings } = await loadPipeline("/w/p.yml", fakeContext({ files }), overrides);
  equal(pipeline.parameters.get("a"), 2);
  deepEqual(warnings.map(({ level }) => level), ["warning"]);
});

Deno.test("loadPipeline() takes other files in, and tells of each problem in which file it is", async () => {
  const files = memoryFiles({
    "/w/p.yml": "include:\n  - prep/a.yml\n  - {file: gone.yml, prefix: x}\n  - bad.yml\n",
    "/w/prep/a.yml": "pipeline:\n  - {name: s, task: a.py, optional: 1}\n",
    "/w/bad.yml": "a: [\n",
  });
  const error: LoomError = await loadPipeline("/w/p.yml", fakeContext({ files }), NONE).then(
    () => Promise.reject(new Error("it was loaded")),
    (error) => error,
  );
  deepEqual(error.problems.map(({ file, line, column, code }) => [file, line, column, code]), [
    ["/w/p.yml", 3, 5, "include-failed"],
    ["/w/prep/a.yml", 2, 37, "not-a-boolean"],
    ["/w/bad.yml", 2, 1, "yaml-syntax"],
  ]);
});

Deno.test("loadPipeline() puts overrides into what was taken in", async () => {
  const files = memoryFiles({ "/w/p.yml": "include: a.yml\n", "/w/a.yml": "parameters: {lr: 1}\ndata: {d: x}\n" });
  const overrides = { parameters: new Map([["a/lr", 2]]), data: new Map([["a/d", "y"]]) };
  const { pipeline, warnings, included } = await loadPipeline("/w/p.yml", fakeContext({ files }), overrides);
  deepEqual(warnings, []);
  deepEqual([pipeline.parameters.get("a/lr"), pipeline.data.get("a/d")?.path], [2, "y"]);
  deepEqual([...included!.keys()], ["/w/a.yml"]);
});
