/**
 * A sweep as one pipeline: every step that changes from point to point is there once for each point, with values and
 * paths of its own.
 *
 * @module
 */

import type { Problem } from "../errors.ts";
import type { Env } from "../graph/env.ts";
import type { DataEntry, Matrix, Pipeline, Step } from "../graph/pipeline.ts";
import { isInterpolated } from "../graph/expand.ts";
import { branchOf, parameterValue, resolveData, resolvePath } from "../graph/resolve.ts";
import { isAbsolute, isInside, relativePath } from "../paths.ts";
import type { Value } from "../yaml/value.ts";
import { type Affected, affectedBy } from "./affected.ts";
import { PointFolders } from "./folders.ts";
import { mapTexts } from "../graph/map_texts.ts";
import { markPoint, namesPoint, POINT, rename, withValues } from "./names.ts";
import type { Point } from "./points.ts";
import { metricsProblems, nameProblems, usageProblems } from "./problems.ts";
import { type Rewriter, rewriteStep, type TextUse } from "./step_texts.ts";

/** Which step a clone is of, and which point it belongs to. */
export interface Clone {
  readonly step: string;
  readonly point: Point;
}

/** A sweep, ready to be run as a pipeline. */
export interface Sweep {
  readonly matrix: Matrix;
  readonly points: readonly Point[];
  readonly pipeline: Pipeline;
  /** By the name of the clone, `step@point`. */
  readonly clones: ReadonlyMap<string, Clone>;
  /** Names of the steps that are there once for each point. */
  readonly steps: ReadonlySet<string>;
  /** `metrics` of the whole pipeline, as each point has them; those that all share are in the pipeline's own. */
  readonly metrics: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** Puts the points of a sweep into the pipeline. Pure. */
export function expandSweep(
  written: Pipeline,
  matrix: Matrix,
  { points, env }: { readonly points: readonly Point[]; readonly env: Env },
): Sweep {
  // With every `${sweep.id}` made findable.
  const pipeline = mapTexts(written, markPoint);
  const affected = affectedBy(pipeline, matrix, env);
  const expansion = new Expansion(pipeline, affected, env);
  for (const point of points) expansion.add(point);
  const made = expansion.pipeline();
  const problems = [
    ...usageProblems(matrix, affected),
    ...nameProblems(written, expansion.clones),
    ...metricsProblems(pipeline, affected, env),
  ];
  const { clones, metrics } = expansion;
  return { matrix, points, pipeline: made, clones, steps: affected.steps, metrics, problems };
}

const NONE: ReadonlySet<string> = new Set();

class Expansion {
  readonly clones = new Map<string, Clone>();
  readonly metrics = new Map<string, readonly string[]>();
  readonly #pipeline: Pipeline;
  readonly #affected: Affected;
  readonly #env: Env;
  readonly #folders: PointFolders;
  readonly #data: Map<string, DataEntry>;
  readonly #parameters: Map<string, Value>;
  /** The pipeline as far as it has come, in which new texts are looked up. */
  readonly #draft: Pipeline;
  /** Entries with paths of their own, containers first. */
  readonly #entries: readonly DataEntry[];
  readonly #bound: readonly string[];
  readonly #steps = new Map<string, Step[]>();
  readonly #shared: readonly string[];
  readonly #conditions: ReadonlySet<string>;

  constructor(pipeline: Pipeline, affected: Affected, env: Env) {
    [this.#pipeline, this.#affected, this.#env] = [pipeline, affected, env];
    this.#folders = new PointFolders(pipeline, affected.made);
    this.#entries = inFolderOrder([...pipeline.data.values()].filter((entry) => this.#isMoved(entry.key)), pipeline);
    this.#data = new Map(pipeline.data);
    for (const { key } of this.#entries) this.#data.delete(key);
    this.#parameters = new Map(pipeline.parameters);
    this.#draft = { ...pipeline, data: this.#data, parameters: this.#parameters };
    this.#bound = [...pipeline.parameters.keys()].filter((name) => affected.names.keysOf(name).size > 0);
    this.#conditions = new Set(pipeline.steps.filter((step) => step.kind === "condition").map(({ name }) => name));
    this.#shared = pipeline.metrics.filter((text) => !this.#isOfPoint(text));
  }

  /** Adds the steps of one point. */
  add(point: Point): void {
    for (const name of this.#bound) this.#parameters.set(`${name}@${point.name}`, this.#parameterOf(name, point));
    for (const entry of this.#entries) this.#data.set(`${entry.key}@${point.name}`, this.#entryOf(entry, point));
    for (const step of this.#pipeline.steps) if (this.#affected.steps.has(step.name)) this.#addStep(step, point);
    const own = this.#pipeline.metrics.filter((text) => !this.#shared.includes(text));
    const rewriter = this.#rewriter(undefined, point);
    this.metrics.set(
      point.name,
      own.map((text) => rewriter.text(text, { isReference: true, isPath: true, bound: NONE })),
    );
  }

  /** With all that was added; each step at its place in the file, once for each point. */
  pipeline(): Pipeline {
    const steps = this.#pipeline.steps.flatMap((step) => this.#steps.get(step.name) ?? this.#unaffected(step));
    return { ...this.#draft, steps, metrics: this.#shared, matrix: undefined };
  }

  #unaffected(step: Step): readonly Step[] {
    return this.#affected.steps.has(step.name) ? [] : [step];
  }

  #addStep(step: Step, point: Point): void {
    const clone = { ...rewriteStep(step, this.#rewriter(step.name, point)), name: `${step.name}@${point.name}` };
    const list = this.#steps.get(step.name);
    if (list === undefined) this.#steps.set(step.name, [clone]);
    else list.push(clone);
    this.clones.set(clone.name, { step: step.name, point });
  }

  // Whatever a point does not bind keeps its value.
  #parameterOf(name: string, point: Point): Value {
    const value = point.values.get(name) ?? this.#pipeline.parameters.get(name)!;
    if (point.values.has(name) || typeof value !== "string") return value;
    return this.#rename(value, { point, isReference: false });
  }

  #isMoved(key: string): boolean {
    const { names, containers } = this.#affected;
    if (containers.has(key) || names.keysOf(key).size > 0) return true;
    const resolved = resolveData(this.#pipeline, key, this.#env);
    return resolved.kind === "path" && this.#folders.isMade(resolved.path);
  }

  #isOfPoint(text: string): boolean {
    if (this.#affected.names.keysIn(text, true).size > 0) return true;
    const resolved = resolvePath(this.#pipeline, text, { env: this.#env });
    return resolved.kind === "path" && this.#folders.isMade(resolved.path);
  }

  #entryOf(entry: DataEntry, point: Point): DataEntry {
    const key = `${entry.key}@${point.name}`;
    const folder = entry.nestedIn === undefined ? undefined : `${entry.nestedIn}@${point.name}`;
    const isWithFolder = folder !== undefined && this.#data.has(folder);
    const path = this.#rename(entry.path, { point, isReference: false });
    const clone = {
      ...entry,
      key,
      path,
      nestedIn: isWithFolder ? folder : entry.nestedIn,
      label: entry.label ?? entry.key,
    };
    // It goes where its folder goes.
    if (isWithFolder && !isAbsolute(entry.path)) return clone;
    const before = resolveData(this.#pipeline, entry.key, this.#env);
    const isMade = before.kind === "path" && this.#folders.isMade(before.path);
    if (!isMade && !this.#affected.containers.has(entry.key)) return clone;
    const now = this.#placeOf(entry, clone, point);
    return now === undefined ? clone : { ...clone, path: this.#asText(now), nestedIn: undefined };
  }

  /** Where the clone of what is made lies: in the folder of its point, unless its path says which point it is of. */
  #placeOf(entry: DataEntry, clone: DataEntry, point: Point): string | undefined {
    const before = resolveData(this.#pipeline, entry.key, this.#env);
    if (before.kind !== "path") return undefined;
    const isPlain = before.path.includes(POINT) || this.#affected.names.keysOf(entry.key).size === 0;
    if (isPlain) return this.#folders.place(before.path, point.name);
    this.#data.set(clone.key, clone);
    const now = resolveData(this.#draft, clone.key, this.#env);
    return now.kind === "path" ? this.#folders.place(now.path, point.name) : undefined;
  }

  #rewriter(step: string | undefined, point: Point): Rewriter {
    return {
      text: (text, use) => this.#text(text, { step, point, use }),
      when: (text, bound) =>
        withValues(text, (name) => bound.has(name) ? undefined : this.#valueOf(name, { step, point })),
      decider: (text) => this.#decider(text, { step, point }),
    };
  }

  /** What a name in a question of a step is at this point; `undefined`: what it is everywhere. */
  #valueOf(
    own: string,
    { step, point }: { readonly step: string | undefined; readonly point: Point },
  ): Value | undefined {
    const name = this.#affected.nameIn(step, own);
    const here = this.#nameOf(name, point.name, step);
    if (here === name || !this.#parameters.has(here)) return undefined;
    const found = parameterValue(this.#draft, here, this.#env);
    return found?.kind === "value" ? found.value : undefined;
  }

  #decider(text: string, where: { readonly step: string | undefined; readonly point: Point }): string {
    const name = text.startsWith("$") && !text.startsWith("${") ? text.slice(1) : text;
    if (this.#conditions.has(name)) return this.#affected.steps.has(name) ? `$${name}@${where.point.name}` : text;
    return this.#rename(text, { ...where, isReference: true });
  }

  #text(
    text: string,
    { step, point, use }: { readonly step: string | undefined; readonly point: Point; readonly use: TextUse },
  ): string {
    const { isReference, isPath, bound } = use;
    if (text === "") return text;
    const renamed = this.#rename(text, { step, point, isReference, bound });
    if (!isPath || (isReference && text.startsWith("$") && !text.startsWith("${"))) return renamed;
    // A path that was written down here: where it is made, it is moved as an entry is.
    const before = resolvePath(this.#pipeline, text, { env: this.#env });
    if (before.kind !== "path" || !this.#folders.isMade(before.path) || namesPoint(text)) return renamed;
    const now = renamed === text ? before : resolvePath(this.#draft, renamed, { env: this.#env });
    return now.kind === "path" ? this.#asText(this.#folders.place(now.path, point.name)) : renamed;
  }

  #rename(
    text: string,
    { step, point, isReference, bound }: {
      readonly step?: string;
      readonly point: Point;
      readonly isReference: boolean;
      readonly bound?: ReadonlySet<string>;
    },
  ): string {
    if (!text.includes("$")) return text.includes(POINT) ? text.replaceAll(POINT, point.name) : text;
    const to = (name: string) => bound?.has(name) ? name : this.#nameOf(name, point.name, step);
    return rename(text, to, { interpolated: isInterpolated(this.#pipeline), isReference }).replaceAll(
      POINT,
      point.name,
    );
  }

  #nameOf(name: string, point: string, step: string | undefined): string {
    const branch = branchOf(this.#pipeline, `$${name}`);
    if (branch !== undefined) {
      return this.#affected.steps.has(branch.step.name) ? `${branch.step.name}@${point}.${branch.branch}` : name;
    }
    if (this.#data.has(`${name}@${point}`)) return `${name}@${point}`;
    const keys = [...this.#affected.names.keysOf(name)];
    const isBound = step === undefined ? keys.length > 0 : keys.some((key) => this.#affected.binds(key, step));
    return isBound && this.#parameters.has(`${name}@${point}`) ? `${name}@${point}` : name;
  }

  #asText(path: string): string {
    const { baseDir } = this.#pipeline;
    const text = isInside(path, baseDir) ? relativePath(path, baseDir) : path;
    return isInterpolated(this.#pipeline) ? text.replaceAll("$", "${$}") : text;
  }
}

/** Entries in which others lie come before those. */
function inFolderOrder(entries: readonly DataEntry[], { data }: Pipeline): readonly DataEntry[] {
  const depth = (entry: DataEntry) => {
    let count = 0;
    for (let at = entry.nestedIn; at !== undefined && count <= data.size; at = data.get(at)?.nestedIn) count++;
    return count;
  };
  return entries.toSorted((a, b) => depth(a) - depth(b));
}
