/**
 * The verbs about experiments and pipeline files, for the table of all verbs.
 *
 * @module
 */

import { EXPERIMENT_FLAGS, type ExperimentVerb } from "./experiment_flags.ts";
import type { FlagInfo, VerbInfo } from "./verb_info.ts";

const ID = { name: "ID", brief: "Id of the run, its beginning, or 'last'; ID:POINT is one point of a sweep" };
const FILE = { name: "FILE", brief: "The pipeline, a .yml or .yaml file" };
const PATH = { name: "PATH", brief: "A place in the file, such as parameters.lr or steps.train.args.--lr" };

type Told = Omit<VerbInfo, "flags" | "sections">;

function verb(name: ExperimentVerb, told: Told): VerbInfo {
  const flags = EXPERIMENT_FLAGS[name] as Readonly<Record<string, FlagInfo>>;
  return { ...told, flags, sections: [["Options", Object.keys(flags)]] };
}

/** What help says of each. */
export const EXPERIMENT_VERBS: Readonly<Record<ExperimentVerb, VerbInfo>> = {
  log: verb("log", {
    brief: "Print what the steps of a run wrote",
    usage: "log ID [STEP] [options]",
    positionals: [ID, { name: "STEP", brief: "Only this step", optional: true }],
    examples: [["loom log 3f2a", "all of it"], ["loom log 3f2a train", "one step"]],
  }),
  diff: verb("diff", {
    brief: "Show what changed between two runs, and what it did",
    usage: "diff ID ID [options]",
    positionals: [ID, { ...ID, name: "ID" }],
    examples: [
      ["loom diff 3f2a 81bc", "parameters, inputs, code, metrics, times, outputs"],
      ["loom diff 3f2a:1 3f2a:4", "two points of a sweep"],
    ],
  }),
  rerun: verb("rerun", {
    brief: "Run again what a run was asked for",
    usage: "rerun ID [options]",
    positionals: [ID],
    examples: [
      ["loom rerun 3f2a", "the same steps and values, in full"],
      ["loom rerun 3f2a --cached", "what is stale"],
      ["loom rerun 3f2a:4", "one point of a sweep, without the others"],
    ],
  }),
  table: verb("table", {
    brief: "Show parameters beside metrics: a row for each point of a sweep, or for each run",
    usage: "table [ID] [options]",
    positionals: [{ ...ID, optional: true }],
    examples: [
      ["loom table", "the newest runs"],
      ["loom table 3f2a --sort acc --reverse", "points of a sweep, the best first"],
      ["loom table 3f2a --filter 'lr < 0.1' --csv", "some of them, for a spreadsheet"],
    ],
  }),
  best: verb("best", {
    brief: "Show the best point of a sweep, and how to repeat it",
    usage: "best ID [options]",
    positionals: [ID],
    examples: [["loom best 3f2a --metric acc --max", "the most accurate"]],
  }),
  plot: verb("plot", {
    brief: "Draw a metric over a parameter",
    usage: "plot [ID] [options]",
    positionals: [{ ...ID, optional: true }],
    examples: [
      ["loom plot 3f2a --x lr --y acc", "in the terminal"],
      ["loom plot 3f2a --x lr --y acc --color seed --out acc.svg", "a picture"],
    ],
  }),
  report: verb("report", {
    brief: "Write one page about a run: what ran, with what, what came out, how to repeat it",
    usage: "report ID [options]",
    positionals: [ID],
    examples: [["loom report 3f2a", "report-3f2a….html, which needs nothing else"]],
  }),
  check: verb("check", {
    brief: "Tell everything that is wrong with a pipeline, and run nothing",
    usage: "check FILE.yml [options]",
    positionals: [FILE],
    examples: [
      ["loom check pipeline.yml", "every problem with its place"],
      ["loom check pipeline.yml --strict", "warnings count too, and hints are given"],
      ["loom check pipeline.yml --set epochs=many", "with other values"],
    ],
  }),
  graph: verb("graph", {
    brief: "Draw a pipeline",
    usage: "graph FILE.yml [options]",
    positionals: [FILE],
    examples: [
      ["loom graph pipeline.yml --out pipeline.svg", "a picture"],
      ["loom graph pipeline.yml --format mermaid", "for a README"],
    ],
  }),
  set: verb("set", {
    brief: "Change one value of a pipeline file, and nothing else in it",
    usage: "set FILE.yml PATH VALUE [options]",
    positionals: [FILE, PATH, { name: "VALUE", brief: "The new value, as YAML" }],
    examples: [
      ["loom set pipeline.yml parameters.lr 0.01", "one line changes"],
      ["loom set pipeline.yml steps.train.args.--epochs 20", "of a step"],
    ],
  }),
  rename: verb("rename", {
    brief: "Rename a step, a data entry, a parameter or a group, everywhere in the file",
    usage: "rename FILE.yml PATH NAME [options]",
    positionals: [FILE, PATH, { name: "NAME", brief: "The new name" }],
    examples: [["loom rename pipeline.yml parameters.lr rate", "references follow"]],
  }),
  rm: verb("rm", {
    brief: "Remove a step, a data entry, a parameter or a value from a pipeline file",
    usage: "rm FILE.yml PATH [options]",
    positionals: [FILE, PATH],
    examples: [["loom rm pipeline.yml steps.plot", "with its place on the canvas"]],
  }),
  "add step": verb("add step", {
    brief: "Add a step to a pipeline file",
    usage: "add step FILE.yml NAME --task PATH [options]",
    positionals: [FILE, { name: "NAME", brief: "Name of the step" }],
    examples: [
      ["loom add step pipeline.yml plot --task plot.py --input t='$scores' --output --out='$fig'", ""],
    ],
  }),
  init: verb("init", {
    brief: "Draft a pipeline from a folder of scripts",
    usage: "init [DIR] [options]",
    positionals: [{ name: "DIR", brief: "Folder of the scripts; this one without it", optional: true }],
    examples: [["loom init", "reads each script's arguments, runs none"], ["loom init scripts --dry-run", "only look"]],
  }),
  ui: verb("ui", {
    brief: "See, edit and run pipelines in a browser",
    usage: "ui [FILE.yml|DIR] [options]",
    positionals: [{
      name: "PLACE",
      brief: "The pipeline, or a folder of them; this folder without it",
      optional: true,
    }],
    examples: [["loom ui pipeline.yml", "its graph"], ["loom ui --no-open --port 8080", "print the address only"]],
  }),
};
