import { deepStrictEqual as deepEqual, strictEqual, strictEqual as equal } from "node:assert/strict";
import { memoryWorkspace } from "../fakes/workspace.ts";
import { packArguments, unpackArguments } from "./wire.ts";

Deno.test("packArguments() leaves data as it is", () => {
  const data = [1, "a", null, [{ b: [2] }], { c: { d: true } }, new Uint8Array([1])];
  const { args, services, signal } = packArguments(data);
  deepEqual([args, services, signal], [data, {}, undefined]);
});

Deno.test("packArguments() names functions by their place, and takes the signal out", () => {
  const { signal } = new AbortController();
  const [first, second] = [() => 1, () => 2];
  const packed = packArguments(["x", first, { signal, inner: { second } }]);
  deepEqual(packed.args, ["x", { $callback: "1" }, {
    signal: { $signal: true },
    inner: { second: { $callback: "2.inner.second" } },
  }]);
  strictEqual(packed.services["1"], first);
  strictEqual(packed.services["2.inner.second"], second);
  strictEqual(packed.signal, signal);
  deepEqual(structuredClone(packed.args), packed.args);
});

Deno.test("packArguments() takes methods of classes along, bound", async () => {
  const workspace = memoryWorkspace({ "a.txt": "hi" });
  const { args, services } = packArguments([{ workspace }]);
  deepEqual(
    Object.keys(services).sort(),
    ["list", "move", "readFile", "remove", "stat", "writeFile"].map((it) => `0.workspace.${it}`),
  );
  equal((args[0] as { readonly workspace: { readonly root: string } }).workspace.root, "/workspace");
  const bytes = await services["0.workspace.readFile"]("a.txt" as never);
  deepEqual(bytes, new TextEncoder().encode("hi"));
});

Deno.test("unpackArguments() is the way back", () => {
  const { signal } = new AbortController();
  const given = ["x", () => 1, { signal, inner: { go: () => 2 }, list: [{ $callback: "1" }] }];
  const { args, services } = packArguments(given);
  deepEqual(unpackArguments(structuredClone(args), { services, signal }), given);
});

Deno.test("packArguments() does not let a key of data reach a prototype", () => {
  const { args } = packArguments([JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')]);
  equal(({} as { polluted?: boolean }).polluted, undefined);
  deepEqual(Object.keys(args[0] as object), ["__proto__", "constructor"]);
});
