import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { dirname, join } from "node:path";
import { eachProject, type Project } from "../support/cli.ts";

/** Secrets in every variable that holds one, in one that only looks like it, and in an address. */
const CANARIES = {
  ANTHROPIC_API_KEY: "sk-ant-canary+/=0001",
  OPENAI_API_KEY: "sk-canary-öpen-0002",
  OPENROUTER_API_KEY: "or-canary-0003",
  NVIDIA_API_KEY: "nv-canary-0004",
  LOOM_API_KEY: "loom-canary-0005",
  LOOM_API_KEYS: "caller-canary-0006,caller-canary-0007",
  LOOM_COLLAB_WEBHOOK: "https://hooks.example/canary-0008",
  SOME_SERVICE_TOKEN: "token-canary-0009",
  LOOM_MODEL_BASE_URL: "https://ada:pw-canary-0010@models.example/v1?key=query-canary-0011",
} as const;

const SECRETS = [...Object.values(CANARIES).flatMap((it) => it.split(",")), "pw-canary-0010", "env-file-canary-0012"];

async function document(project: Project, args: readonly string[], options = {}) {
  const { stdout } = await project.run(args, options);
  return JSON.parse(stdout);
}

eachProject("config show prints each setting with where it comes from", {
  "loom.yaml": "budget:\n  steps: 7\ncorpus_path: data/c.jsonl\n",
  ".env": "# variables\nLOOM_TENANT='acme'\nNVIDIA_API_KEY=secret-value\n",
}, async (project) => {
  const env = { LOOM_BUDGET_NUM_DRAFTS: "5" };
  const shown = await project.run(["config", "show", "--origin"], { env });
  equal(shown.code, 0);
  match(shown.stdout, /^budget\.steps +7 +loom\.yaml:2:10$/m);
  match(shown.stdout, /^budget\.num_drafts +5 +environment LOOM_BUDGET_NUM_DRAFTS$/m);
  match(shown.stdout, /^tenant +acme +\.env:2$/m);
  match(shown.stdout, /^corpus_path +data\/c\.jsonl +loom\.yaml:3:14$/m);
  match(shown.stdout, /^code_model +claude-sonnet-4-5 +default$/m);
  match(shown.stdout, /^NVIDIA_API_KEY +set +\.env:3$/m);
  match(shown.stdout, /^OPENAI_API_KEY +unset$/m);
  const { settings } = await document(project, ["config", "show", "--json"], { env });
  const steps = settings.find((it: { key: string }) => it.key === "budget.steps");
  deepEqual([steps.value, steps.origin.text], [7, "loom.yaml:2:10"]);
});

eachProject("config show says visibly when models go through another machine's gateway", {}, async (project) => {
  const shown = await project.run(["config", "show", "--origin"], {
    env: { LOOM_API_BASE: "https://loom.example", LOOM_FEEDBACK_PROVIDER: "anthropic-api" },
  });
  match(shown.stdout, /^code_provider +loom-proxy +hosted gateway$/m);
  match(shown.stdout, /^feedback_provider +anthropic-api +environment LOOM_FEEDBACK_PROVIDER$/m);
  match(shown.stderr, /^hint: The code model goes through the gateway https:\/\/loom\.example, .*it logs prompts/);
});

eachProject("settings that cannot be used are told all at once, with exit code 2", {
  "loom.yaml": "buget:\n  steps: 3\nbudget:\n  debug_prob: 3\n",
}, async (project) => {
  const env = { LOOM_BUDGET_STEPS: "ten" };
  const shown = await project.run(["config", "show"], { env });
  equal(shown.code, 2);
  equal(shown.stdout, "");
  equal(
    shown.stderr,
    'error: Cannot use LOOM_BUDGET_STEPS="ten": expected a whole number of at least 1\n' +
      "error: loom.yaml:1:1: Unknown key 'buget'; did you mean 'budget'?\n" +
      "error: loom.yaml:4:15: Cannot use budget.debug_prob = 3: expected a number from 0 to 1\n",
  );
  const missing = await project.run(["config", "show", "--config", "none.yaml", "--json"]);
  equal(missing.code, 2);
  equal(JSON.parse(missing.stdout).code, "config-invalid");
});

eachProject("config check: 1 for a file, 2 for a variable, 0 for warnings", {
  "bad.toml": "[budget]\nstepz = 1\n",
  "good.yaml": "tenant: a\n",
}, async (project) => {
  const bad = await project.run(["config", "check", "bad.toml"]);
  deepEqual([bad.code, bad.stderr], [
    1,
    "error: bad.toml:2:1: Unknown key 'budget.stepz'; did you mean 'budget.steps'?\n",
  ]);
  equal((await project.run(["config", "check", "none.yaml"])).code, 1);
  equal((await project.run(["config", "check"], { env: { LOOM_BUDGET_STEPS: "ten" } })).code, 2);
  const warned = await project.run(["config", "check"], { env: { LOOM_BUDGET_STEP: "1" } });
  equal(warned.code, 0);
  match(warned.stderr, /did you mean LOOM_BUDGET_STEPS\?/);
  const { ok: isGood, files, problems } = await document(project, ["config", "check", "good.yaml", "--json"]);
  deepEqual([isGood, files, problems], [true, [project.path("good.yaml")], []]);
});

eachProject("config set writes one setting, keeps the rest, and says what hides it", {
  "loom.yaml": "# mine\nbudget:\n  steps: 7 # a week\n",
}, async (project) => {
  const set = await project.run(["config", "set", "budget.steps", "20"], { env: { LOOM_BUDGET_STEPS: "3" } });
  deepEqual([set.code, set.stdout], [0, "Set budget.steps = 20 in loom.yaml.\n"]);
  match(set.stderr, /LOOM_BUDGET_STEPS sets budget\.steps too/);
  equal(await project.read("loom.yaml"), "# mine\nbudget:\n  steps: 20 # a week\n");
  for (const [key, value] of [["budget.stepz", "1"], ["openai_api_key", "x"], ["budget.steps", "-1"]]) {
    equal((await project.run(["config", "set", key, "--", value])).code, 2, key);
  }
  equal(await project.read("loom.yaml"), "# mine\nbudget:\n  steps: 20 # a week\n");
  const unused = await project.run(["config", "set", "tenant", "acme", "--user"]);
  deepEqual([unused.code, /hint: .*No verb of this release reads tenant/.test(unused.stderr)], [0, true]);
  match(
    (await project.run(["config", "check"])).stderr,
    /loom\.yaml:3:10: No verb of this release reads budget\.steps/,
  );
  equal(Deno.readTextFileSync(join(dirname(project.folder), ".config/loom/config.yaml")), "tenant: acme\n");
  match(
    (await project.run(["config", "show", "--origin"])).stdout,
    /^tenant +acme +\/.*\/\.config\/loom\/config\.yaml:1:9$/m,
  );
});

eachProject("config path and config schema say where and what", { "loom.toml": "" }, async (project) => {
  const paths = await project.run(["config", "path"]);
  match(paths.stdout, /\/p\/loom\.toml +project +read$/m);
  match(paths.stdout, /\/p\/\.env +variables +not there$/m);
  const schema = await document(project, ["config", "schema"]);
  equal(schema.properties.budget.anyOf[0].properties.steps.minimum, 1);
});

eachProject("what a project's files say of secrets and programs is pointed out", {
  "loom.yaml": "loom_api_base: https://elsewhere.example\nplugins: [./x.js]\n",
}, async (project) => {
  const shown = await project.run(["config", "show"]);
  match(shown.stdout, /^loom_api_base +https:\/\/elsewhere\.example +from the project's files$/m);
  match(shown.stdout, /^code_provider +anthropic-api$/m);
  match(shown.stderr, /^warning: loom\.yaml:1:16: loom_api_base .* comes with the project's files/m);
});

eachProject("no secret of the environment appears in any byte that is written", {
  "loom.yaml": "stepz: 1\n",
  ".env": "SOME_PASSWORD=env-file-canary-0012\nbroken env-file-canary-0012\n",
}, async (project) => {
  const env = { ...CANARIES, LOOM_BUDGET_STEPS: CANARIES.OPENAI_API_KEY };
  const all = [
    ["config", "show"],
    ["config", "show", "--json"],
    ["config", "show", "--origin", "--config", "empty.yaml"],
    ["config", "check"],
    ["config", "check", "--json"],
    ["config", "path", "--json"],
    ["config", "set", "budget.steps", CANARIES.ANTHROPIC_API_KEY],
    ["config", "set", CANARIES.OPENROUTER_API_KEY, "1"],
    ["config", "show", CANARIES.LOOM_API_KEY],
    ["doctor"],
    ["doctor", "--json"],
  ];
  await project.write({ "empty.yaml": "" });
  for (const variables of [env, { ...CANARIES }]) {
    for (const args of all) {
      const { stdout, stderr } = await project.run(args, { env: variables });
      ok(stdout + stderr !== "", args.join(" "));
      for (const form of SECRETS.flatMap(forms)) equal((stdout + stderr).includes(form), false, `${args}: ${form}`);
    }
  }
  for (const path of written(dirname(project.folder))) {
    if (path.endsWith("/p/.env")) continue;
    const text = Deno.readTextFileSync(path);
    for (const form of SECRETS.flatMap(forms)) equal(text.includes(form), false, `${path}: ${form}`);
  }
});

/** A secret as it is, as addresses write it, and inside a longer base64. */
function forms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const base64 = btoa(String.fromCharCode(...bytes)).slice(0, Math.floor(bytes.length * 8 / 6));
  return [secret, encodeURIComponent(secret), base64];
}

function written(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory ? written(path) : [path];
  });
}

eachProject("the Python that the settings name runs the scripts; --python and the pipeline's own are stronger", {
  "loom.yaml": "python: bin/mine\n",
  "bin/mine": `#!/bin/sh\necho "mine: $1"\n`,
  "p.yml": "pipeline: [{name: a, task: tasks/record.py}]\n",
  "own.yml": "execution: {python: python3}\npipeline: [{name: a, task: tasks/record.py}]\n",
}, async (project) => {
  await Deno.chmod(project.path("bin/mine"), 0o755);
  (await project.run(["p.yml"])).expect({ out: [`mine: ${project.path("tasks/record.py")}`] });
  await project.run(["own.yml"]);
  await project.run(["p.yml", "--python", "python3"]);
  equal((await project.received()).length, 2);
  await project.write({ "loom.yaml": "pythn: x\n" });
  const refused = await project.run(["p.yml"]);
  deepEqual([refused.code, refused.stderr], [2, "error: loom.yaml:1:1: Unknown key 'pythn'; did you mean 'python'?\n"]);
});
