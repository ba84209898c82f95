/**
 * What the server answers, by the names that its document gives it.
 *
 * @module
 */

import type { Operations, Schemas } from "./generated.ts";

/** A script. */
export type Task = Schemas["Task"];
/** One flag of a script. */
export type TaskArg = Task["args"][number];
/** A data entry and what is there. */
export type DataFact = Schemas["DataEntry"];
/** What a condition or switch says now. */
export type ConditionFact = Schemas["Conditions"]["conditions"][number];
/** Where a path leads. */
export type CheckedPath = Schemas["CheckedPath"];
/** Files of a folder. */
export type Folder = Schemas["Folder"];
/** One thing wrong with a file. */
export type FoundProblem = Schemas["Problem"];
/** What a clean would do. */
export type CleanPlan = Schemas["CleanPlan"];
/** What a clean did. */
export type Cleaned = Schemas["Cleaned"];
/** What stands in a file, as it is shown. */
export type Preview = Schemas["Preview"];
/** The text of a pipeline. */
export type PipelineFile = Schemas["File"];
/** One step of a loop. */
export type LoopStep = Schemas["LoopStep"];
/** How many letters the screen shows. */
export type Screen = Schemas["Screen"];
/** What is to be run of the open pipeline, and how. */
export type RunWish = Omit<Schemas["RunWish"], "path" | "wait">;
/** Something that can be asked, such as `GET /api/live`. */
export type Operation = keyof Operations;
/** What is sent with it; nothing where nothing is. */
export type Sent<O extends Operation> = Operations[O] extends { readonly body: infer Body } ? Body : undefined;
/** What comes back. */
export type Answer<O extends Operation> = Operations[O]["answer"];
