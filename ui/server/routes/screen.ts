/**
 * The size of the screen that output is shown on.
 *
 * @module
 */

import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Parts } from "../parts/parts.ts";
import { ErrorSchema } from "../schemas/common.ts";
import { ScreenSchema } from "../schemas/screen.ts";
import { json } from "./answers.ts";

const resize = createRoute({
  method: "post",
  path: "/api/screen",
  summary: "Tells how large the screen is that steps write to, those that go on and those to come",
  request: { body: json(ScreenSchema, "Letters in a line, and lines") },
  responses: { 200: json(ScreenSchema, "It is so"), 400: json(ErrorSchema, "It cannot be so large") },
});

/** Adds the route. */
export function screenRoutes(app: OpenAPIHono, { screen }: Parts): void {
  app.openapi(resize, (c) => {
    const size = c.req.valid("json");
    screen.resize(size);
    return c.json(size, 200);
  });
}
