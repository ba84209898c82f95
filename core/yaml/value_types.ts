/**
 * The shapes of YAML values, as Python's YAML reader makes them.
 *
 * @module
 */

/**
 * A YAML value. `number` is a Python int in the safe range, `bigint` a larger one. Maps keep file order.
 * A {@linkcode ValueSet} is a map too and a {@linkcode Tuple} an array, so code that only reads them needs no case for them.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Float
  | Timestamp
  | Bytes
  | readonly Value[]
  | ReadonlyMap<Value, Value>;

/** A Python float: kept apart from ints, because `50.0` is printed `50.0`. */
export class Float {
  constructor(readonly value: number) {}
}

/** A YAML date or time: `text` is what Python's `str()` prints, `repr` what it prints inside a list or map. */
export class Timestamp {
  constructor(readonly text: string, readonly repr: string) {}
}

/** What `!!binary` holds. */
export class Bytes {
  constructor(readonly data: Uint8Array) {}
}

/** A Python tuple: one entry of `!!omap` and `!!pairs`. */
export class Tuple extends Array<Value> {}

/** A Python set, in file order: the members are the keys, the values are null. */
export class ValueSet extends Map<Value, Value> {}
