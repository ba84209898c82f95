/**
 * Values as Python's YAML reader makes them, and as Python's `str()` prints them.
 *
 * @module
 */

/** A YAML value. `number` is a Python int in the safe range, `bigint` a larger one. Maps keep file order. */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Float
  | Timestamp
  | readonly Value[]
  | ReadonlyMap<Value, Value>;

/** A Python float: kept apart from ints, because `50.0` is printed `50.0`. */
export class Float {
  constructor(readonly value: number) {}
}

/** A YAML date or time, as Python's `str()` prints it. */
export class Timestamp {
  constructor(readonly text: string) {}
}
