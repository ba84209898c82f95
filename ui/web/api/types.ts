/**
 * What the server answers, made of the schemas that it checks its answers' shape with.
 *
 * @module
 */

import type { z } from "@hono/zod-openapi";
import type {
  CheckedPathSchema,
  CleanedSchema,
  CleanPlanSchema,
  DataEntrySchema,
  FolderSchema,
  PreviewSchema,
  ProblemSchema,
  TaskSchema,
} from "../../server/schemas/mod.ts";

/** A script. */
export type Task = z.infer<typeof TaskSchema>;
/** One flag of a script. */
export type TaskArg = Task["args"][number];
/** A data entry and what is there. */
export type DataFact = z.infer<typeof DataEntrySchema>;
/** Where a path leads. */
export type CheckedPath = z.infer<typeof CheckedPathSchema>;
/** Files of a folder. */
export type Folder = z.infer<typeof FolderSchema>;
/** One thing wrong with a file. */
export type FoundProblem = z.infer<typeof ProblemSchema>;
/** What a clean would do. */
export type CleanPlan = z.infer<typeof CleanPlanSchema>;
/** What a clean did. */
export type Cleaned = z.infer<typeof CleanedSchema>;
/** What stands in a file, as it is shown. */
export type Preview = z.infer<typeof PreviewSchema>;
