/**
 * Pipelines as data: the words that faces use of them.
 *
 * @module
 */

export { displayCommand } from "./display.ts";
export { collapsePath, isInside, joinPath } from "../paths.ts";
export { parseOverride, pyRepr, pyStr, type Value } from "../yaml/value.ts";
