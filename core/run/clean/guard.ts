/**
 * What may never be removed, whatever a pipeline says.
 *
 * @module
 */

import type { Context } from "../../context.ts";
import { basename, dirname, isInside, joinPath } from "../../paths.ts";
import type { Pipeline, Step } from "../../graph/pipeline.ts";
import { resolveScript } from "../../graph/resolve.ts";
import type { FileReader } from "../../ports/files.ts";
import { expandPlaceholder } from "../fresh/placeholder.ts";
import { comparablePath } from "./location.ts";

/** What the guard is asked about. */
interface Candidate {
  /** As named, and as it really is. */
  readonly path: string;
  readonly location: string;
  readonly kind: "file" | "folder" | "link" | "absent";
}

/** Knows everything that must stay, so that each question costs one look-up. */
export class CleanGuard {
  /** The pipeline's folder, links resolved. */
  readonly baseDir: string;
  /** A path that must stay, and every folder above it, to what it is. */
  readonly #held = new Map<string, string>();
  /** Keys of data of which nobody can tell where it is. */
  readonly #lost: readonly string[];

  constructor(
    pipeline: Pipeline,
    context: Context,
    sources: readonly { readonly key: string; readonly path?: string }[],
  ) {
    const { env, files } = context;
    this.baseDir = files.realPath(pipeline.baseDir) ?? pipeline.baseDir;
    this.#hold(files, pipeline.baseDir, "the pipeline's folder");
    const home = env.HOME ?? env.USERPROFILE;
    if (home !== undefined && home !== "") this.#hold(files, home, "the home folder");
    this.#hold(files, pipeline.file, "the pipeline file");
    for (const { file } of pipeline.included ?? []) this.#holdExisting(files, file, "an included pipeline file");
    for (const name of [".git", ".loom"]) {
      this.#holdExisting(files, joinPath(pipeline.baseDir, name), `the folder ${name}`);
    }
    for (const task of new Set(pipeline.steps.flatMap(scriptsOf))) {
      const script = resolveScript(pipeline, task, env);
      if ("path" in script) this.#holdExisting(files, script.path, `the script ${task}`);
    }
    for (const { key, path } of sources) {
      const read = path === undefined ? [] : expandPlaceholder(path, files);
      for (const file of read) this.#holdExisting(files, file, `the source data '${key}'`);
    }
    this.#lost = sources.filter(({ path }) => path === undefined).map(({ key }) => key);
  }

  /** Whether a real path lies below the pipeline's folder, or is it. */
  isInside(location: string): boolean {
    return isInside(location, this.baseDir);
  }

  /** What must stay that `path` is or holds, in words. */
  holds(path: string): string | undefined {
    return this.#held.get(comparablePath(path));
  }

  /** Why the candidate must not be removed, in words that continue a sentence; `undefined` if it may. */
  refusal(candidate: Candidate, options: { readonly outside: boolean }): string | undefined {
    const { path, location, kind } = candidate;
    if (basename(location) === "" || dirname(location) === location) return "it is the root of a disk";
    const held = this.holds(location) ?? this.holds(path);
    if (held !== undefined) return `it is or contains ${held}${advice(held)}`;
    if (kind === "absent") return undefined;
    if (!this.isInside(location) && !options.outside) {
      const really = location === path ? "" : `, really ${location},`;
      return `it${really} lies outside ${this.baseDir}; add --outside, or 'allow_outside_pipeline: true' to its entry`;
    }
    if (kind !== "folder" || this.#lost.length === 0) return undefined;
    return `it may contain the source data '${this.#lost[0]}', whose path cannot be told; set the variables it needs`;
  }

  #holdExisting(files: FileReader, path: string, what: string): void {
    if (files.stat(path) !== undefined || files.isLink(path)) this.#hold(files, path, what);
  }

  // Both as written and as it really is: either may stand in what is removed.
  #hold(files: FileReader, path: string, what: string): void {
    for (const spelling of new Set([path, files.realPath(path) ?? path])) {
      for (let at = comparablePath(spelling); !this.#held.has(at); at = comparablePath(dirname(at))) {
        this.#held.set(at, what);
      }
    }
  }
}

function scriptsOf(step: Step): readonly string[] {
  switch (step.kind) {
    case "task":
      return [step.task];
    case "condition":
      return step.script === undefined ? [] : [step.script];
    case "switch":
      return [];
    case "repeated":
      return [...step.steps.map((inner) => inner.task), ...(step.until === undefined ? [] : [step.until.script])];
  }
}

function advice(held: string): string {
  return held.startsWith("the source data")
    ? "; say 'nested_in:' at that entry if the folder's step makes it, else keep it elsewhere"
    : "";
}
