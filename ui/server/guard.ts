/**
 * Who may speak with the server: pages that it gave out itself, to whom it told its token.
 *
 * A page of another origin is stopped by its `Origin`, a name that was bent to this machine by `Host`, and everything
 * else that runs here by the token, which is made for each start and stands in no cookie.
 *
 * @module
 */

import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { refusal } from "./base/refusal.ts";

/** What is let in. */
export interface GuardOptions {
  readonly token: string;
  /** Names under which the server is reached, such as `127.0.0.1:8765`; asked at each request. */
  readonly hosts: () => ReadonlySet<string>;
}

const CHANGING = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Refuses names that are not its own, and pages of other origins. Stands before everything. */
export function sameOrigin({ hosts }: Pick<GuardOptions, "hosts">): MiddlewareHandler {
  return createMiddleware(async (context, next) => {
    const host = context.req.header("host") ?? "";
    if (!hosts().has(host)) throw refusal(421, "wrong-host", `This server does not answer for ${host || "no name"}`);
    const origin = context.req.header("origin");
    if (origin !== undefined && origin !== `http://${host}`) {
      throw refusal(403, "wrong-origin", `Pages of ${origin} may not speak with this server`);
    }
    const site = context.req.header("sec-fetch-site");
    if (site === "cross-site" && context.req.header("sec-fetch-mode") !== "navigate") {
      throw refusal(403, "wrong-origin", "Pages of other sites may not speak with this server");
    }
    await next();
  });
}

/** Refuses whoever does not know the token, and changes that are not JSON. */
export function tokenNeeded({ token }: Pick<GuardOptions, "token">): MiddlewareHandler {
  return createMiddleware(async (context, next) => {
    const given = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
    if (given === undefined || !isSame(given, token)) {
      throw refusal(
        401,
        "token-needed",
        "The token of this start is missing or wrong",
        "open the address loom printed",
      );
    }
    const type = context.req.header("content-type")?.split(";")[0].trim().toLowerCase();
    if (CHANGING.has(context.req.method) && type !== "application/json") {
      throw refusal(415, "json-needed", "Changes are asked for in JSON");
    }
    await next();
  });
}

/** Takes as long for a nearly right token as for a wrong one. */
function isSame(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** What browsers are told about the page: nothing from elsewhere, in nobody's frame, remembered by nobody. */
export const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
