/**
 * Pipelines that take in others: one pipeline in the end.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import type { Env } from "../env.ts";
import { expandText } from "../expand.ts";
import { canonicalOfOlder } from "../interpolation.ts";
import { canonical } from "./canonical.ts";
import { joinPath, relativePath } from "../../paths.ts";
import type { Include, Pipeline } from "../pipeline.ts";
import { joined } from "./join.ts";
import { inFile } from "../place_in_file.ts";

/** A file that was read, what is wrong in it, or why it was not read. */
export type ReadFile =
  | { readonly pipeline?: Pipeline; readonly problems: readonly Problem[] }
  | { readonly failure: Pick<Problem, "message" | "hint"> };

/** What including needs from outside. */
export interface IncludeOptions {
  readonly env: Env;
  /** Reads a file by its absolute path. */
  readonly read: (file: string) => ReadFile;
  /** The one name of a file, links resolved. */
  readonly realPath: (file: string) => string;
}

/** Far more than anybody writes; files that include each other twice would double with each level. */
const MOST_FILES = 1_000;

/** What is gathered on the way. */
interface Taking extends IncludeOptions {
  readonly problems: Problem[];
  count: number;
}

/**
 * The pipeline with everything that it includes. Steps of a file stand before those of the file that includes it; their
 * names, and those of data, parameters and groups, begin with the prefix. Paths stay those of the file they stand in.
 */
export function withIncludes(
  pipeline: Pipeline,
  options: IncludeOptions,
): { readonly pipeline: Pipeline; readonly problems: readonly Problem[] } {
  const taking: Taking = { ...options, problems: [], count: 0 };
  return { pipeline: take(pipeline, [pipeline.file], taking), problems: taking.problems };
}

/** `chain` are the files on the way to this one, itself included. */
function take(outer: Pipeline, chain: readonly string[], taking: Taking): Pipeline {
  const { includes, ...own } = outer;
  if (includes === undefined) return outer;
  const start: Pipeline = { ...canonical(own), included: [] };
  let whole: Pipeline = { ...start, steps: [] };
  for (const include of includes) {
    const note = (problem: Problem) => taking.problems.push(placed(problem, chain));
    const inner = open(outer, include, { chain, taking, note });
    if (inner !== undefined) whole = joined({ outer: start, whole, inner: canonical(inner), include }, note);
  }
  return { ...whole, steps: [...whole.steps, ...start.steps] };
}

/** A problem of the file at the end of the chain; of the first one, its places are as they are. */
function placed(problem: Problem, chain: readonly string[]): Problem {
  const file = chain[chain.length - 1];
  return chain.length === 1 ? problem : { ...problem, file, path: problem.path && inFile(file, problem.path) };
}

interface Opening {
  readonly chain: readonly string[];
  readonly taking: Taking;
  readonly note: (problem: Problem) => void;
}

function open(outer: Pipeline, include: Include, { chain, taking, note }: Opening): Pipeline | undefined {
  const file = fileOf(outer, include, { taking, note, chain });
  if (file === undefined) return undefined;
  const refuse = (code: string, message: string, hint?: string): undefined =>
    void note({ level: "error", code, message, hint, path: include.at });
  const real = taking.realPath(file);
  const before = chain.findIndex((name) => taking.realPath(name) === real);
  if (before >= 0) {
    const names = [...chain.slice(before), file].map((name) => relativePath(name, outer.baseDir));
    return refuse(
      "include-circle",
      `Files include each other in a circle: ${names.join(" → ")}`,
      "take one of them out",
    );
  }
  taking.count++;
  if (taking.count > MOST_FILES) {
    // Told once, however many more there would be.
    const message = `More than ${MOST_FILES} files are included`;
    return taking.count === MOST_FILES + 1 ? refuse("too-many-includes", message, "include each file once") : undefined;
  }
  const read = taking.read(file);
  if ("failure" in read) return refuse("include-failed", read.failure.message, read.failure.hint);
  for (const problem of read.problems) taking.problems.push(placed(problem, [...chain, file]));
  return read.pipeline && take(read.pipeline, [...chain, file], taking);
}

function fileOf(outer: Pipeline, include: Include, { taking, note }: Opening): string | undefined {
  const options = { isReference: false, expands: true };
  const text = outer.version === 2 ? include.file : canonicalOfOlder(include.file, options);
  const made = expandText({ ...outer, version: 2 }, text, {
    env: taking.env,
    textOf: (name) => ({ kind: "unknown", name }),
  });
  if ("ok" in made) return joinPath(outer.baseDir, made.ok);
  const isUnset = made.kind === "unset";
  note({
    level: "error",
    code: isUnset ? "unset-variable" : "include-failed",
    message: isUnset
      ? `Environment variable '${made.variable}' is not set, used by an include`
      : `Cannot put a parameter into the file of an include: '${include.file}'`,
    hint: isUnset ? `set it before starting loom: ${made.variable}=…` : "variables can be: ${env:NAME}",
    path: include.at,
  });
  return undefined;
}
