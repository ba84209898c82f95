/**
 * A pipeline as somebody looks at it who edits it: what its data and scripts are on the disk, right now, whatever else
 * is wrong with the file.
 *
 * @module
 */

export {
  type DataFact,
  dataFacts,
  factOf,
  type Located,
  locateData,
  locateText,
  matchesOf,
  type PathFact,
} from "./data.ts";
export { answersNow, type ScriptAsked, type StepAnswer, type Told } from "./answers.ts";
export { copyOf } from "./copied.ts";
export { type ListedFile, type ListedFiles, listFiles } from "./folder.ts";
export { type Opened, openPipeline } from "./opened.ts";
export type { ArgFact, PortFact } from "./interface.ts";
export { type TaskFact, taskFacts } from "./tasks.ts";
export { watchedBy, type WatchedPaths } from "./watched.ts";
export { sightOf } from "./sight.ts";
