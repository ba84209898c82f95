/**
 * Pipelines as data: the words that faces use of them.
 *
 * @module
 */

export { displayCommand, quotePosix, quoteWindows } from "./display.ts";
export { collapsePath, isInside, joinPath } from "../paths.ts";
export { parseOverride, pyRepr, pyStr, type Value } from "../yaml/value.ts";
