/**
 * The price of a model on a day.
 *
 * @module
 */

import { nearest } from "../../errors.ts";
import { LoopConfigError, UnknownModelPrice } from "../base/errors.ts";
import { PRICE_TABLE, type PriceRow, type Rates } from "./table.ts";

/** What a call costs, in USD per million tokens. */
export interface Price extends Required<Rates> {
  /** What everything is multiplied by: below 1 for a batch. */
  readonly factor: number;
  /** UTC day from which the price holds. */
  readonly effectiveFrom: string;
}

/** What a price depends on besides the model. */
export interface PriceQuestion {
  /** UTC milliseconds; absent: the newest price. */
  readonly at?: number;
  /** Length of the prompt, cached parts included. Default 0. */
  readonly promptTokens?: number;
  readonly batch?: boolean;
}

/** Rows that people have added, the newest of them last. */
const added: PriceRow[] = [];

/**
 * Adds prices, or puts others in the place of known ones, for the whole process. Of two rows for one model the one that
 * holds from the later day counts; of the same day, the one that was added last.
 *
 * @example Usage
 * ```ts
 * import { anthropicCost, definePrices } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * definePrices([{ model: "house-model", effectiveFrom: "2026-01-01", input: 1, output: 2 }]);
 * const usage = { input_tokens: 500_000, output_tokens: 250_000 };
 * equal(anthropicCost("house-model")({ usage }).usd, 1);
 * ```
 *
 * @param rows Rates in USD per million tokens, from a UTC day on.
 * @returns Takes these rows back.
 * @throws {LoopConfigError} If a rate is negative or not finite, or a day is none.
 */
export function definePrices(rows: readonly PriceRow[]): () => void {
  for (const row of rows) checkRow(row);
  added.push(...rows);
  return () => {
    for (const row of rows) if (added.includes(row)) added.splice(added.lastIndexOf(row), 1);
  };
}

/** All rows, those that people have added last. */
export function priceRows(): readonly PriceRow[] {
  return [...PRICE_TABLE, ...added];
}

function checkRow(row: PriceRow): void {
  const { model, effectiveFrom, input, output, cacheRead, cacheWrite5m, cacheWrite1h, batchFactor, above } = row;
  const own = { input, output, cacheRead, cacheWrite5m, cacheWrite1h, batchFactor };
  const numbers = Object.entries({ ...own, ...above }).concat(Object.entries(own));
  const wrong = numbers.find(([, rate]) => rate !== undefined && !(rate >= 0 && rate < Infinity));
  if (wrong !== undefined) {
    throw new LoopConfigError(`The price of ${model} cannot be used: ${wrong[0]} is ${wrong[1]}`, {
      hint: "rates are numbers from 0, in USD per million tokens",
    });
  }
  if (input !== undefined && output !== undefined && !Number.isNaN(dayMs(effectiveFrom))) return;
  throw new LoopConfigError(`The price of ${model} cannot be used: it needs input, output and effectiveFrom`, {
    hint: "effectiveFrom is a day such as 2026-01-01",
  });
}

function dayMs(day: string): number {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
}

/**
 * What a model costs.
 *
 * @throws {UnknownModelPrice} If no row is for it, or none on that day.
 */
export function priceOf(model: string, { at = Infinity, promptTokens = 0, batch = false }: PriceQuestion = {}): Price {
  const row = newestRow(model, at);
  if (row === undefined) throw unknown(model);
  const { effectiveFrom, batchFactor = 0.5, above } = row;
  const rates = above !== undefined && promptTokens > above.tokens ? above : row;
  return { ...allRates(rates), factor: batch ? batchFactor : 1, effectiveFrom };
}

/** Rates with what follows from the input where nothing else is said. */
export function allRates(rates: Rates): Required<Rates> {
  const { input, output, cacheRead = input, cacheWrite5m = input * 1.25, cacheWrite1h = input * 2 } = rates;
  return { input, output, cacheRead, cacheWrite5m, cacheWrite1h };
}

/** A row of exactly this name goes before one for all its dates, and that before one with a star. */
function newestRow(model: string, at: number): PriceRow | undefined {
  let best: { readonly row: PriceRow; readonly closeness: number } | undefined;
  for (const row of priceRows()) {
    const closeness = closenessOf(row.model, model);
    if (closeness === 0 || dayMs(row.effectiveFrom) > at) continue;
    const isBetter = best === undefined || closeness > best.closeness ||
      (closeness === best.closeness && row.effectiveFrom >= best.row.effectiveFrom);
    if (isBetter) best = { row, closeness };
  }
  return best?.row;
}

function closenessOf(pattern: string, model: string): number {
  if (pattern === model) return Infinity;
  if (pattern.endsWith("*")) return model.startsWith(pattern.slice(0, -1)) ? pattern.length : 0;
  const rest = model.startsWith(pattern) ? model.slice(pattern.length) : "";
  return /^-(\d{8}|\d{4}-\d\d-\d\d|latest)$/.test(rest) ? 1_000 : 0;
}

function unknown(model: string): UnknownModelPrice {
  const near = nearest(model, priceRows().map((row) => row.model));
  const guess = near === undefined ? "" : `did you mean '${near}'? `;
  return new UnknownModelPrice(`No price is known for the model '${model}'`, {
    hint: `${guess}add its price with definePrices(), or say what an unknown model costs`,
    data: { model },
  });
}
