import { deepStrictEqual as deepEqual, match, strictEqual as equal, throws } from "node:assert/strict";
import type { PointRecord, RunRecord, Scalar } from "../ports/store.ts";
import { bestOf } from "./best.ts";
import { modeOf } from "./table/mode.ts";
import { repeatCommand } from "./repeat.ts";
import { type Result, resultOfPoint } from "./table/result.ts";

function point(
  number: number,
  metrics: Readonly<Record<string, Scalar>>,
  status: PointRecord["status"] = "done",
): Result {
  return resultOfPoint({ run: "r", point: `x=${number}`, number, values: { x: number }, status, metrics });
}

Deno.test("modeOf() reads the direction off names", () => {
  const less = ["loss", "val_loss", "RMSE", "rmse_mpa", "testError", "log-loss.mae", "neg.err"];
  const more = ["acc", "val_accuracy", "roc_auc", "report.f1", "r2", "neg_mean_squared_error", "balancedAccuracy"];
  deepEqual(less.map(modeOf), ["min", "min", "min", "min", "min", "min", "max"]);
  deepEqual(more.map(modeOf), more.map(() => "max"));
  deepEqual(["size", "n", "accumulated", "time"].map(modeOf), [undefined, undefined, undefined, undefined]);
});

Deno.test("bestOf() lets nothing win that failed, was stopped, or has no number", () => {
  const results = [
    point(1, { acc: "NaN" }),
    point(2, { acc: 0.99 }, "failed"),
    point(3, { acc: 0.98 }, "stopped"),
    point(4, { acc: 0.5 }),
    point(5, {}),
    point(6, { acc: 0.7 }),
    point(7, { acc: "Infinity" }),
    point(8, { acc: "high" }),
    point(9, { acc: 0.97 }, "running"),
  ];
  const { best, next, ties, isAssumed, mode, of, unfinished, unmeasured } = bestOf(results);
  deepEqual([best.number, next?.number, ties, isAssumed, mode], [6, 4, [], true, "max"]);
  deepEqual([of, unfinished, unmeasured], [2, 3, 4]);
  equal(bestOf(results, { mode: "min" }).best.number, 4);
});

Deno.test("bestOf() names what is as good; the first of them wins", () => {
  const results = [1, 2, 3, 4].map((number) => point(number, { loss: number === 4 ? 2 : 1 }));
  const { best, ties, next } = bestOf(results);
  deepEqual([best.number, ties.map(({ number }) => number), next?.number], [1, [2, 3], 4]);
});

Deno.test("bestOf() asks where it cannot know", () => {
  const two = [point(1, { acc: 1, size: 2 })];
  throws(() => bestOf(two), { code: "usage", hint: "say --metric with one of acc, size" });
  throws(() => bestOf(two, { metric: "size" }), { code: "usage", hint: "say --max or --min" });
  throws(() => bestOf(two, { metric: "szie" }), { code: "unknown-column", hint: "did you mean 'size'?" });
  throws(() => bestOf([point(1, {})]), { code: "no-metrics" });
  throws(() => bestOf([point(1, { acc: "NaN" })]), { code: "no-best", message: /none has a number for 'acc'/ });
  throws(() => bestOf([point(1, { acc: 1 }, "failed")]), { code: "no-best", message: /no point has ended well/ });
});

Deno.test("repeatCommand() gives a point's values as they are typed, over those of the run, and no secret", () => {
  const request = {
    selection: { mode: "steps", names: ["a b"] },
    include: [],
    parameters: { lr: "0.5", key: "***", note: "it's" },
    data: { raw: "x y.csv" },
    extra: [],
  };
  const run = { request } as unknown as RunRecord;
  const result: Result = {
    ...point(1, {}),
    point: "lr=1.0,rate=1e-05,seed=1",
    parameters: { lr: 1, rate: 1e-5, seed: 1, model: "svm" },
  };
  const { command, hidden } = repeatCommand("p q.yml", run, result);
  equal(
    command,
    `loom 'p q.yml' --set lr=1.0 'note=it'\\''s' rate=1.0e-05 seed=1 model=svm --var 'raw=x y.csv' --step 'a b'`,
  );
  deepEqual(hidden, ["key"]);
  const until = { id: "ab", request: { selection: { mode: "until", names: ["$a b", "fit"] } } };
  equal(repeatCommand("p.yml", until).command, "loom p.yml --until '$a b' fit");
  const swept = { id: "ab", request: { ...request, matrix: {} } };
  equal(repeatCommand("p.yml", swept).command, "loom rerun ab");
  match(repeatCommand("p.yml", swept, result).command, /^loom p\.yml --set /);
});
