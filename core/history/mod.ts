/**
 * Looking back: what runs of pipelines were made with, what they wrote, how to repeat them, how to forget them.
 * `diff/` compares two of them.
 *
 * @module
 */

export { type Address, addressOf, findPoint, namesInFile, namesSeenFrom, placesOf } from "./address.ts";
export { askAgain, type AskedAgain, type PointOf } from "./again.ts";
export { type LoggedAttempt, loggedAttempts } from "./logs.ts";
export { type HistoryReport, type HistoryRetention, pruneHistory, type PruneHow } from "./prune.ts";
export { type Made, type Side, sideOf, type SideStep, type StepStanding } from "./side.ts";
