import { rejects, strictEqual as equal } from "node:assert/strict";
import { loop, predicate } from "@loom/loom";
import { z } from "zod";

const broken = new Error("broken");
const spec = {
  name: "decide",
  state: z.number(),
  checkpoint: "memory",
  convergeOn: predicate<number>((history) => history.length === 1),
  step: (): number => {
    throw broken;
  },
} as const;

Deno.test("decide() lets no detector hide an error that is to be thrown", async () => {
  const { status, error } = await loop(spec).run(0);
  equal(status, "failed");
  equal(error, broken);
  await rejects(loop(spec)(0), broken);
});

Deno.test("decide() asks detectors about an error that is recorded", async () => {
  const { status, reason } = await loop({ ...spec, onError: "record" }).run(0);
  equal(`${status} ${reason}`, "completed converged:predicate");
});
