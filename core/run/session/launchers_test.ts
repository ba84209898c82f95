import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { fakeSubprocesses } from "../../../tests/support/fake_subprocess.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { memoryStores } from "../../../tests/support/memory_store.ts";
import type { Context } from "../../context.ts";
import { Launchers } from "./launchers.ts";

const RUNS = { executable: true };

function setUp(programs: readonly string[], scripts: Readonly<Record<string, string>>, more: Partial<Context> = {}) {
  const files = memoryFiles(scripts);
  for (const path of programs) files.write(path, "x".repeat(5000), RUNS);
  const subprocesses = fakeSubprocesses(({ argv, onOutput }) => {
    onOutput?.("stdout", `\n${argv[0]} 1.2\nmore\n`);
    return { exitCode: argv[0].endsWith("ruby") ? 1 : 0 };
  });
  const context = fakeContext({ files, subprocesses, env: { PATH: "/usr/bin" }, ...more });
  const launchers = new Launchers(context, { python: "/usr/bin/python3", baseDir: "/w" });
  const words = (script: string, scriptIsAbsolute = false) =>
    launchers.of({ script, scriptIsAbsolute }).words.join(" ");
  return { launchers, words, files, subprocesses };
}

Deno.test("Launchers.of() takes the first program that is there", () => {
  const { words } = setUp(["/usr/bin/sh", "/usr/bin/bun", "/opt/x/zsh"], {
    "/w/a.sh": "",
    "/w/b.sh": "#!/opt/x/zsh -f\n",
    "/w/c.sh": "#!/bin/sh\n",
    "/w/d.ts": "",
    "/w/e.py": "",
  });
  deepEqual(["a.sh", "b.sh", "c.sh", "d.ts", "e.py"].map((name) => words(`/w/${name}`)), [
    ...["/usr/bin/sh", "/opt/x/zsh -f", "/usr/bin/sh", "/usr/bin/bun", "/usr/bin/python3"],
  ]);
  equal(words("/bin/echo", true), "");
});

Deno.test("Launchers.of() starts scripts with the Deno that loom runs on, where there is one", () => {
  const programs = ["/usr/bin/deno"];
  equal(setUp(programs, { "/w/a.ts": "" }).words("/w/a.ts"), "/usr/bin/deno run -A");
  equal(setUp(programs, { "/w/a.ts": "" }, { deno: "/own/deno" }).words("/w/a.ts"), "/own/deno run -A");
});

Deno.test("Launchers.of() looks again when the script is another one", () => {
  const { words, files } = setUp(["/usr/bin/bash", "/usr/bin/zsh"], { "/w/a.sh": "" });
  equal(words("/w/a.sh"), "/usr/bin/bash");
  files.write("/w/a.sh", "#!/usr/bin/env zsh\n");
  equal(words("/w/a.sh"), "/usr/bin/zsh");
});

Deno.test("Launchers.findAll() names everything that is missing, and how to get it", () => {
  const { launchers } = setUp([], { "/w/a.ts": "", "/w/b.ts": "", "/w/c.sh": "#!/opt/fish\n", "/w/d.py": "" });
  const tasks = ["a.ts", "b.ts", "c.sh", "d.py"].map((name) => ({ script: `/w/${name}`, scriptIsAbsolute: false }));
  throws(() => launchers.findAll(tasks), {
    code: "interpreter-not-found",
    message:
      "Cannot start b.ts: looked for any of 'deno', 'bun' on PATH; Cannot start c.sh: looked for '/opt/fish' on PATH",
    hint: /^install Deno from .*'#!'/,
  });
});

Deno.test("Launchers.askVersions() lets programs tell what they are, those that do", async () => {
  const { launchers, subprocesses } = setUp(["/usr/bin/bash", "/usr/bin/awk", "/usr/bin/ruby"], {
    "/w/a.sh": "",
    "/w/b": "#!/usr/bin/awk -f\n",
    "/w/c.rb": "",
  });
  const tasks = ["a.sh", "b", "c.rb"].map((name) => ({ script: `/w/${name}`, scriptIsAbsolute: false }));
  launchers.findAll(tasks);
  await launchers.askVersions(memoryStores().open("/w", () => {}).digests);
  deepEqual(tasks.map((task) => launchers.of(task).interpreter), ["bash /usr/bin/bash 1.2", "awk", "ruby"]);
  equal(subprocesses.started.length, 2);
});
