/**
 * One step of a loop from close by: its state, its tries, what it kept.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { lookAtStep, type StepLook, stepLookDocument } from "../../../core/loop/look/mod.ts";
import type { LoopStore, StateTools } from "../../../core/ports/loop_store.ts";
import { refusal } from "../base/refusal.ts";
import type { Parts } from "../parts/parts.ts";
import { readingRun } from "../past/kept.ts";
import { ErrorSchema } from "../schemas/common.ts";
import { OfProject } from "../schemas/history.ts";
import { LoopStepSchema } from "../schemas/loop_steps.ts";
import { json } from "./answers.ts";

const one = createRoute({
  method: "get",
  path: "/api/runs/{run}/steps/{step}",
  summary: "One step of a loop: its state and the one before it, its tries, what it kept",
  request: { params: z.object({ run: z.string(), step: z.coerce.number().int().min(0) }), query: OfProject },
  responses: { 200: json(LoopStepSchema, "The step"), 404: json(ErrorSchema, "There is no such run of a loop") },
});

/** Adds the route. */
export function loopStepRoutes(app: OpenAPIHono, parts: Parts): void {
  app.openapi(one, async (c) => {
    const { run, step } = c.req.valid("param");
    const found = await readingRun(run, { path: c.req.valid("query").path, parts }, async (found) => {
      if (found.kind !== "loop") throw refusal(404, "no-loop", `Run ${run} is one of a pipeline`);
      const tools = await parts.look!.states();
      const look = await lookAtStep(found.loops, { id: run, step }, tools);
      return { run, ...stepLookDocument(look), before: await stateBefore(look, { run, loops: found.loops, tools }) };
    });
    return c.json(LoopStepSchema.parse(found), 200);
  });
}

/** The state that the step went on from; `undefined` where it was the loop's input, or is gone. */
async function stateBefore(
  { rows }: StepLook,
  { run, loops, tools }: { readonly run: string; readonly loops: LoopStore; readonly tools: StateTools },
): Promise<unknown> {
  const input = rows.find(({ decision }) => decision !== "dropped")?.input ?? rows[0]?.input;
  if (input === undefined) return undefined;
  const { rows: before } = await lookAtStep(loops, { id: run, step: input.step }, tools);
  return before.find(({ branch }) => branch === input.branch)?.state;
}
