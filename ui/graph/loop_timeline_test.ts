import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { loopTimeline } from "./loop_timeline.ts";

const at = (ms: number) => new Date(1000 + ms).toISOString();

const step = (step_n: number, ms: number, more: object = {}) => {
  return { step_n, branch: "", status: "ok", started_at: at(ms), duration_ms: 10, ...more };
};

Deno.test("loopTimeline() gives a lane to each of those who work side by side, and puts loops inside below", () => {
  const inside = { run: { id: "i", name: "chapter" }, steps: [step(0, 2), step(1, 12)], children: [] };
  const steps = [step(0, 0), step(1, 20, { branch: "a" }), step(1, 22, { branch: "b", status: "error" })];
  const view = loopTimeline({ run: { id: "r", name: "book" }, steps, children: [inside] }, 1000);
  deepEqual(view.bars!.map(({ step, lane, standing }) => [step, lane, standing]), [
    ["book 0", 0, "done"],
    ["book 1 a", 0, "done"],
    ["book 1 b", 1, "failed"],
    ["chapter 0", 2, "done"],
    ["chapter 1", 2, "done"],
  ]);
  deepEqual([view.lanes, view.startedAt, view.durationMs], [3, 1000, 32]);
});
