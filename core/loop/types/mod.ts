/**
 * What a person writes for a loop and what a loop hands them.
 *
 * @module
 */

export type * from "./values.ts";
export type * from "./history.ts";
export type * from "./strategies.ts";
export type * from "./events.ts";
export type * from "./context.ts";
export type * from "./spec.ts";
export type * from "./runs.ts";
