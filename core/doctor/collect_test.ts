import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeContext } from "../../tests/support/fake_context.ts";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import type { Prober } from "../ports/prober.ts";
import { collectFacts } from "./collect.ts";

const FOLDER = { mode: 0o700, isOwn: true, writable: true };

/** A machine that remembers which programs it was asked to run, and where it tried things out. */
function fakeProber(folders: readonly string[]): Prober & { readonly ran: string[]; readonly tried: string[] } {
  const [ran, tried]: [string[], string[]] = [[], []];
  return {
    ran,
    tried,
    runtime: () => ({ deno: "2.9.6", compiled: false, path: "/deno" }),
    find: (name) => (name === "git" ? "/usr/bin/git" : undefined),
    version: (program) => {
      ran.push(program);
      return Promise.resolve(program === "/usr/bin/git" ? "git version 2" : undefined);
    },
    disk: () => ({ freeBytes: 1 }),
    folder: (path) => (folders.includes(path) ? FOLDER : undefined),
    foldsCase: () => false,
    database: () => undefined,
    trial: (folder) => {
      tried.push(folder);
      return {};
    },
  };
}

function collect(files: Record<string, string>, prober: Prober, env: Record<string, string> = {}) {
  const disk = memoryFiles();
  for (const [path, text] of Object.entries(files)) disk.write(path, text, { executable: true });
  const sandboxes = {
    state: () => Promise.resolve({ available: false, reason: "none", fix: "none" } as const),
    start: () => Promise.reject(new Error("Nothing is started here")),
  };
  const context = fakeContext({ files: disk, env: { PATH: "/usr/bin", HOME: "/home/ada", ...env }, sandboxes });
  return collectFacts({ context, prober, plugins: () => Promise.resolve([]) });
}

Deno.test("collectFacts() asks programs of the system what they are", async () => {
  const prober = fakeProber([]);
  const facts = await collect({ "/usr/bin/python3": "" }, prober);
  deepEqual(facts.python, { path: "/usr/bin/python3", broken: true });
  deepEqual(facts.git, { path: "/usr/bin/git", version: "git version 2" });
  equal(facts.home.path, "/home/ada/.loom");
});

Deno.test("collectFacts() never runs a Python that came with the project", async () => {
  const prober = fakeProber([]);
  const venv = { "/w/.venv/bin/python": "", "/w/.venv/pyvenv.cfg": "home = /usr\nversion = 3.11.7\n" };
  deepEqual((await collect(venv, prober)).python, { path: "/w/.venv/bin/python", version: "Python 3.11.7" });
  const named = { "/evil": "", "/w/.env": "LOOM_PYTHON=/evil\n" };
  deepEqual((await collect(named, prober)).python, { path: "/evil" });
  deepEqual(prober.ran, ["/usr/bin/git", "/usr/bin/git"]);
});

Deno.test("collectFacts() finds no Python without failing", async () => {
  deepEqual((await collect({}, fakeProber([]))).python, {});
});

Deno.test("collectFacts() tries things out only where state is kept already", async () => {
  const [without, withState] = [fakeProber(["/w"]), fakeProber(["/w", "/w/.loom"])];
  await collect({}, without);
  deepEqual(without.tried, []);
  await collect({}, withState);
  deepEqual(withState.tried, ["/w/.loom"]);
});

Deno.test("collectFacts() looks for programs that providers in use need", async () => {
  const facts = await collect({}, fakeProber([]), { LOOM_CODE_PROVIDER: "codex-subscription" });
  deepEqual(facts.programs, { codex: {} });
});
