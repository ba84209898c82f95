/**
 * What is answered of conditions and switches.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

/** What they say as the disk is now. */
export const ConditionsSchema = z.object({
  conditions: z.array(z.object({
    step: z.string(),
    answer: z.enum(["true", "false", "then", "else"]).optional(),
    why: z.string().optional().describe("Why it cannot be told; a `data` event tells when a script has been asked"),
  })),
}).openapi("Conditions");
