/**
 * What is asked and answered of the right to run something.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

/** Whether a person has allowed it. */
export const TrustSchema = z.object({
  folder: z.string().describe("What was opened"),
  allowed: z.boolean().describe("Whether something of it may be run"),
}).openapi("Trust");

/** Allowing it. */
export const AllowSchema = z.object({ allow: z.literal(true) }).openapi("Allow");
