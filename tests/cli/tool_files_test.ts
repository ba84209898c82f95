import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { eachProject, type Project } from "../support/cli.ts";

function call(project: Project, name: string, args: unknown, ...more: readonly string[]) {
  return project.run(["tool", "run", name, "--json", JSON.stringify(args), ...more]);
}

eachProject("loom tool list and info tell of the tools", {}, async (project) => {
  (await project.run(["tool", "list"])).expect({
    out: ["NAME", "TIER", /calculator\s+read-only\s+loom/, /edit_file\s+workspace-write/, "shell_execute"],
  });
  const listed = (await project.run(["tool", "list", "--json"])).expect({}).json as { tools: { name: string }[] };
  deepEqual(listed.tools.map(({ name }) => name), [
    ...["calculator", "delete_file", "edit_file", "git_command", "glob_find", "list_directory", "move_file"],
    ...["read_file", "ripgrep_search", "search_files", "shell_execute", "write_file"],
  ]);
  (await project.run(["tool", "info", "read_file"])).expect({
    out: ["read-only", "Arguments:", /path\s+string\s+required/, "loom tool run read_file --json"],
  });
  (await project.run(["tool", "info", "red_file"])).expect({
    code: 1,
    err: ["Unknown tool 'red_file'", "'read_file'"],
  });
});

eachProject("files are written, edited, read, moved, deleted, and all of it is undone", {}, async (project) => {
  (await call(project, "write_file", { path: "src/a.py", content: "def f():\n\tx = 1\n\treturn x\n" }))
    .expect({ out: ["Wrote 26 bytes to src/a.py"], err: ["note: tool write_file"] });
  (await call(project, "edit_file", { path: "src/a.py", old_str: "  x = 1\n", new_str: "  x = 2\n  y = 3\n" }))
    .expect({ out: ["1 edit, 3 -> 4 lines", "-\tx = 1", "+\tx = 2", "+\ty = 3"] });
  (await call(project, "read_file", { path: "src/a.py", line_start: 2, line_end: 3 })).expect({
    exactly: "\tx = 2\n\ty = 3\n",
  });
  (await call(project, "move_file", { source: "src/a.py", destination: "b.py" })).expect({});
  (await call(project, "delete_file", { path: "b.py" })).expect({});
  equal(await project.has("b.py"), false);
  (await project.run(["undo", "--all", "--dry-run"])).expect({
    out: ["undo  5  delete b.py", "undo  2  create src/a.py", "create src"],
  });
  equal(await project.has("b.py"), false);
  (await project.run(["undo"])).expect({ out: ["undo  5  delete b.py", "to do it again: loom undo --task undo-"] });
  equal(await project.read("b.py"), "def f():\n\tx = 2\n\ty = 3\n\treturn x\n");
  (await project.run(["undo", "--all"])).expect({ out: ["rename src/a.py -> b.py", "modify src/a.py", "create src"] });
  equal(await project.has("src"), false);
  (await project.run(["undo"])).expect({ code: 1, err: ["Cannot undo: no tool changed anything here"] });
});

eachProject("loom undo names conflicts, takes back the others, and ends with 1", {}, async (project) => {
  await call(project, "write_file", { path: "a.txt", content: "one" });
  await call(project, "write_file", { path: "b.txt", content: "two" });
  await project.write({ "a.txt": "by hand" });
  const { changes } = (await project.run(["undo", "--all", "--json"])).expect({ code: 1 }).json as {
    changes: { path: string; outcome: string; reason?: string }[];
  };
  deepEqual(changes.map(({ path, outcome, reason }) => [path, outcome, reason]), [
    ["b.txt", "undo", undefined],
    ["a.txt", "conflict", "it was changed since"],
  ]);
  equal(await project.read("a.txt"), "by hand");
  equal(await project.has("b.txt"), false);
});

eachProject("what leads out, is protected, unknown or wrong is refused, and recorded", {}, async (project) => {
  await project.write({ "../secret": "canary" });
  const refused = { code: 1, err: ["Safety violation"], not: ["canary"] };
  (await call(project, "read_file", { path: "../secret" })).expect(refused);
  (await call(project, "write_file", { path: "../secret", content: "x" })).expect(refused);
  (await call(project, "write_file", { path: ".loom/rules.yaml", content: "x" })).expect(refused);
  (await call(project, "read_fil", { path: "a" })).expect({ code: 1, err: ["Unknown tool 'read_fil'", "read_file"] });
  (await call(project, "read_file", { pat: "a" })).expect({ code: 1, err: ["path is missing"] });
  (await call(project, "read_file", { path: "a", _loom_root: "/" })).expect({
    code: 1,
    err: ["_loom_root is reserved"],
  });
  (await project.run(["tool", "run", "read_file", "--json", "{"])).expect({ code: 2, err: ["holds no JSON"] });
  equal(await project.read("../secret"), "canary");
  const log = (await project.run(["audit"])).expect({}).stdout;
  equal(log.split("\n").filter((line) => line.includes("blocked")).length, 3);
  ok(!log.includes("canary"));
});

eachProject(
  "results are documents for programs, and arguments come from files and standard input",
  {},
  async (project) => {
    await project.write({ "args.json": '{"expression": "npv(0.1, [-100, 60, 60]) + 2 ** 3"}' });
    const result = (await project.run(["tool", "run", "calculator", "--json", "@args.json", "--format", "json"]))
      .expect({});
    deepEqual((result.json as { success: boolean }).success, true);
    (await project.run(["tool", "run", "calculator", "--json", "-"], { stdin: '{"expression": "6*7"}' })).expect({
      exactly: "42\n",
    });
    (await call(project, "calculator", { expression: "pow(2, 10001)" })).expect({
      code: 1,
      err: ["larger than 10000"],
    });
  },
);

eachProject("texts and files are found", {}, async (project) => {
  await project.write({ "src/a.ts": "const x = 1;\n", "src/b.md": "x\n", "node_modules/c.ts": "const x = 1;\n" });
  (await call(project, "glob_find", { pattern: "src/**/*.ts" })).expect({ exactly: "src/a.ts\n" });
  (await call(project, "search_files", { pattern: "x = \\d" })).expect({ exactly: "src/a.ts:1: const x = 1;\n" });
  (await call(project, "list_directory", {})).expect({
    out: ["src/", "  a.ts", "  b.md", "tasks/"],
    not: ["node_modules"],
  });
  const found = (await call(project, "ripgrep_search", { pattern: "x = \\d", path: "src" }, "--format", "json")).expect(
    {},
  );
  const { output, data } = found.json as { output: string; data: { engine: string } };
  deepEqual([output, data.engine], ["src/a.ts:1: const x = 1;", "ripgrep"]);
});
