/**
 * What is refused before a provider is asked.
 *
 * @module
 */

import { LoomError, nearest } from "../../errors.ts";
import type { PortName } from "../../ports/plugin.ts";

/** No provider of the port has this name. */
export function unknownProvider(port: PortName, name: string, known: readonly string[]): LoomError {
  const near = nearest(name, known);
  const list = known.length === 0 ? "there is none yet" : `known: ${known.join(", ")}`;
  return new LoomError("unknown-provider", `Unknown ${port} provider '${name}'`, {
    hint: near === undefined ? list : `did you mean '${near}'? (${list})`,
    data: { port, name, known, ...(near !== undefined && { near }) },
  });
}

/** The port has a provider of this name already. */
export function duplicateProvider(port: PortName, name: string, origin: string): LoomError {
  return new LoomError(
    "duplicate-provider",
    `Cannot register ${port} provider '${name}': ${origin} provides it already`,
    {
      hint: "give it another name, or say that it replaces the other",
      data: { port, name, origin },
    },
  );
}

/** It was written for a contract that this loom does not know. */
export function unsupportedApi(port: PortName, name: string, api: unknown): LoomError {
  return new LoomError(
    "unsupported-api",
    `Cannot register ${port} provider '${name}': it is for version ${api} of the contract, loom knows version 1`,
    { hint: "take a version of the plugin that fits, or another loom", data: { port, name, api } },
  );
}

/** A word that is none of an enumeration. */
export function badValue(what: string, value: unknown, allowed: readonly string[]): LoomError {
  const near = typeof value === "string" ? nearest(value, allowed) : undefined;
  const list = `one of ${allowed.join(", ")}`;
  return new LoomError("bad-value", `Cannot take ${what} ${JSON.stringify(value)}`, {
    hint: near === undefined ? list : `did you mean '${near}'? (${list})`,
    data: { what, value, allowed },
  });
}

/** The builder does not do this. */
export function unsupported(backend: string, capability: string, notes: string): LoomError {
  return new LoomError("unsupported", `Model builder '${backend}' cannot ${capability}`, {
    hint: notes === "" ? undefined : notes,
    data: { backend, capability },
  });
}

/** It is started once and followed, not tried many times over. */
export function notSearchable(backend: string, capability: string): LoomError {
  return new LoomError(
    "not-searchable",
    `Cannot search over '${capability}' of '${backend}': it is launched and tracked`,
    {
      hint: "launch it once with loom train",
      data: { backend, capability },
    },
  );
}
