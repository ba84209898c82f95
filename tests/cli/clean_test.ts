import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { dirname } from "node:path";
import { eachProject, type FileSet } from "../support/cli.ts";

const FILES: FileSet = {
  "raw.csv": "raw",
  "out/a.txt": "a",
  "out/folder/1.txt": "1",
  "out/folder/deep/2.txt": "2",
  "out/mine.txt": "not made by a step",
  ".loom-url-cache/abc_x": "copy",
  ".loom-thumbnails/t.png": "small",
  "pipeline.yml": `
data: {raw: raw.csv, a: out/a.txt, folder: out/folder, gone: out/gone.txt, into: looped}
pipeline:
  - {name: one, task: tasks/record.py, inputs: {x: $raw}, outputs: {--a: $a, --f: $folder, --g: $gone}}
  - {name: two, task: tasks/record.py, loop: {over: $folder, into: $into}}
`,
};
const YES = ["--clean", "--permanent", "--yes"];

eachProject("--clean removes what steps made and the caches, and nothing else", FILES, async (project) => {
  (await project.run(["pipeline.yml", ...YES])).expect({
    out: ["out/a.txt", "out/folder", "Permanently deleted: 4 ", "Skipped (not found): 2 "],
  });
  deepEqual(project.list("out"), ["mine.txt"]);
  deepEqual(project.list(".").filter((name) => name !== ".loom"), ["out", "pipeline.yml", "raw.csv", "tasks"]);
});

eachProject("--clean-list shows files, folders, counts and a sample, and removes nothing", FILES, async (project) => {
  (await project.run(["pipeline.yml", "--clean-list"])).expect({
    out: ["a: ", "[file]", "folder: ", "[dir, 2 file(s)]", "1.txt", "deep/2.txt", "Missing (would be skipped): 2"],
  });
  deepEqual(await project.has("out/a.txt"), true);
});

const REPLIES: readonly (readonly [reply: string, removes: boolean])[] = [
  ["y\n", true],
  ["YES\n", true],
  ["yes", true],
  ["n\n", false],
  ["\n", false],
  ["yep\n", false],
  ["", false],
];
for (const [reply, removes] of REPLIES) {
  eachProject(
    `--clean with the answer ${JSON.stringify(reply)} ${removes ? "removes" : "cancels"}`,
    FILES,
    async (project) => {
      (await project.run(["pipeline.yml", "--clean", "--permanent"], { stdin: reply }))
        .expect({ out: ["[y/N]", removes ? "Permanently deleted" : "Cancelled."] });
      deepEqual(await project.has("out/a.txt"), !removes);
    },
  );
}

eachProject("--clean moves to the trash unless told otherwise", FILES, async (project) => {
  const trash = project.path("../trash-home");
  (await project.run(["pipeline.yml", "--clean", "-y"], { env: { XDG_DATA_HOME: trash } })).expect({
    out: ["Moved to trash: 4 "],
  });
  deepEqual(await project.has("out/a.txt"), false);
  deepEqual(await project.read("../trash-home/Trash/files/a.txt"), "a");
});

eachProject("--clean with nothing to remove says so", {
  "pipeline.yml": "data: {a: a.txt}\npipeline: [{name: a, task: tasks/record.py, outputs: {--o: $a}}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml", "--clean"])).expect({ out: ["No data files to clean"], not: ["[y/N]"] });
});

eachProject("--var counts for --clean", FILES, async (project) => {
  await project.write({ "other.txt": "made" });
  (await project.run(["pipeline.yml", ...YES, "--var", "a=other.txt"])).expect({});
  deepEqual([await project.has("other.txt"), await project.has("out/a.txt")], [false, true]);
});

/** Paths of a produced entry that must never go, and what the refusal says. */
const REFUSED: readonly (readonly [name: string, path: string, why: string])[] = [
  ["an empty path", '""', "d"],
  ["the pipeline's folder", "'.'", "pipeline's folder"],
  ["a folder above", "..", "pipeline's folder"],
  ["the root", "/", "root"],
  ["the home folder", "'${HOME}'", "pipeline's folder"],
  ["the pipeline file", "pipeline.yml", "pipeline file"],
  ["the scripts", "tasks", "script"],
  ["a folder with source data", "sources", "source data"],
  ["a path outside", "../elsewhere", "outside"],
  ["a way out through a link", "way/out.txt", "outside"],
];
for (const [name, path, why] of REFUSED) {
  eachProject(`--clean refuses ${name}, and then removes nothing at all`, {
    "sources/raw.csv": "raw",
    "../elsewhere/x.txt": "x",
    "../far/out.txt": "x",
    "good.txt": "made",
    "pipeline.yml": `
data: {d: ${path}, raw: sources/raw.csv, good: good.txt}
pipeline:
  - {name: a, task: tasks/record.py, inputs: {x: $raw}, outputs: {--d: $d, --g: $good}}
`,
  }, async (project) => {
    await Deno.symlink("../far", project.path("way"));
    (await project.run(["pipeline.yml", ...YES])).expect({ code: 1, err: ["error:", why] });
    for (const kept of ["good.txt", "sources/raw.csv", "../elsewhere/x.txt", "../far/out.txt", "tasks/record.py"]) {
      deepEqual([kept, await project.has(kept)], [kept, true]);
    }
  });
}

eachProject("--outside, or the entry's own word, lets a path outside go", {
  "../elsewhere/x.txt": "x",
  "../allowed.txt": "x",
  "pipeline.yml": `
data: {d: ../elsewhere/x.txt}
pipeline: [{name: a, task: tasks/record.py, outputs: {--d: $d}}]
`,
  "allowed.yml": `
data: {d: {path: ../allowed.txt, allow_outside_pipeline: true}}
pipeline: [{name: a, task: tasks/record.py, outputs: {--d: $d}}]
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--clean-list"])).expect({ out: ["OUTSIDE"] });
  (await project.run(["pipeline.yml", ...YES, "--outside"])).expect({});
  (await project.run(["allowed.yml", ...YES])).expect({});
  deepEqual([await project.has("../elsewhere/x.txt"), await project.has("../allowed.txt")], [false, false]);
});

eachProject("a link that a step made is removed itself, never what it points to", {
  "kept/precious.txt": "p",
  "pipeline.yml": `
data: {file: link.txt, folder: linked}
pipeline: [{name: a, task: tasks/record.py, outputs: {--a: $file, --b: $folder}}]
`,
}, async (project) => {
  await Deno.symlink("kept/precious.txt", project.path("link.txt"));
  await Deno.symlink("kept", project.path("linked"));
  (await project.run(["pipeline.yml", ...YES])).expect({ out: ["Permanently deleted: 2 "] });
  deepEqual([await project.has("link.txt"), await project.has("linked")], [false, false]);
  deepEqual(await project.read("kept/precious.txt"), "p");
});

eachProject("an output outside the pipeline's folder is a warning of the run", {
  "pipeline.yml": `
data: {d: ../elsewhere.txt, e: {path: ../other.txt, allow_outside_pipeline: true}}
pipeline: [{name: a, task: tasks/record.py, outputs: {--d: $d, --e: $e}}]
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--dry-run"])).expect({
    err: ["warning:", "elsewhere.txt"],
    not: ["other.txt' "],
  });
});

eachProject("what could not be removed is counted, named and exit code 1", {
  "out/a.txt": "a",
  "pipeline.yml": "data: {a: out/a.txt}\npipeline: [{name: a, task: tasks/record.py, outputs: {--o: $a}}]\n",
}, async (project) => {
  const attr = (flag: string) => new Deno.Command("chattr", { args: [flag, project.path("out/a.txt")] }).output();
  const { success, stderr } = await attr("+i");
  if (!success) {
    // Where files cannot be made immutable a folder nobody may write to does it, for anybody but root.
    if (Deno.uid() === 0) throw new Error(`Cannot make a file immutable: ${new TextDecoder().decode(stderr)}`);
    await Deno.chmod(dirname(project.path("out/a.txt")), 0o555);
  }
  try {
    (await project.run(["pipeline.yml", ...YES])).expect({ code: 1, out: ["Failed: 1 ", "out/a.txt"] });
  } finally {
    await attr("-i");
    await Deno.chmod(project.path("out"), 0o755);
  }
});
