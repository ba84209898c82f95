import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { LoopConfigError, UnknownModelPrice } from "../base/errors.ts";
import { anthropicCost, isMissingCost, openaiCost, usageCost } from "./cost.ts";
import { definePrices, priceOf, priceRows } from "./price.ts";

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

Deno.test("priceOf() gives Anthropic's multiples: writes at 1.25 and 2 times the input, reads at a tenth", () => {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = priceOf("claude-opus-4-1");
  deepEqual([input, cacheRead, cacheWrite5m, cacheWrite1h], [15, 1.5, 18.75, 30]);
  for (const row of priceRows().filter((it) => it.model.startsWith("claude-") && it.model !== "claude-3-haiku")) {
    equal(row.cacheWrite5m, Math.round(row.input * 1.25e9) / 1e9, row.model);
    equal(row.cacheWrite1h, row.input * 2, row.model);
  }
});

Deno.test("priceOf() knows a model by its name, its dated names and its latest, and by nothing else", () => {
  for (const name of ["claude-haiku-4-5", "claude-haiku-4-5-20251001", "claude-haiku-4-5-latest"]) {
    equal(priceOf(name).input, 1);
  }
  equal(priceOf("gpt-4.1-2025-04-14").input, 2);
  equal(priceOf("gpt-4o-2024-05-13").input, 5);
  equal(priceOf("gpt-4o-2024-08-06").input, 2.5);
  for (const name of ["claude-haiku-4-5-turbo", "gpt-4.1-maxi", "gpt", "", "claude-haiku-4-50"]) {
    throws(() => priceOf(name), UnknownModelPrice);
  }
  throws(() => priceOf("claude-haiku-4-6"), (error) => /did you mean/.test((error as UnknownModelPrice).hint ?? ""));
});

Deno.test("priceOf() follows changes by day", () => {
  equal(priceOf("o3", { at: at("2025-06-09") }).input, 10);
  equal(priceOf("o3", { at: at("2025-06-10") }).input, 2);
  equal(priceOf("o3").input, 2);
  equal(priceOf("claude-sonnet-5-5", { at: at("2026-10-06") }).cacheRead, 0.2);
  equal(priceOf("claude-sonnet-5-5", { at: at("2026-10-07") }).cacheRead, 0.1);
  throws(() => priceOf("o3", { at: 0 }), UnknownModelPrice);
});

Deno.test("priceOf() follows the length of the prompt", () => {
  equal(priceOf("claude-sonnet-4-5", { promptTokens: 200_000 }).input, 3);
  deepEqual(priceOf("claude-sonnet-4-5", { promptTokens: 200_001, batch: true }), {
    ...{ input: 6, output: 22.5, cacheRead: 0.6, cacheWrite5m: 7.5, cacheWrite1h: 12 },
    ...{ factor: 0.5, effectiveFrom: "2024-01-01" },
  });
  equal(priceOf("gpt-5.4", { promptTokens: 272_001 }).output, 22.5);
});

Deno.test("definePrices() goes before what is known, by day, and can be taken back", () => {
  const takeBack = definePrices([
    { model: "o3", effectiveFrom: "2025-06-10", input: 7, output: 8 },
    { model: "house-*", effectiveFrom: "2026-01-01", input: 1, output: 2, batchFactor: 0.25 },
  ]);
  equal(priceOf("o3").input, 7);
  equal(priceOf("o3", { at: at("2025-01-01") }).input, 10);
  equal(priceOf("house-7b", { batch: true }).factor, 0.25);
  deepEqual(priceOf("house-7b").cacheRead, 1);
  takeBack();
  equal(priceOf("o3").input, 2);
  throws(() => priceOf("house-7b"), UnknownModelPrice);
});

Deno.test("definePrices() refuses what is no price", () => {
  const row = { model: "m", effectiveFrom: "2026-01-01", input: 1, output: 1 };
  const wrong = [
    ...[{ ...row, input: -1 }, { ...row, output: NaN }, { ...row, cacheRead: Infinity }, { ...row, batchFactor: -1 }],
    ...[{ ...row, effectiveFrom: "soon" }, { ...row, above: { tokens: 5, input: -1, output: 1 } }],
  ];
  for (const it of wrong) throws(() => definePrices([it]), LoopConfigError);
});

Deno.test("anthropicCost() counts input, output, cache reads, and writes by their lifetime", () => {
  const usage = {
    input_tokens: 1_000,
    output_tokens: 200,
    cache_read_input_tokens: 5_000,
    cache_creation_input_tokens: 3_000,
    cache_creation: { ephemeral_5m_input_tokens: 1_000, ephemeral_1h_input_tokens: 2_000 },
  };
  // 3.00 + 3.00 + 1.50 + 3.75 + 12.00 thousandths of a dollar
  deepEqual(anthropicCost()({ model: "claude-sonnet-4-5", usage }), { usd: 0.02325, tokens: 9_200 });
  const { cache_creation: _, ...unsplit } = usage;
  deepEqual(anthropicCost()({ model: "claude-sonnet-4-5", usage: unsplit }).usd, 0.01875);
});

Deno.test("anthropicCost() takes null for none, as the client gives it, and objects of classes", () => {
  class Usage {
    input_tokens = 10;
    output_tokens = 0;
    cache_creation_input_tokens = null;
    cache_read_input_tokens = null;
    cache_creation = null;
  }
  deepEqual(anthropicCost("claude-haiku-4-5")({ usage: new Usage() }), { usd: 0.00001, tokens: 10 });
});

Deno.test("anthropicCost() reads a usage by itself, a streamed message and a batch", () => {
  const usage = { input_tokens: 1_000, output_tokens: 0 };
  equal(anthropicCost("claude-haiku-4-5")(usage).usd, 0.001);
  equal(anthropicCost()({ type: "message_start", message: { model: "claude-haiku-4-5", usage } }).usd, 0.001);
  equal(anthropicCost("claude-haiku-4-5")({ ...usage, service_tier: "batch" }).usd, 0.0005);
  equal(anthropicCost("claude-haiku-4-5", { batch: true })(usage).usd, 0.0005);
});

Deno.test("anthropicCost() takes the named model before the response's own", () => {
  const response = { model: "claude-opus-4-1", usage: { input_tokens: 1_000_000, output_tokens: 0 } };
  equal(anthropicCost()(response).usd, 15);
  equal(anthropicCost("claude-haiku-5-5")(response).usd, 0.5);
});

Deno.test("openaiCost() takes cached tokens out of the input, and never adds reasoning twice", () => {
  const chat = {
    prompt_tokens: 1_000,
    completion_tokens: 500,
    total_tokens: 1_500,
    prompt_tokens_details: { cached_tokens: 600 },
    completion_tokens_details: { reasoning_tokens: 400 },
  };
  const responses = {
    input_tokens: 1_000,
    output_tokens: 500,
    input_tokens_details: { cached_tokens: 600 },
    output_tokens_details: { reasoning_tokens: 400 },
  };
  // 0.80 + 0.30 + 4.00 thousandths of a dollar
  for (const usage of [chat, responses]) deepEqual(openaiCost("gpt-4.1")({ usage }), { usd: 0.0051, tokens: 1_500 });
  equal(openaiCost()({ type: "response.completed", response: { model: "gpt-4.1", usage: responses } }).usd, 0.0051);
});

Deno.test("openaiCost() prices a response by the time it tells of", () => {
  const response = (day: string) => ({
    model: "o3-2025-04-16",
    created: at(day) / 1_000,
    usage: { prompt_tokens: 1_000_000, completion_tokens: 0 },
  });
  equal(openaiCost()(response("2025-05-01")).usd, 10);
  equal(openaiCost()(response("2025-07-01")).usd, 2);
});

Deno.test("usageCost() prices a whole call by the length of its prompt, cached parts included", () => {
  const usage = { input_tokens: 1, output_tokens: 0, cache_read_input_tokens: 100_000 };
  equal(usageCost({ model: "claude-haiku-5-5", usage })?.nano, 500 + 5_000_000);
});

Deno.test("usageCost() knows nothing of a response without usage, or with one that cannot be", () => {
  const none = [undefined, null, 5, "x", {}, { usage: null }, { usage: { output_tokens: 5 } }, { message: "hi" }];
  const wrong = [{ input_tokens: -1 }, { input_tokens: "9" }, { input_tokens: 1.5 }, { input_tokens: NaN }];
  const impossible = { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 2 } };
  for (const it of [...none, ...wrong, impossible]) {
    equal(usageCost(it, { model: "o3" }), undefined);
    ok(isMissingCost(anthropicCost("o3")(it)));
  }
  equal(isMissingCost(anthropicCost("o3")({ input_tokens: 0 })), false);
});

Deno.test("usageCost() never guesses the price of an unknown model", () => {
  const response = { model: "mystery-1", usage: { input_tokens: 1_000_000, output_tokens: 1 } };
  throws(() => usageCost(response), UnknownModelPrice);
  throws(() => usageCost({ usage: response.usage }), UnknownModelPrice);
  deepEqual(usageCost(response, { unknown: "zero" }), { nano: 0, tokens: 1_000_001 });
  deepEqual(usageCost(response, { unknown: { input: 2, output: 0 } })?.nano, 2_000_000_000);
});

Deno.test("usageCost() rounds half up, once for each call", () => {
  const takeBack = definePrices([{ model: "m", effectiveFrom: "2026-01-01", input: 0.0005, output: 0.0005 }]);
  equal(usageCost({ model: "m", usage: { input_tokens: 1, output_tokens: 0 } })?.nano, 1);
  equal(usageCost({ model: "m", usage: { input_tokens: 1, output_tokens: 1 } })?.nano, 1);
  equal(usageCost({ model: "m", usage: { input_tokens: 1, output_tokens: 2 } })?.nano, 2);
  takeBack();
});

Deno.test("usageCost() is the exact sum of tokens times rates whatever their numbers", () => {
  const counts = fc.array(fc.nat(2_000_000), { minLength: 5, maxLength: 5 });
  const names = fc.constantFrom(...new Set(priceRows().map((row) => row.model)));
  fc.assert(fc.property(counts, names, ([input, output, read, w5, w1], model) => {
    const usage = {
      ...{ input_tokens: input, output_tokens: output, cache_read_input_tokens: read },
      ...{ cache_creation: { ephemeral_5m_input_tokens: w5, ephemeral_1h_input_tokens: w1 } },
    };
    const price = priceOf(model, { promptTokens: input + read + w5 + w1 });
    const rates = [price.input, price.output, price.cacheRead, price.cacheWrite5m, price.cacheWrite1h];
    const near = [input, output, read, w5, w1].reduce((sum, count, index) => sum + count * rates[index] * 1_000, 0);
    const cost = usageCost({ model, usage });
    ok(cost !== undefined && Math.abs(cost.nano - near) <= 1);
    equal(cost.tokens, input + output + read + w5 + w1);
  }));
});
