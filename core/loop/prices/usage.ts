/**
 * Numbers of tokens, out of whatever a provider's client gives.
 *
 * @module
 */

/** Tokens of one call, each counted once. */
export interface TokenCounts {
  /** Neither read from a cache nor written to one. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  /** Reasoning included. */
  readonly output: number;
}

/** What can be told of a call. */
export interface CallUsage {
  readonly model?: string;
  readonly tokens: TokenCounts;
  /** Billed as a batch. */
  readonly isBatch: boolean;
  /** UTC milliseconds, where the provider tells. */
  readonly at?: number;
}

type Members = Readonly<Record<string, unknown>>;

/** Where a response, or the last event of a stream, may be kept inside what is handed in. */
const WRAPPERS = ["response", "message"];

/** Tiers that are billed as a batch is. */
const BATCH_TIERS: ReadonlySet<unknown> = new Set(["batch", "flex"]);

/** Usage of a response, of the last event of a stream, or a usage by itself; `undefined` when there is none. */
export function readUsage(given: unknown): CallUsage | undefined {
  if (!isObject(given)) return undefined;
  const inner = WRAPPERS.map((key) => given[key]).find((value) => isObject(value) && isObject(value.usage));
  const response = !isObject(given.usage) && isObject(inner) ? inner : given;
  const usage = isObject(response.usage) ? response.usage : response;
  const tokens = countsOf(usage);
  if (tokens === undefined || !Object.values(tokens).every(isCount)) return undefined;
  const isBatch = BATCH_TIERS.has(usage.service_tier) || BATCH_TIERS.has(response.service_tier);
  const seconds = response.created ?? response.created_at;
  return {
    tokens,
    isBatch,
    ...(typeof response.model === "string" && { model: response.model }),
    ...(typeof seconds === "number" && { at: seconds * 1_000 }),
  };
}

function countsOf(usage: Members): TokenCounts | undefined {
  if (usage.prompt_tokens != null) {
    return ofWhole(usage.prompt_tokens, usage.completion_tokens, usage.prompt_tokens_details);
  }
  if (usage.input_tokens_details != null) {
    return ofWhole(usage.input_tokens, usage.output_tokens, usage.input_tokens_details);
  }
  return usage.input_tokens == null ? undefined : ofParts(usage);
}

/** OpenAI: cached tokens are part of the input, reasoning is part of the output. */
function ofWhole(prompt: unknown, output: unknown, details: unknown): TokenCounts {
  const part = isObject(details) ? details : {};
  const cacheRead = count(part.cached_tokens);
  const cacheWrite5m = count(part.cache_write_tokens);
  return {
    input: count(prompt) - cacheRead - cacheWrite5m,
    cacheRead,
    cacheWrite5m,
    cacheWrite1h: 0,
    output: count(output),
  };
}

/** Anthropic: input is what no cache had to do with; what was written is told in all, and perhaps for each lifetime. */
function ofParts(usage: Members): TokenCounts {
  const split = isObject(usage.cache_creation) ? usage.cache_creation : {};
  const cacheWrite1h = count(split.ephemeral_1h_input_tokens);
  const written = Math.max(
    count(usage.cache_creation_input_tokens),
    cacheWrite1h + count(split.ephemeral_5m_input_tokens),
  );
  return {
    input: count(usage.input_tokens),
    cacheRead: count(usage.cache_read_input_tokens),
    cacheWrite5m: written - cacheWrite1h,
    cacheWrite1h,
    output: count(usage.output_tokens),
  };
}

/** Absent and `null` are none; anything else that is no number spoils the usage. */
function count(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return typeof value === "number" ? value : NaN;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}
