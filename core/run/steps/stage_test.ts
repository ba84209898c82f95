import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeProject } from "../../../tests/support/fake_project.ts";

const YAML = `
data: {one: out/one.txt, dir: out/dir, raw: raw.csv}
pipeline:
  - {name: a, task: a.py, inputs: {i: $raw}, outputs: {--out: $one, --folder: $dir}, atomic: true, retries: 1}
`;

Deno.test("an atomic step that fails leaves what was there before, and nothing beside it", async () => {
  const it = fakeProject(YAML, {
    files: { "out/one.txt": "before", "raw.csv": "r" },
    script: ({ argv }) => {
      it.files.write(argv[4], "half");
      return { exitCode: 1 };
    },
  });
  await it.run();
  equal(it.read("out/one.txt"), "before");
  deepEqual(it.files.list("/w/out").map(({ name }) => name), ["one.txt"]);
});

Deno.test("an atomic step moves files and folders into place, and each attempt begins with an empty stage", async () => {
  let attempt = 0;
  const it = fakeProject(YAML, {
    files: { "out/dir/old": "", "raw.csv": "r" },
    script: ({ argv }) => {
      if (it.files.stat(argv[4]) !== undefined) throw new Error("the stage is not empty");
      it.files.write(argv[4], "made");
      it.files.write(`${argv[6]}/new`, "");
      return { exitCode: attempt++ === 0 ? 1 : 0 };
    },
  });
  equal((await it.run()).status, "done");
  equal(it.read("out/one.txt"), "made");
  deepEqual(it.files.list("/w/out/dir").map(({ name }) => name), ["new"]);
  deepEqual(it.files.list("/w/out").map(({ name }) => name).sort(), ["dir", "one.txt"]);
  equal((await it.status())[0].state, "fresh");
});

Deno.test("a file that an atomic step makes never takes the place of a whole folder", async () => {
  const it = fakeProject(YAML, {
    files: { "out/one.txt/precious": "kept", "raw.csv": "r" },
    script: ({ argv }) => {
      it.files.write(argv[4], "made");
      it.files.write(`${argv[6]}/new`, "");
      return { exitCode: 0 };
    },
  });
  equal((await it.run()).status, "failed");
  equal(it.read("out/one.txt/precious"), "kept");
  deepEqual(it.files.list("/w/out").map(({ name }) => name), ["one.txt"]);
});

Deno.test("a file that an atomic step updates in place is not staged", async () => {
  const it = fakeProject(YAML.replace("i: $raw", "i: $one"), { files: { "out/one.txt": "before" } });
  await it.run();
  equal(it.started()[0][3], "/w/out/one.txt");
});
