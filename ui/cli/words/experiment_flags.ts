/**
 * The options of the verbs about experiments and pipeline files, as tables like those of `flags.ts`.
 *
 * @module
 */

import type { CommandContext, FlagParametersForType } from "@stricli/core";
import { count, text, texts, yes } from "./flag_kinds.ts";
import { LOOK_FLAGS, type LookFlags } from "./flags.ts";

/** Options of verbs that look into a project's runs. */
export interface HistoryFlags {
  readonly project?: string;
  readonly json?: boolean;
}

/** Options of `loom diff`. */
export interface DiffFlags extends HistoryFlags {
  readonly step?: readonly string[];
  readonly all?: boolean;
}

/** Options of `loom rerun`. */
export interface RerunFlags extends HistoryFlags {
  readonly cached?: boolean;
  readonly parallel?: boolean;
  readonly maxWorkers?: number;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly quiet?: boolean;
}

/** Options of `loom table`. */
export interface TableFlags extends HistoryFlags {
  readonly sort?: string;
  readonly reverse?: boolean;
  readonly filter?: readonly string[];
  readonly columns?: readonly string[];
  readonly limit?: number;
  readonly csv?: boolean;
}

/** Options of `loom best`. */
export interface BestFlags extends HistoryFlags {
  readonly filter?: readonly string[];
  readonly metric?: string;
  readonly max?: boolean;
  readonly min?: boolean;
}

/** Options of `loom plot`. */
export interface PlotFlags extends HistoryFlags {
  readonly xAxis?: string;
  readonly yAxis?: string;
  readonly color?: string;
  readonly out?: string;
  readonly log?: readonly string[];
}

/** Options of `loom report`. */
export interface ReportFlags extends HistoryFlags {
  readonly out?: string;
}

/** Options of `loom check`. */
export interface CheckFlags extends Pick<LookFlags, "set" | "var" | "json"> {
  readonly strict?: boolean;
}

/** Options of `loom graph`. */
export interface GraphFlags extends LookFlags {
  readonly format?: string;
  readonly out?: string;
  readonly parameters?: boolean;
  readonly down?: boolean;
}

/** Options of verbs that change a pipeline file. */
export interface EditFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Options of `loom rm`. */
export interface RemoveFlags extends EditFlags {
  readonly force?: boolean;
}

/** Options of `loom add step`. */
export interface AddStepFlags extends EditFlags {
  readonly task?: string;
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly arg?: readonly string[];
  readonly after?: string;
  readonly group?: string;
}

/** Options of `loom init`. */
export interface InitFlags extends EditFlags {
  readonly out?: string;
  readonly force?: boolean;
}

/** Options of `loom ui`. */
export interface UiFlags {
  readonly port?: number;
  readonly host?: string;
  readonly noOpen?: boolean;
  readonly json?: boolean;
}

/** Options by verb. */
export interface ExperimentFlags {
  readonly log: HistoryFlags;
  readonly diff: DiffFlags;
  readonly rerun: RerunFlags;
  readonly table: TableFlags;
  readonly best: BestFlags;
  readonly plot: PlotFlags;
  readonly report: ReportFlags;
  readonly check: CheckFlags;
  readonly graph: GraphFlags;
  readonly set: EditFlags;
  readonly rename: EditFlags;
  readonly rm: RemoveFlags;
  readonly "add step": AddStepFlags;
  readonly init: InitFlags;
  readonly ui: UiFlags;
}

/** Name of a verb about experiments or pipeline files. */
export type ExperimentVerb = keyof ExperimentFlags;

const PROJECT = text("DIR", "Folder that holds .loom/, instead of the nearest one upward");
const JSON_DOCUMENT = yes("Print one JSON document");
const HISTORY = { project: PROJECT, json: JSON_DOCUMENT } as const;
const EDIT = { dryRun: yes("Show what would change; write nothing"), json: JSON_DOCUMENT } as const;
const OUT = text("FILE", "Write to this file instead of standard output");

/** The table of each verb. */
export const EXPERIMENT_FLAGS: {
  readonly [V in ExperimentVerb]: FlagParametersForType<ExperimentFlags[V], CommandContext>;
} = {
  log: HISTORY,
  diff: {
    step: texts("NAME", "Only these steps"),
    all: yes("Also what is the same"),
    ...HISTORY,
  },
  rerun: {
    cached: yes("Skip steps whose outputs are fresh"),
    parallel: yes("Run independent steps together"),
    maxWorkers: count("N", "Run at most N at once; 0 is one for each CPU"),
    dryRun: yes("Print the commands; run nothing, create nothing"),
    wait: yes("Wait for another loom that runs this pipeline"),
    quiet: yes("Print only what went wrong and the last line"),
    project: PROJECT,
    json: yes("Print events as JSON, one a line"),
  },
  table: {
    sort: text("COLUMN", "Order by this column, from low to high; what is missing comes last"),
    reverse: yes("From high to low"),
    filter: texts("CONDITION", "Only rows of which this is true, such as 'lr < 0.1 and seed != 3'"),
    columns: texts("NAME", "Only these columns"),
    limit: count("N", "At most so many rows, 50 runs unless given; 0 is all"),
    csv: yes("Print comma-separated values, safe to open in a spreadsheet"),
    ...HISTORY,
  },
  best: {
    metric: text("NAME", "What to judge by; the only metric when there is one"),
    filter: texts("CONDITION", "Only points of which this is true, such as 'split == \"mix\"'"),
    max: yes("More is better"),
    min: yes("Less is better"),
    ...HISTORY,
  },
  plot: {
    // The parser knows no names of one letter; --x and --y are their beginnings.
    xAxis: text("COLUMN", "What goes to the right; --x for short"),
    yAxis: text("COLUMN", "What goes up; --y for short"),
    color: text("COLUMN", "What colours tell apart"),
    log: texts("AXIS", "x, y or both on a logarithmic scale"),
    out: text("FILE", "Write a picture (.svg) or its description (.json) instead of drawing here"),
    ...HISTORY,
  },
  report: { out: text("FILE", "Where to write the page; report-ID.html without it, - is standard output"), ...HISTORY },
  check: {
    strict: yes("Exit with 1 on warnings too, and give hints"),
    set: LOOK_FLAGS.set,
    var: LOOK_FLAGS.var,
    json: JSON_DOCUMENT,
  },
  graph: {
    format: text("FORMAT", "svg, mermaid (the default), dot or json; the ending of --out tells too"),
    out: OUT,
    parameters: yes("Draw parameters too; json always has them"),
    down: yes("Draw an svg from top to bottom instead of left to right"),
    ...LOOK_FLAGS,
  },
  set: EDIT,
  rename: EDIT,
  rm: { force: yes("Also what something else still refers to"), ...EDIT },
  "add step": {
    task: text("PATH", "The script"),
    input: texts("LABEL=VALUE", "Its inputs, in order"),
    output: texts("FLAG=VALUE", "Its outputs"),
    arg: texts("FLAG=VALUE", "Its other arguments"),
    after: text("NAME", "Put it after this step, instead of at the end"),
    group: text("NAME", "Put it into this group"),
    ...EDIT,
  },
  init: {
    out: text("FILE", "Where to write, instead of pipeline.yml"),
    force: yes("Write over a file that is there"),
    ...EDIT,
  },
  ui: {
    port: count("N", "Port to listen on; a free one without it"),
    host: text("ADDRESS", "Address to listen on, instead of 127.0.0.1"),
    noOpen: yes("Open no browser"),
    json: yes("Print the address as JSON"),
  },
};
