/**
 * What requests and answers look like: checked at run time, described at `/openapi.json`, and the types of the page.
 *
 * @module
 */

export * from "./schemas/common.ts";
export * from "./schemas/files.ts";
export * from "./schemas/runs.ts";
export * from "./schemas/trust.ts";
export * from "./schemas/data.ts";
export * from "./schemas/clean.ts";
export * from "./schemas/previews.ts";
