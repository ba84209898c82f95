/**
 * What is told of the screen that output is shown on.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

/** Its size, in letters. */
export const ScreenSchema = z.object({
  columns: z.number().int().min(1).max(1000),
  rows: z.number().int().min(1).max(1000),
}).openapi("Screen");
