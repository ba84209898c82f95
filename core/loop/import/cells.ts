/**
 * Columns of the original's tables, whatever lies in them.
 *
 * @module
 */

import type { LoopStatus } from "../../ports/loop_store.ts";
import type { OriginalCell } from "../../ports/original_loops.ts";

const STATUSES: ReadonlySet<string> = new Set(["running", "completed", "failed", "budget_exhausted", "stalled"]);

/** A cell as text; bytes are taken for UTF-8. */
export function textOfCell(cell: OriginalCell): string {
  return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : String(cell ?? "");
}

/** UTC milliseconds of a time, which without a zone is UTC; `undefined` if it is none. */
export function timeOf(cell: OriginalCell): number | undefined {
  const text = textOfCell(cell).trim();
  const ms = Date.parse(/([zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Text that is there. */
export function optionalText(cell: OriginalCell): string | undefined {
  return cell === null ? undefined : textOfCell(cell);
}

/** A status that is known to both, or `undefined`. */
export function statusOf(cell: OriginalCell): LoopStatus | undefined {
  const text = textOfCell(cell);
  return STATUSES.has(text) ? text as LoopStatus : undefined;
}

/** A step's number if it can be one. */
export function stepNumber(cell: OriginalCell): number | undefined {
  const number = typeof cell === "bigint" ? Number(cell) : cell;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
