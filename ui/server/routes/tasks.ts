/**
 * Scripts and what they take, and what is wrong with a text that is being typed.
 *
 * @module
 */

import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { checkPipeline, type ScriptCache } from "../../../core/check/mod.ts";
import { type TaskFact, taskFacts } from "../../../core/look/mod.ts";
import type { Parts } from "../parts/parts.ts";
import { openAt } from "../parts/pipelines.ts";
import { lookedAt } from "../parts/unreadable.ts";
import { pipelineAt } from "../base/place.ts";
import { CheckedSchema, ErrorSchema, PathQuery, TasksSchema, TextSchema } from "../schemas/mod.ts";
import { json } from "./answers.ts";

const tasks = createRoute({
  method: "get",
  path: "/api/tasks",
  summary: "Scripts of the folder tasks/ and those that steps use, with what they take; none of them is run",
  request: { query: PathQuery },
  responses: {
    200: json(TasksSchema, "By name, those of the folder first; none of a file that cannot be read"),
    403: json(ErrorSchema, "It lies outside"),
  },
});

const check = createRoute({
  method: "post",
  path: "/api/check",
  summary: "What is wrong with a text, which need not be saved; scripts are read, none is run",
  request: { body: json(TextSchema, "The text") },
  responses: { 200: json(CheckedSchema, "By place"), 403: json(ErrorSchema, "It lies outside") },
});

/** Adds the routes. */
export function taskRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, place } = parts;
  /** A script is read again when it has changed. */
  const scripts: ScriptCache = new Map();

  app.openapi(tasks, async (c) => {
    const { path } = c.req.valid("query");
    const { found, problems } = await lookedAt(async () => {
      const { pipeline } = await openAt(path, parts);
      return taskFacts(pipeline, context, scripts);
    });
    return c.json({ tasks: found.map(toJson), problems }, 200);
  });
  app.openapi(check, async (c) => {
    const { path, text } = c.req.valid("json");
    const { files, env } = context;
    const { problems, steps } = await checkPipeline(text, pipelineAt(path, place, context), { files, env, scripts });
    return c.json({ problems: [...problems], steps }, 200);
  });
}

function toJson({ usedBy, inputs, outputs, args, ...task }: TaskFact) {
  return {
    ...task,
    inputs: [...inputs],
    outputs: [...outputs],
    args: args.map(({ choices, ...arg }) => ({ ...arg, ...(choices && { choices: [...choices] }) })),
    used_by: [...usedBy],
  };
}
