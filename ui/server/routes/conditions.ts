/**
 * What conditions and switches would say now: looked up, without running a step.
 *
 * @module
 */

import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { relativePath } from "../../../core/graph/mod.ts";
import { answersNow, type ScriptAsked, type Told } from "../../../core/look/mod.ts";
import { pipelineAt } from "../base/place.ts";
import { ConditionScripts } from "../live/condition_scripts.ts";
import type { Parts } from "../parts/parts.ts";
import { openAt } from "../parts/pipelines.ts";
import { isTrusted } from "../parts/trust.ts";
import { lookedAt } from "../parts/unreadable.ts";
import { ConditionsSchema, ErrorSchema, TextSchema } from "../schemas/mod.ts";
import { json } from "./answers.ts";

const conditions = createRoute({
  method: "post",
  path: "/api/conditions",
  summary: "What conditions and switches say as the disk is now. Scripts are asked only of a saved file, once allowed",
  request: { body: json(TextSchema, "The text") },
  responses: {
    200: json(ConditionsSchema, "In file order; none of a text that is no YAML"),
    403: json(ErrorSchema, "It lies outside"),
  },
});

const NOT_ALLOWED: Told = { why: "Allow this folder to see what its script says" };
const NOT_SAVED: Told = { why: "Save the file to see what its script says" };

/** Adds the route. */
export function conditionRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, engine, hub, place, watching } = parts;
  const onNews = (file: string) => hub.tell("data", { path: relativePath(file, place.root), keys: [] });
  const scripts = new ConditionScripts({ run: engine.runPipeline, context, onNews });
  watching.onClose(() => scripts.close());

  app.openapi(conditions, async (c) => {
    const { path, text } = c.req.valid("json");
    const file = pipelineAt(path, place, context);
    const isSaved = context.files.readText(file) === text;
    const { found } = await lookedAt(async () => {
      const { pipeline, files } = await openAt(path, parts, text);
      const texts = files.map((at) => context.files.readText(at) ?? "");
      const askScript = (asked: ScriptAsked) => {
        if (!isTrusted(parts)) return NOT_ALLOWED;
        return isSaved ? scripts.ask(file, asked, texts) : NOT_SAVED;
      };
      return answersNow(pipeline, context, askScript);
    });
    return c.json({ conditions: [...found] }, 200);
  });
}
