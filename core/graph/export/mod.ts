/**
 * Pipelines as files that run without loom: a Makefile, a shell script.
 *
 * @module
 */

export { type ExportOptions, exportPipeline } from "./export.ts";
