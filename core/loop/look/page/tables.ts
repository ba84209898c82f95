/**
 * The steps as a table, runs inside of steps below them.
 *
 * @module
 */

import { usdText } from "../../base/money.ts";
import type { StepRow } from "../../../ports/loop_store.ts";
import { linesOf, type LookLine, type StepLine } from "../lines.ts";
import { mainLine, placeKey } from "../main_line.ts";
import type { RunLook } from "../run_look.ts";
import { msText } from "./charts.ts";
import { element, text } from "./markup.ts";

const HEADINGS = ["Step", "From", "Score", "Cost", "Total", "Time", "Tokens"];

/** Rows that are shown at most; a page of more is of no use, and the numbers are in the export. */
const MOST_ROWS = 2_000;

/** The table. */
export function stepTable(look: RunLook): string {
  const heading = HEADINGS.map((name) => element("th", { class: "number" }, text(name))).join("");
  const rows = rowsOf(look);
  const left = rows.length - MOST_ROWS;
  const more = left > 0
    ? element("p", { class: "tile-more" }, `${left} more rows: loom export ${text(look.run.id)} --json`)
    : "";
  const body = rows.slice(0, MOST_ROWS).join("");
  return element("div", { class: "scroll" }, element("table", {}, `<tr>${heading}<th>What happened</th></tr>${body}`)) +
    more;
}

function rowsOf(look: RunLook): readonly string[] {
  const facts = factsOf(look);
  let inside = look;
  return linesOf(look).map((line) => {
    if (line.kind === "run") {
      inside = findRun(look, line.id) ?? inside;
      return runRow(line);
    }
    const owner = line.depth === 0 ? look : inside;
    return stepRow(line, facts.get(`${owner.run.id} ${placeKey(line)}`));
  });
}

/** What a row says besides its line. */
interface RowFacts {
  readonly row: StepRow;
  readonly isMain: boolean;
  readonly isBest: boolean;
}

function factsOf(look: RunLook): ReadonlyMap<string, RowFacts> {
  const main = mainLine(look);
  const { id, best } = look.run;
  const own = look.steps.map((row): [string, RowFacts] => {
    const isBest = best !== undefined && placeKey(best) === placeKey(row);
    return [`${id} ${placeKey(row)}`, { row, isMain: main.has(placeKey(row)), isBest }];
  });
  return new Map([...own, ...look.children.flatMap((child) => [...factsOf(child)])]);
}

function findRun(look: RunLook, id: string): RunLook | undefined {
  if (look.run.id === id) return look;
  return look.children.map((child) => findRun(child, id)).find((it) => it !== undefined);
}

function runRow({ name, id, status }: Extract<LookLine, { kind: "run" }>): string {
  const words = `${text(name)} <span class="id">${text(id)}</span> ${element("span", { class: "mark" }, text(status))}`;
  return element("tr", { class: "inside" }, element("td", { colspan: HEADINGS.length + 1 }, words));
}

function stepRow(line: StepLine, facts: RowFacts | undefined): string {
  const { step, branch, score, costNano, cumulNano, depth, kind } = line;
  const row = kind === "step" ? facts?.row : undefined;
  const from = row === undefined ? "" : row.input === undefined ? "input" : String(row.input.step);
  const numbers = [
    branch === "" ? String(step) : `${step}/${branch}`,
    from,
    score?.toFixed(4) ?? "–",
    usdText(costNano),
    usdText(cumulNano),
    row === undefined ? "" : msText(row.durationMs),
    row === undefined || row.tokens === 0 ? "" : String(row.tokens),
  ].map((cell) => element("td", { class: "number" }, text(cell)));
  const classes = [...(depth > 0 ? ["inside"] : []), ...(facts?.isMain || depth > 0 ? [] : ["side"])].join(" ");
  return element("tr", { class: classes || undefined }, numbers.join("") + whatCell(line, facts));
}

function whatCell({ marks, error, kind }: StepLine, facts: RowFacts | undefined): string {
  const best = kind === "step" && facts?.isBest ? [element("span", { class: "mark good" }, "best")] : [];
  const shown = marks.map((mark) => {
    return element("span", { class: mark === "converged" ? "mark good" : "mark" }, text(mark));
  });
  const words = error === undefined ? "" : element("span", { class: "error-text" }, text(error));
  return element("td", { class: "what" }, [...best, ...shown, words].join(""));
}
