import { deepStrictEqual as deepEqual, rejects, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { LoomError } from "../../errors.ts";
import { memoryTools } from "../fakes/tools.ts";
import { type ContractCase, trySuite } from "./case.ts";
import { answered, keepsSecrets, refuses, same, show } from "./expect.ts";

const tools = memoryTools({ secrets: { KEY: "s3cret-value" } });

Deno.test("same() agrees with deepEqual on plain data", () => {
  const plain = fc.json().map((text): unknown => JSON.parse(text));
  fc.assert(fc.property(plain, plain, (a, b) => {
    equal(passes(() => same(a, b, "x")), passes(() => deepEqual(a, b)));
    same(a, structuredClone(a), "itself");
  }));
});

Deno.test("same() tells what was seen, and takes a member that is undefined for absent", () => {
  same({ a: undefined, b: [1] }, { b: [1] }, "x");
  throws(() => same([1], { 0: 1 }, "Numbers"), {
    name: "BrokenContract",
    message: 'Numbers: expected {"0":1}, got [1]',
  });
});

function passes(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

Deno.test("refuses() wants an error with one of the codes", async () => {
  const broken = () => Promise.reject(new LoomError("busy", "It is busy"));
  equal((await refuses(broken, ["busy", "other"], "x")).message, "It is busy");
  await rejects(refuses(broken, ["other"], "x"), { message: "x: expected an error other, got busy: It is busy" });
  await rejects(refuses(() => 7, ["busy"], "x"), { message: "x: expected an error busy, got 7" });
  await rejects(refuses(() => Promise.reject("no"), ["busy"], "x"), { message: 'x: threw "no", which is no Error' });
});

Deno.test("answered() gives up when the time is over, and waits for nothing when it is not", async () => {
  const impatient = memoryTools({ sleep: () => Promise.resolve() });
  await rejects(answered(new Promise(() => {}), impatient, "x"), { message: "x: no answer within a minute" });
  equal(await answered(Promise.resolve(7), tools, "x"), 7);
  await rejects(answered(Promise.reject(new Error("no")), tools, "x"), { message: "no" });
});

const leaks: readonly unknown[] = [
  "s3cret-value",
  { deep: [{ key: "Bearer s3cret-value" }] },
  new Error("401 for s3cret-value"),
  new Error("401", { cause: new Error("s3cret-value") }),
  new LoomError("x", "401", { data: { key: "s3cret-value" } }),
  new LoomError("x", "401", { hint: "unset s3cret-value" }),
];
for (const [index, leak] of leaks.entries()) {
  Deno.test(`keepsSecrets() finds secret ${index + 1} in ${show(leak)}`, () => {
    throws(() => keepsSecrets(leak, tools, "It"), { message: "It holds the value of KEY" });
  });
}

Deno.test("keepsSecrets() lets the name of a secret pass", () => {
  keepsSecrets(new LoomError("missing-key", "KEY is not set", { data: { variable: "KEY" } }), tools, "It");
  keepsSecrets(undefined, tools, "It");
});

Deno.test("trySuite() tries every case, whatever becomes of the others", async () => {
  const suite: readonly ContractCase<number>[] = [
    { name: "a", run: () => Promise.reject(new Error("no")) },
    { name: "b", run: async (subject) => same(await subject(), 1, "It") },
    { name: "c", run: () => Promise.reject("words") },
  ];
  const outcomes = await trySuite(suite, () => Promise.resolve(1), tools);
  deepEqual(outcomes.map(({ name, error }) => [name, error?.message]), [["a", "no"], ["b", undefined], ["c", "words"]]);
});
