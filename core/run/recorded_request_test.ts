import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { requestOf } from "../../tests/support/runs.ts";
import type { Matrix } from "../graph/pipeline.ts";
import { Float, type Value } from "../yaml/value.ts";
import { askedAgain, hiddenNames, type RecordedRequest, recordOf } from "./recorded_request.ts";

/** What is kept, as it comes back from the store. */
function kept(matrix: Matrix): RecordedRequest {
  return JSON.parse(JSON.stringify(recordOf(requestOf("/w/p.yml", { matrix }))));
}

const EMPTY: Matrix = { grid: new Map(), zip: new Map(), include: [], exclude: [] };

Deno.test("askedAgain() gives a matrix back as it was, each value of its kind", () => {
  const values: readonly Value[] = [
    new Float(0.1),
    new Float(50),
    new Float(1e-5),
    7,
    "7",
    "0.5",
    "true",
    true,
    null,
    "",
  ];
  const matrix: Matrix = {
    grid: new Map([["lr", values], ["name", ["a b", "ü"]]]),
    zip: new Map([["a", [1, 2]], ["b", [new Float(1), "x"]]]),
    include: [new Map<string, Value>([["lr", new Float(2)], ["a", "3"]])],
    exclude: [new Map<string, Value>([["a", 1]])],
    random: { n: 5, seed: 0 },
    stop: { metric: "acc", mode: "max", rule: "median", warmup: 3 },
  };
  deepEqual(askedAgain(kept(matrix)).matrix, matrix);
  deepEqual(askedAgain(JSON.parse(JSON.stringify(recordOf(requestOf("/w/p.yml"))))).matrix, undefined);
});

Deno.test("hiddenNames() tells which values were not kept, swept ones too", () => {
  const grid = new Map<string, readonly Value[]>([["api_key", ["a", "b"]], ["lr", [1]]]);
  deepEqual(hiddenNames(kept({ ...EMPTY, grid })), ["api_key"]);
  deepEqual(hiddenNames(kept({ ...EMPTY, include: [new Map<string, Value>([["my_token", "t"]])] })), ["my_token"]);
  deepEqual(hiddenNames(kept({ ...EMPTY, grid: new Map([["lr", ["***"]]]) })), []);
});
