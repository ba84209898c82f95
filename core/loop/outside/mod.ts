/**
 * What can be done about a stored run without the code of its loop.
 *
 * @module
 */

import { type Flow, runAsync } from "../base/flow.ts";

export { answerWithin, type GivenAnswer } from "./answer.ts";
export { type CancelOutcome, cancelRun } from "./cancel.ts";
export { type ForkMeans, forkStored, type StoredFork } from "./fork.ts";
export { importOriginal, type ImportReport } from "../import/mod.ts";
export { durationMs } from "../base/duration.ts";
export { allRates, priceRows } from "../prices/price.ts";
export { type PriceRow, PRICES_AS_OF, type Rates } from "../prices/table.ts";

/** Does one of these, awaiting what must be awaited. */
export function done<T>(flow: Flow<T>): Promise<T> {
  return runAsync(flow);
}
