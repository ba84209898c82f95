/**
 * What follows from the manifest of a model builder.
 *
 * @module
 */

import type { Capability, CapabilityManifest, CapabilityMode, CapabilityName } from "../../ports/values.ts";
import { notSearchable, unsupported } from "./errors.ts";

/** A manifest that can be asked. */
export interface Capabilities extends CapabilityManifest {
  /** Whether the builder does it. What is not named is not done. */
  supports(name: string): boolean;
  /** How it is used; `undefined` for what is not named. */
  mode_of(name: string): CapabilityMode | undefined;
}

/**
 * The manifest, with its questions.
 *
 * @example Usage
 * ```ts
 * import { capabilitiesOf } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const can = capabilitiesOf({
 *   backend: "local",
 *   capabilities: [{ name: "embed", mode: "searchable", supported: true, notes: "" }],
 * });
 * equal(can.supports("embed"), true);
 * equal(can.mode_of("embed"), "searchable");
 * equal(can.supports("pretrain"), false);
 * ```
 */
export function capabilitiesOf({ backend, capabilities }: CapabilityManifest): Capabilities {
  const find = (name: string) => capabilities.find((it) => it.name === name);
  return {
    backend,
    capabilities,
    supports: (name) => find(name)?.supported ?? false,
    mode_of: (name) => find(name)?.mode,
  };
}

/**
 * What the manifest says of a capability that is about to be used.
 *
 * @throws {LoomError} `unsupported`.
 */
export function requireSupported(manifest: CapabilityManifest, name: CapabilityName): Capability {
  const found = manifest.capabilities.find((it) => it.name === name);
  if (found?.supported !== true) throw unsupported(manifest.backend, name, found?.notes ?? "");
  return found;
}

/**
 * What the manifest says of a capability that a search is about to try many times over.
 *
 * @throws {LoomError} `unsupported`; `not-searchable` if it is launched and tracked.
 */
export function requireSearchable(manifest: CapabilityManifest, name: CapabilityName): Capability {
  const found = requireSupported(manifest, name);
  if (found.mode !== "searchable") throw notSearchable(manifest.backend, name);
  return found;
}
