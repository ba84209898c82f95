/**
 * A run as one page.
 *
 * @module
 */

export { type PageOptions, runPage } from "./page.ts";
