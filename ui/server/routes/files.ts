/**
 * Pipeline files: which there are, what they say, saving them, and new ones.
 *
 * @module
 */

import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { basename, dirname, joinPath, relativePath } from "../../../core/graph/mod.ts";
import { findPipelines } from "../base/find_pipelines.ts";
import type { Parts } from "../parts/parts.ts";
import { confined, pipelineAt } from "../base/place.ts";
import { refusal } from "../base/refusal.ts";
import {
  ErrorSchema,
  FileSchema,
  NewFileSchema,
  PathQuery,
  PipelinesSchema,
  SaveSchema,
  SessionSchema,
} from "../schemas/mod.ts";
import { templateFiles } from "../base/templates.ts";
import { isTrusted } from "../parts/trust.ts";
import { json } from "./answers.ts";

const session = createRoute({
  method: "get",
  path: "/api/session",
  summary: "What was opened",
  responses: { 200: json(SessionSchema, "What was opened") },
});

const list = createRoute({
  method: "get",
  path: "/api/pipelines",
  summary: "Pipelines below the folder that was opened",
  responses: { 200: json(PipelinesSchema, "By path") },
});

const read = createRoute({
  method: "get",
  path: "/api/file",
  summary: "A pipeline file as it is on the disk, which is watched from now on; an absent one is an empty text",
  request: { query: PathQuery },
  responses: {
    200: json(FileSchema, "The file"),
    403: json(ErrorSchema, "It lies outside"),
    404: json(ErrorSchema, "A folder is called so"),
  },
});

const save = createRoute({
  method: "put",
  path: "/api/file",
  summary: "Writes a pipeline file, unless it has changed since it was read",
  request: { body: json(SaveSchema, "The change") },
  responses: {
    200: json(FileSchema, "As it was written"),
    403: json(ErrorSchema, "It lies outside, or may not be written"),
    409: json(ErrorSchema, "It has changed: both versions"),
  },
});

const create = createRoute({
  method: "post",
  path: "/api/file/new",
  summary: "Makes a pipeline of a template, with the scripts that it needs; never in the place of another",
  request: { body: json(NewFileSchema, "Where, and of which") },
  responses: { 200: json(FileSchema, "The file"), 409: json(ErrorSchema, "There is something already") },
});

/** Longer files are no pipelines that a person wrote. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Adds the routes. */
export function fileRoutes(app: OpenAPIHono, parts: Parts): void {
  const { context, place, version, watching } = parts;
  const { files } = context;
  app.openapi(session, (c) => {
    const path = place.file === undefined ? undefined : relativePath(place.file, place.root);
    return c.json({ version, root: place.root, path, allowed: isTrusted(parts) }, 200);
  });
  app.openapi(list, (c) => {
    const { paths, truncated } = findPipelines(place.root, files);
    return c.json({ pipelines: paths.map((path) => ({ path, name: basename(path) })), truncated }, 200);
  });
  app.openapi(read, (c) => {
    const file = fileAt(c.req.valid("query").path);
    watching.open(pipelineAt(file.path, place, context), file.digest);
    return c.json(file, 200);
  });
  app.openapi(save, (c) => {
    const { path, base, text } = c.req.valid("json");
    const there = fileAt(path);
    if (there.digest !== base) {
      const data = { current: there.text, digest: there.digest, exists: there.exists, yours: text };
      throw refusal(409, "changed-underneath", `${path} has changed since it was read`, "look at both versions", data);
    }
    if (there.fixed !== undefined) throw refusal(403, "cannot-save", `Cannot save ${path}: ${there.fixed}`);
    const file = pipelineAt(path, place, context);
    files.makeDirectory(dirname(file));
    files.writeAtomic(files.realPath(file) ?? file, text);
    const written = fileAt(path);
    watching.wrote(file, written.digest);
    return c.json(written, 200);
  });
  app.openapi(create, (c) => {
    const { path, template } = c.req.valid("json");
    const file = pipelineAt(path, place, context);
    const wanted = Array.from(templateFiles(template), ([at, text]) => {
      return { path: at === "" ? file : confined(joinPath(dirname(file), at), place, context), text };
    });
    // A script that is there and says the same will do.
    const missing = wanted.filter(({ path, text }) => path === file || files.readText(path) !== text);
    const taken = missing.find(({ path }) => files.stat(path) !== undefined || files.isLink(path));
    if (taken !== undefined) {
      const name = relativePath(taken.path, place.root);
      throw refusal(409, "exists", `There is a ${name} already`, "choose another name or folder");
    }
    for (const { path, text } of missing) {
      files.makeDirectory(dirname(path));
      files.writeNew(path, text);
    }
    return c.json(fileAt(path), 200);
  });

  function fileAt(path: string) {
    const file = pipelineAt(path, place, context);
    const info = files.stat(file);
    if (info !== undefined && info.kind !== "file") throw refusal(404, "no-file", `${path} is no plain file`);
    if ((info?.sizeBytes ?? 0) > MOST_BYTES) throw refusal(413, "too-long", `${path} is too long for a pipeline`);
    const text = files.readText(file);
    const fixed = text?.includes("\uFFFD") && !isUtf8(file)
      ? "it is not in UTF-8, and some of it would be lost"
      : undefined;
    return { path, text: text ?? "", digest: files.digestText(text ?? ""), exists: text !== undefined, fixed };
  }

  function isUtf8(file: string): boolean {
    const bytes = files.readBytes(file) ?? new Uint8Array();
    return files.digestBytes(bytes) === files.digestText(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  }
}
