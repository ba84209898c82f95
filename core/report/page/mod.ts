/**
 * A run, a sweep or one of its points as a page.
 *
 * @module
 */

export { collectReport, reportPlots, type ReportSources } from "./collect.ts";
export type { ReportData, ShownOutput } from "./data.ts";
export { reportPage } from "./page.ts";
