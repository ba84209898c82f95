import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

const SAY = (what: string) => `printf '${what}'; printf ' <%s>' "$@"; echo`;

eachProject("scripts of any language are started by what their first line or extension says", {
  "a.mjs": `import { twice } from "./lib/twice.mjs";\nconsole.log("MODULE", twice(2), ...process.argv.slice(2));\n`,
  "b.js":
    `#!/usr/bin/env -S node --no-warnings\nconst { twice } = require("./lib/c.cjs");\nconsole.log("JS", twice);\n`,
  "lib/twice.mjs": "export const twice = (x) => 2 * x;\n",
  "lib/c.cjs": "exports.twice = 'two';\n",
  "c.ts": "const n: number = 2;\nconsole.log(`TS ${n}`);\n",
  "d.sh": `${SAY("BASH")}\n`,
  "e": `#!/bin/sh -eu\r\n${SAY("CRLF").replace("$@", "$1")} #\r\n`,
  "f": `#!/usr/bin/env python3\nprint("PYTHON")\n`,
  "pipeline.yml": `
pipeline:
  - {name: module, task: a.mjs, args: {--x: 1}}
  - {name: js, task: b.js}
  - {name: ts, task: c.ts}
  - {name: sh, task: d.sh, inputs: {x: in.txt}, outputs: {--o: made/out.txt}, args: {--flag: true, --s: "a b"}, sandbox: true}
  - {name: line, task: e, inputs: {x: /x}}
  - {name: py, task: f}
`,
}, async (project) => {
  const at = (name: string) => project.path(name);
  (await project.run(["pipeline.yml"])).expect({
    out: [
      ...["MODULE 4 --x 1", /node --no-warnings \S*b\.js/, "JS two", /run -A \S*c\.ts/, "TS 2", /bash \S*d\.sh/],
      ...[`BASH <${at("in.txt")}> <--o> <${at("made/out.txt")}> <--flag> <--s> <a b>`, "CRLF </x>", "PYTHON"],
    ],
  });
});

eachProject("what a script loads, its program and its own text decide whether it is fresh", {
  "lib/lib.sh": 'make() { echo made > "$1"; }\n',
  "a.sh": `. "$(dirname "$0")/lib/lib.sh"\nmake "$2"\n`,
  "tool": `#!/bin/sh\n. "$(dirname "$0")/lib/lib.sh"\nmake "$2"\n`,
  "pipeline.yml": `
pipeline:
  - {name: script, task: a.sh, outputs: {-o: a.txt}}
  - {name: program, task: tool, outputs: {-o: b.txt}}
`,
}, async (project) => {
  await Deno.chmod(project.path("tool"), 0o755);
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[SUCCESS] script", "[SUCCESS] program"] });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] script", "[FRESH] program"] });
  (await project.run(["explain", "pipeline.yml", "script"])).expect({ out: ["bash", "lib/lib.sh"] });
  await project.write({ "lib/lib.sh": 'make() { echo other > "$1"; }\n' });
  (await project.run(["status", "pipeline.yml"])).expect({
    out: [/script +stale +import lib\/lib.sh/, /program +stale +import lib\/lib.sh/],
  });
  (await project.run(["pipeline.yml"])).expect({});
  await project.write({ "a.sh": `#!/bin/sh\n. "$(dirname "$0")/lib/lib.sh"\nmake "$2"\n` });
  (await project.run(["status", "pipeline.yml"])).expect({ out: [/script +stale +script, program bash .* → sh/] });
});

eachProject("a program that is not there is told before anything starts, with how to get it", {
  "a.sh": "echo no\n",
  "b": "#!/opt/nowhere/awk -f\n",
  "c.R": "",
  "folder.sh/x": "",
  "empty/": "",
  "pipeline.yml": `
pipeline: [{name: a, task: a.sh}, {name: b, task: b}, {name: c, task: c.R, disabled: true}]
`,
  "folder.yml": "pipeline: [{name: a, task: folder.sh}, {name: b, task: gone.sh}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"], { env: { PATH: project.path("empty") } })).expect({
    code: 2,
    err: ["a.sh", "'bash', 'sh'", "b: looked for '/opt/nowhere/awk'", "install bash", "#!"],
    not: ["[RUNNING]", "c.R"],
  });
  (await project.run(["folder.yml"])).expect({
    code: 1,
    out: ["[FAILED] a: script not found", "[FAILED] b: script not found"],
  });
});

const COMMENTED = (mark: string) =>
  [
    "Counts words.",
    "---",
    "inputs:",
    "  text: {type: txt, description: The text}",
    "args:",
    "  --n: {type: int}",
    "---",
  ]
    .map((line) => `${mark} ${line}\n`).join("");

eachProject("--investigate reads the comment at the head of a script", {
  "a.sh": `#!/usr/bin/env bash\n${COMMENTED("#")}`,
  "b.ts": COMMENTED("//"),
  "c.sh": COMMENTED("#").replace("int}", "[int}"),
  "pipeline.yml": "pipeline: [{name: a, task: a.sh}, {name: b, task: b.ts}, {name: c, task: c.sh}]\n",
}, async (project) => {
  const shown: string[] = [];
  for (const step of ["a", "b", "c"]) {
    shown.push((await project.run(["pipeline.yml", "--step", step, "--investigate"])).expect({}).stdout);
  }
  const said = (text: string) => text.split("\n").slice(3).join("\n");
  deepEqual(said(shown[0]), said(shown[1]));
  for (const words of ["Counts words.", "The text", "int"]) deepEqual(shown[0].includes(words), true);
  deepEqual(/line 6, column \d+: the front matter is no YAML/.test(shown[2]), true, shown[2]);
});
