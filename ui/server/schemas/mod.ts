/**
 * What requests and answers look like: checked at run time, described at `/openapi.json`, and the types of the page.
 *
 * @module
 */

export * from "./common.ts";
export * from "./files.ts";
export * from "./runs.ts";
export * from "./trust.ts";
export * from "./data.ts";
export * from "./conditions.ts";
export * from "./clean.ts";
export * from "./previews.ts";
