/**
 * What is asked and answered of pipeline files.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";
import { TEMPLATES } from "../base/templates.ts";

/** What was opened. */
export const SessionSchema = z.object({
  version: z.string(),
  root: z.string(),
  path: z.string().optional().describe("The pipeline that was named"),
  allowed: z.boolean().describe("Whether something of it may be run; see /api/trust"),
}).openapi("Session");

/** Pipelines of the folder. */
export const PipelinesSchema = z.object({
  pipelines: z.array(z.object({ path: z.string(), name: z.string() })),
  truncated: z.boolean(),
}).openapi("Pipelines");

/** A file as it is on the disk. */
export const FileSchema = z.object({
  path: z.string(),
  text: z.string(),
  digest: z.string().describe("SHA-256 of the text"),
  exists: z.boolean(),
  fixed: z.string().optional().describe("Why it cannot be saved"),
}).openapi("File");

/** A save: what it was made from, and what it is to be. */
export const SaveSchema = z.object({
  path: z.string().min(1).max(8192),
  base: z.string().describe("Digest of the text that was changed"),
  text: z.string().max(16 * 1024 * 1024),
}).openapi("Save");

/** A pipeline that is to be. */
export const NewFileSchema = z.object({
  path: z.string().min(1).max(8192).describe("From the folder that was opened; folders are made"),
  template: z.enum(TEMPLATES).default("empty"),
}).openapi("NewFile");
