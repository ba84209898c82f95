/**
 * A run as one page that needs nothing else: no network, no script, light and dark.
 *
 * @module
 */

import type { LoopRow, LoopSummary } from "../../../ports/loop_store.ts";
import { usdText } from "../../base/money.ts";
import type { RunLook } from "../run_look.ts";
import { adviceLines } from "../summary.ts";
import { costChart, msText, scoreChart, timeChart } from "./charts.ts";
import { element, text } from "./markup.ts";
import { type Points, pointsOf } from "./points.ts";
import { PAGE_STYLE } from "./style.ts";
import { stepTable } from "./tables.ts";
import { MOST_TREE_STEPS, treeChart } from "./tree_chart.ts";

/** What a page is made of besides the run. */
export interface PageOptions {
  /** Runs that were forked from this one. */
  readonly forks: readonly LoopSummary[];
  /** When it is made, UTC milliseconds. */
  readonly now: number;
}

/** The page, a whole HTML document. */
export function runPage(look: RunLook, { forks, now }: PageOptions): string {
  const { name, id, status } = look.run;
  const points = pointsOf(look);
  const body = [
    header(look.run),
    tiles(look.run),
    notices(look),
    ...(points.all.length === 0 ? [card("Steps", "", "No steps yet.")] : [
      ...charts(points, look, forks),
      card("Steps", "", stepTable(look)),
    ]),
    element("footer", {}, `Made by loom on ${timeText(now)} UTC. Costs in USD.`),
  ].join("\n");
  const title = text(`${name} ${id}: ${status}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

function header(
  { name, version, id, status, reason, createdAt, updatedAt, parent, forkedFrom, specHash }: LoopRow,
): string {
  const shown = version === undefined ? text(name) : `${text(name)} ${text(version)}`;
  const facts = [
    `Run <span class="id">${text(id)}</span>`,
    ...(reason === "" ? [] : [text(reason)]),
    `${timeText(createdAt)} to ${timeText(updatedAt)} UTC`,
    ...(parent === undefined ? [] : [`inside <span class="id">${text(parent.run)}</span> step ${parent.step}`]),
    ...(forkedFrom === undefined
      ? []
      : [`forked from <span class="id">${text(forkedFrom.run)}</span> step ${forkedFrom.step}`]),
    `definition <span class="id">${text(specHash)}</span>`,
  ].map((fact) => element("span", {}, fact));
  const pill = element("span", { class: `pill ${status}` }, text(status.replaceAll("_", " ")));
  return `<h1>${shown} ${pill}</h1>${element("div", { class: "facts" }, facts.join(""))}`;
}

function tiles(run: LoopRow): string {
  const { limits, best, iterations, steps, activeMs, unknownNano, inheritedNano } = run;
  const used = run.spentNano + unknownNano + run.reservedNano;
  const unknown = unknownNano === 0 ? [] : [`${usdText(unknownNano)} of it unknown`];
  const before = inheritedNano === 0 ? [] : [`${usdText(inheritedNano)} before the fork`];
  const tokens = run.spentTokens === 0 ? [] : [`${run.spentTokens} tokens`];
  const made = [
    tile(
      "Best score",
      best === undefined ? "–" : best.score.toFixed(4),
      best === undefined ? "nothing scored" : `step ${best.step}`,
    ),
    meterTile("Spent", { used, limit: limits.nano, show: usdText }, [...unknown, ...before, ...tokens]),
    meterTile("Iterations", { used: iterations, limit: limits.iterations, show: String }, [`${steps} steps recorded`]),
    meterTile("Time", { used: activeMs, limit: limits.wallClockMs, show: msText }, ["while a process held it"]),
  ];
  return element("div", { class: "tiles" }, made.join(""));
}

function tile(name: string, value: string, more: string): string {
  const [head, body, foot] = [["name", name], ["value", value], ["more", more]]
    .map(([kind, words]) => element("div", { class: `tile-${kind}` }, text(words)));
  return element("div", { class: "card" }, head + body + foot);
}

function meterTile(
  name: string,
  { used, limit, show }: { readonly used: number; readonly limit?: number; readonly show: (value: number) => string },
  more: readonly string[],
): string {
  const share = limit === undefined ? undefined : limit === 0 ? 1 : Math.min(1, used / limit);
  const bar = share === undefined ? "" : element(
    "div",
    { class: share > 0.94 ? "meter full" : "meter" },
    element("i", { style: `width: ${(share * 100).toFixed(1)}%` }),
  );
  const of = limit === undefined ? [] : [`of ${show(limit)}, ${show(Math.max(0, limit - used))} left`];
  const head = element("div", { class: "tile-name" }, text(name)) +
    element("div", { class: "tile-value" }, text(show(used)));
  return element(
    "div",
    { class: "card" },
    head + bar + element("div", { class: "tile-more" }, text([...of, ...more].join(" · "))),
  );
}

/** What ended it, what it waits for, how to go on. */
function notices(look: RunLook): string {
  const lines = adviceLines(look).filter((line) => !line.startsWith("Error: "));
  const { error, errorStack, status } = look.run;
  const failure = error === undefined ? "" : element(
    "div",
    { class: status === "failed" ? "card alert" : "card wait" },
    `<h2>What ended it</h2><div>${text(error)}</div>${stack(errorStack)}`,
  );
  const next = lines.map((line) => element("div", {}, text(line))).join("");
  return failure + (next === "" ? "" : element("div", { class: "card wait" }, next));
}

function stack(lines: string | undefined): string {
  return lines === undefined ? "" : `<details><summary>Stack</summary><pre>${text(lines)}</pre></details>`;
}

function charts(points: Points, look: RunLook, forks: readonly LoopSummary[]): readonly string[] {
  const thinned = points.every === 1 ? "" : `every ${points.every}th step`;
  const newest = points.all.length > MOST_TREE_STEPS ? `, the newest ${MOST_TREE_STEPS}` : "";
  const score = scoreChart(points);
  return [
    ...(score === undefined ? [] : [card("Score", `by step ${thinned}`, score)]),
    card(
      "Tree",
      `each step after the one whose state it got${newest}`,
      treeChart(points, look, forks) + legend(look, forks),
    ),
    card("Cost", `up to each step ${thinned}`, costChart(points, look)),
    card("Time", `of each step ${thinned}`, timeChart(points)),
  ];
}

function legend(look: RunLook, forks: readonly LoopSummary[]): string {
  const entries = [
    ["main", "the way to the result"],
    ["side", "gone back from"],
    ...(look.steps.some(({ status }) => status === "error") ? [["error", "failed"]] : []),
    ...(look.run.best === undefined ? [] : [["best", "best"]]),
    ...(look.children.length === 0 ? [] : [["inside", "run inside the step"]]),
    ...(forks.length === 0 ? [] : [["fork", "fork"]]),
  ].map(([kind, words]) => `<span><i class="${kind}"></i>${words}</span>`);
  return element("div", { class: "legend" }, entries.join(""));
}

function card(title: string, more: string, inside: string): string {
  return element("section", { class: "card" }, `<h2>${text(title)} <small>${text(more.trim())}</small></h2>${inside}`);
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
