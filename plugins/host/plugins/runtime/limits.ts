/**
 * How much a plugin may ask of loom at a time. Generous: who reaches one of them is broken or hostile.
 *
 * @module
 */

/** One message, either way. `inside/serve.js` keeps to the same. */
export const MAX_MESSAGE_BYTES: number = 16 * 1024 * 1024;

/** Items of a stream that are on their way; the plugin waits when they are. */
export const CREDITS = 256;

/** Services that one call waits for at a time. */
export const MAX_ASKS = 64;

/** Messages about a call that loom gave up: what it had allowed, and the end. */
export const MAX_LATE: number = CREDITS + MAX_ASKS + 1;

/** Messages about calls that are over, or never were, until the plugin is ended. */
export const MAX_STRAYS = 100;

/** Lines that it may print from one call to the next. */
export const MAX_LINES = 1_000;

/** From the start to the first word. */
export const START_MS = 15_000;

/** From the moment it was told to stop until it is ended. */
export const GRACE_MS = 1_000;

/** Without a call, until its worker is ended: it would keep the process. */
export const IDLE_MS = 10_000;

/** Heap of a plugin. */
export const HEAP_BYTES: number = 256 * 1024 * 1024;
