import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { dirname } from "node:path";
import { type VerbName, VERBS } from "../../ui/cli/words/verbs.ts";
import { eachProject } from "../support/cli.ts";

/** Secrets by their names, and one that is named as such by the pipeline. */
const CANARIES = {
  ACME_API_KEY: "canary-key-0001+/=",
  DATABASE_PASSWORD: "canary-password-0002 with 'quotes'",
  SERVICE_TOKEN: "canary-token-0003",
  ANTHROPIC_API_KEY: "sk-ant-canary-0004",
  PLAIN: "canary-plain-0005",
} as const;

const SHELL = JSON.stringify({ command: "env; cat /proc/self/environ" });
const READ = JSON.stringify({ path: "p.yml" });
const WRITE = JSON.stringify({ path: "made.txt", content: "made" });

/** Every verb with words that make it do something; `ID` stands for a run. One that is new does not compile without. */
const WORDS: Readonly<Record<VerbName, readonly string[]>> = {
  "run": ["p.yml --sweep lr=1,2", "p.yml --json --force", "p.yml --dry-run", "absent.yml", "broken.yml"],
  "status": ["p.yml", "p.yml --json"],
  "explain": ["p.yml say --json"],
  "log": ["ID", "ID say --json"],
  "diff": ["ID ID --all", "ID ID --json"],
  "rerun": ["ID"],
  "table": ["", "ID --json"],
  "best": ["ID"],
  "plot": ["ID --x lr --y n"],
  "report": ["ID --out -", "ID"],
  "check": ["p.yml --strict", "broken.yml --json"],
  "graph": ["p.yml --format json", "p.yml --format mermaid"],
  "set": ["p.yml parameters.lr 3"],
  "rename": ["p.yml parameters.lr rate --dry-run"],
  "rm": ["p.yml steps.held --dry-run"],
  "add step": ["p.yml more --task say.py --json"],
  "init": ["--dry-run"],
  "ui": ["absent.yml"],
  "runs": ["--json"],
  "show": ["ID", "ID --json"],
  "resume": ["ID"],
  "export": ["ID --json", "ID --jsonl"],
  "fork": ["ID --at 1"],
  "answer": ["ID a=1"],
  "cancel": ["ID"],
  "prune": ["--max-age 30d"],
  "import": ["p.yml"],
  "prices": ["--json"],
  "plugin add": ["./none"],
  "plugin list": ["--json"],
  "plugin info": ["none"],
  "plugin remove": ["none"],
  "plugin update": [""],
  "plugin verify": [""],
  "plugin test": ["./none"],
  "plugin new": ["greet"],
  "tool list": ["--json"],
  "tool info": ["shell"],
  "tool run": [
    `shell --yes --json ${SHELL}`,
    `read_file --json ${READ}`,
    `write_file --yes --json ${WRITE}`,
    `list_directory --json {"path":"none"}`,
  ],
  "undo": ["--dry-run", ""],
  "audit": ["--json"],
  "audit verify": [""],
  "config show": ["--json"],
  "config check": [""],
  "config set": ["tenant canary"],
  "config path": [""],
  "config schema": [""],
  "doctor": ["--json"],
  "completions": ["bash"],
  "schema": ["events"],
  "help": ["run"],
};

const FILES = {
  "say.py": `import json, os, sys
for name, value in os.environ.items():
    print(name, value)
    print(value, file=sys.stderr)
json.dump({"n": 1}, open(sys.argv[-1], "w"))
`,
  "p.yml": `parameters: {lr: 1}
metrics: [out/n.json]
pipeline:
  - {name: say, task: say.py, args: {--lr: $lr}, outputs: {--out: out/n.json}, secrets: [PLAIN]}
  - {name: held, task: say.py, outputs: {--out: out/held.json}, sandbox: true, secrets: [PLAIN]}
`,
  "broken.yml": "pipeline:\n  - {name: a, task: '${ACME_API_KEY}', args: {--x: $lr}}\n",
};

eachProject("no verb lets a byte of a secret out, and none leaves one behind", FILES, async (project) => {
  const run = (words: readonly string[]) => project.run(words, { env: CANARIES, stdin: "n\n" });
  // Its run is what the other verbs look at.
  await run(["p.yml"]);
  const { runs: [{ id }] } = JSON.parse((await run(["runs", "--json"])).stdout);
  for (const [verb, scenes] of Object.entries(WORDS)) {
    for (const scene of scenes) {
      const words = [...(verb === "run" ? [] : verb.split(" ")), ...wordsOf(scene.replaceAll("ID", id))];
      const { stdout, stderr, code } = await run(words);
      ok(code !== null && stdout + stderr !== "", `${words}`);
      deepEqual(canariesIn(stdout + stderr), [], `${words} printed it`);
    }
  }
  equal(Object.keys(WORDS).length, Object.keys(VERBS).length);
  for (const path of filesBelow(dirname(project.folder))) {
    deepEqual(canariesIn(Deno.readTextFileSync(path)), [], `${path} holds it`);
  }
});

/** Splits at blanks; what `--json` is given stays one word. */
function wordsOf(scene: string): readonly string[] {
  const [plain, json] = scene.split(/(?<=--json )(?=\{)/);
  return [...plain.split(" ").filter((word) => word !== ""), ...(json === undefined ? [] : [json])];
}

function canariesIn(text: string): readonly string[] {
  return Object.entries(CANARIES).flatMap(([name, value]) => text.includes(value) ? [name] : []);
}

function filesBelow(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory, isFile }) =>
    isDirectory ? filesBelow(`${folder}/${name}`) : isFile ? [`${folder}/${name}`] : []
  );
}
