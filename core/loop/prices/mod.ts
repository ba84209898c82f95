/**
 * Prices of models, and what their calls cost.
 *
 * @module
 */

export { anthropicCost, type CostOptions, isMissingCost, openaiCost, type UsageCost, usageCost } from "./cost.ts";
export { definePrices, type Price, priceOf, type PriceQuestion, priceRows } from "./price.ts";
export { type PriceRow, PRICES_AS_OF, type Rates } from "./table.ts";
