/**
 * The routes, behind their guards.
 *
 * @module
 */

import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { HEADERS, sameOrigin, tokenNeeded } from "./guard.ts";
import type { Assets, Parts } from "./parts/parts.ts";
import { answerOf, refusal } from "./base/refusal.ts";
import { cleanRoutes } from "./routes/clean.ts";
import { conditionRoutes } from "./routes/conditions.ts";
import { dataRoutes } from "./routes/data.ts";
import { fileRoutes } from "./routes/files.ts";
import { historyRoutes } from "./routes/history.ts";
import { outputRoutes } from "./routes/history_outputs.ts";
import { resultRoutes } from "./routes/history_results.ts";
import { loopStepRoutes } from "./routes/loop_steps.ts";
import { previewRoutes } from "./routes/previews.ts";
import { runEventRoutes } from "./routes/run_events.ts";
import { runRoutes } from "./routes/runs.ts";
import { screenRoutes } from "./routes/screen.ts";
import { taskRoutes } from "./routes/tasks.ts";
import { trustRoutes } from "./routes/trust.ts";

/** What the routes are guarded with, and the page they serve. */
export interface AppOptions {
  readonly token: string;
  readonly hosts: () => ReadonlySet<string>;
  readonly assets: Assets;
}

/** Bytes of a request's body; a pipeline file is shorter. */
const MOST_BYTES = 17 * 1024 * 1024;

/** Everything the server answers. */
export function makeApp(parts: Parts, { token, hosts, assets }: AppOptions): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw refusal(400, "bad-request", firstIssue(result.error.issues));
    },
  });
  app.onError((error, c) => {
    const { status, body } = answerOf(error instanceof HTTPException ? unreadable(error) : error);
    return c.json(body, status);
  });
  app.notFound((c) => c.json(answerOf(refusal(404, "not-found", `There is nothing at ${c.req.path}`)).body, 404));
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) if (!c.res.headers.has(name)) c.header(name, value);
    if (c.req.path.startsWith("/api/")) c.header("cache-control", "no-store");
  });
  // After the headers, which refusals have too: what is refused is nothing that another page may embed.
  app.use(sameOrigin({ hosts }));
  const tooLong = () => {
    throw refusal(413, "too-long", "That is too long");
  };
  app.use("/api/*", tokenNeeded({ token }), bodyLimit({ maxSize: MOST_BYTES, onError: tooLong }));
  for (const add of [fileRoutes, trustRoutes, taskRoutes, dataRoutes, conditionRoutes]) add(app, parts);
  for (const add of [previewRoutes, cleanRoutes]) add(app, parts);
  for (const add of [runRoutes, runEventRoutes, screenRoutes, historyRoutes]) add(app, parts);
  for (const add of [loopStepRoutes, outputRoutes, resultRoutes]) add(app, parts);
  app.doc31("/openapi.json", { openapi: "3.1.0", info: { title: "loom ui", version: parts.version } });
  app.get("*", (c) => {
    const asset = assets.get(c.req.path === "/" ? "/index.html" : c.req.path);
    if (asset === undefined) return c.notFound();
    return c.body(asset.bytes, 200, { "content-type": asset.type, "cache-control": "no-cache" });
  });
  return app;
}

/** What the framework refuses by itself: a body that is no JSON. */
function unreadable({ status, message }: HTTPException) {
  if (status !== 400) return refusal(status === 415 ? 415 : 400, "bad-request", message);
  return refusal(400, "bad-request", "The body of the request is no JSON");
}

function firstIssue(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}
