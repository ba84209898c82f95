/**
 * Pipelines as data: the words that faces use of them.
 *
 * @module
 */

export { displayCommand, quotePosix, quoteWindows } from "./display.ts";
export { basename, collapsePath, dirname, isInside, joinPath, relativePath } from "../paths.ts";
export { parseOverride, pyRepr, pyStr, type Value } from "../yaml/value.ts";
