/**
 * Where the outputs of a point lie.
 *
 * @module
 */

import type { Pipeline } from "../graph/pipeline.ts";
import { basename, dirname, extension, isInside, joinPath, relativePath } from "../paths.ts";
import { outermost } from "./affected.ts";
import { POINT } from "./names.ts";

/** The pipeline whose sweeps need no name of their own. */
const USUAL_STEM = "pipeline";

const FOLDER = "sweeps";

/**
 * Gives every path that steps of a sweep make a place of its own for each combination of the values that reach it:
 * `output/sweeps/POINT/…`, or
 * `output/sweeps/NAME/POINT/…` of a file that is not called `pipeline.yml`, below it the path as it was. What lies
 * outside the pipeline's folder gets `sweeps/POINT` beside it. A path that names the point itself is left at that.
 */
export class PointFolders {
  readonly #baseDir: string;
  readonly #outputDir: string;
  readonly #prefix: string;
  readonly #made: Pick<ReadonlySet<string>, "has">;
  /** Paths outside of the folder for outputs, as they are below a point. */
  readonly #others: ReadonlySet<string>;
  /** Path to what stands before and behind the point's name. */
  readonly #known = new Map<string, readonly [before: string, after: string]>();

  /** @param made By the path. */
  constructor(pipeline: Pipeline, made: ReadonlyMap<string, unknown>) {
    this.#baseDir = pipeline.baseDir;
    this.#outputDir = joinPath(pipeline.baseDir, pipeline.outputDir);
    const stem = basename(pipeline.file).slice(0, -extension(pipeline.file).length || undefined);
    this.#prefix = stem === USUAL_STEM ? FOLDER : `${FOLDER}/${stem}`;
    this.#made = made;
    const others = [...made.keys()].filter((path) => isInside(path, this.#baseDir) && !isInside(path, this.#outputDir));
    this.#others = new Set(others.map((path) => relativePath(path, this.#baseDir)));
  }

  /** Whether steps of the sweep make the path, or a folder around it. */
  isMade(path: string): boolean {
    return outermost(path, this.#made) !== undefined;
  }

  /** The path in the folder of a point, or of a part of its values. */
  place(path: string, point: string): string {
    if (path.includes(POINT)) return path.replaceAll(POINT, point);
    let parts = this.#known.get(path);
    if (parts === undefined) this.#known.set(path, parts = this.#parts(path));
    return `${parts[0]}${point}${parts[1]}`;
  }

  #parts(path: string): readonly [string, string] {
    const root = outermost(path, this.#made) ?? path;
    if (!isInside(root, this.#baseDir) && !isInside(root, this.#outputDir)) {
      return [`${joinPath(dirname(root), this.#prefix)}/`, `/${basename(root)}${path.slice(root.length)}`];
    }
    const below = this.#below(path);
    return [`${joinPath(this.#outputDir, this.#prefix)}/`, below === "." ? "" : `/${below}`];
  }

  // Two paths that differ only by the folder for outputs must not become one.
  #below(path: string): string {
    const whole = relativePath(path, this.#baseDir);
    if (!isInside(path, this.#outputDir)) return whole;
    const short = relativePath(path, this.#outputDir);
    const clashes = [...this.#others].some((other) => other === short || short.startsWith(`${other}/`));
    return clashes ? whole : short;
  }
}
