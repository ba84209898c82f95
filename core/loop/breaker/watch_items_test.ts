import { deepStrictEqual as deepEqual, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { makeCircuitBreaker } from "./circuit_breaker.ts";
import { FakeClock } from "./fake_tool_test.ts";

const circuitBreaker = makeCircuitBreaker(new FakeClock());

async function* tokens(count: number, error?: Error): AsyncGenerator<number, string> {
  for (let i = 0; i < count; i++) yield await Promise.resolve(i);
  if (error !== undefined) throw error;
  return "end";
}

async function read(items: AsyncIterable<number>, atMost = Infinity): Promise<number[]> {
  const seen: number[] = [];
  for await (const item of items) {
    if (seen.push(item) >= atMost) break;
  }
  return seen;
}

Deno.test("circuitBreaker() counts an async iterable when it ends, not when it is made", async () => {
  const stream = circuitBreaker(tokens, { failThreshold: 2 });
  for (let i = 0; i < 2; i++) {
    const items = stream(1, new Error("cut off"));
    equal(stream.consecutiveFailures, i);
    await rejects(read(items), /cut off/);
  }
  equal(stream.state, "open");
  throws(() => stream(1), { code: "CIRCUIT_OPEN_ERROR" });
});

Deno.test("circuitBreaker() takes a stream that came to its end for a success, with what it returned", async () => {
  const values: unknown[] = [];
  const isFailure = (it: object) => (values.push("value" in it && it.value), false);
  const stream = circuitBreaker(tokens, { isFailure });
  deepEqual(await read(stream(3)), [0, 1, 2]);
  deepEqual(values, ["end"]);
});

Deno.test("circuitBreaker() takes a stream whose reader had enough for a success, but not one without items", async () => {
  const stream = circuitBreaker(tokens);
  await rejects(read(stream(1, new Error("cut off"))));
  await stream(3).return("none");
  equal(stream.consecutiveFailures, 1);
  deepEqual(await read(stream(3), 1), [0]);
  equal(stream.consecutiveFailures, 0);
});

Deno.test("circuitBreaker() counts a stream once, also when it is read on after its end", async () => {
  const stream = circuitBreaker(tokens, { failThreshold: 2 });
  const items = stream(0, new Error("cut off"));
  await rejects(items.next());
  equal((await items.next()).done, true);
  equal(stream.consecutiveFailures, 1);
});

Deno.test("circuitBreaker() counts a promised stream when the stream ends", async () => {
  const stream = circuitBreaker((error: Error) => Promise.resolve(tokens(1, error)), { failThreshold: 1 });
  const items = await stream(new Error("cut off"));
  equal(stream.state, "closed");
  await rejects(read(items));
  equal(stream.state, "open");
});

Deno.test("circuitBreaker() leaves an iterable what it is", async () => {
  class Reply {
    readonly #text = "secret";
    text = () => this.#text;
    [Symbol.asyncIterator] = () => tokens(2);
  }
  const reply = new Reply();
  const call = circuitBreaker(() => reply);
  equal(call(), reply);
  equal(reply.text(), "secret");
  deepEqual(await read(call()), [0, 1]);

  const bytes = new ReadableStream({ start: (it) => (it.enqueue(new Uint8Array([104, 105])), it.close()) });
  equal(await new Response(circuitBreaker(() => bytes)()).text(), "hi");
});

Deno.test("circuitBreaker() counts what a generator gives when it ends", () => {
  const numbers = circuitBreaker(function* numbers(error?: Error) {
    yield 1;
    if (error !== undefined) throw error;
  }, { failThreshold: 1 });
  deepEqual([...numbers()], [1]);
  const cut = numbers(new Error("cut off"));
  equal(numbers.state, "closed");
  throws(() => [...cut], /cut off/);
  equal(numbers.state, "open");
});

Deno.test("circuitBreaker() takes lists, maps and frozen iterators for values", () => {
  for (const value of [[1], new Map([[1, 2]]), "text", null, Object.freeze([1].values())]) {
    const seen: unknown[] = [];
    const call = circuitBreaker(() => value, { isFailure: (it) => (seen.push("value" in it && it.value), false) });
    equal(call(), value);
    deepEqual(seen, [value]);
  }
});
