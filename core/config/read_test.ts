import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { LoomError } from "../errors.ts";
import { fakeContext } from "../../tests/support/fake_context.ts";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { CONFIG_KEYS, keyInfo } from "./keys.ts";
import { originText } from "./origin.ts";
import { loadConfig, readConfig } from "./read.ts";
import type { ConfigRequest, ReadConfig } from "./types.ts";

interface Given extends ConfigRequest {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

const HOME = { HOME: "/home/ada" };

async function read({ env = {}, files = {}, ...request }: Given): Promise<ReadConfig> {
  return await readConfig(fakeContext({ files: memoryFiles(files), env }), request);
}

/** `value <- origin` of one setting. */
function told({ settings }: ReadConfig, key: string): string {
  const { value, origin } = settings.find((setting) => setting.key === key)!;
  return `${value} <- ${originText(origin, "/w")}`;
}

function lines({ problems }: ReadConfig): readonly string[] {
  return problems.map(({ level, file, line, column, message, hint }) =>
    `${level} ${[file, line, column].filter((it) => it !== undefined).join(":")} ${message}; ${hint}`
  );
}

Deno.test("readConfig() gives every default without any source, and finds nothing wrong", async () => {
  const found = await read({});
  deepEqual(found.problems, []);
  deepEqual(found.settings.map(({ key }) => key), CONFIG_KEYS);
  equal(found.config.budget.steps, 10);
  equal(found.config.budget.max_usd, null);
  equal(found.config.store, "/w/.loom");
  equal(told(found, "code_model"), "claude-sonnet-4-5 <- default");
});

Deno.test("readConfig() takes the strongest source: option, environment, .env, project, user", async () => {
  const layers: readonly [Given, string][] = [
    [
      { files: { "/home/ada/.config/loom/config.toml": "[budget]\nsteps = 2\n" } },
      "2 <- /home/ada/.config/loom/config.toml:2:9",
    ],
    [{ files: { "/w/loom.yaml": "# mine\nbudget:\n  steps: 3\n" } }, "3 <- loom.yaml:3:10"],
    [{ files: { "/w/.env": "\nLOOM_BUDGET_STEPS=4\n" } }, "4 <- .env:2"],
    [{ env: { LOOM_BUDGET_STEPS: "5" } }, "5 <- environment LOOM_BUDGET_STEPS"],
    [{ flags: { "--steps": "6" } }, "6 <- flag --steps"],
  ];
  let all: Given = { env: HOME };
  equal(told(await read(all), "budget.steps"), "10 <- default");
  for (const [given, wanted] of layers) {
    all = {
      env: { ...all.env, ...given.env },
      files: { ...all.files, ...given.files },
      flags: { ...all.flags, ...given.flags },
    };
    equal(told(await read(all), "budget.steps"), wanted);
  }
});

Deno.test("readConfig() merges files by setting, and maps in them too", async () => {
  const files = {
    "/w/loom.yaml": "budget: {steps: 3}\n",
    "/home/ada/.config/loom/config.yaml": "budget:\n  steps: 9\n  num_drafts: 7\ntenant: acme\n",
  };
  const { config } = await read({ env: HOME, files });
  deepEqual([config.budget.steps, config.budget.num_drafts, config.tenant], [3, 7, "acme"]);
});

Deno.test("readConfig() takes empty variables as absent, so that .env and files count", async () => {
  const files = { "/w/.env": "LOOM_TENANT=\nLOOM_OWNED_BY=me\n", "/w/loom.yaml": "tenant: file\n" };
  const found = await read({ env: { LOOM_OWNED_BY: "", LOOM_TENANT: "" }, files });
  equal(told(found, "tenant"), "file <- loom.yaml:1:9");
  equal(told(found, "owned_by"), "me <- .env:2");
});

Deno.test("readConfig() reads the named file in the place of the project's and the user's", async () => {
  const files = {
    "/w/conf/x.toml": 'tenant = "named"\n',
    "/w/loom.yaml": "owned_by: project\n",
    "/home/ada/.config/loom/config.yaml": "owned_by: user\n",
  };
  const found = await read({ env: HOME, files, file: "conf/x.toml" });
  equal(told(found, "tenant"), "named <- conf/x.toml:1:10");
  equal(told(found, "owned_by"), "general <- default");
});

Deno.test("readConfig() finds the user's file by XDG_CONFIG_HOME, if that is absolute", async () => {
  const files = { "/xdg/loom/config.yaml": "tenant: xdg\n", "/home/ada/.config/loom/config.yaml": "tenant: home\n" };
  equal((await read({ env: { ...HOME, XDG_CONFIG_HOME: "/xdg" }, files })).config.tenant, "xdg");
  equal((await read({ env: { ...HOME, XDG_CONFIG_HOME: "xdg" }, files })).config.tenant, "home");
});

Deno.test("readConfig() tells every problem of every source at once, with its place and the nearest key", async () => {
  const yaml = "budget:\n  stepz: 3\n  debug_prob: 2\nsteps: 4\nanthropic_api_key: x\nbudget.steps: 1\nsandbox: on\n";
  const found = await read({
    files: { "/w/loom.yaml": yaml, "/w/.env": "LOOM_BUDGET_NUM_DRAFTS=many\n" },
    env: { LOOM_BUDGET_STEPS: "ten" },
    flags: { "--max-usd": "-1" },
  });
  deepEqual(lines(found), [
    'error  Cannot use --max-usd="-1": expected a number above 0; undefined',
    'error  Cannot use LOOM_BUDGET_STEPS="ten": expected a whole number of at least 1; undefined',
    'error /w/.env:1 Cannot use LOOM_BUDGET_NUM_DRAFTS="many": expected a whole number of at least 1; undefined',
    "error /w/loom.yaml:2:3 Unknown key 'budget.stepz'; did you mean 'budget.steps'?",
    "error /w/loom.yaml:3:15 Cannot use budget.debug_prob = 2: expected a number from 0 to 1; undefined",
    "error /w/loom.yaml:4:1 Unknown key 'steps'; did you mean 'budget.steps'?",
    "error /w/loom.yaml:5:1 Unknown key 'anthropic_api_key'; secrets are read from the environment only, such as ANTHROPIC_API_KEY",
    "error /w/loom.yaml:6:1 Unknown key 'budget.steps'; write steps in a map budget",
    "error /w/loom.yaml:7:10 Cannot use sandbox = true: expected a map of settings; undefined",
  ]);
  equal(found.config.budget.steps, 10);
});

Deno.test("readConfig() says how to write a number that was written as a text", async () => {
  const files = { "/w/loom.yaml": 'budget:\n  debug_prob: 1e-5\n  steps: "3"\ntenant: 3\n' };
  deepEqual((await read({ files })).problems.map(({ hint }) => hint), ["write 0.00001", "write 3", "put it in quotes"]);
});

Deno.test("readConfig() tells what is wrong with TOML where it is", async () => {
  const toml =
    'tenant = "a"\nbudget.stepz = 1\n[sandbox]\nwall = "soon"\n\n[sandbox.inner]\nx = 1\n[[plugins]]\na = 1\n';
  deepEqual(lines(await read({ files: { "/w/loom.toml": toml } })), [
    "error /w/loom.toml:2:1 Unknown key 'budget.stepz'; did you mean 'budget.steps'?",
    'error /w/loom.toml:4:8 Cannot use sandbox.wall = "soon": expected a length of time such as "90s", "10m" or 90 (seconds); undefined',
    "error /w/loom.toml:6:2 Unknown key 'sandbox.inner'; loom config show lists the keys there are",
    'error /w/loom.toml:8:3 Cannot use plugins = [{"a":1}]: expected a list of texts; undefined',
  ]);
});

Deno.test("readConfig() tells of a file that is no YAML, no TOML, no map, no text, or too long", async () => {
  const codes = async (name: string, text: string) =>
    (await read({ files: { [`/w/${name}`]: text } })).problems.map(({ code, line }) => [code, line]);
  deepEqual(await codes("loom.yaml", "a: [1\n"), [["yaml-syntax", 2]]);
  deepEqual(await codes("loom.toml", "a = \n"), [["toml-syntax", 1]]);
  deepEqual(await codes("loom.yaml", "- a\n"), [["config-invalid", 1]]);
  deepEqual(await codes("loom.yaml", "a: \0\n"), [["config-unreadable", undefined]]);
  deepEqual(await codes("loom.toml", "#".repeat(1 << 20) + "#"), [["config-unreadable", undefined]]);
});

Deno.test("readConfig() refuses two project files, and a named file that is missing or of no known language", async () => {
  const twice = await read({ files: { "/w/loom.yaml": "", "/w/loom.toml": "" } });
  deepEqual(twice.problems.map(({ code }) => code), ["config-twice"]);
  const missing = await read({ file: "no.yaml" });
  deepEqual(lines(missing), ["error /w/no.yaml There is no such file of settings; check what --config names"]);
  const odd = await read({ file: "x.ini", files: { "/w/x.ini": "a=1" } });
  deepEqual(odd.problems.map(({ code }) => code), ["config-unreadable"]);
});

Deno.test("loadConfig() throws everything that is an error, and lets warnings pass", async () => {
  const files = memoryFiles({ "/w/loom.yaml": "tenant: a\ntenant: b\n", "/w/bad.yaml": "x: 1\n" });
  equal((await loadConfig(fakeContext({ files, env: {} }))).config.tenant, "b");
  await rejects(loadConfig(fakeContext({ files, env: {} }), { file: "bad.yaml" }), (error: LoomError) => {
    equal(error.code, "config-invalid");
    deepEqual(error.problems.map(({ code, line }) => [code, line]), [["config-unknown-key", 1]]);
    return true;
  });
});

Deno.test("readConfig() makes paths absolute: the project's in its folder, others where loom was started", async () => {
  const files = {
    "/w/loom.yaml": "corpus_path: c.jsonl\npython: .venv/bin/python\n",
    "/w/sub/.env": "LOOM_LEARNINGS_PATH=l\n",
  };
  const context = { ...fakeContext({ files: memoryFiles(files), env: { LOOM_STORE: "s" } }), cwd: "/w/sub" };
  const { config } = await readConfig({ ...context, stores: { projectOf: () => "/w" } });
  equal(config.corpus_path, "/w/c.jsonl");
  equal(config.python, "/w/.venv/bin/python");
  equal(config.store, "/w/sub/s");
  equal(config.learnings_path, "/w/sub/l");
  equal(config.telemetry_path, "/w/telemetry/events.jsonl");
});

Deno.test("readConfig() leaves the name of a program to be found on PATH", async () => {
  equal((await read({ env: { LOOM_PYTHON: "python3.12" } })).config.python, "python3.12");
});

Deno.test("readConfig() points out what a project's files say about secrets and programs", async () => {
  const yaml = "model_base_url: https://a.example\nplugins: [./x.js]\ntenant: me\n";
  const found = await read({
    files: { "/w/loom.yaml": yaml, "/w/.env": "ANTHROPIC_BASE_URL=https://b.example\nLOOM_PYTHON=./py\n" },
  });
  deepEqual(found.settings.filter((it) => it.untrusted).map(({ key }) => key), ["model_base_url", "python", "plugins"]);
  deepEqual(found.variables.filter((it) => it.untrusted).map(({ name }) => name), ["ANTHROPIC_BASE_URL"]);
  deepEqual(found.problems.map(({ level, code, line }) => [level, code, line]), [
    ["warning", "config-untrusted", 1],
    ["warning", "config-untrusted", 1],
    ["warning", "config-untrusted", 2],
    ["warning", "config-untrusted", 2],
  ]);
  const trusted = await read({ file: "m.yaml", files: { "/w/m.yaml": yaml }, env: { LOOM_PYTHON: "/py" } });
  deepEqual(trusted.problems, []);
});

Deno.test("readConfig() takes nothing from .env that decides which programs run", async () => {
  const names = [
    "LD_PRELOAD",
    "PATH",
    "NODE_OPTIONS",
    "DENO_DIR",
    "PYTHONPATH",
    "GIT_SSH",
    "LOOM_HOME",
    "XDG_CONFIG_HOME",
  ];
  const files = { "/w/.env": names.map((name) => `${name}=/evil\n`).join("") };
  const { environment, problems } = await read({ files });
  deepEqual(environment.names(), []);
  deepEqual(problems.map(({ code, line }) => [code, line]), names.map((_, at) => ["env-file-refused", at + 1]));
});

Deno.test("readConfig() warns of variables that are nearly loom's, and of switches that say nothing", async () => {
  const env = { LOOM_BUDGET_STEP: "3", LOOM_TELEMETRY: "maybe", LOOM_OTHER_PROGRAM_X: "1", LOOM_DEBUG: "1" };
  deepEqual(lines(await read({ env })), [
    "warning  The variable LOOM_BUDGET_STEP means nothing to loom; did you mean LOOM_BUDGET_STEPS?",
    "warning  LOOM_TELEMETRY says neither yes nor no, which counts as no; use 1, true, yes or on",
  ]);
});

Deno.test("readConfig() knows of secrets only whether they are set", async () => {
  const found = await read({ env: { OPENAI_API_KEY: "canary-1" }, files: { "/w/.env": "NVIDIA_API_KEY=canary-2\n" } });
  const { environment: _environment, ...rest } = found;
  equal(JSON.stringify(rest).includes("canary"), false);
  deepEqual(found.variables.filter(({ secret, set }) => secret && set).map(({ name }) => name), [
    "OPENAI_API_KEY",
    "NVIDIA_API_KEY",
  ]);
});

Deno.test("readConfig() warns of passwords in files, without showing them", async () => {
  const { problems } = await read({
    file: "x.yaml",
    files: { "/w/x.yaml": "model_base_url: https://ada:hunter2@a.example\n" },
  });
  deepEqual(problems.map(({ level, code, line, column }) => [level, code, line, column]), [[
    "warning",
    "config-secret",
    1,
    17,
  ]]);
  equal(JSON.stringify(problems).includes("hunter2"), false);
});

Deno.test("readConfig() takes null in a file as none, where there may be none", async () => {
  const files = {
    "/w/loom.yaml": "budget:\n  max_usd:\n  steps: ~\n",
    "/home/ada/.config/loom/config.yaml": "budget: {max_usd: 5}\n",
  };
  const found = await read({ env: HOME, files });
  equal(found.config.budget.max_usd, null);
  deepEqual(lines(found), [
    "error /w/loom.yaml:3:10 Cannot use budget.steps = nothing: expected a whole number of at least 1; undefined",
  ]);
});

Deno.test("readConfig() reads any file of settings without throwing, and leaves prototypes alone", async () => {
  const odd = [
    "__proto__: {x: 1}\n",
    "constructor: 1\n",
    "budget: {__proto__: 1}\n",
    "? [a]\n: 1\n",
    "<<: {tenant: t}\n",
    "tenant: !!binary aGk=\n",
  ];
  for (const text of odd) await read({ files: { "/w/loom.yaml": text } });
  await read({ files: { "/w/loom.toml": "__proto__.x = 1\n[constructor]\na=1\n" } });
  equal(({} as Record<string, unknown>).x, undefined);
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.constantFrom("yaml", "toml"),
      async (text, end) => {
        ok((await read({ files: { [`/w/loom.${end}`]: text } })).settings.length > 0);
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("every setting has a brief, and no two share a variable or an option", () => {
  const all = CONFIG_KEYS.map(keyInfo);
  for (const { brief } of all) ok(/^[A-Z].*[^.]$/.test(brief), brief);
  for (const names of [all.map(({ env }) => env), all.map(({ flag }) => flag)]) {
    const given = names.filter((name) => name !== undefined);
    equal(new Set(given).size, given.length);
  }
});
