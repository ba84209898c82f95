/**
 * What makes two loops the same: their name, version, state and the parts that decide. Not their budget, nor callbacks.
 *
 * @module
 */

import { toJSONSchema } from "zod";
import type { StateTools } from "../../ports/loop_store.ts";
import { canonicalJson } from "../state/canonical.ts";
import type { Descriptor, LoopSpec } from "../types/mod.ts";

/** What is compared. */
export interface Identity {
  readonly specHash: string;
  readonly specJson: string;
}

type Parts = Pick<LoopSpec<never>, "name" | "version"> & {
  readonly state: LoopSpec<never>["state"];
  readonly detector?: { readonly descriptor: Descriptor };
  readonly backtrack?: { readonly descriptor: Descriptor };
  readonly stall?: { readonly descriptor: Descriptor };
};

/** The first 16 digits of SHA-256 over canonical JSON. */
export function identityOf(parts: unknown, tools: StateTools): Identity {
  const { name, version, state, detector, backtrack, stall } = parts as Parts;
  const fields = {
    name,
    version,
    state: toJSONSchema(state, { io: "input", unrepresentable: "any" }),
    convergeOn: detector?.descriptor,
    backtrack: backtrack?.descriptor,
    onStall: stall?.descriptor,
  };
  // Through JSON once: a schema may hold members that JSON leaves out.
  const specJson = canonicalJson(JSON.parse(JSON.stringify(fields)));
  return { specJson, specHash: tools.sha256(specJson).slice(0, 16) };
}

/** Fields in which two identities differ. */
export function differences(a: string, b: string): readonly string[] {
  const [left, right] = [JSON.parse(a) as Record<string, unknown>, JSON.parse(b) as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].filter((key) => canonicalJson(left[key] ?? null) !== canonicalJson(right[key] ?? null));
}
