/**
 * What models cost: a table of facts, one row for each model and each change of its price.
 *
 * Sources: the price lists of Anthropic and OpenAI and their announcements of changes. Models of which one of the facts
 * was in doubt are left out: an unknown price is an error, a wrong one is not seen.
 *
 * @module
 */

/** USD per million tokens. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  /** Input that was read from a cache. Default: as any input. */
  readonly cacheRead?: number;
  /** Input that was written to a cache for five minutes. Default: 1.25 times the input. */
  readonly cacheWrite5m?: number;
  /** Input that was written to a cache for an hour. Default: twice the input. */
  readonly cacheWrite1h?: number;
}

/** The price of one model from one day on. */
export interface PriceRow extends Rates {
  /** A name; dated names (`-20250929`, `-2025-04-14`) and `-latest` are meant, too. A `*` at the end: any ending. */
  readonly model: string;
  /** UTC day, `2026-10-07`. */
  readonly effectiveFrom: string;
  /** What a batch costs of it. Default 0.5. */
  readonly batchFactor?: number;
  /** Rates of the whole call when its prompt, cached parts included, is longer. */
  readonly above?: Rates & { readonly tokens: number };
}

/** Day on which the table was last looked over. */
export const PRICES_AS_OF = "2026-11-21";

/** Where no change of a price is known: from then on. */
const ALWAYS = "2024-01-01";

/** Multiples of the input rate that hold for all models of Anthropic but where a row says otherwise. */
function claude(model: string, input: number, output: number, row: Partial<PriceRow> = {}): PriceRow {
  const rates = { cacheRead: scaled(input, 0.1), cacheWrite5m: scaled(input, 1.25), cacheWrite1h: scaled(input, 2) };
  return { model, effectiveFrom: ALWAYS, input, output, ...rates, batchFactor: 0.5, ...row };
}

/** Cached input is given; `long`: prompts above 272,000 tokens cost twice the input and 1.5 times the output. */
function gpt(
  model: string,
  [input, cacheRead, output]: readonly [number, number, number],
  { long = false, ...row }: Partial<PriceRow> & { readonly long?: boolean } = {},
): PriceRow {
  const above = { tokens: 272_000, input: input * 2, cacheRead: scaled(cacheRead, 2), output: scaled(output, 1.5) };
  return { model, effectiveFrom: ALWAYS, input, cacheRead, output, batchFactor: 0.5, ...(long && { above }), ...row };
}

/** Without the dust of binary fractions. */
function scaled(rate: number, factor: number): number {
  return Math.round(rate * factor * 1e9) / 1e9;
}

/** Sonnet 4 and 4.5 with prompts beyond their usual window. */
const SONNET_LONG = { above: { tokens: 200_000, input: 6, output: 22.5, cacheRead: 0.6 } };
const HAIKU_LONG = { above: { tokens: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05 } };
const LONG = { long: true } as const;
const CUT = { long: true, effectiveFrom: "2026-07-30" } as const;

/** Known prices. Order does not count. */
export const PRICE_TABLE: readonly PriceRow[] = [
  claude("claude-fable-5-1", 10, 50, { cacheRead: 0.25 }),
  claude("claude-mythos-5-1", 10, 50, { cacheRead: 0.25 }),
  claude("claude-fable-5", 10, 50),
  claude("claude-mythos-5", 10, 50),
  claude("claude-opus-5-5", 4, 20, { cacheRead: 0.2 }),
  claude("claude-opus-5", 5, 25),
  claude("claude-opus-4-8", 5, 25),
  claude("claude-opus-4-7", 5, 25),
  claude("claude-opus-4-6", 5, 25),
  claude("claude-opus-4-5", 5, 25),
  claude("claude-opus-4-1", 15, 75),
  claude("claude-opus-4-0", 15, 75),
  claude("claude-opus-4", 15, 75),
  claude("claude-3-opus", 15, 75),
  claude("claude-sonnet-5-5", 2, 10),
  claude("claude-sonnet-5-5", 2, 10, { cacheRead: 0.1, effectiveFrom: "2026-10-07" }),
  claude("claude-sonnet-5", 2, 10),
  claude("claude-sonnet-4-6", 3, 15),
  claude("claude-sonnet-4-5", 3, 15, SONNET_LONG),
  claude("claude-sonnet-4-0", 3, 15, SONNET_LONG),
  claude("claude-sonnet-4", 3, 15, SONNET_LONG),
  claude("claude-3-7-sonnet", 3, 15),
  claude("claude-3-5-sonnet", 3, 15),
  claude("claude-haiku-5-5", 0.1, 0.5, HAIKU_LONG),
  claude("claude-haiku-4-5", 1, 5),
  claude("claude-3-5-haiku", 0.8, 4),
  claude("claude-3-haiku", 0.25, 1.25, { cacheRead: 0.03, cacheWrite5m: 0.3 }),
  gpt("gpt-6-astra", [10, 1, 50], LONG),
  gpt("gpt-6.1-sol", [2, 0.1, 10], LONG),
  gpt("gpt-6-sol", [2, 0.2, 10], LONG),
  gpt("gpt-6-luna", [0.1, 0.01, 0.5], LONG),
  gpt("gpt-5.6-terra", [2.5, 0.25, 15], LONG),
  gpt("gpt-5.6-terra", [2, 0.2, 12], CUT),
  gpt("gpt-5.6-luna", [1, 0.1, 6], LONG),
  gpt("gpt-5.6-luna", [0.2, 0.02, 1.2], CUT),
  gpt("gpt-5.5", [5, 0.5, 30], LONG),
  gpt("gpt-5.4", [2.5, 0.25, 15], LONG),
  gpt("gpt-5.4-mini", [0.75, 0.075, 4.5]),
  gpt("gpt-5.4-nano", [0.2, 0.02, 1.25]),
  gpt("gpt-5.2", [1.75, 0.175, 14]),
  gpt("gpt-5.2-codex", [1.75, 0.175, 14]),
  gpt("gpt-5.1", [1.25, 0.125, 10]),
  gpt("gpt-5.1-codex", [1.25, 0.125, 10]),
  gpt("gpt-5", [1.25, 0.125, 10]),
  gpt("gpt-5-codex", [1.25, 0.125, 10]),
  gpt("gpt-5-mini", [0.25, 0.025, 2]),
  gpt("gpt-5-nano", [0.05, 0.005, 0.4]),
  gpt("gpt-4.1", [2, 0.5, 8]),
  gpt("gpt-4.1-mini", [0.4, 0.1, 1.6]),
  gpt("gpt-4.1-nano", [0.1, 0.025, 0.4]),
  gpt("gpt-4o", [2.5, 1.25, 10]),
  gpt("gpt-4o-2024-05-13", [5, 5, 15]),
  gpt("gpt-4o-mini", [0.15, 0.075, 0.6]),
  gpt("o4-mini", [1.1, 0.275, 4.4]),
  gpt("o3", [10, 2.5, 40]),
  gpt("o3", [2, 0.5, 8], { effectiveFrom: "2025-06-10" }),
  gpt("o3-mini", [1.1, 0.55, 4.4]),
  gpt("o1", [15, 7.5, 60]),
];
