/**
 * Schemas of what tools say of themselves, and of what came of calling them.
 *
 * @module
 */

import { z } from "zod";
import type { ContentBlock, ToolInfo, ToolResult } from "../../ports/tool.ts";
import { json, jsonObject } from "./json.ts";
import { word } from "./values.ts";

export const toolInfo: z.ZodType<ToolInfo> = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "write lower case letters, digits and underscores"),
  description: word,
  parameters: jsonObject.refine((schema) => schema.type === "object", "no JSON Schema of an object"),
  tier: z.enum(["read-only", "workspace-write", "expensive", "irreversible"]),
  timeout_seconds: z.number().positive().optional(),
  is_mutating: z.boolean(),
  mutation_target_arg_keys: z.array(word).readonly().optional(),
  auth_requirements: z.array(word).readonly().optional(),
  supported_execution_surfaces: z.array(z.enum(["tui", "api", "cli"])).readonly().optional(),
}).readonly();

const contentBlock: z.ZodType<ContentBlock> = z.strictObject({
  type: z.enum(["image", "document"]),
  media_type: word,
  data: z.base64(),
}).readonly();

export const toolResult: z.ZodType<ToolResult> = z.strictObject({
  success: z.boolean(),
  output: z.string(),
  data: json.optional(),
  files_changed: z.array(z.string()).readonly(),
  content_blocks: z.array(contentBlock).readonly().optional(),
  error: z.string().optional(),
}).readonly();
