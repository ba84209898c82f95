import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import { loop } from "../../mod.ts";
import { type Answer, ended, run, trusted } from "../support/ui_runs.ts";

Deno.test("the history says what changed, runs are compared and repeated, and outputs are given out", () =>
  trusted(async (served) => {
    const first = await run(served, {});
    const second = await run(served, { set: { lr: "0.3" } });
    const { runs } = await served.get("/api/runs", { path: "p.yml" });
    deepEqual(runs.map(({ id, changed, status }: Answer) => [id, changed, status]), [
      [second.id, [{ name: "lr", before: 0.1, after: 0.3 }], "done"],
      [first.id, [], "done"],
    ]);
    const diff = await served.get("/api/diff", { path: "p.yml", a: first.id, b: second.id });
    deepEqual(diff.parameters, [{ name: "lr", before: 0.1, after: 0.3, same: false }]);
    equal(diff.metrics[0].name, "loss");
    ok(diff.outputs.some(({ path, same }: Answer) => path === "out/b.txt" && !same));
    const again = await served.post(`/api/runs/${first.id}/rerun?path=p.yml`, {});
    deepEqual([again.changed, (await ended(served, again.run)).parameters], [false, { lr: 0.1 }]);
    const { outputs } = await served.get(`/api/runs/${second.id}/outputs`, { path: "p.yml" });
    deepEqual(outputs.map(({ path, same }: Answer) => [path, same]), [["out/a.txt", true], ["out/b.txt", false]]);
    const file = await served.ask(`/api/runs/${first.id}/file?path=p.yml&file=out/b.txt`);
    match(await file.text(), /--lr 0.1/);
    const query = { path: "p.yml", file: "raw.txt" };
    deepEqual(await served.refused(`/api/runs/${first.id}/file`, query), [404, "no-such-output"]);
    // What the script put in its place leads out of the folder.
    Deno.writeTextFileSync(`${served.folder}/secret`, "secret");
    Deno.removeSync(`${served.root}/out/b.txt`);
    Deno.symlinkSync(`${served.folder}/secret`, `${served.root}/out/b.txt`);
    deepEqual(await served.refused(`/api/runs/${first.id}/file`, { ...query, file: "out/b.txt" }), [403, "outside"]);
    deepEqual(await served.refused("/api/runs/ffffffffffff", { path: "p.yml" }), [404, "run-not-found"]);
    deepEqual(await served.refused("/api/diff", { path: "p.yml", a: "../x", b: "y" }), [404, "run-not-found"]);
  }));

Deno.test("a sweep is a table, filtered and with its best, and a picture; loops are in the history", () =>
  trusted(async (served) => {
    const { id, points } = await run(served, {}, "sweep.yml");
    deepEqual(points.map(({ values, status }: Answer) => [values.lr, status]), [[0.1, "done"], [0.2, "done"], [
      0.4,
      "done",
    ]]);
    const table = await served.get("/api/table", { path: "sweep.yml", id });
    deepEqual(table.columns.map(({ name }: Answer) => name), ["point", "status", "lr", "loss", "duration"]);
    deepEqual([table.best.key, table.best.mode], ["lr=0.1", "min"]);
    const some = await served.get("/api/table", {
      path: "sweep.yml",
      id,
      filter: "lr > 0.15",
      sort: "lr",
      reverse: "true",
    });
    deepEqual([some.rows.map(({ key }: Answer) => key), some.total], [["lr=0.4", "lr=0.2"], 3]);
    equal((await served.get("/api/table", { path: "sweep.yml", id, filter: "lr >" })).error.code, "usage");
    const plot = await served.get("/api/plot", { path: "sweep.yml", id, ink: "#aabbcc" });
    match(plot.svg, /^<svg[^]*#aabbcc[^]*<\/svg>$/);
    deepEqual([plot.dots, plot.chosen], [3, ["x is lr", "y is loss"]]);
    const { outputs } = await served.get(`/api/runs/${id}/outputs`, { path: "sweep.yml", point: "2" });
    equal(outputs.length, 1);
    match(outputs[0].path, /lr=0\.2/);

    const refine = loop({
      name: "refine",
      state: z.number(),
      checkpoint: `${served.root}/.loom/loom.db`,
      budget: { iterations: 2 },
      step: (n) => n + 1,
      score: (n) => n / 10,
    });
    const { runId } = await refine.run(0);
    const { runs } = await served.get("/api/runs", { of: "project" });
    deepEqual(runs.map(({ kind, name }: Answer) => [kind, name]), [["loop", "refine"], ["pipeline", "sweep.yml"]]);
    const record = await served.get(`/api/runs/${runId}`);
    deepEqual([record.kind, record.loop.steps.map(({ score }: Answer) => score), record.used_percent], [
      "loop",
      [0.1, 0.2],
      100,
    ]);
    match(record.budget[0], /2 of 2 iterations used/);
    const step = await served.get(`/api/runs/${runId}/steps/1`);
    deepEqual([step.steps[0].state, step.before, step.attempts.length], [2, 1, 1]);
    equal((await served.get(`/api/runs/${runId}/steps/7`)).error.code, "LOOP_CONFIG_ERROR");
    // A loop that nobody drives is ended here, once.
    equal((await served.post(`/api/runs/${runId}/cancel`, {})).run, runId);
    equal((await served.get(`/api/runs/${runId}`)).status, "cancelled");
    equal((await served.post(`/api/runs/${runId}/cancel`, {})).error.code, "nothing-to-cancel");
  }));
