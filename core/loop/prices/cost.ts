/**
 * What a call of a model has cost.
 *
 * @module
 */

import { UnknownModelPrice } from "../base/errors.ts";
import { toUsd } from "../base/money.ts";
import type { Cost } from "../types/mod.ts";
import { allRates, type Price, priceOf, type PriceQuestion } from "./price.ts";
import type { Rates } from "./table.ts";
import { type CallUsage, readUsage, type TokenCounts } from "./usage.ts";

/** How a response is priced. */
export interface CostOptions {
  /** The model; absent: the response's own. */
  readonly model?: string;
  /** UTC milliseconds for responses that do not tell; absent: the newest prices. */
  readonly now?: number;
  /** Whether it was part of a batch; absent: as the response tells. */
  readonly batch?: boolean;
  /** A model without a price: an error (default), free, or at these rates. */
  readonly unknown?: "error" | "zero" | Rates;
}

/** Money in nano-USD and the number of all tokens. */
export interface UsageCost {
  readonly nano: number;
  readonly tokens: number;
}

const RATE_DIGITS = 1e9;
/** Nano-USD: a rate of nine decimals and a factor of nine, per million tokens, less the nine of a nano. */
const DIVISOR = 10n ** 15n;

/**
 * Cost of a response of either provider; `undefined` when it tells no usage, or one that cannot be.
 *
 * @throws {UnknownModelPrice} If the model has no price and `unknown` does not say what then.
 */
export function usageCost(response: unknown, options: CostOptions = {}): UsageCost | undefined {
  const usage = readUsage(response);
  if (usage === undefined) return undefined;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = usage.tokens;
  const promptTokens = input + cacheRead + cacheWrite5m + cacheWrite1h;
  const price = priceFor(usage, { ...options, promptTokens });
  return { nano: price === undefined ? 0 : nanoOf(usage.tokens, price), tokens: promptTokens + output };
}

function priceFor(
  usage: CallUsage,
  { model = usage.model, now, batch = usage.isBatch, unknown = "error", promptTokens }: CostOptions & PriceQuestion,
): Price | undefined {
  try {
    if (model === undefined) throw noModel();
    return priceOf(model, { at: usage.at ?? now, promptTokens, batch });
  } catch (error) {
    if (!(error instanceof UnknownModelPrice) || unknown === "error") throw error;
    return unknown === "zero" ? undefined : { ...allRates(unknown), factor: batch ? 0.5 : 1, effectiveFrom: "" };
  }
}

function noModel(): UnknownModelPrice {
  return new UnknownModelPrice("The response does not say which model gave it", {
    hint: 'name the model, as in anthropicCost("claude-sonnet-4-5")',
  });
}

/** The sum is exact, and rounded once, half up. */
function nanoOf(tokens: TokenCounts, price: Price): number {
  let sum = 0n;
  for (const kind of ["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output"] as const) {
    sum += BigInt(tokens[kind]) * digits(price[kind]);
  }
  const scaled = sum * digits(price.factor);
  return Number((scaled + DIVISOR / 2n) / DIVISOR);
}

function digits(rate: number): bigint {
  return BigInt(Math.round(rate * RATE_DIGITS));
}

/**
 * Whether a cost says nothing at all: the response had no usage, which is not the same as costing nothing.
 *
 * @example Usage
 * ```ts
 * import { anthropicCost, isMissingCost } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(isMissingCost(anthropicCost()({ id: "msg_1", content: [] })), true);
 * equal(isMissingCost({ usd: 0 }), false);
 * ```
 *
 * @param cost What an adapter gave.
 * @returns `true` if neither money nor tokens are known.
 */
export function isMissingCost(cost: Cost): boolean {
  return cost.usd === undefined && cost.tokens === undefined;
}

/**
 * Reads the cost of responses of Anthropic: objects of its client, plain JSON, the final message of a stream, or a usage.
 *
 * Units: USD, exact to 1e-9 and rounded half up once for each call; tokens are input, output, cache writes and cache reads.
 * A response without usage gives `{}`: nothing is known of its cost.
 * Source: Anthropic, "Pricing"; the table's day is `PRICES_AS_OF`.
 *
 * @example Usage
 * ```ts
 * import { anthropicCost } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const response = { model: "claude-sonnet-4-5", usage: { input_tokens: 1_000, output_tokens: 100 } };
 * deepEqual(anthropicCost()(response), { usd: 0.0045, tokens: 1_100 });
 * ```
 *
 * @param model The model; absent: the response's own.
 * @param options What an unknown model costs, whether it was a batch, and the time by which prices are chosen.
 * @returns A function of a response.
 * @throws {UnknownModelPrice} By that function, if the model has no price.
 */
export function anthropicCost(model?: string, options: CostOptions = {}): (response: unknown) => Cost {
  return (response) => toCost(usageCost(response, { ...options, model: model ?? options.model }));
}

/**
 * Reads the cost of responses of OpenAI, of its chat completions and of its responses: objects of its client, plain JSON,
 * the last event of a stream, or a usage.
 *
 * Units: USD, exact to 1e-9 and rounded half up once for each call; cached tokens are part of the input, reasoning tokens
 * of the output. A response without usage gives `{}`: nothing is known of its cost.
 * Source: OpenAI, "Pricing"; the table's day is `PRICES_AS_OF`.
 *
 * @example Usage
 * ```ts
 * import { openaiCost } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const usage = { prompt_tokens: 1_000, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 400 } };
 * deepEqual(openaiCost("gpt-4o-mini")({ usage }), { usd: 0.00018, tokens: 1_100 });
 * ```
 *
 * @param model The model; absent: the response's own.
 * @param options What an unknown model costs, whether it was a batch, and the time by which prices are chosen.
 * @returns A function of a response.
 * @throws {UnknownModelPrice} By that function, if the model has no price.
 */
export function openaiCost(model?: string, options: CostOptions = {}): (response: unknown) => Cost {
  return anthropicCost(model, options);
}

function toCost(cost: UsageCost | undefined): Cost {
  return cost === undefined ? {} : { usd: toUsd(cost.nano), tokens: cost.tokens };
}
