/**
 * What builders are asked for in their suite.
 *
 * @module
 */

/** What a score is asked for in. */
export const METRIC = "accuracy";

/** The smallest backbone. */
export const PROBE = ["next-event", "probe"] as const;
