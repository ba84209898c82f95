/**
 * What a pipeline file says, after reading and before running: plain data, in file order.
 *
 * @module
 */

import type { YamlPath } from "../errors.ts";
import type { Value } from "../yaml/value.ts";

/** A named file, folder or URL. */
export interface DataEntry {
  readonly key: string;
  /** As written: relative to the base directory or to its container, absolute, or a URL. May hold `${ENV}`. */
  readonly path: string;
  readonly type?: string;
  /** Display label; the key when absent. */
  readonly label?: string;
  readonly description?: string;
  readonly pattern?: string;
  /** Key of the entry whose folder this one lies in, without `$`. */
  readonly nestedIn?: string;
  readonly allowOutside: boolean;
  readonly at: YamlPath;
}

/** What every kind of step has. */
interface StepBase {
  /** Unique in the pipeline. */
  readonly name: string;
  readonly group?: string;
  readonly optional: boolean;
  readonly disabled: boolean;
  readonly at: YamlPath;
}

/** Run a task once per file of a folder. */
export interface Loop {
  /** `$reference` or path, as written. */
  readonly over: string;
  readonly into: string;
  readonly filter?: string;
  readonly parallel?: boolean;
}

/** How a failed attempt is tried again. */
export interface Retry {
  /** Tries after the first one. */
  readonly attempts: number;
  readonly delayMs: number;
  readonly backoff: "fixed" | "exponential";
}

/** What a step in a sandbox may do besides reading the project and writing beside its outputs. */
export interface StepSandbox {
  /** Folders that it may write, from the base directory. */
  readonly write: readonly string[];
  /** Hosts that it may connect to. */
  readonly hosts: readonly string[];
  readonly memoryBytes?: number;
}

/** A script that is run with inputs, outputs and flags. */
export interface TaskStep extends StepBase {
  readonly kind: "task";
  /** Path of the script as written; may hold `${ENV}`. */
  readonly task: string;
  /** Positional arguments in file order: label to `$reference`, path or text. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Flag to `$reference` or path. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly args: ReadonlyMap<string, Value>;
  readonly loop?: Loop;
  readonly timeoutMs?: number;
  readonly retry?: Retry;
  readonly env: ReadonlyMap<string, string>;
  /** Names of environment variables whose values are masked everywhere. */
  readonly secrets: readonly string[];
  /** From the base directory. */
  readonly cwd?: string;
  /** Extra files whose content counts, from the base directory. */
  readonly deps: readonly string[];
  readonly when?: string;
  readonly resources: ReadonlyMap<string, number>;
  readonly continueOnError: boolean;
  readonly atomic: boolean;
  /** Absent: it runs with the rights of whoever runs loom. */
  readonly sandbox?: StepSandbox;
  /** Files whose numbers are kept with a run: `$references` or paths, as written. */
  readonly metrics: readonly string[];
}

/** A question about files or a parameter, answered true or false. */
export interface ConditionStep extends StepBase {
  readonly kind: "condition";
  readonly predicate?: Predicate;
  /** Python file with `evaluate(**inputs, **args) -> bool`. Exactly one of `predicate` and `script`. */
  readonly script?: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly args: ReadonlyMap<string, Value>;
  readonly negate: boolean;
}

/** The built-in questions a condition can ask. */
export type Predicate = "exists" | "is_file" | "is_dir" | "non_empty" | "count" | "param";

/** Passes its payload on as `$name.then` or `$name.else`. */
export interface SwitchStep extends StepBase {
  readonly kind: "switch";
  /** `$condition` or `$parameter`, as written. */
  readonly condition: string;
  /** The payload: `$reference` or path. */
  readonly data?: string;
}

/** A group that is run several times, as one unit of the plan. Its name is the group's. */
export interface RepeatedStep extends StepBase {
  readonly kind: "repeated";
  readonly steps: readonly TaskStep[];
  /** One entry an iteration: the values of that iteration, by name. Empty maps for `count` alone. */
  readonly iterations: readonly ReadonlyMap<string, Value>[];
  /** Set when the values of an iteration could not be computed: iteration to reason. The group fails there. */
  readonly broken?: { readonly iteration: number; readonly reason: string };
  readonly feedback: readonly Feedback[];
  readonly until?: StopCondition;
}

/** From iteration 1 on, `target` gets the path that `source` had in the iteration before. */
export interface Feedback {
  readonly source: { readonly step: string; readonly flag: string };
  readonly target: { readonly step: string; readonly name: string };
}

/** Ends a repeated group early when its script says true. */
export interface StopCondition {
  readonly script: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly args: ReadonlyMap<string, Value>;
}

/** One unit of a pipeline. */
export type Step = TaskStep | ConditionStep | SwitchStep | RepeatedStep;

/** Settings of `execution:`. */
export interface Execution {
  readonly parallel: boolean;
  /** Absent: one for each CPU. */
  readonly maxWorkers?: number;
  readonly python?: string;
  /** Skip fresh steps by default. */
  readonly cache: boolean;
  /** Named counters that steps draw from, such as `{gpu: 2}`. */
  readonly resources: ReadonlyMap<string, number>;
}

/** Ends points of a sweep early that are worse than others were at the same place. */
export interface EarlyStop {
  readonly metric: string;
  readonly mode: "min" | "max";
  /** `median`: worse than half of the others; `worse_than`: than a number. */
  readonly rule: "median" | "worse_than";
  readonly threshold?: number;
  /** How many points must have come so far before the first is ended. */
  readonly warmup: number;
}

/** What a sweep tries. Keys are parameters; one that the file does not have is made. */
export interface Matrix {
  /** Every combination of these, the last key changing fastest. */
  readonly grid: ReadonlyMap<string, readonly Value[]>;
  /** Values that go together, the first with the first; lists of one length. */
  readonly zip: ReadonlyMap<string, readonly Value[]>;
  readonly include: readonly ReadonlyMap<string, Value>[];
  readonly exclude: readonly ReadonlyMap<string, Value>[];
  /** Of all combinations, `n` drawn at random. */
  readonly random?: { readonly n: number; readonly seed: number };
  readonly stop?: EarlyStop;
  /** Keys of the grid that a step's own `matrix` gave, with its name: they are bound there and in what depends on it. */
  readonly owners?: ReadonlyMap<string, string>;
}

/** Another pipeline that a file takes in, as written. */
export interface Include {
  /** Path from the base directory, or absolute. */
  readonly file: string;
  /** Stands before its names, with a `/`; empty: they come in as they are. */
  readonly prefix: string;
  /** Values, or `$parameters` of the including file, in place of its own. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** Paths, or `$references` to data of the including file, in place of its own. */
  readonly data: ReadonlyMap<string, string>;
  readonly at: YamlPath;
}

/** A pipeline file that has been taken in. */
export interface IncludedFile {
  /** Absolute. */
  readonly file: string;
  readonly prefix: string;
  /** Its own names of parameters, and what they are here. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** One pipeline file. */
export interface Pipeline {
  /** Absolute path of the file. */
  readonly file: string;
  /** Absolute folder that holds it; what its relative paths start from. */
  readonly baseDir: string;
  readonly version: 1 | 2;
  readonly data: ReadonlyMap<string, DataEntry>;
  readonly parameters: ReadonlyMap<string, Value>;
  /** In file order; groups are flattened, save repeated ones, which are one step. */
  readonly steps: readonly Step[];
  /** Group names in order of appearance, repeated ones included. */
  readonly groups: readonly string[];
  readonly execution: Execution;
  readonly outputDir: string;
  /** As {@linkcode TaskStep.metrics}, of the whole pipeline. */
  readonly metrics: readonly string[];
  readonly matrix?: Matrix;
  /** Files to take in, until they have been. */
  readonly includes?: readonly Include[];
  /** Files that were taken in, the innermost first; all texts are in the form of version 2 then. */
  readonly included?: readonly IncludedFile[];
}
