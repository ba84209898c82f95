/**
 * A pipeline drafted from a folder of scripts.
 *
 * @module
 */

export { type Draft, draftPipeline, type DraftStep } from "./draft.ts";
