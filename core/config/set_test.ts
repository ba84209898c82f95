import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { fakeContext } from "../../tests/support/fake_context.ts";
import { type MemoryFiles, memoryFiles } from "../../tests/support/memory_files.ts";
import { CONFIG_KEYS, type ConfigKey } from "./keys.ts";
import { readConfig } from "./read.ts";
import { setConfig } from "./set.ts";

const ENV = { HOME: "/home/ada" };

function set(files: MemoryFiles, key: string, words: string, user = false) {
  return setConfig({ key, words, user }, fakeContext({ files, env: ENV }));
}

/** What a file holds after one setting was written into it. */
async function after(name: string, text: string, key: string, words: string): Promise<string> {
  const files = memoryFiles({ [`/w/${name}`]: text });
  await set(files, key, words);
  return files.readText(`/w/${name}`)!;
}

/** The code of what it is refused with; the file is untouched. */
async function refusal(name: string, text: string, key: string, words: string): Promise<string> {
  const files = memoryFiles({ [`/w/${name}`]: text });
  let code = "none";
  await rejects(set(files, key, words), (error: { code: string }) => (code = error.code, true));
  equal(files.readText(`/w/${name}`), text);
  return code;
}

Deno.test("setConfig() makes loom.yaml, or the user's own file", async () => {
  const files = memoryFiles();
  deepEqual(await set(files, "budget.steps", "20"), {
    key: "budget.steps",
    value: 20,
    file: "/w/loom.yaml",
    created: true,
  });
  equal(files.readText("/w/loom.yaml"), "budget:\n  steps: 20\n");
  equal((await set(files, "tenant", "acme", true)).file, "/home/ada/.config/loom/config.yaml");
  equal(files.readText("/home/ada/.config/loom/config.yaml"), "tenant: acme\n");
});

Deno.test("setConfig() writes into the TOML file that is there", async () => {
  const files = memoryFiles({ "/home/ada/.config/loom/config.toml": "" });
  await set(files, "sandbox.wall", "10m", true);
  equal(files.readText("/home/ada/.config/loom/config.toml"), '[sandbox]\nwall = "10m"\n');
});

Deno.test("setConfig() changes nothing but the value in YAML", async () => {
  const yaml = (text: string, key: string, words: string) => after("loom.yaml", text, key, words);
  equal(
    await yaml("# top\nbudget: # b\n  steps: 7   # seven\n  num_drafts: 2\ntenant: 'a' # t\n", "budget.steps", "8"),
    "# top\nbudget: # b\n  steps: 8   # seven\n  num_drafts: 2\ntenant: 'a' # t\n",
  );
  equal(
    await yaml("tenant: 'a''b' # t\r\nowned_by: x\r\n", "tenant", "new one"),
    "tenant: new one # t\r\nowned_by: x\r\n",
  );
  equal(await yaml('\ufefftenant: "a"\n', "tenant", "b"), "\ufefftenant: b\n");
  equal(await yaml("tenant:\n  a long\n  text\nowned_by: x\n", "tenant", "b"), "tenant:\n  b\nowned_by: x\n");
  equal(
    await yaml("metaflow_profile: # none yet\ntenant: a\n", "metaflow_profile", "x"),
    "metaflow_profile: x # none yet\ntenant: a\n",
  );
  equal(await yaml('plugins: [a, "b c"] # two\n', "plugins", "./z.js"), "plugins: [./z.js] # two\n");
});

Deno.test("setConfig() adds to YAML where it belongs", async () => {
  const yaml = (text: string, key: string, words: string) => after("loom.yaml", text, key, words);
  equal(await yaml("tenant: a", "owned_by", "b"), "tenant: a\nowned_by: b\n");
  equal(await yaml("# only a comment\n", "owned_by", "b"), "# only a comment\nowned_by: b\n");
  equal(
    await yaml("a: &x 1\r\n".replace("a: &x 1", "tenant: t"), "budget.steps", "3"),
    "tenant: t\r\nbudget:\r\n  steps: 3\r\n",
  );
  equal(
    await yaml("budget:\n    # first\n    steps: 7\ntenant: a\n", "budget.num_drafts", "2"),
    "budget:\n    # first\n    num_drafts: 2\n    steps: 7\ntenant: a\n",
  );
  equal(await yaml("budget: {steps: 7}\n", "budget.num_drafts", "2"), "budget: {num_drafts: 2, steps: 7}\n");
  equal(await yaml("budget: {}\n", "budget.steps", "2"), "budget: {steps: 2}\n");
  equal(await yaml("budget: # later\ntenant: a\n", "budget.steps", "2"), "budget: # later\n  steps: 2\ntenant: a\n");
  equal(await yaml("  tenant: a\n", "budget.steps", "2"), "  tenant: a\n  budget:\n    steps: 2\n");
});

Deno.test("setConfig() quotes texts that YAML would read as something else", async () => {
  const yaml = (words: string) => after("loom.yaml", "tenant: a\n", "tenant", words);
  equal(await yaml("on"), 'tenant: "on"\n');
  equal(await yaml("12"), 'tenant: "12"\n');
  equal(await yaml("a: b"), 'tenant: "a: b"\n');
  equal(await yaml("a #b"), 'tenant: "a #b"\n');
  equal(await yaml('say "hi"'), 'tenant: "say \\"hi\\""\n');
  equal(await yaml("https"), "tenant: https\n");
});

Deno.test("setConfig() changes nothing but the value in TOML, and adds where it belongs", async () => {
  const toml = (text: string, key: string, words: string) => after("loom.toml", text, key, words);
  equal(
    await toml("# top\ntenant = 'a' # t\n\n[budget] # b\nsteps = 7 # seven\n", "budget.steps", "8"),
    "# top\ntenant = 'a' # t\n\n[budget] # b\nsteps = 8 # seven\n",
  );
  equal(await toml('tenant = """\na]b\n""" # t\n', "tenant", "x"), 'tenant = "x" # t\n');
  equal(await toml('plugins = [\n  "a", # one\n  "]",\n]\n', "plugins", "b"), 'plugins = ["b"]\n');
  equal(await toml("[budget]\nsteps = 7", "budget.num_drafts", "2"), "[budget]\nnum_drafts = 2\nsteps = 7");
  equal(await toml("[budget]", "budget.num_drafts", "2"), "[budget]\nnum_drafts = 2\n");
  equal(await toml("budget.steps = 7\n", "budget.num_drafts", "2"), "budget.num_drafts = 2\nbudget.steps = 7\n");
  equal(
    await toml("# top\n\n# of the budget\n[budget]\nsteps = 7\n", "tenant", "a"),
    '# top\n\ntenant = "a"\n# of the budget\n[budget]\nsteps = 7\n',
  );
  equal(
    await toml("owned_by = 'x'\n\n[budget]\nsteps = 7\n", "tenant", "a"),
    `owned_by = 'x'\ntenant = "a"\n\n[budget]\nsteps = 7\n`,
  );
  equal(
    await toml("[budget]\r\nsteps = 7\r\n", "sandbox.memory", "2GiB"),
    '[budget]\r\nsteps = 7\r\n[sandbox]\r\nmemory = "2GiB"\r\n',
  );
});

Deno.test("setConfig() leaves alone what is written in a way of its own", async () => {
  deepEqual(
    [
      await refusal("loom.yaml", "plugins:\n  - a\n  - b\n", "plugins", "c"),
      await refusal("loom.yaml", "tenant: |\n  a\n", "tenant", "c"),
      await refusal("loom.yaml", "tenant: &t a\nowned_by: *t\n", "tenant", "c"),
      await refusal("loom.yaml", "tenant: &t a\nowned_by: *t\n", "owned_by", "c"),
      await refusal("loom.yaml", "{tenant: a}\n", "owned_by", "c"),
      await refusal("loom.yaml", "tenant: a\n...\n", "owned_by", "c"),
      await refusal("loom.toml", "budget = { steps = 3 }\n", "budget.num_drafts", "2"),
    ],
    Array(7).fill("config-edit"),
  );
});

Deno.test("setConfig() refuses a file with faults, unless it mends them", async () => {
  equal(await refusal("loom.yaml", "budgets: 3\n", "tenant", "a"), "config-invalid");
  equal(await refusal("loom.yaml", "a: [\n", "tenant", "a"), "config-invalid");
  equal(await refusal("loom.toml", "a = \n", "tenant", "a"), "config-invalid");
  equal(await after("loom.yaml", "budget:\n  steps: ten\n", "budget.steps", "10"), "budget:\n  steps: 10\n");
});

Deno.test("setConfig() refuses unknown keys, secrets, and values that do not fit", async () => {
  for (
    const [key, words] of [["budget.stepz", "1"], ["anthropic_api_key", "x"], ["budget.steps", "ten"], [
      "plugins",
      " , ",
    ]]
  ) {
    equal(await refusal("loom.yaml", "tenant: a\n", key, words), "usage");
  }
});

Deno.test("setConfig() writes no secret into a file", async () => {
  const files = memoryFiles({ "/w/loom.yaml": "tenant: a\n" });
  const outside = fakeContext({ files, env: { ...ENV, MY_TOKEN: "canary-1234" } });
  const secrets = [["tenant", "canary-1234"], ["model_base_url", "https://ada:pw@a.example"], [
    "plugins",
    "https://x?token=1",
  ]];
  for (const [key, words] of secrets) await rejects(setConfig({ key, words, user: false }, outside), { code: "usage" });
  equal(files.readText("/w/loom.yaml"), "tenant: a\n");
});

Deno.test("setConfig() changes no file behind a link of the project, and does not choose between two", async () => {
  const linked = memoryFiles({ "/etc/other.yaml": "tenant: a\n" });
  linked.link("/w/loom.yaml", "/etc/other.yaml");
  await rejects(set(linked, "tenant", "b"), { code: "config-edit" });
  const twice = memoryFiles({ "/w/loom.yaml": "", "/w/loom.toml": "" });
  await rejects(set(twice, "tenant", "b"), { code: "config-invalid" });
});

Deno.test("setConfig() writes what readConfig() reads, whatever was written before", async () => {
  const words: Partial<Record<ConfigKey, fc.Arbitrary<string>>> = {
    "tenant": fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).filter((it) =>
      it.trim() !== "" && it.isWellFormed() && !it.includes("\0")
    ),
    "budget.steps": fc.integer({ min: 1 }).map(String),
    "budget.debug_prob": fc.constantFrom("0", "0.25", "1", "1e-7"),
    "sandbox.wall": fc.constantFrom("10m", "90", "1.5h"),
    "sandbox.memory": fc.constantFrom("2GiB", "1048576"),
    "model_base_url": fc.webUrl(),
    "plugins": fc.array(fc.stringMatching(/^[a-z:@ ./"'#-]{1,9}$/).filter((it) => it.trim() !== ""), { minLength: 1 })
      .map((it) => it.join(",")),
  };
  const keys = Object.keys(words) as ConfigKey[];
  const sets = fc.array(fc.constantFrom(...keys).chain((key) => fc.tuple(fc.constant(key), words[key]!)), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("loom.yaml", "loom.toml"), sets, async (name, all) => {
      const files = memoryFiles({ [`/w/${name}`]: "# kept\n" });
      for (const [key, text] of all) await set(files, key, text);
      const outside = fakeContext({ files, env: {} });
      const fromFile = await readConfig(outside);
      const flagged = await readConfig(fakeContext({ files: memoryFiles(), env: envOf(all) }));
      for (const key of keys.filter((key) => key !== "plugins")) {
        deepEqual(value(fromFile, key), value(flagged, key), `${key} in ${files.readText(`/w/${name}`)}`);
      }
      ok(files.readText(`/w/${name}`)!.includes("# kept\n"));
    }),
    { numRuns: 150 },
  );
});

function envOf(all: readonly (readonly [ConfigKey, string])[]): Record<string, string> {
  const names: Partial<Record<ConfigKey, string>> = {
    "tenant": "LOOM_TENANT",
    "budget.steps": "LOOM_BUDGET_STEPS",
    "budget.debug_prob": "LOOM_BUDGET_DEBUG_PROB",
    "sandbox.wall": "LOOM_SANDBOX_WALL",
    "sandbox.memory": "LOOM_SANDBOX_MEMORY",
    "model_base_url": "LOOM_MODEL_BASE_URL",
  };
  return Object.fromEntries(all.flatMap(([key, text]) => names[key] === undefined ? [] : [[names[key], text]]));
}

function value(read: Awaited<ReturnType<typeof readConfig>>, key: ConfigKey): unknown {
  return read.settings.find((setting) => setting.key === key)!.value;
}

Deno.test("setConfig() can write every setting", async () => {
  const samples = (key: ConfigKey) => (/url|api_base/.test(key) ? "https://a.example" : /prob/.test(key) ? "0.5" : "7");
  for (const name of ["loom.yaml", "loom.toml"]) {
    const files = memoryFiles({ [`/w/${name}`]: "" });
    for (const key of CONFIG_KEYS) await set(files, key, samples(key));
    const { settings } = await readConfig(fakeContext({ files, env: {} }));
    deepEqual(settings.filter(({ origin }) => origin.kind !== "file").map(({ key }) => key), []);
  }
});
