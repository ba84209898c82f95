/**
 * The errors a person may meet, and the problems found in their files.
 *
 * @module
 */

/** A key path into a YAML document: map keys as text, list indexes as numbers from 0. */
export type YamlPath = readonly (string | number)[];

/** How much a {@linkcode Problem} matters: errors stop a run, warnings and hints do not. */
export type ProblemLevel = "error" | "warning" | "hint";

/** One thing wrong with a person's file, with where it is and what to do about it. */
export interface Problem {
  readonly level: ProblemLevel;
  /** Stable, machine-readable name, such as `unknown-reference`. */
  readonly code: string;
  /** What is wrong and the value seen. Capital first, no full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Name of the step it concerns. */
  readonly step?: string;
  readonly file?: string;
  /** Where it is in the document; turned into `line` and `column` before it is shown. */
  readonly path?: YamlPath;
  /** Whether `path` points at the key itself instead of its value. */
  readonly atKey?: boolean;
  /** Counted from 1. */
  readonly line?: number;
  /** Counted from 1. */
  readonly column?: number;
}

/** What a {@linkcode LoomError} carries besides its code and message. */
export interface LoomErrorOptions {
  /** What the person can do about it. */
  readonly hint?: string;
  /** Facts for machines: names, paths, values seen. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Whether the same call may succeed later. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  /** Everything that is wrong, when it is more than one thing. */
  readonly problems?: readonly Problem[];
}

/** An error a caller may handle. Compare `code`, never the class, across workers and plugins. */
export class LoomError extends Error {
  override readonly name: string = "LoomError";
  readonly code: string;
  readonly hint?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, options: LoomErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.data = options.data ?? {};
    this.retryable = options.retryable ?? false;
    this.problems = options.problems ?? [];
  }
}

/** Whether `error` is a {@linkcode LoomError}, also when it was made by another copy of this module. */
export function isLoomError(error: unknown): error is LoomError {
  return error instanceof LoomError || (error instanceof Error && error.name === "LoomError");
}

/** The pipeline file is not there; `near` is a name beside it that may have been meant. */
export function configNotFound(file: string, near?: string): LoomError {
  const hint = near === undefined ? undefined : `did you mean '${near}'?`;
  return new LoomError("config-not-found", `Config file not found: ${file}`, { hint, data: { file } });
}

/** What is named as the pipeline file can hold no text. */
export function configNoFile(file: string, kind: "directory" | "other"): LoomError {
  const what = kind === "directory" ? "a folder" : "no regular file";
  const hint = kind === "directory" ? "name the pipeline file in it" : "copy what it holds into a file";
  return new LoomError("config-no-file", `Cannot read a pipeline from ${file}: it is ${what}`, {
    hint,
    data: { file },
  });
}

/** The pipeline file cannot be run as it is; `problems` says everything that is wrong with it. */
export function pipelineInvalid(file: string, problems: readonly Problem[]): LoomError {
  return new LoomError("pipeline-invalid", `Cannot run ${file}`, { data: { file }, problems });
}

/** The command line asks for something that cannot be asked for. */
export function usage(message: string, hint?: string): LoomError {
  return new LoomError("usage", message, { hint });
}

/** A name that the pipeline does not know, with the nearest one it does. */
export function unknownName(what: string, name: string, known: Iterable<string>): LoomError {
  const near = nearest(name, known);
  return new LoomError(`unknown-${what}`, `Unknown ${what} '${name}'`, {
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
    data: { name },
  });
}

/** Another loom holds what this one needs. */
export function busy(what: string, holder: string): LoomError {
  return new LoomError("busy", `${what} is held by ${holder}`, {
    hint: "wait for it to end, or run again with --wait",
    data: { holder },
    retryable: true,
  });
}

/** A person called it off before there was a run that could tell of it. */
export function interrupted(message: string): LoomError {
  return new LoomError("interrupted", message);
}

/** Something this machine lacks. */
export function setUp(code: string, message: string, hint?: string): LoomError {
  return new LoomError(code, message, { hint });
}

/**
 * The name in `known` that is most like `name`, if one is near enough to be meant.
 *
 * Distance: Damerau-Levenshtein (optimal string alignment), at most a third of the longer name.
 *
 * @example Usage
 * ```ts
 * import { nearest } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(nearest("epcohs", ["epochs", "rate"]), "epochs");
 * ```
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of known) {
    const limit = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3));
    if (Math.abs(name.length - candidate.length) > limit) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + swap);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length];
}
