/**
 * What is asked and answered of data and scripts.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";
import { ProblemSchema } from "./common.ts";

const path = z.string().min(1).max(8192).describe("The pipeline, from the folder that was opened");
const LONGEST = 16 * 1024 * 1024;

/** A pipeline as it is typed. */
export const TextSchema = z.object({ path, text: z.string().max(LONGEST) }).openapi("PipelineText");

/** What is at a path. */
const fact = {
  exists: z.enum(["exists", "missing", "checking", "unknown"])
    .describe("checking: an address was asked, a `data` event tells; unknown: it cannot be told, see problem"),
  kind: z.enum(["file", "folder", "other", "url"]).optional(),
  copied: z.boolean().optional().describe("Of an address: a run has left a copy here; size and mtime are the copy's"),
  size: z.number().optional().describe("Bytes of a file"),
  mtime: z.number().optional().describe("UTC milliseconds"),
  matches: z.number().optional().describe("Files that match, of a path with {name} in it"),
  problem: z.string().optional().describe("Why it cannot be told where it is"),
  hint: z.string().optional(),
};

/** A data entry and what is there. */
export const DataEntrySchema = z.object({
  key: z.string(),
  path: z.string().describe("As it is written"),
  type: z.string().optional(),
  label: z.string().optional(),
  nested_in: z.string().optional(),
  resolved: z.string().optional().describe(
    "From the folder that was opened, absolute where it is outside, or an address",
  ),
  inside: z.boolean().optional().describe("Whether it lies in the folder that was opened"),
  ...fact,
  produced_by: z.array(z.string()),
  read_by: z.array(z.string()),
  source: z.boolean().describe("No step makes it"),
}).openapi("DataEntry");

/** All of them. */
export const DataSchema = z.object({ data: z.array(DataEntrySchema) }).openapi("Data");

/** A path as it is typed. */
export const CheckPathQuery = z.object({
  path,
  text: z.string().max(65536).describe("As it would stand in the file"),
  nested_in: z.string().optional().describe("Key of the folder that it would lie in"),
});

/** Where it leads. */
export const CheckedPathSchema = z.object({
  resolved: z.string().optional(),
  inside: z.boolean().optional(),
  key: z.string().optional().describe("The data entry that it refers to"),
  ...fact,
}).openapi("CheckedPath");

/** Which folder, and which of its files. */
export const FolderQuery = z.object({
  path,
  key: z.string().optional(),
  text: z.string().max(65536).optional().describe("In the place of key: a path or reference of a step"),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
});

/** Files of a folder. */
export const FolderSchema = z.object({
  files: z.array(z.object({ path: z.string(), size: z.number().optional(), mtime: z.number().optional() })),
  offset: z.number(),
  total: z.number(),
  truncated: z.boolean().describe("There are more than these"),
}).openapi("Folder");

const port = z.object({ name: z.string(), type: z.string().optional(), description: z.string() });

/** A script. */
export const TaskSchema = z.object({
  name: z.string(),
  script: z.string().describe("Path as a step would say it"),
  description: z.string(),
  kind: z.literal("condition").optional(),
  told: z.enum(["front-matter", "argparse", "nothing"]).describe("Where its interface was read"),
  inputs: z.array(port),
  outputs: z.array(port),
  args: z.array(z.object({
    flag: z.string(),
    type: z.string(),
    default: z.string().optional().describe("As a pipeline file would spell it"),
    required: z.boolean(),
    choices: z.array(z.unknown()).optional(),
    description: z.string(),
  })),
  problem: z.string().optional(),
  exists: z.boolean(),
  used_by: z.array(z.string()).describe("Steps"),
}).openapi("Task");

/** Scripts of a pipeline. */
export const TasksSchema = z.object({
  tasks: z.array(TaskSchema),
  problems: z.array(ProblemSchema).describe("Why the pipeline cannot be read; none if it can"),
}).openapi("Tasks");

/** What is wrong with a text. */
export const CheckedSchema = z.object({
  problems: z.array(ProblemSchema),
  steps: z.number(),
}).openapi("Checked");
