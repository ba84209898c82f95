/**
 * How long it takes to change one value of a long pipeline file.
 *
 * @module
 */

import { join } from "node:path";
import { must } from "../../_tools/_run.ts";
import { Arena } from "./support/arena.ts";
import { pipelineFile } from "./support/descriptions.ts";
import { venvProgram } from "./support/peers.ts";
import { type Entrant, race } from "./support/race.ts";
import { type Budget, type Finding, grouped, type Row, type Settings } from "./support/row.ts";
import { BINARY_ARGV, SOURCE_ARGV } from "./support/tools.ts";

/** Reads the file with its comments, changes the step in the middle, writes it. */
const RUAMEL = `import sys
from ruamel.yaml import YAML

yaml = YAML()
yaml.preserve_quotes = True
with open("pipeline.yml") as file:
    data = yaml.load(file)
steps = data["pipeline"]
steps[len(steps) // 2]["task"] = sys.argv[1]
with open("pipeline.yml", "w") as file:
    yaml.dump(data, file)
`;

/** The version that is measured; pure Python, as a person installs it. */
const RUAMEL_PACKAGE = "ruamel.yaml==0.19.1";

/** What one edit may take beyond the start of loom. */
const BEYOND_MS = 50;

/** `loom set` beside a round trip through the library that people use for this in Python. */
export const edit: Row = {
  name: "edit",
  about: "one value of a file with 1,000 and 10,000 steps",
  measure: async (settings) => {
    if (settings.peers.includes("ruamel")) {
      await must([venvProgram("python"), "-m", "pip", "install", "-q", RUAMEL_PACKAGE]);
    }
    return (settings.sizes ?? [1_000, 10_000]).map((count) => measure(count, settings));
  },
};

function measure(count: number, settings: Settings): Finding {
  using arena = new Arena();
  const text = pipelineFile({ kind: "copy", count, python: settings.python })["pipeline.yml"];
  const entrants = [
    ...settings.peers.includes("ruamel") ? [ruamel(arena, text)] : [],
    ...settings.ours.flatMap(({ name }) => ours(arena, { name, text, step: `s${count >> 1}` })),
  ];
  const budget = (name: string): Budget => ({ kind: "beyond", to: startOf(name), max: BEYOND_MS });
  return {
    row: "edit",
    what: `one value among ${grouped(count)} steps`,
    unit: "ms",
    figures: race(entrants, settings.rounds),
    budgets: Object.fromEntries(settings.ours.map(({ name }) => [name, budget(name)])),
    note: "the floor is --version; ruamel.yaml keeps comments, and prints the file anew",
  };
}

function startOf(name: string): string {
  return `start ${name}`;
}

function ours(
  arena: Arena,
  { name, text, step }: { readonly name: string; readonly text: string; readonly step: string },
): readonly Entrant[] {
  const argv = name === "loom (source)" ? SOURCE_ARGV : BINARY_ARGV;
  const { cwd, before } = fileIn(arena, name, text);
  const { env } = arena;
  return [
    { name: startOf(name), role: "floor", argv: [...argv, "--version"], cwd, env },
    { name, role: "ours", argv: [...argv, "set", "pipeline.yml", `steps.${step}.task`, "other.py"], cwd, env, before },
  ];
}

function ruamel(arena: Arena, text: string): Entrant {
  const { cwd, before } = fileIn(arena, "ruamel", text);
  return {
    name: "ruamel",
    role: "peer",
    argv: [venvProgram("python"), "-c", RUAMEL, "other.py"],
    cwd,
    env: arena.env,
    before,
  };
}

/** A folder with the file, which is as it was before each round. */
function fileIn(arena: Arena, name: string, text: string) {
  const cwd = arena.place(name);
  return { cwd, before: () => Deno.writeTextFileSync(join(cwd, "pipeline.yml"), text) };
}
