import type { Cell } from "./column.ts";

const WORDS: ReadonlyMap<Cell, number> = new Map([["NaN", NaN], ["Infinity", Infinity], ["-Infinity", -Infinity]]);

/** The number that a cell holds, `NaN` and infinities among them; `undefined` for text, truth values and nothing. */
export function numberOf(cell: Cell): number | undefined {
  return typeof cell === "number" ? cell : WORDS.get(cell);
}

/** {@linkcode numberOf} if it is one that can be drawn and compared. */
export function finiteOf(cell: Cell): number | undefined {
  const number = numberOf(cell);
  return Number.isFinite(number) ? number : undefined;
}
