/**
 * Schemas of what execution providers say of themselves.
 *
 * @module
 */

import { z } from "zod";
import type { ExecCapabilities } from "../../ports/mlops.ts";
import { count, flowId, word } from "./values.ts";

export const execCapabilities: z.ZodType<ExecCapabilities> = z.strictObject({
  language: word,
  version: word.nullable(),
  sessions: z.boolean(),
  parallel: count.positive(),
  timeout_ms: z.number().positive(),
  flows: z.array(flowId).readonly(),
}).readonly();
