/**
 * The options of the verbs about runs, as tables like those of `flags.ts`.
 *
 * @module
 */

import type { CommandContext, FlagParametersForType } from "@stricli/core";
import { count, text, texts, yes } from "./flag_kinds.ts";

/** Options of every verb about runs. */
export interface CommonFlags {
  readonly db?: string;
  readonly noColor?: boolean;
  readonly json?: boolean;
}

/** Options of `loom runs`. */
export interface RunsFlags extends CommonFlags {
  readonly status?: string;
  readonly name?: string;
  readonly limit?: number;
  readonly all?: boolean;
}

/** Options of `loom show`. */
export interface ShowFlags extends CommonFlags {
  readonly tree?: boolean;
  readonly follow?: boolean;
  readonly step?: number;
  readonly diff?: readonly string[];
  readonly html?: string;
}

/** Options of `loom resume`. */
export interface ResumeFlags extends CommonFlags {
  readonly module?: string;
  readonly addUsd?: number;
  readonly addIterations?: number;
  readonly addTokens?: number;
  readonly addTime?: string;
  readonly answer?: readonly string[];
  readonly steal?: boolean;
  readonly wait?: boolean;
  readonly continue?: boolean;
  readonly acceptChange?: boolean;
}

/** Options of `loom export`. */
export interface ExportFlags extends CommonFlags {
  readonly format?: string;
  readonly out?: string;
  readonly jsonl?: boolean;
  readonly states?: boolean;
}

/** Options of `loom fork`. */
export interface ForkFlags extends CommonFlags {
  readonly at?: number;
  readonly patch?: string;
  readonly name?: string;
  readonly module?: string;
  readonly acceptChange?: boolean;
}

/** Options of `loom prune`. */
export interface PruneFlags extends CommonFlags {
  readonly maxAge?: string;
  readonly maxRuns?: number;
  readonly maxSize?: string;
  readonly keepStates?: string;
  readonly dryRun?: boolean;
}

/** Options of `loom prices`. */
export interface PricesFlags {
  readonly model?: string;
  readonly noColor?: boolean;
  readonly json?: boolean;
}

/** Options by verb. */
export interface LoopFlags {
  readonly runs: RunsFlags;
  readonly show: ShowFlags;
  readonly resume: ResumeFlags;
  readonly export: ExportFlags;
  readonly fork: ForkFlags;
  readonly answer: CommonFlags;
  readonly cancel: CommonFlags;
  readonly prune: PruneFlags;
  readonly import: CommonFlags;
  readonly prices: PricesFlags;
}

/** Name of a verb about runs. */
export type LoopVerb = keyof LoopFlags;

/** An amount of USD, 0 or more. */
function parseUsd(input: string): number {
  const usd = /^\d+(\.\d+)?$/.test(input) ? Number(input) : NaN;
  if (Number.isNaN(usd)) throw new RangeError("expected an amount of USD such as 0.5");
  return usd;
}

const COMMON: FlagParametersForType<CommonFlags, CommandContext> = {
  db: text("PATH", "Database, instead of the project's .loom/loom.db"),
  noColor: yes("No colours, on a terminal either"),
  json: yes("Print one JSON document"),
};

const MODULE = text("FILE", "The JavaScript or TypeScript file that exports the loop");
const ACCEPT = yes("Go on although the loop has changed since the run began");

/** The table of each verb. */
export const LOOP_FLAGS: { readonly [V in LoopVerb]: FlagParametersForType<LoopFlags[V], CommandContext> } = {
  runs: {
    status: text("STATUS", "Only runs that stand like this, such as failed"),
    name: text("NAME", "Only runs of this loop or pipeline"),
    limit: count("N", "At most so many, 50 unless given; 0 is all"),
    all: yes("The projects that you have run, with the newest run of each"),
    ...COMMON,
  },
  show: {
    tree: yes("The tree of steps, with what was gone back from and forked"),
    follow: yes("Go on showing what happens until the run ends"),
    step: count("N", "One step with its state, tries and kept results"),
    diff: texts("N", "What differs between the states of two steps, the older one first"),
    html: text("FILE", "Write a page with charts that needs nothing else; - is standard output"),
    ...COMMON,
  },
  resume: {
    module: MODULE,
    addUsd: { kind: "parsed", parse: parseUsd, optional: true, placeholder: "X", brief: "Grant so many USD more" },
    addIterations: count("N", "Grant so many iterations more"),
    addTokens: count("N", "Grant so many tokens more"),
    addTime: text("TIME", "Grant so much time more, such as 10m"),
    answer: texts("KEY=JSON", "Answer a question of the run first"),
    steal: yes("Take the run from the process that drives it"),
    wait: yes("Wait for the process that drives it"),
    continue: yes("Go on with a run that was completed or cancelled"),
    acceptChange: ACCEPT,
    ...COMMON,
  },
  export: {
    format: text("FORMAT", "json, jsonl, csv or mlflow; of a pipeline file make or sh"),
    out: text("PATH", "Write to this file; of mlflow the folder, mlruns without it"),
    jsonl: yes("Print one JSON document a line, as they are read"),
    states: yes("With the state of each step"),
    ...COMMON,
  },
  fork: {
    at: count("N", "The step to go on from"),
    patch: text("JSON", "Change its state by a merge patch (RFC 7396)"),
    name: text("NAME", "Name of the new run, instead of the old one's"),
    module: MODULE,
    acceptChange: ACCEPT,
    ...COMMON,
  },
  answer: COMMON,
  cancel: COMMON,
  prune: {
    maxAge: text("AGE", "Forget runs that nothing has changed for longer, such as 30d"),
    maxRuns: count("N", "Keep the newest N only, of loops and of pipelines"),
    maxSize: text("SIZE", "Keep the newest runs of pipelines that fit, logs and all, such as 500M"),
    keepStates: text("WHICH", "best+last, every:K or all: states to keep of runs that have ended"),
    dryRun: yes("Only say what would go"),
    ...COMMON,
  },
  import: COMMON,
  prices: {
    model: text("NAME", "Only this model"),
    noColor: COMMON.noColor,
    json: COMMON.json,
  },
};
