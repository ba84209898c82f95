import { Bytes, Float, Timestamp, type Value } from "./value_types.ts";

/** A map whose keys are compared as Python compares them: `1`, `1.0` and `True` are one key, the first one stays. */
export class Dict {
  readonly map = new Map<Value, Value>();
  /** Keys that are neither texts nor null, by what makes them equal. Most maps have none. */
  #others: Map<string, Value> | undefined;

  /**
   * Adds a pair; an equal key gets the new value and keeps its place.
   *
   * @param key No list and no map.
   * @returns Whether the key is new.
   */
  set(key: Value, value: Value): boolean {
    const before = this.map.size;
    this.map.set(typeof key === "string" || key === null ? key : this.#known(key), value);
    return this.map.size !== before;
  }

  #known(key: Value): Value {
    const identity = identityOf(key);
    this.#others ??= new Map();
    const known = this.#others.get(identity);
    if (known !== undefined) return known;
    this.#others.set(identity, key);
    return key;
  }
}

function identityOf(key: Value): string {
  if (typeof key === "boolean") return key ? "1" : "0";
  if (key instanceof Float) {
    return Number.isInteger(key.value) ? BigInt(key.value).toString() : `float ${key.value}`;
  }
  if (key instanceof Timestamp) return key.repr;
  if (key instanceof Bytes) return `bytes ${key.data.join()}`;
  return String(key);
}
