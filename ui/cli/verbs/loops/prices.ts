/**
 * `loom prices`: what models cost.
 *
 * @module
 */

import { LoomError, nearest } from "../../../../core/errors.ts";
import { allRates, type PriceRow, priceRows, PRICES_AS_OF, type Rates } from "../../../../core/loop/outside/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { tableLines } from "../../view/table.ts";
import type { LoopCommand } from "../../words/command.ts";

const HEADINGS = ["MODEL", "FROM", "INPUT", "OUTPUT", "CACHE READ", "WRITE 5M", "WRITE 1H", "BATCH"];

/** Prints the table with its date. */
export function pricesVerb({ flags }: LoopCommand<"prices">, { terminal }: Host): number {
  const rows = rowsFor(flags.model);
  const paint = palette(terminal.color && !flags.noColor);
  if (flags.json) {
    terminal.write(`${JSON.stringify({ as_of: PRICES_AS_OF, unit: "USD per million tokens", rows }, null, 2)}\n`);
  } else {
    const lines = tableLines([HEADINGS.map(paint.strong), ...rows.flatMap(cellsOf)]);
    terminal.write(`USD per million tokens, as of ${PRICES_AS_OF}\n\n${lines.join("\n")}\n`);
  }
  return EXIT.done;
}

function rowsFor(model: string | undefined): readonly PriceRow[] {
  const all = priceRows();
  if (model === undefined) return all;
  const undated = model.replace(/-(\d{8}|\d{4}-\d\d-\d\d|latest)$/, "");
  const exact = all.filter((row) => row.model === model);
  const rows = exact.length > 0 ? exact : all.filter((row) => row.model === undated);
  if (rows.length > 0) return rows;
  const near = nearest(model, all.map((row) => row.model));
  throw new LoomError("UNKNOWN_MODEL_PRICE", `No price is known for the model '${model}'`, {
    hint: near === undefined ? "loom prices lists what is known" : `did you mean '${near}'?`,
    data: { model },
  });
}

/** A line for usual prompts, and one for long ones where they cost more. */
function cellsOf(row: PriceRow): readonly (readonly string[])[] {
  const { model, effectiveFrom, above, batchFactor = 0.5 } = row;
  const usual = [model, effectiveFrom, ...rateCells(row), `x ${batchFactor}`];
  if (above === undefined) return [usual];
  return [usual, [`  above ${above.tokens.toLocaleString("en")} tokens`, "", ...rateCells(above)]];
}

function rateCells(rates: Rates): readonly string[] {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = allRates(rates);
  return [input, output, cacheRead, cacheWrite5m, cacheWrite1h].map((rate) => String(rate));
}
