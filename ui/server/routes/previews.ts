/**
 * What stands in files: a few lines for the canvas, pages of them, and the bytes of images and videos.
 *
 * @module
 */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { listFiles } from "../../../core/look/mod.ts";
import type { Parts } from "../parts/parts.ts";
import { rawAnswer } from "../preview/raw.ts";
import { show } from "../preview/show.ts";
import { Tickets } from "../preview/tickets.ts";
import { refusal } from "../base/refusal.ts";
import { ErrorSchema, PreviewQuery, PreviewSchema, RawQuery } from "../schemas/mod.ts";
import { type Asked, type Source, sourceAt } from "../parts/source.ts";
import { json } from "./answers.ts";

const preview = createRoute({
  method: "get",
  path: "/api/preview",
  summary: "A part of a file as it is shown; small numbers for the canvas, large ones for a page",
  request: { query: PreviewQuery },
  responses: {
    200: json(PreviewSchema, "What is shown"),
    204: { description: "There is no way to show it" },
    403: json(ErrorSchema, "It lies outside"),
    404: json(ErrorSchema, "There is no such entry, or nothing there"),
  },
});

const bytes = { content: { "application/octet-stream": { schema: z.string() } } };
const rawAnswers = {
  200: { description: "The bytes", ...bytes },
  206: { description: "Some of them", ...bytes },
  403: json(ErrorSchema, "It lies outside"),
  404: json(ErrorSchema, "There is no such file"),
  416: json(ErrorSchema, "It has no such bytes"),
};

const raw = createRoute({
  method: "get",
  path: "/api/raw",
  summary: "The bytes of a file, or a range of them; texts are never more than texts",
  request: { query: RawQuery },
  responses: rawAnswers,
});

const ticketed = createRoute({
  method: "get",
  path: "/raw/{ticket}",
  summary: "The same at the address that a preview gave, without the token",
  request: { params: z.object({ ticket: z.string().max(128) }) },
  responses: rawAnswers,
});

/** Adds the routes. */
export function previewRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context } = parts;
  const tickets = new Tickets(() => context.random.hex(32));

  app.openapi(preview, async (c) => {
    const { offset, limit, columns, ...asked } = c.req.valid("query");
    const source = await sourceAt(asked, parts);
    if (source.info.kind === "directory") return c.json(await folderOf(source, { offset, limit }), 200);
    if (source.info.kind === "other") return c.body(null, 204);
    const rawUrl = () => tickets.urlOf(asked, stampOf(source));
    const shown = await show(source, { offset, limit, columns, rawUrl }, context);
    return shown === undefined ? c.body(null, 204) : c.json(shown, 200);
  });
  app.openapi(raw, (c) => answer(c.req.valid("query"), c.req.header("range")));
  app.openapi(ticketed, (c) => {
    const asked = tickets.find(c.req.valid("param").ticket);
    if (asked === undefined) throw refusal(404, "absent", "This address is not known any more", "load the page anew");
    return answer(asked, c.req.header("range"));
  });

  // What it is, is known only when it has been opened: these are not described one by one.
  async function answer(asked: Asked, range: string | undefined) {
    return await rawAnswer(await sourceAt(asked, parts), range, context) as never;
  }

  async function folderOf({ real }: Source, { offset, limit }: { readonly offset: number; readonly limit: number }) {
    const { files, total, isCut } = await listFiles(real, context.files, {
      offset,
      limit,
      breathe: () => context.clock.sleep(0),
    });
    const listed = files.map(({ path, sizeBytes }) => ({ path, size: sizeBytes }));
    return {
      kind: "folder" as const,
      files: listed,
      offset,
      total,
      truncated: isCut || offset + listed.length < total,
    };
  }
}

function stampOf({ info }: Source): string {
  return [info.sizeBytes, info.mtimeMs, info.inode].join();
}
