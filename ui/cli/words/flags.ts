/**
 * The options of each verb: one table that parsing, help and completions are made from.
 *
 * @module
 */

import type { CommandContext, FlagParametersForType } from "@stricli/core";
import { count, text, texts, yes } from "./flag_kinds.ts";

/** Options of `loom FILE.yml` and `loom run FILE.yml`. */
export interface RunFlags {
  readonly step?: readonly string[];
  readonly from?: string;
  readonly until?: readonly string[];
  readonly group?: string;
  readonly include?: readonly string[];
  readonly set?: readonly string[];
  readonly var?: readonly string[];
  readonly extra?: string;
  readonly sweep?: readonly string[];
  readonly zip?: boolean;
  readonly random?: number;
  readonly seed?: number;
  readonly watch?: boolean;
  readonly dryRun?: boolean;
  readonly parallel?: boolean;
  readonly sequential?: boolean;
  readonly maxWorkers?: number;
  readonly cached?: boolean;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly keepGoing?: boolean;
  readonly failFast?: boolean;
  readonly strict?: boolean;
  readonly python?: string;
  readonly refreshUrls?: boolean;
  readonly wait?: boolean;
  readonly dropRemoved?: boolean;
  readonly project?: string;
  readonly clean?: boolean;
  readonly cleanList?: boolean;
  readonly permanent?: boolean;
  readonly outside?: boolean;
  readonly yes?: boolean;
  readonly list?: boolean;
  readonly investigate?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Options of the verbs that look at a pipeline without running it. */
export interface LookFlags {
  readonly set?: readonly string[];
  readonly var?: readonly string[];
  readonly python?: string;
  readonly project?: string;
  readonly json?: boolean;
}

/** Options of `loom status`. */
export interface StatusFlags extends LookFlags {
  readonly check?: boolean;
}

const SET = texts("KEY=VALUE", "Give parameters other values for this time");
const VAR = texts("KEY=PATH", "Give data entries other paths for this time");
const PYTHON = text("PATH", "Python to run the tasks with");
const PROJECT = text("DIR", "Folder that holds .loom/, instead of the nearest one upward");

/** The table of {@linkcode RunFlags}. */
export const RUN_FLAGS: FlagParametersForType<RunFlags, CommandContext> = {
  step: texts("NAME", "Run only these steps, in this order"),
  from: text("NAME", "Run this step and all after it in the file"),
  until: texts("NAME", "Run these steps and all that they need; of data only what is not made yet"),
  group: text("NAME", "Run the steps of this group"),
  include: texts("NAME", "Run these optional steps too"),
  set: SET,
  var: VAR,
  extra: text("ARGS", "Words to append to the command of the one selected step"),
  sweep: texts("KEY=VALUES", "Try every combination, such as lr=0.1,0.01 seed=1..5"),
  zip: yes("With --sweep: take the values side by side instead"),
  random: count("N", "Of all combinations, try N drawn at random"),
  seed: count("N", "With --random: draw these again"),
  watch: yes("Run again whenever a file that counts has changed, until interrupted"),
  dryRun: yes("Print the commands; run nothing, create nothing"),
  parallel: yes("Run independent steps together"),
  sequential: yes("Run one step at a time"),
  maxWorkers: count("N", "Run at most N at once; 0 is one for each CPU"),
  cached: yes("Skip steps whose outputs are fresh"),
  force: yes("Run fresh steps too, whatever the file says"),
  resume: yes("Go on with the last run that failed or was interrupted"),
  keepGoing: yes("After a failure run what does not depend on it (this is the default)"),
  failFast: yes("After a failure start nothing new"),
  strict: yes("A declared output that is missing afterwards is a failure"),
  python: PYTHON,
  refreshUrls: yes("Ask again for inputs that were downloaded"),
  wait: yes("Wait for another loom that runs this pipeline"),
  dropRemoved: yes("Remove results of loop items that are no longer there"),
  project: PROJECT,
  clean: yes("Remove what the steps produced, into the trash"),
  cleanList: yes("Show what --clean would remove"),
  permanent: yes("With --clean: delete instead of using the trash"),
  outside: yes("With --clean: also what lies outside the pipeline's folder"),
  yes: yes("With --clean: do not ask"),
  list: yes("List the steps"),
  investigate: yes("With --step or --group: show inputs, outputs and args"),
  json: yes("Print events as JSON, one a line"),
  quiet: yes("Print only what went wrong and the last line"),
};

/** Short forms of {@linkcode RUN_FLAGS}. */
export const RUN_ALIASES = { y: "yes", q: "quiet" } as const;

/** The table of {@linkcode LookFlags}. */
export const LOOK_FLAGS: FlagParametersForType<LookFlags, CommandContext> = {
  set: SET,
  var: VAR,
  python: PYTHON,
  project: PROJECT,
  json: yes("Print one JSON document"),
};

/** The table of {@linkcode StatusFlags}. */
export const STATUS_FLAGS: FlagParametersForType<StatusFlags, CommandContext> = {
  check: yes("Exit with 1 if anything would have to run"),
  ...LOOK_FLAGS,
};

/** Options whose value is one word even when that word starts with a dash. */
export const DASHED_VALUE: ReadonlySet<string> = new Set(["extra"]);

/** Options whose words are `KEY=VALUE` with a key that may start with dashes, such as `--lr=0.1`. */
export const DASHED_PAIR: ReadonlySet<string> = new Set(["output", "arg"]);

/** Options whose words are `KEY=VALUE`. */
export const KEY_VALUE: ReadonlySet<string> = new Set(["set", "var", "answer", "sweep", "input", "output", "arg"]);
