/**
 * Nodes of past searches.
 *
 * @module
 */

import type { NodeRecord } from "../../ports/values.ts";

/** Rows of a corpus. */
export interface Corpus {
  readonly rows: readonly NodeRecord[];
  /** Those that may be shared among tenants: their owner is `general`, to the letter. */
  general(): readonly NodeRecord[];
}

/**
 * A corpus of these rows.
 *
 * @example Silence is not consent
 * ```ts
 * import { corpusOf, type NodeRecord } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const node = { node_id: "a", owned_by: "private" } as NodeRecord;
 * equal(corpusOf([node, { ...node, owned_by: "general" }]).general().length, 1);
 * ```
 */
export function corpusOf(rows: readonly NodeRecord[]): Corpus {
  return { rows, general: () => rows.filter(({ owned_by }) => owned_by === "general") };
}
