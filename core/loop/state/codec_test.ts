import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { z } from "zod";
import { LoopConfigError, StateInvalid, StateNotSerialisable, StoreCorrupt } from "../base/errors.ts";
import { runSync, wait } from "../base/flow.ts";
import { type EncodedState, stateCodec } from "./codec.ts";

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const bigText = z.codec(z.string(), z.bigint(), { decode: (text) => BigInt(text), encode: (big) => big.toString() });
const pairs = z.codec(z.array(z.tuple([z.string(), z.number()])), z.map(z.string(), z.number()), {
  decode: (list) => new Map(list),
  encode: (map) => [...map],
});

Deno.test("stateCodec() writes a plain state as canonical text and reads it back", () => {
  const codec = stateCodec(z.object({ draft: z.string(), score: z.number().optional() }));
  const { text, encoded } = codec.encode({ score: 1, draft: "a" }) as EncodedState;
  equal(text, '{"draft":"a","score":1}');
  deepEqual(encoded, { draft: "a", score: 1 });
  deepEqual(codec.decode(text), { draft: "a", score: 1 });
  deepEqual(codec.copy(text), { draft: "a", score: 1 });
});

Deno.test("stateCodec() makes Date, bigint and Map live through the store by their codecs", () => {
  const codec = stateCodec(z.object({ when: isoDate, big: bigText, seen: pairs, list: z.array(isoDate) }));
  const state = { when: new Date(0), big: 2n ** 70n, seen: new Map([["a", 1]]), list: [new Date(5)] };
  const { text } = codec.encode(state) as EncodedState;
  equal(JSON.parse(text).when, "1970-01-01T00:00:00.000Z");
  deepEqual(codec.decode(text), state);
  deepEqual(codec.copy(text), state);
});

Deno.test("stateCodec() names every place where a state does not fit", () => {
  const codec = stateCodec(z.object({ items: z.array(z.object({ n: z.number() })), name: z.string() }));
  const wrong = { items: [{ n: 1 }, { n: "x" }], name: 3 } as never;
  throws(() => codec.encode(wrong), (error) => {
    ok(error instanceof StateInvalid);
    ok(/state\.items\[1\]\.n: .*; state\.name: /.test(error.message), error.message);
    return error.problems.length === 2;
  });
  throws(() => codec.decode('{"items":[]}'), StateInvalid);
});

Deno.test("stateCodec() refuses what the schema lets pass but JSON cannot hold", () => {
  const codec = stateCodec(z.object({ response: z.any() }));
  throws(() => codec.encode({ response: { at: new Date(0) } }), (error) => {
    return error instanceof StateNotSerialisable && error.data.path === "state.response.at";
  });
});

Deno.test("stateCodec() refuses a schema that has no way back, at any depth, and says where", () => {
  const trimmed = z.string().transform((text) => text.length);
  throws(() => stateCodec(z.object({ list: z.array(z.object({ size: trimmed })) })), (error) => {
    return error instanceof LoopConfigError && error.message.includes("state.list[0].size");
  });
  throws(() => stateCodec(z.object({ n: z.preprocess(Number, z.number()) })), LoopConfigError);
});

Deno.test("stateCodec() takes defaults, coercion, overwrites, unions, records and schemas that hold themselves", () => {
  interface Tree {
    readonly name: string;
    readonly below: readonly Tree[];
  }
  const tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), below: z.array(tree) }));
  const schema = z.object({
    tree,
    word: z.string().trim(),
    either: z.union([z.number(), isoDate]),
    counts: z.record(z.string(), z.number()),
    round: z.number().default(0),
  });
  const state = { tree: { name: "a", below: [] }, word: "x", either: new Date(0), counts: { a: 1 }, round: 2 };
  const codec = stateCodec(schema);
  deepEqual(codec.decode((codec.encode(state) as EncodedState).text), state);
});

Deno.test("stateCodec() waits for refinements that are asynchronous, and a synchronous loop is told so", async () => {
  const declared = z.object({ n: z.number().refine(async (n) => await Promise.resolve(n > 0), "must be above 0") });
  const hidden = z.object({ n: z.number().refine((n) => Promise.resolve(n > 0), "must be above 0") });
  for (const schema of [declared, hidden]) {
    const codec = stateCodec(schema);
    equal((await codec.encode({ n: 1 })).text, '{"n":1}');
    deepEqual(await codec.decode('{"n":1}'), { n: 1 });
    await rejects(async () => await codec.encode({ n: -1 }), /state\.n: must be above 0/);
    throws(() => runSync(wait(codec.encode({ n: 1 }))), LoopConfigError);
  }
});

Deno.test("stateCodec() tells stored text that is not JSON", () => {
  throws(() => stateCodec(z.any()).decode("{"), StoreCorrupt);
});
