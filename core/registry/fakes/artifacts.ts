/**
 * Artifacts in memory.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { ArtifactStore } from "../../ports/model_builder.ts";
import type { JsonObject, Pathspec } from "../../ports/values.ts";

/** A store that counts. */
export interface MemoryArtifacts extends ArtifactStore {
  /** References that were read, in order. */
  readonly reads: readonly Pathspec[];
  /** References that were given, in order. */
  readonly writes: readonly Pathspec[];
}

/**
 * A store of artifacts that forgets with the process.
 *
 * @example Usage
 * ```ts
 * import { memoryArtifacts } from "@loom/loom";
 * import { deepEqual, rejects } from "node:assert/strict";
 *
 * const artifacts = memoryArtifacts();
 * const ref = await artifacts.write("TrainFlow", { width: 3 });
 * deepEqual(await artifacts.read(ref), { width: 3 });
 * await rejects(artifacts.read("TrainFlow/99"), { code: "unknown-ref" });
 * ```
 */
export function memoryArtifacts(): MemoryArtifacts {
  const held = new Map<Pathspec, string>();
  const [reads, writes]: [Pathspec[], Pathspec[]] = [[], []];
  return {
    reads,
    writes,
    // deno-lint-ignore require-await -- what it refuses is a rejection
    async read(ref) {
      reads.push(ref);
      const text = held.get(ref);
      if (text === undefined) throw new LoomError("unknown-ref", `Nothing is known as '${ref}'`, { data: { ref } });
      return JSON.parse(text);
    },
    write(flow, content) {
      const ref = `${flow}/${held.size + 1}`;
      held.set(ref, JSON.stringify(content));
      writes.push(ref);
      return Promise.resolve(ref);
    },
  };
}

/** A digest of a value that tells different ones apart; no protection against anybody. Source: FNV-1a, 32 bit. */
export function fingerprintOf(value: JsonObject): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(value)) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return `fnv1a:${hash.toString(16).padStart(8, "0")}`;
}
