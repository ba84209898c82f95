import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { fakeContext } from "../../tests/support/fake_context.ts";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { readConfig } from "../config/mod.ts";
import type { DoctorFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { judgeMachine } from "./mod.ts";

const NOW = Date.UTC(2026, 5, 1);

/** A machine on which all is well, with some facts replaced. */
async function judge(change: Partial<DoctorFacts>, env: Record<string, string> = {}): Promise<readonly Finding[]> {
  const context = fakeContext({ files: memoryFiles(), env: { ANTHROPIC_API_KEY: "canary", ...env } });
  const folder = { mode: 0o700, isOwn: true, writable: true };
  return judgeMachine({
    platform: "linux",
    runtime: { deno: "2.9.6", compiled: true, path: "/usr/bin/loom" },
    python: { path: "/usr/bin/python3", version: "Python 3.12.1" },
    git: { path: "/usr/bin/git", version: "git version 2.39.5" },
    programs: {},
    sandbox: { available: true, kind: "bubblewrap", version: "0.8.0" },
    plugins: [],
    config: await readConfig(context),
    locale: { lang: "en_GB.UTF-8" },
    home: { path: "/home/ada/.loom", facts: folder },
    settings: { path: "/home/ada/.config/loom", facts: folder },
    state: { path: "/w/.loom", facts: folder, trial: {} },
    project: { path: "/w", facts: folder, foldsCase: false },
    database: { sizeBytes: 4096, changedMs: NOW - 1000, schema: 3, complete: true },
    disk: { freeBytes: 50e9 },
    nowMs: NOW,
    ...change,
  });
}

/** State and message of one check. */
async function one(name: string, change: Partial<DoctorFacts>, env?: Record<string, string>): Promise<string> {
  const findings = (await judge(change, env)).filter((it) => it.name === name);
  equal(findings.length, 1, name);
  ok(
    (findings[0].fix === undefined) === (findings[0].state === "pass"),
    `${name}: a fix for what is wrong, and only then`,
  );
  return `${findings[0].state} ${findings[0].message}`;
}

const FOLDER = { mode: 0o755, isOwn: true, writable: true };

Deno.test("judgeMachine() finds nothing wrong where nothing is", async () => {
  const findings = await judge({});
  deepEqual(findings.filter(({ state }) => state !== "pass"), []);
  equal(new Set(findings.map(({ name }) => name)).size, findings.length);
});

Deno.test("judgeMachine() judges what loom runs on", async () => {
  const runtime = { deno: "2.6.10", compiled: false, path: "/deno" };
  equal(await one("deno", { runtime }), "fail Deno 2.6.10, from source, is too old");
  equal(await one("deno", { runtime: { ...runtime, deno: "3.0.0" } }), "pass Deno 3.0.0, from source");
});

Deno.test("judgeMachine() judges programs, which nobody needs always", async () => {
  equal(await one("python", { python: {} }), "warn There is no Python; pipelines of Python scripts need one");
  equal(await one("python", { python: { path: "/p", broken: true } }), "warn /p does not run");
  equal(await one("python", { python: { path: "/w/.venv/bin/python" } }), "pass /w/.venv/bin/python");
  equal(await one("git", { git: {} }), "warn There is no git; plugins from repositories need it");
  const sandbox = { available: false, reason: "bubblewrap is not installed", fix: "apt install bubblewrap" } as const;
  equal(await one("sandbox", { sandbox }), "warn No sandbox: bubblewrap is not installed; what needs one is refused");
});

Deno.test("judgeMachine() fails for plugins that were changed", async () => {
  const plugin = (name: string, state: "ok" | "changed") => ({ name, state }) as DoctorFacts["plugins"][number];
  equal(await one("plugins", { plugins: [plugin("a", "ok"), plugin("b", "changed")] }), "fail Not what was added: b");
  equal(await one("plugins", { plugins: [plugin("a", "ok")] }), "pass 1 verified");
});

Deno.test("judgeMachine() judges settings by their problems", async () => {
  const read = (text: string) => readConfig(fakeContext({ files: memoryFiles({ "/w/loom.yaml": text }), env: {} }));
  const wrong = await read("stepz: 1\nx: 2\n");
  equal(await one("config", { config: wrong }), "fail 2 errors: Unknown key 'stepz'");
  const doubtful = await read("plugins: [./a.js]\n");
  ok((await one("config", { config: doubtful })).startsWith("warn 1 warning: plugins"));
});

Deno.test("judgeMachine() says of keys only whether they are set", async () => {
  const config = (env: Record<string, string>) => readConfig(fakeContext({ files: memoryFiles(), env }));
  const openai = { LOOM_CODE_PROVIDER: "openai-api", OPENAI_API_KEY: "canary" };
  const both = await judge({ config: await config(openai) });
  deepEqual(
    both.filter(({ name }) => name.startsWith("provider")).map(({ name, state, message }) => [name, state, message]),
    [
      ["provider openai-api", "pass", "OPENAI_API_KEY is set"],
      ["provider anthropic-api", "warn", "ANTHROPIC_API_KEY is unset; verbs that ask no model need none"],
    ],
  );
  equal(JSON.stringify(both).includes("canary"), false);
});

Deno.test("judgeMachine() looks for the program of a subscription", async () => {
  const context = fakeContext({
    files: memoryFiles(),
    env: { LOOM_CODE_PROVIDER: "claude-subscription", LOOM_FEEDBACK_PROVIDER: "my-own" },
  });
  const config = await readConfig(context);
  equal(await one("provider claude-subscription", { config }), "warn There is no program claude");
  const programs = { claude: { path: "/usr/bin/claude" } };
  equal(await one("provider claude-subscription", { config, programs }), "pass claude is installed");
  equal(await one("provider my-own", { config }), "pass needs nothing that is known here");
});

Deno.test("judgeMachine() fails for a store that cannot be written or read", async () => {
  const locked = { ...FOLDER, writable: false };
  equal(await one("store", { state: { path: "/w/.loom", facts: locked } }), "fail Cannot write in /w/.loom");
  equal(
    await one("store", { state: { path: "/w/.loom" }, project: { path: "/w", facts: locked }, database: undefined }),
    "fail Cannot write in /w",
  );
  const database = { sizeBytes: 9, changedMs: 0, complete: true, problem: "malformed" };
  equal(await one("store", { database }), "fail /w/.loom/loom.db is damaged: malformed");
  equal(await one("store", { database: undefined }), "pass /w/.loom is made with the first run");
  equal(
    await one("store", { database: { sizeBytes: 2e9, changedMs: 0, complete: false } }),
    "pass /w/.loom, 2.0 GB, too long to be read through here",
  );
});

Deno.test("judgeMachine() judges the room that is left", async () => {
  equal(await one("space", { disk: { freeBytes: 99e6 } }), "fail 99.0 MB free at /w");
  equal(await one("space", { disk: { freeBytes: 999e6 } }), "warn 999.0 MB free at /w");
  equal(await one("space", { disk: undefined }), "pass this system does not tell");
});

Deno.test("judgeMachine() judges disks by what was tried, and by their kind", async () => {
  const state = { path: "/w/.loom", facts: FOLDER, trial: { rename: "no", log: "locking protocol" } };
  equal(await one("files", { state }), "fail Cannot replace files in /w/.loom: no");
  equal(await one("wal", { state }), "fail SQLite cannot keep its log in /w/.loom: locking protocol");
  equal(
    await one("wal", { disk: { freeBytes: 9e9, network: "nfs" } }),
    "warn The project is on a network disk (nfs), where locks are not reliable",
  );
  equal(
    await one("files", { state: { path: "/w/.loom" }, project: { path: "/w", facts: FOLDER, foldsCase: true } }),
    "pass a name is the same in upper and lower case",
  );
});

Deno.test("judgeMachine() fails for a home that others can write in", async () => {
  const home = (facts: Partial<typeof FOLDER>) => ({ home: { path: "/h", facts: { ...FOLDER, ...facts } } });
  equal(await one("home", home({ mode: 0o777 })), "fail Anybody can write in /h");
  equal(await one("home", home({ mode: 0o1777 })), "fail Anybody can write in /h, although not remove what is yours");
  equal(await one("home", home({ isOwn: false })), "fail /h belongs to somebody else");
  equal(await one("home", home({ writable: false })), "fail Cannot write in /h");
  equal(await one("home", home({ mode: 0o770 })), "warn Your group can write in /h");
  equal(await one("home", { home: { path: "/h" } }), "pass /h is made when it is needed");
  equal(await one("settings", { settings: home({ mode: 0o722 }).home }), "fail Anybody can write in /h");
  equal(await one("settings", { settings: undefined }), "pass nobody's: HOME is not set");
});

Deno.test("judgeMachine() judges language and clock", async () => {
  equal(await one("locale", { locale: {} }), "warn No language is set; programs may not write UTF-8");
  equal(await one("locale", { locale: { all: "C", lang: "en_GB.UTF-8" } }), "warn C is not UTF-8");
  equal(await one("locale", { locale: { all: "", ctype: "de_DE.utf8" } }), "pass de_DE.utf8");
  equal(await one("locale", { locale: {}, platform: "windows" }), "pass decided by the terminal");
  equal(await one("clock", { nowMs: 0 }), "fail The clock says 1970-01-01T00:00");
  const database = { sizeBytes: 1, changedMs: NOW + 3_600_000, complete: true };
  equal(
    await one("clock", { database }),
    "warn The clock says 2026-06-01T00:00, and the store was written later than that",
  );
});
