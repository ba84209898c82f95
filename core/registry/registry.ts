/**
 * Who provides what, by port and name. Nothing is loaded or started by asking.
 *
 * @module
 */

import type { Later } from "../ports/loop_store.ts";
import type { PortName, PortTypes } from "../ports/plugin.ts";
import type { JsonObject } from "../ports/values.ts";
import { duplicateProvider, unknownProvider, unsupportedApi } from "./base/errors.ts";

/** The ports, in the order in which they are listed. */
export const PORT_NAMES = ["search", "mlops", "model-builder", "model", "tool"] as const satisfies readonly PortName[];

/** The version of the contract that this loom knows. */
export const API_VERSION = 1;

/** A provider that can be had. */
export interface Provided<P extends PortName = PortName> {
  readonly port: P;
  readonly name: string;
  /** Who provides it: `loom`, `plugin greet 1.0.0`. */
  readonly origin: string;
  /** Version of the contract it was written for. */
  readonly api: number;
  /** Names of the environment variables that it reads. */
  readonly variables: readonly string[];
  /** Makes it; cheap, and touches nothing. What is heavy waits for the first call. */
  make(config: JsonObject): Later<PortTypes[P]>;
}

/** How something is registered. */
export interface RegisterOptions {
  /** Takes the place of what has the same name. */
  readonly replace?: boolean;
}

/**
 * Providers by port and name.
 *
 * @example A provider of one's own, by name
 * ```ts
 * import { makeRegistry, memorySearch } from "@loom/loom";
 * import { deepEqual, equal } from "node:assert/strict";
 *
 * const registry = makeRegistry();
 * registry.register({
 *   port: "search",
 *   name: "three",
 *   origin: "me",
 *   api: 1,
 *   variables: [],
 *   make: () => memorySearch({ candidates: ["a", "b", "c"] }),
 * });
 * deepEqual(registry.names("search"), ["three"]);
 * equal(registry.get("search", "three").origin, "me");
 * ```
 */
export interface Registry {
  /** @throws {LoomError} `duplicate-provider`, `unsupported-api`. */
  register<P extends PortName>(provided: Provided<P>, options?: RegisterOptions): void;
  /** @throws {LoomError} `unknown-provider`, with the names there are and the nearest. */
  get<P extends PortName>(port: P, name: string): Provided<P>;
  /** In the order of the alphabet. */
  names(port: PortName): readonly string[];
  /** All of one port, or all. */
  list(port?: PortName): readonly Provided[];
}

/** A registry that knows nobody yet. */
export function makeRegistry(): Registry {
  const all = new Map<PortName, Map<string, Provided>>(PORT_NAMES.map((port) => [port, new Map()]));
  const of = (port: PortName) => all.get(port)!;
  const names = (port: PortName) => [...of(port).keys()].sort();
  const inOrder = (port: PortName) => names(port).map((name) => of(port).get(name)!);
  return {
    register(provided, { replace = false } = {}) {
      const { port, name, api } = provided;
      if (api !== API_VERSION) throw unsupportedApi(port, name, api);
      const before = of(port).get(name);
      if (before !== undefined && !replace) throw duplicateProvider(port, name, before.origin);
      of(port).set(name, provided as unknown as Provided);
    },
    get<P extends PortName>(port: P, name: string) {
      const found = of(port).get(name);
      if (found === undefined) throw unknownProvider(port, name, names(port));
      return found as unknown as Provided<P>;
    },
    names,
    list: (port) => port === undefined ? PORT_NAMES.flatMap(inOrder) : inOrder(port),
  };
}
