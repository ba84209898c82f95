import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { endings, fakeProject, ofType } from "../../../tests/support/fake_project.ts";
import { expandPlaceholder } from "./placeholder.ts";

const CHAIN = `
data: {raw: raw.csv, mid: out/mid.txt, end: out/end.txt}
parameters: {lr: 0.1}
pipeline:
  - {name: a, task: a.py, inputs: {x: $raw}, outputs: {--out: $mid}, args: {--lr: $lr}}
  - {name: b, task: b.py, inputs: {x: $mid}, outputs: {--out: $end}}
`;

function chain() {
  return fakeProject(CHAIN, { files: { "raw.csv": "raw" } });
}

async function states(project: ReturnType<typeof chain>): Promise<readonly string[]> {
  return (await project.status()).map(({ state, reasons }) => [state, ...reasons].join(": "));
}

Deno.test("a step is never run, then fresh, and stays so when a file is only touched", async () => {
  const project = chain();
  deepEqual(await states(project), ["never run", "never run"]);
  await project.run();
  deepEqual(await states(project), ["fresh", "fresh"]);
  project.files.touch("/w/raw.csv", project.clock.now() + 500);
  deepEqual(await states(project), ["fresh", "fresh"]);
  deepEqual(endings((await project.run({ cached: true })).events), { a: "skipped: fresh", b: "skipped: fresh" });
});

Deno.test("a stale step says what changed, and what stands on it says that too", async () => {
  const project = chain();
  await project.run();
  project.write("raw.csv", "other");
  deepEqual(await states(project), ["stale: input raw.csv", "stale: upstream a"]);
  project.write("raw.csv", "raw");
  project.write("pipeline.yml", CHAIN.replace("0.1", "0.01"));
  deepEqual(await states(project), ["stale: parameter lr 0.1 → 0.01", "stale: upstream a"]);
  project.write("pipeline.yml", CHAIN);
  project.write("b.py", "# another");
  deepEqual(await states(project), ["fresh", "stale: script"]);
});

Deno.test("an output that is gone is missing; one that another hand changed is modified", async () => {
  const project = chain();
  await project.run();
  project.files.remove("/w/out/end.txt");
  deepEqual(await states(project), ["fresh", "missing: output out/end.txt is missing"]);
  project.write("out/end.txt", "by hand");
  deepEqual(await states(project), ["fresh", "modified: output out/end.txt was changed by hand"]);
});

Deno.test("an output that comes out the same ends the chain of what has to run", async () => {
  const project = fakeProject(CHAIN, {
    files: { "raw.csv": "raw" },
    script: ({ argv }) => {
      project.files.write(argv[argv.indexOf("--out") + 1], "always the same");
    },
  });
  await project.run();
  project.write("raw.csv", "other");
  deepEqual(endings((await project.run({ cached: true })).events), { a: "done", b: "skipped: fresh" });
});

Deno.test("another name for a parameter of the same value changes nothing", async () => {
  const project = chain();
  await project.run();
  project.write("pipeline.yml", CHAIN.replace("{lr: 0.1}", "{rate: 0.1}").replace("$lr", "$rate"));
  deepEqual(await states(project), ["fresh", "fresh"]);
});

Deno.test("a step without outputs always runs", async () => {
  const project = fakeProject("pipeline:\n  - {name: a, task: a.py}\n");
  await project.run({ cached: true });
  await project.run({ cached: true });
  equal(project.started().length, 2);
  deepEqual((await project.status())[0].state, "no outputs");
});

Deno.test("a step that was never recorded is judged by times under --cached, and says so", async () => {
  const project = chain();
  for (const name of ["out/mid.txt", "out/end.txt"]) project.write(name, "made elsewhere");
  const { events } = await project.run({ cached: true });
  deepEqual(endings(events), { a: "skipped: fresh", b: "skipped: fresh" });
  deepEqual(ofType(events, "notice").map(({ code }) => code), ["judged-by-times", "judged-by-times"]);
  await project.clock.advance(10);
  project.write("raw.csv", "newer");
  deepEqual(endings((await project.run({ cached: true })).events), { a: "done", b: "done" });
});

Deno.test("times never count after an attempt that began and did not finish", async () => {
  const project = fakeProject(CHAIN, { files: { "raw.csv": "raw" }, script: () => ({ exitCode: 1 }) });
  await project.run();
  for (const name of ["out/mid.txt", "out/end.txt"]) project.write(name, "half");
  deepEqual((await states(project))[0], "stale: the last attempt did not finish");
  equal(endings((await project.run({ cached: true })).events).a, "failed: 1");
});

Deno.test("--force runs what is fresh; without --cached everything runs", async () => {
  const project = chain();
  await project.run();
  deepEqual(endings((await project.run({ cached: true, force: true })).events), { a: "done", b: "done" });
  deepEqual(endings((await project.run()).events), { a: "done", b: "done" });
});

Deno.test("a file whose name has {name} in it counts as all that match", async () => {
  const yaml = CHAIN.replace("out/mid.txt", '"out/{n}.txt"').replace("out/end.txt", "end.txt");
  const project = fakeProject(yaml, {
    files: { "raw.csv": "raw" },
    script: ({ argv }) => {
      const path = argv[argv.indexOf("--out") + 1];
      for (const n of ["1", "2"]) project.files.write(path.replace("{n}", n), n);
    },
  });
  await project.run();
  equal((await states(project))[0], "fresh");
  project.write("out/2.txt", "changed");
  equal((await states(project))[0], "modified: output out/2.txt was changed by hand");
  project.files.remove("/w/out/2.txt");
  equal((await states(project))[0], "missing: output out/2.txt is missing");
});

Deno.test("an input with {name} in it changes with every file that matches, and not with what the step itself makes", async () => {
  const yaml = `data: {in: "in/{n}.txt", o: "in/made_{n}.txt"}
pipeline: [{name: a, task: a.py, inputs: {x: $in}, outputs: {--out: $o}, args: {--also: $in}}]
`;
  const project = fakeProject(yaml, {
    files: { "in/1.txt": "1" },
    script: () => {
      project.write("in/made_1.txt", "made");
    },
  });
  await project.run();
  deepEqual(await states(project), ["fresh"]);
  project.write("in/2.txt", "2");
  equal((await states(project))[0], "stale: input in/2.txt: file in/2.txt");
  await project.run();
  project.write("in/1.txt", "changed");
  equal((await states(project))[0], "stale: input in/1.txt: file in/1.txt");
  project.files.remove("/w/in/1.txt");
  equal((await states(project))[0], "stale: input in/1.txt: file in/1.txt");
});

Deno.test("expandPlaceholder() takes {name} for any text in one part of a path", () => {
  const files = memoryFiles({ "/w/a/1.txt": "", "/w/b/2.txt": "", "/w/b/2.csv": "" });
  deepEqual(expandPlaceholder("/w/{x}/{y}.txt", files), ["/w/a/1.txt", "/w/b/2.txt"]);
  deepEqual(expandPlaceholder("/w/none.txt", files), ["/w/none.txt"]);
});

Deno.test("twice as many files that match {name} cost twice as much to compare", async () => {
  const yaml = `data: {o: "out/{n}.txt"}\npipeline:\n  - {name: a, task: a.py, outputs: {--out: $o}}\n`;
  const count = 20_000;
  const project = fakeProject(yaml, {
    script: () => {
      for (let i = 0; i < count; i++) project.write(`out/${i}.txt`, "");
    },
  });
  await project.run();
  project.files.remove("/w/out");
  const { state, reasons } = (await project.status())[0];
  deepEqual([state, reasons.length], ["missing", count]);
});
