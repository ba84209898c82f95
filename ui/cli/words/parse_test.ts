import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Command } from "./command.ts";
import { parseArgv } from "./parse.ts";

async function told(...argv: string[]): Promise<unknown> {
  return stripped(await parseArgv(argv));
}

// Options that were not given are there as `undefined`.
function stripped(command: Command): unknown {
  return JSON.parse(JSON.stringify(command));
}

Deno.test("parseArgv() runs a file without a verb", async () => {
  deepEqual(await told("p.yml", "--step", "a", "b"), { verb: "run", file: "p.yml", flags: { step: ["a", "b"] } });
  deepEqual(await told("--dry-run", "p.yaml"), { verb: "run", file: "p.yaml", flags: { dryRun: true } });
  deepEqual(await told("run", "p.yml", "-y"), { verb: "run", file: "p.yml", flags: { yes: true } });
});

Deno.test("parseArgv() reads the options of each verb", async () => {
  deepEqual(await told("status", "p.yml", "--check", "--json"), {
    verb: "status",
    file: "p.yml",
    flags: { check: true, json: true },
  });
  deepEqual(await told("explain", "p.yml", "train", "--set", "lr=1"), {
    verb: "explain",
    file: "p.yml",
    step: "train",
    flags: { set: ["lr=1"] },
  });
  deepEqual(await told("completions", "zsh"), { verb: "completions", shell: "zsh" });
  deepEqual(await told("schema"), { verb: "schema" });
});

Deno.test("parseArgv() reads numbers and refuses what is none", async () => {
  deepEqual(await told("p.yml", "--max-workers", "4"), { verb: "run", file: "p.yml", flags: { maxWorkers: 4 } });
  for (const wrong of ["-1", "2.5", "many", ""]) {
    const command = await parseArgv(["p.yml", `--max-workers=${wrong}`]);
    deepEqual(command, {
      verb: "usage",
      of: "run",
      problems: [`Option --max-workers cannot be '${wrong}': expected a whole number, 0 or more`],
    });
  }
});

Deno.test("parseArgv() keeps an empty value", async () => {
  deepEqual(await told("p.yml", "--set", "tag=", "--extra="), {
    verb: "run",
    file: "p.yml",
    flags: { set: ["tag="], extra: "" },
  });
});

Deno.test("parseArgv() gives help to whoever asks, however wrong the rest is", async () => {
  deepEqual(await told("p.yml", "--help"), { verb: "help", topic: "run" });
  deepEqual(await told("status", "-h", "--wrong"), { verb: "help", topic: "status" });
  deepEqual(await told("--help"), { verb: "help" });
  deepEqual(await told(), { verb: "help" });
  deepEqual(await told("help", "run"), { verb: "help", topic: "run" });
});

Deno.test("parseArgv() does not take the value of an option for a wish for help", async () => {
  equal((await parseArgv(["p.yml", "--step", "a", "--extra", "--help"])).verb, "run");
});

Deno.test("parseArgv() says what is missing or too much", async () => {
  deepEqual(await told("run"), { verb: "usage", of: "run", problems: ["FILE is missing"] });
  deepEqual(await told("p.yml", "q.yml"), { verb: "usage", of: "run", problems: ["Unexpected word 'q.yml'"] });
  deepEqual(await told("explain", "p.yml"), { verb: "usage", of: "explain", problems: ["STEP is missing"] });
});

Deno.test("parseArgv() guesses a mistyped verb", async () => {
  deepEqual(await told("statsu", "p.yml"), {
    verb: "usage",
    problems: ["Unknown command 'statsu'; did you mean 'status'?"],
  });
  deepEqual(await told("frobnicate"), {
    verb: "usage",
    problems: ["Unknown command 'frobnicate'; a pipeline's name ends in .yml or .yaml"],
  });
  deepEqual(await told("--dry-run"), { verb: "usage", problems: ["No pipeline file was given"] });
});

Deno.test("parseArgv() reads verbs of two words, with what may be left out", async () => {
  deepEqual(await told("plugin", "add", "./greet", "--yes"), {
    verb: "plugin add",
    words: ["./greet"],
    flags: { yes: true },
  });
  deepEqual(await told("plugin", "update"), { verb: "plugin update", words: [], flags: {} });
  deepEqual(await told("audit", "verify"), { verb: "audit verify", words: [], flags: {} });
  deepEqual(await told("audit", "--limit", "3"), { verb: "audit", words: [], flags: { limit: 3 } });
  deepEqual(await told("tool", "run", "greet", "--json", "-"), {
    verb: "tool run",
    words: ["greet"],
    flags: { json: "-" },
  });
});

Deno.test("parseArgv() shows a group of verbs to whoever names it alone, and guesses its members", async () => {
  deepEqual(await told("plugin"), { verb: "help", topic: "plugin" });
  deepEqual(await told("help", "plugin", "add"), { verb: "help", topic: "plugin add" });
  deepEqual(await told("plugin", "ad"), {
    verb: "usage",
    problems: ["Unknown command 'plugin ad'; did you mean 'loom plugin add'?"],
  });
  deepEqual(await told("confg"), {
    verb: "usage",
    problems: ["Unknown command 'confg'; did you mean 'config'?"],
  });
});
