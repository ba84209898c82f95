import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { drive, FakeAsked, firedAt, problemsOf, type Told } from "./fake_run_test.ts";
import { semanticDelta } from "./semantic_delta.ts";
import { cosineDistance, embedLocally, textKey } from "./text_vector.ts";

const states = (...texts: string[]): Told<string>[] => texts.map((state) => ({ state }));
const text = (state: string) => state;
const long = "The quick brown fox jumps over the lazy dog and runs into the deep dark forest. ".repeat(10);

Deno.test("semanticDelta() stops when two texts are nearly the same", async () => {
  const told = states("something else altogether", long, `${long} Indeed.`);
  deepEqual(await firedAt(semanticDelta({ text }), told), [2]);
});

Deno.test("semanticDelta() finds equal texts equal, empty ones too", async () => {
  deepEqual(await firedAt(semanticDelta({ text, threshold: 1e-9 }), states("", "", "a", "a")), [1, 3]);
});

Deno.test("semanticDelta() finds an empty text as far from any other as can be", async () => {
  deepEqual(await firedAt(semanticDelta({ text, threshold: 1 }), states("", "a", "", "   ")), []);
  deepEqual(await firedAt(semanticDelta({ text, threshold: 1.01 }), states("", "a", "", "   ")), [1, 2, 3]);
});

Deno.test("semanticDelta() takes a failed step for no change and never stops at one", async () => {
  const told: Told<string>[] = [{ state: "a" }, { state: "a", status: "error" }, { state: "b b b b" }];
  deepEqual(await firedAt(semanticDelta({ text }), told), []);
  deepEqual(await firedAt(semanticDelta({ text }), [...told, { state: "c", status: "error" }, { state: "b b b b" }]), [
    4,
  ]);
});

Deno.test("semanticDelta() wants as many small distances in a row as its window", async () => {
  deepEqual(await firedAt(semanticDelta({ text, window: 2 }), states("a", "a", "bcd", "bcd", "bcd", "bcd")), [4, 5]);
});

Deno.test("semanticDelta() embeds a text once, in a list, and only if it has changed", async () => {
  const asked: string[][] = [];
  const embed = (
    texts: string[],
  ) => (asked.push(texts), Promise.resolve(texts.map((it) => Float32Array.of(it.length, 1))));
  await firedAt(semanticDelta({ text, embed: embed as never }), states("a", "a", "", "bb", "bb"));
  deepEqual(asked, [["a"], ["bb"]]);
});

Deno.test("semanticDelta() measures the cosine of what embed gives", async () => {
  const vectors: Record<string, number[]> = { east: [1, 0], east2: [5, 0.1], north: [0, 1], west: [-1, -0] };
  const embed = (texts: string[]) => texts.map((it) => vectors[it]);
  const detector = (threshold: number) => semanticDelta({ text, embed, threshold });
  deepEqual(await firedAt(detector(0.01), states("east", "east2", "north", "west", "east")), [1]);
  deepEqual(await firedAt(detector(1.5), states("east", "north", "west", "east")), [1, 2]);
});

Deno.test("semanticDelta() says so when embed gives no vector of the length it gave before", async () => {
  const wrong: unknown[] = [[], [[]], [[NaN]], [[1], [2]], "text", undefined, [["1"]], [null]];
  for (const vectors of wrong) {
    const detector = semanticDelta({ text, embed: () => vectors as never });
    await rejects(firedAt(detector, states("a")), { code: "LOOP_CONFIG_ERROR" }, JSON.stringify(vectors));
  }
  const growing = semanticDelta({ text, embed: ([it]) => [new Array(it.length).fill(1)] });
  await rejects(firedAt(growing, states("a", "bb")), /1 finite numbers, as before/);
});

Deno.test("semanticDelta() says so when there is no text", async () => {
  await rejects(firedAt(semanticDelta({ text: () => 3 as never }), states("a")), /needs a text/);
});

Deno.test("semanticDelta() keeps one vector, however long the run and its texts", async () => {
  const told = Array.from({ length: 300 }, (_, step) => ({ state: `${long} ${step}` }));
  const { memoryChars } = await drive(semanticDelta({ text }), told, new FakeAsked());
  ok(memoryChars < 1_500, `${memoryChars} characters`);
});

Deno.test("semanticDelta() refuses everything that is wrong at once", () => {
  const problems = problemsOf(() => semanticDelta({ threshold: 2.1, window: 0, embed: 1, text: 2 } as never));
  equal(problems.length, 4);
  equal(problemsOf(() => semanticDelta({} as never)).length, 1);
});

Deno.test("embedLocally() puts like texts near and unlike ones far", () => {
  const distance = (a: string, b: string) => {
    const [x, y] = embedLocally([a, b]);
    return cosineDistance(x, y);
  };
  ok(distance(long, long.toUpperCase().replaceAll(" ", "\n ")) < 1e-9);
  ok(distance(long, long.replace("fox", "cat")) < 0.05);
  ok(distance(long, "Ein ganz anderer Satz, mit dem niemand gerechnet hat, über Zölle und Äpfel.") > 0.7);
});

Deno.test("cosineDistance() is within 0 and 2, the same both ways, and 0 of a vector to itself", () => {
  const vectors = fc.integer({ min: 1, max: 8 }).chain((length) => {
    const vector = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: length,
      maxLength: length,
    });
    return fc.tuple(vector, vector);
  });
  fc.assert(fc.property(vectors, ([a, b]) => {
    const distance = cosineDistance(a, b);
    ok(distance >= 0 && distance <= 2);
    equal(distance, cosineDistance(b, a));
    if (a.some((it) => it !== 0)) ok(cosineDistance(a, a) < 1e-9);
  }));
});

Deno.test("textKey() tells texts apart", () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `text ${index}`);
  equal(new Set(texts.map(textKey)).size, texts.length);
});
