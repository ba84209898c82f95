import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { memoryStores } from "../../tests/support/memory_store.ts";
import type { PointRecord, RunRecord } from "../ports/store.ts";
import { addressOf, findPoint, namesInFile, namesSeenFrom, placesOf } from "./address.ts";

const RUN: RunRecord = { id: "ab", kind: "pipeline", name: "p.yml", status: "done", createdAt: 1, request: {} };

function pointsOf(names: readonly string[]): readonly PointRecord[] {
  return names.map((point, at) => {
    return { run: RUN.id, point, number: at + 1, values: {}, status: "done", metrics: {} };
  });
}

Deno.test("addressOf() takes a point from behind the first colon", () => {
  deepEqual(addressOf("3f2a"), { id: "3f2a" });
  deepEqual(addressOf("3f2a:lr=0.1,at=12:30"), { id: "3f2a", point: "lr=0.1,at=12:30" });
});

Deno.test("findPoint() finds a point by its name, else by its number, and says which there are", () => {
  const { journal } = memoryStores().open("/w", () => {});
  throws(() => findPoint("1", RUN, journal), { code: "unknown-point", hint: /leave ':1' away/ });
  const points = pointsOf(["lr=0.1", "lr=0.2", "2"]);
  for (const point of points) journal.putPoint(point);
  deepEqual(["lr=0.2", "1", "2"].map((word) => findPoint(word, RUN, journal)), [points[1], points[0], points[2]]);
  throws(() => findPoint("lr=0.3", RUN, journal), { hint: /did you mean 'lr=0.[12]'/ });
  throws(() => findPoint("17", RUN, journal), { code: "unknown-point", hint: /1 to 3: 1 \(lr=0.1\)/ });
});

Deno.test("namesSeenFrom() a point are its own steps without the mark, and those that all share", () => {
  const points = pointsOf(["lr=0.1", "lr=0.2"]);
  const seen = namesSeenFrom(points[0], points);
  deepEqual(["prepare", "train@lr=0.1", "train@lr=0.2", "mail@me"].map(seen), [
    "prepare",
    "train",
    undefined,
    "mail@me",
  ]);
  equal(namesSeenFrom(undefined, points)("train@lr=0.2"), "train@lr=0.2");
});

Deno.test("namesSeenFrom() a point are the steps that it has in common with some others", () => {
  const [first, second, third] = pointsOf(["lr=1,seed=1", "lr=1,seed=2", "lr=1"]);
  const points = [
    { ...first, shared: ["split@seed=1"] },
    { ...second, shared: ["split@seed=2"] },
    { ...third, shared: ["split@seed=1"] },
  ];
  const steps = ["split@seed=1", "split@seed=2", "train@lr=1", "train@lr=1,seed=1", "mail@seed"];
  deepEqual(points.map((point) => steps.map(namesSeenFrom(point, points))), [
    ["split", undefined, undefined, "train", "mail@seed"],
    [undefined, "split", undefined, undefined, "mail@seed"],
    ["split", undefined, "train", undefined, "mail@seed"],
  ]);
  deepEqual(steps.map(namesInFile(points)), ["split", "split", "train", "train", "mail@seed"]);
  deepEqual(placesOf(points[1]), ["lr=1,seed=2", "seed=2"]);
});
