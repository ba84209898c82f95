import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { LoadedPlugin, PluginCallOptions } from "../../core/ports/plugin.ts";

/**
 * A plugin `able` 1.0.0 that provides the mlops `it` with these methods:
 *
 * - `echo(value)` gives it back, `fact` is the text `a fact`
 * - `count(n)` is a stream of 0 to n - 1 that ends with `done`; `sent` is how many it has sent
 * - `ask(callback, ...args)` gives what the callback gives; `askWrong(callback)` gives code and message of its error
 * - `fail()` throws a `TypeError` `no good` with the code `E_NO`
 * - `wait(signal)` gives `stopped` when the signal aborts; `sleep()` never gives anything
 * - `leave()` ends the plugin
 */
export type MakeAble = () => LoadedPlugin;

/** What every way to run plugins keeps to. */
export function pluginRuntimeContract(name: string, make: MakeAble): void {
  const test = (sentence: string, body: (call: Call, plugin: LoadedPlugin) => Promise<void>) =>
    Deno.test(`${name}: ${sentence}`, async () => {
      const plugin = make();
      const call: Call = (method, args = [], options = {}) =>
        plugin.call({ port: "mlops", name: "it", method, args }, { timeoutMs: 20_000, ...options });
      try {
        await body(call, plugin);
      } finally {
        await plugin.close();
      }
    });
  answerContract(test);
  streamContract(test);
  serviceContract(test);
  endContract(test);
}

type Call = (method: string, args?: readonly unknown[], options?: PluginCallOptions) => Promise<unknown>;
type Test = (sentence: string, body: (call: Call, plugin: LoadedPlugin) => Promise<void>) => void;

function answerContract(test: Test) {
  test("call() brings arguments and answers across as they are", async (call) => {
    const value = { a: [1, 2.5, null, true, "ü\u0000\n"], b: { c: {} }, bytes: new Uint8Array([0, 255, 10]) };
    deepEqual(await call("echo", [value]), value);
    equal(await call("fact"), "a fact");
  });

  test("call() takes names for data", async (call) => {
    const value = JSON.parse(`{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }`);
    const answer = await call("echo", [value]) as object;
    equal(JSON.stringify(answer), JSON.stringify(value));
    equal(Reflect.get({}, "polluted"), undefined);
    equal(Object.getPrototypeOf(answer), Object.prototype);
  });

  test("call() can be made many times at once", async (call) => {
    const numbers = Array.from({ length: 50 }, (_, i) => i);
    deepEqual(await Promise.all(numbers.map((i) => call("echo", [i]))), numbers);
  });

  test("call() says what the plugin threw", async (call) => {
    await rejects(() => call("fail"), (error: Error & { code: string; data: object }) => {
      equal(error.code, "plugin-failed");
      equal(error.message, "Plugin able failed: no good");
      deepEqual(error.data, { plugin: "able", error: "TypeError", code: "E_NO" });
      return true;
    });
    await rejects(() => call("nothing of this name"), { code: /plugin-(failed|broke-contract)/ });
  });
}

function streamContract(test: Test) {
  test("call() hands over a stream in order, then its result", async (call) => {
    const items: unknown[] = [];
    equal(await call("count", [1000], { onItem: (item) => void items.push(item) }), "done");
    deepEqual(items, Array.from({ length: 1000 }, (_, i) => i));
  });

  test("call() lets a stream wait while nobody takes from it", async (call) => {
    let heard = 0;
    const first = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const onItem = async () => {
      if (heard++ > 0) return;
      first.resolve();
      await goOn.promise;
    };
    const stream = call("count", [5000], { onItem });
    await first.promise;
    // Its own count: how far it got while one item was held.
    for (let i = 0; i < 20; i++) await call("echo", [i]);
    const sent = await call("sent") as number;
    ok(sent > 0 && sent < 1000, `it sent ${sent}`);
    goOn.resolve();
    equal(await stream, "done");
    equal(heard, 5000);
  });

  test("call() fails with what its listener throws", async (call) => {
    const onItem = () => Promise.reject(new RangeError("enough"));
    await rejects(() => call("count", [5000], { onItem }), { name: "RangeError", message: "enough" });
    equal(await call("echo", [1]), 1);
  });
}

function serviceContract(test: Test) {
  test("call() answers what the plugin asks", async (call) => {
    const services = { "0": (a: number, b: number[]) => Promise.resolve({ sum: a + b[0] }) };
    deepEqual(await call("ask", [{ $callback: "0" }, 1, [2]], { services }), { sum: 3 });
  });

  test("call() tells the plugin why it gets no answer", async (call) => {
    const fail = () => {
      throw Object.assign(new Error("not for you"), { name: "LoomError", code: "outside-workspace" });
    };
    const told = await call("askWrong", [{ $callback: "0" }], { services: { "0": fail } }) as string;
    match(told, /outside-workspace.*not for you/);
  });

  test("call() has a signal for the plugin, and waits for what it makes of it", async (call) => {
    const controller = new AbortController();
    const waiting = call("wait", [{ $signal: true }, { $callback: "ready" }], {
      signal: controller.signal,
      services: { ready: () => controller.abort() },
    });
    equal(await waiting, "stopped");
    await rejects(() => call("echo", [1], { signal: AbortSignal.abort() }), { code: "interrupted" });
  });
}

function endContract(test: Test) {
  test("call() gives up on a plugin that does not answer, and the next call works", async (call) => {
    await rejects(() => call("sleep", [], { timeoutMs: 50 }), { code: "plugin-timeout" });
    equal(await call("echo", ["again"]), "again");
  });

  test("call() ends a plugin that does not listen to its signal", async (call) => {
    const controller = new AbortController();
    const services = { ready: () => controller.abort() };
    const options = { signal: controller.signal, services };
    await rejects(() => call("sleep", [{ $callback: "ready" }], options), { code: "interrupted" });
    equal(await call("echo", ["again"]), "again");
  });

  test("call() fails when the plugin leaves, and the next call starts it again", async (call) => {
    await rejects(() => call("leave"), { code: "plugin-crashed" });
    equal(await call("echo", ["again"]), "again");
  });

  test("close() ends what is going on, and there are no calls after it", async (call, plugin) => {
    equal(await call("echo", [1]), 1);
    const waiting = rejects(() => call("sleep"), { code: "interrupted" });
    await plugin.close();
    await waiting;
    await rejects(() => call("echo", [1]), { code: "interrupted" });
  });
}
