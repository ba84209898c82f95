/**
 * Putting points into a pipeline, one after the other.
 *
 * @module
 */

import type { Env } from "../graph/env.ts";
import type { DataEntry, Pipeline, Step } from "../graph/pipeline.ts";
import { isInterpolated } from "../graph/expand.ts";
import { branchOf, parameterValue, resolveData, resolvePath } from "../graph/resolve.ts";
import { isAbsolute, isInside, relativePath } from "../paths.ts";
import type { Value } from "../yaml/value.ts";
import { type Affected, outermost } from "./affected.ts";
import { PointFolders } from "./folders.ts";
import { type Keys, namesPoint, POINT, rename, withValues } from "./names.ts";
import type { Part, Parts } from "./parts.ts";
import type { Point } from "./points.ts";
import { type Rewriter, rewriteStep, type TextUse } from "./step_texts.ts";

const NONE: ReadonlySet<string> = new Set();

/** Where a text is written anew: at which values, and in which step, if it is in one. */
interface Where {
  readonly part: Part;
  readonly step?: string;
}

/** A pipeline that grows by the steps of each point that is added, unless they are there. */
export class Expansion {
  readonly clones = new Map<string, { readonly step: string; readonly place: string; readonly points: Point[] }>();
  readonly metrics = new Map<string, readonly string[]>();
  readonly #pipeline: Pipeline;
  readonly #affected: Affected;
  readonly #parts: Parts;
  readonly #env: Env;
  readonly #folders: PointFolders;
  readonly #data: Map<string, DataEntry>;
  readonly #parameters: Map<string, Value>;
  /** The pipeline as far as it has come, in which new texts are looked up. */
  readonly #draft: Pipeline;
  readonly #steps = new Map<string, Step[]>();
  readonly #shared: readonly string[];
  readonly #conditions: ReadonlySet<string>;
  /** Keys on which names hang, by step and name. */
  readonly #keys = new Map<string, Keys>();

  constructor(
    pipeline: Pipeline,
    { affected, parts, env }: { readonly affected: Affected; readonly parts: Parts; readonly env: Env },
  ) {
    [this.#pipeline, this.#affected, this.#parts, this.#env] = [pipeline, affected, parts, env];
    this.#folders = new PointFolders(pipeline, affected.made);
    // What is made at points is made nowhere else.
    const isLeft = (key: string) => !affected.containers.has(key) && this.#madeKeys(this.#placeBefore(key)).size === 0;
    this.#data = new Map([...pipeline.data].filter(([key]) => isLeft(key)));
    this.#parameters = new Map(pipeline.parameters);
    this.#draft = { ...pipeline, data: this.#data, parameters: this.#parameters };
    this.#conditions = new Set(pipeline.steps.filter((step) => step.kind === "condition").map(({ name }) => name));
    this.#shared = pipeline.metrics.filter((text) => !this.#isOfPoint(text));
  }

  /** Adds the steps of one point that are not there yet. */
  add(point: Point): void {
    for (const step of this.#pipeline.steps) {
      const keys = this.#affected.steps.get(step.name);
      if (keys !== undefined) this.#addStep(step, this.#parts.of(point, keys), point);
    }
    const own = this.#pipeline.metrics.filter((text) => !this.#shared.includes(text));
    const rewriter = this.#rewriter({ part: point });
    const use = { isReference: true, isPath: true, bound: NONE };
    this.metrics.set(point.name, own.map((text) => rewriter.text(text, use)));
  }

  /** With all that was added; each step at its place in the file. */
  pipeline(): Pipeline {
    const steps = this.#pipeline.steps.flatMap((step) => this.#steps.get(step.name) ?? this.#unaffected(step));
    return { ...this.#draft, steps, metrics: this.#shared, matrix: undefined };
  }

  #unaffected(step: Step): readonly Step[] {
    return this.#affected.steps.has(step.name) ? [] : [step];
  }

  #addStep(step: Step, part: Part, point: Point): void {
    const name = `${step.name}@${part.name}`;
    const known = this.clones.get(name);
    if (known !== undefined) return void known.points.push(point);
    const clone = { ...rewriteStep(step, this.#rewriter({ step: step.name, part })), name };
    const list = this.#steps.get(step.name);
    if (list === undefined) this.#steps.set(step.name, [clone]);
    else list.push(clone);
    this.clones.set(name, { step: step.name, place: part.name, points: [point] });
  }

  /** Where an entry lies without a sweep. */
  #placeBefore(key: string): string | undefined {
    const resolved = resolveData(this.#pipeline, key, this.#env);
    return resolved.kind === "path" ? resolved.path : undefined;
  }

  /** Keys of the steps that make a path; none where no step of the sweep does. */
  #madeKeys(path: string | undefined): Keys {
    const root = path === undefined ? undefined : outermost(path, this.#affected.made);
    return root === undefined ? NONE : this.#affected.made.get(root)!;
  }

  #isOfPoint(text: string): boolean {
    if (this.#affected.names.keysIn(text, true).size > 0) return true;
    const resolved = resolvePath(this.#pipeline, text, { env: this.#env });
    return resolved.kind === "path" && this.#folders.isMade(resolved.path);
  }

  /** The keys on which a parameter or an entry hangs: by what its text says, by who makes it, by where it lies. */
  #keysOf(name: string, step: string | undefined): Keys {
    const id = `${step ?? ""}\0${name}`;
    let keys = this.#keys.get(id);
    if (keys !== undefined) return keys;
    const { names, binds, containers } = this.#affected;
    const own = [...names.keysOf(name)].filter((key) => step === undefined || binds(key, step));
    // Entries that lie in each other in a ring are told when the file is read.
    this.#keys.set(id, names.keySet(own));
    const folder = this.#pipeline.data.get(name)?.nestedIn;
    keys = names.keySet([
      ...own,
      ...this.#pipeline.data.has(name) ? this.#madeKeys(this.#placeBefore(name)) : [],
      ...containers.get(name) ?? [],
      ...folder === undefined ? [] : this.#keysOf(folder, step),
    ]);
    this.#keys.set(id, keys);
    return keys;
  }

  /** What a name is called at these values; makes it if it is new. */
  #nameOf(name: string, { part, step }: Where): string {
    const branch = branchOf(this.#pipeline, `$${name}`);
    if (branch !== undefined) {
      const keys = this.#affected.steps.get(branch.step.name);
      return keys === undefined ? name : `${branch.step.name}@${this.#parts.of(part, keys).name}.${branch.branch}`;
    }
    const isData = this.#pipeline.data.has(name);
    if (!isData && !this.#pipeline.parameters.has(name)) return name;
    const own = this.#parts.of(part, this.#keysOf(name, step));
    if (own.values.size === 0) return name;
    const here = `${name}@${own.name}`;
    if (isData) this.#addEntry(this.#pipeline.data.get(name)!, here, own);
    else this.#addParameter(name, here, own);
    return here;
  }

  // Names that mention each other in a ring are told when they are resolved: they must not be followed forever.
  #addParameter(name: string, here: string, part: Part): void {
    if (this.#parameters.has(here)) return;
    const value = part.values.get(name) ?? this.#pipeline.parameters.get(name)!;
    this.#parameters.set(here, value);
    if (part.values.has(name) || typeof value !== "string") return;
    this.#parameters.set(here, this.#rename(value, { part, isReference: false }));
  }

  #addEntry(entry: DataEntry, here: string, part: Part): void {
    if (this.#data.has(here)) return;
    this.#data.set(here, { ...entry, key: here });
    this.#data.set(here, this.#entryAt(entry, here, part));
  }

  #entryAt(entry: DataEntry, key: string, part: Part): DataEntry {
    const folder = entry.nestedIn && this.#nameOf(entry.nestedIn, { part });
    const path = this.#rename(entry.path, { part, isReference: false });
    const clone = { ...entry, key, path, nestedIn: folder, label: entry.label ?? entry.key };
    // It goes where its folder goes.
    if (folder !== entry.nestedIn && !isAbsolute(entry.path)) return clone;
    const before = this.#placeBefore(entry.key);
    const isMoved = this.#madeKeys(before).size > 0 || this.#affected.containers.has(entry.key);
    if (before === undefined || !isMoved) return clone;
    const isThere = namesPoint(before) || this.#isPlaced(entry.path, part, false);
    const now = this.#placeOf(clone, part, isThere);
    return now === undefined ? clone : { ...clone, path: this.#asText(now), nestedIn: undefined };
  }

  /** Where the clone of what is made lies: in the folder of its values, unless its path leads there itself. */
  #placeOf(clone: DataEntry, part: Part, isThere: boolean): string | undefined {
    this.#data.set(clone.key, clone);
    const now = resolveData(this.#draft, clone.key, this.#env);
    if (now.kind !== "path") return undefined;
    return isThere ? now.path : this.#folders.place(now.path, part.name);
  }

  /** Whether a path begins with, or mentions, an entry that lies in the folder of these values. */
  #isPlaced(text: string, part: Part, isReference: boolean): boolean {
    return this.#affected.names.in(text, isReference).some((name) =>
      this.#pipeline.data.has(name) && this.#madeKeys(this.#placeBefore(name)).size > 0 &&
      this.#parts.of(part, this.#keysOf(name, undefined)) === part
    );
  }

  #rewriter(where: Where): Rewriter {
    return {
      text: (text, use) => this.#text(text, where, use),
      when: (text, bound) => withValues(text, (name) => bound.has(name) ? undefined : this.#valueOf(name, where)),
      decider: (text) => this.#decider(text, where),
    };
  }

  /** What a name in a question of a step is at these values; `undefined`: what it is everywhere. */
  #valueOf(own: string, where: Where): Value | undefined {
    const name = this.#affected.nameIn(where.step, own);
    const here = this.#nameOf(name, where);
    if (here === name || !this.#parameters.has(here)) return undefined;
    const found = parameterValue(this.#draft, here, this.#env);
    return found?.kind === "value" ? found.value : undefined;
  }

  #decider(text: string, where: Where): string {
    const name = text.startsWith("$") && !text.startsWith("${") ? text.slice(1) : text;
    if (!this.#conditions.has(name)) return this.#rename(text, { ...where, isReference: true });
    const keys = this.#affected.steps.get(name);
    return keys === undefined ? text : `$${name}@${this.#parts.of(where.part, keys).name}`;
  }

  #text(text: string, where: Where, { isReference, isPath, bound }: TextUse): string {
    if (text === "") return text;
    const renamed = this.#rename(text, { ...where, isReference, bound });
    if (!isPath || (isReference && text.startsWith("$") && !text.startsWith("${"))) return renamed;
    // A path that was written down here: where it is made, it is moved as an entry is.
    const before = resolvePath(this.#pipeline, text, { env: this.#env });
    const keys = this.#madeKeys(before.kind === "path" ? before.path : undefined);
    if (before.kind !== "path" || keys.size === 0 || namesPoint(text)) return renamed;
    const now = renamed === text ? before : resolvePath(this.#draft, renamed, { env: this.#env });
    const part = this.#parts.of(where.part, keys);
    if (now.kind !== "path" || this.#isPlaced(text, part, isReference)) return renamed;
    return this.#asText(this.#folders.place(now.path, part.name));
  }

  #rename(
    text: string,
    { isReference, bound, ...where }: Where & { readonly isReference: boolean; readonly bound?: ReadonlySet<string> },
  ): string {
    const { name } = where.part;
    if (!text.includes("$")) return text.includes(POINT) ? text.replaceAll(POINT, name) : text;
    const to = (own: string) => bound?.has(own) ? own : this.#nameOf(own, where);
    const renamed = rename(text, to, { interpolated: isInterpolated(this.#pipeline), isReference });
    return renamed.replaceAll(POINT, name);
  }

  #asText(path: string): string {
    const { baseDir } = this.#pipeline;
    const text = isInside(path, baseDir) ? relativePath(path, baseDir) : path;
    return isInterpolated(this.#pipeline) ? text.replaceAll("$", "${$}") : text;
  }
}
