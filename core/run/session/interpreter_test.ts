import { strictEqual as equal, throws } from "node:assert/strict";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { findPython } from "./interpreter.ts";

const RUNS = { executable: true };

function context(paths: readonly string[], env: Record<string, string> = {}) {
  const files = memoryFiles();
  for (const path of paths) files.write(path, "", RUNS);
  return fakeContext({ files, env: { PATH: "/usr/bin", ...env }, cwd: "/home/me" });
}

const ALL = [
  "/flag/python",
  "/env/python",
  "/w/p/conf/python",
  "/settings/python",
  "/venv/bin/python",
  "/w/p/.venv/bin/python",
  "/w/venv/bin/python",
  "/usr/bin/python3",
  "/usr/bin/python",
];

Deno.test("findPython() takes the first there is, in the order it promises", () => {
  const env = { LOOM_PYTHON: "/env/python", VIRTUAL_ENV: "/venv" };
  const choice = { flag: "/flag/python", configured: "conf/python", setting: "/settings/python", baseDir: "/w/p" };
  for (const [i, expected] of ALL.entries()) {
    const found = findPython(i === 0 ? choice : { ...choice, flag: undefined }, context(ALL.slice(i), env));
    equal(found, expected);
  }
});

Deno.test("findPython() looks on PATH for a bare name, and passes over what may not be run", () => {
  const it = context(["/usr/bin/python3.12"]);
  equal(findPython({ flag: "python3.12", baseDir: "/w" }, it), "/usr/bin/python3.12");
  const files = memoryFiles({ "/usr/bin/python3": "text" });
  files.write("/opt/python3", "", RUNS);
  equal(findPython({ baseDir: "/w" }, fakeContext({ files, env: { PATH: "/usr/bin:/opt" } })), "/opt/python3");
});

Deno.test("findPython() refuses a Python that was named and is not there, and says what it looked for", () => {
  throws(() => findPython({ flag: "/none", baseDir: "/w" }, context(ALL)), {
    code: "python-not-found",
    message: "Cannot find the Python named by --python: /none",
  });
  throws(() => findPython({ baseDir: "/w" }, context([])), { code: "python-not-found", message: /VIRTUAL_ENV/ });
});
