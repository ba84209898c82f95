/**
 * What to do about a loop that no longer gets better.
 *
 * @module
 */

export { escalate, type EscalateOptions } from "./escalate.ts";
