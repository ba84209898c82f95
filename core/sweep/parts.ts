import { baseKeys } from "../graph/parse/matrix_check.ts";
import type { Matrix } from "../graph/pipeline.ts";
import type { Value } from "../yaml/value.ts";
import type { Keys } from "./names.ts";
import { nameOf, type Point, type PointOptions } from "./points.ts";

/** Values of a point, all or some of them. */
export interface Part {
  /** As a point of these values is called. */
  readonly name: string;
  readonly values: ReadonlyMap<string, Value>;
}

/** Gives of points the values of some keys; what points have in common is one and the same. */
export class Parts {
  readonly #base: readonly string[];
  readonly #options: PointOptions;
  /** Keys to the parts of those, by name. */
  readonly #all = new Map<string, Map<string, Part>>();
  readonly #known = new WeakMap<Part, Map<Keys, Part>>();

  constructor(matrix: Matrix, options: PointOptions) {
    [this.#base, this.#options] = [baseKeys(matrix), options];
  }

  /** The values of `whole` that `keys` name, as far as it has them. */
  of(whole: Part | Point, keys: Keys): Part {
    let parts = this.#known.get(whole);
    if (parts === undefined) this.#known.set(whole, parts = new Map());
    let part = parts.get(keys);
    if (part === undefined) parts.set(keys, part = this.#make(whole, keys));
    return part;
  }

  #make(whole: Part, keys: Keys): Part {
    const values = new Map([...whole.values].filter(([key]) => keys.has(key)));
    if (values.size === whole.values.size) return whole;
    const name = values.size === 0 ? "" : nameOf(values, this.#base, this.#options);
    const id = [...values.keys()].join("\0");
    let named = this.#all.get(id);
    if (named === undefined) this.#all.set(id, named = new Map());
    const known = named.get(name);
    if (known === undefined) named.set(name, { name, values });
    return known ?? named.get(name)!;
  }
}
