/**
 * Whether something of the opened folder may be run.
 *
 * @module
 */

import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Parts } from "../parts/parts.ts";
import { AllowSchema, TrustSchema } from "../schemas/mod.ts";
import { isTrusted } from "../parts/trust.ts";
import { json } from "./answers.ts";

const look = createRoute({
  method: "get",
  path: "/api/trust",
  summary: "Whether a person has allowed that something of this folder is run",
  responses: { 200: json(TrustSchema, "Whether it is so") },
});

const allow = createRoute({
  method: "post",
  path: "/api/trust",
  summary: "Allows it, from now on",
  request: { body: json(AllowSchema, "The word of a person") },
  responses: { 200: json(TrustSchema, "It is so") },
});

/** Adds the routes. */
export function trustRoutes(app: OpenAPIHono, parts: Parts): void {
  const { trust, place, hub } = parts;
  const answer = () => ({ folder: place.root, allowed: isTrusted(parts) });
  app.openapi(look, (c) => c.json(answer(), 200));
  app.openapi(allow, (c) => {
    trust.add(place.root);
    hub.tell("trust", answer());
    return c.json(answer(), 200);
  });
}
