import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

const NESTED = {
  "fill.py": `import os, sys
os.makedirs(sys.argv[2], exist_ok=True)
open(os.path.join(sys.argv[2], "0.png"), "w").write("first")
`,
  "pipeline.yml": `
data:
  imgs: {type: image_directory, path: out/imgs}
  deep: {path: deep, nested_in: $imgs}
  first: {type: image, path: 0.png, nested_in: $imgs}
  far: {path: x.png, nested_in: $deep}
  same: {path: /abs/in/x, nested_in: $abs}
  abs: /abs/in
pipeline:
  - {name: show, task: tasks/record.py, inputs: {a: $first, b: $far, c: $same}, args: {--name: show}}
  - {name: fill, task: fill.py, outputs: {--o: $imgs}}
`,
};

eachProject("a nested entry lies in its container and is produced by its producer", NESTED, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["[SUCCESS] fill", "[SUCCESS] show"] });
  deepEqual(await project.received(), [
    [project.path("out/imgs/0.png"), project.path("out/imgs/deep/x.png"), "/abs/in/x", "--name", "show"],
  ]);
});

eachProject("--clean covers a nested entry by its container, once", {
  ...NESTED,
  "pipeline.yml": `
data:
  imgs: out/imgs
  first: {path: 0.png, nested_in: $imgs}
pipeline:
  - {name: fill, task: fill.py, outputs: {--o: $imgs}}
  - {name: touch, task: tasks/record.py, outputs: {--o: $first}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  const outcome = (await project.run(["pipeline.yml", "--clean", "--permanent", "--yes"])).expect({
    out: ["Permanently deleted: 1 "],
    not: ["Failed"],
  });
  deepEqual(outcome.stdout.match(/out\/imgs/g)?.length, 1, outcome.report());
  deepEqual(await project.has("out/imgs"), false);
});

const WRONG: readonly (readonly [name: string, entry: string, message: RegExp])[] = [
  ["an unknown container", "{path: x, nested_in: $imsg}", /error: pipeline.yml:4:\d+: .*imsg.*did you mean '\$?imgs'/],
  ["itself as container", "{path: x, nested_in: $d}", /error: pipeline.yml:4:\d+: .*itself/],
  ["an absolute path elsewhere", "{path: /elsewhere/x, nested_in: $imgs}", /error: pipeline.yml:4:\d+: .*'d'.*'imgs'/],
  ["a path that leaves it", "{path: ../x, nested_in: $imgs}", /error: pipeline.yml:4:\d+: .*'d'.*'imgs'/],
  ["a circle", "{path: x, nested_in: $e}", /error: pipeline.yml:[45]:\d+: .*circle/],
];
for (const [name, entry, message] of WRONG) {
  eachProject(`nested_in with ${name} is refused`, {
    "pipeline.yml": `
data:
  imgs: out/imgs
  d: ${entry}
  e: {path: y, nested_in: $d}
pipeline:
  - {name: a, task: tasks/record.py, args: {--name: a}}
`,
  }, async (project) => {
    (await project.run(["pipeline.yml"])).expect({ code: 1, err: [message] });
    await project.ran([]);
  });
}
