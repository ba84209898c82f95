import { element, text } from "../../loop/look/page/markup.ts";
import { msText } from "../../loop/look/page/charts.ts";
import type { Scalar } from "../../ports/store.ts";
import { numberOf } from "../table/number.ts";
import { plainNumber } from "../table/text.ts";
import type { ReportData } from "./data.ts";
import { section } from "./markup.ts";
import { inputsPart, outputsPart, pointsPart, stepsPart } from "./parts.ts";
import { dataUri } from "./previews.ts";
import { REPORT_STYLE } from "./style.ts";

/** Metrics that stand out on tiles; the others are in a list. */
const TILES = 4;

/** The page, a whole HTML document without scripts that needs nothing else. */
export function reportPage(data: ReportData): string {
  const { run, point, now, version } = data;
  const name = point === undefined ? run.name : `${run.name}, point ${point.number}`;
  const body = [
    header(data),
    tiles(data),
    pointsPart(data),
    chartsPart(data),
    metricsPart(data),
    outputsPart(data),
    stepsPart(data),
    graphPart(data),
    parametersPart(data),
    inputsPart(data),
    repeatPart(data),
    element(
      "footer",
      {},
      `Made by loom ${text(version)} on ${timeText(now)} UTC, of outputs as they lay on the disk then.`,
    ),
  ].join("\n");
  // Nothing in the page may load or run anything, whatever the names and outputs in it say.
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(`${name} ${run.id}: ${data.result.status}`)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

function header({ run, point, result }: ReportData): string {
  const { id, name, createdAt, details } = run;
  const { git, python } = details ?? {};
  const facts = [
    `Run <span class="id">${text(id)}</span>`,
    ...(point === undefined ? [] : [`point ${point.number}, <span class="id">${text(point.point)}</span>`]),
    `${timeText(createdAt)} UTC`,
    ...(git === undefined
      ? []
      : [`commit <span class="id">${text(git.commit.slice(0, 12))}</span>${git.dirty ? ", with changes" : ""}`]),
    ...(python === undefined ? [] : [`Python ${text(python)}`]),
    ...(result.reason === undefined ? [] : [text(result.reason)]),
  ].map((fact) => element("span", {}, fact));
  const pill = element("span", { class: `pill ${text(result.status)}` }, text(result.status));
  return `<h1>${text(name)} ${pill}</h1>${element("div", { class: "facts" }, facts.join(""))}`;
}

function tiles({ result, steps, points, best }: ReportData): string {
  const ran = steps.filter(({ standing }) => standing !== "fresh" && standing !== "skipped").length;
  const fresh = steps.filter(({ standing }) => standing === "fresh").length;
  const count = points.length > 0
    ? tile("Points", String(points.length), countsText(points.map(({ status }) => status)))
    : tile("Steps", String(steps.length), `${ran} run, ${fresh} fresh`);
  const shown = best === undefined ? result.metrics : best.best.metrics;
  const numbers = Object.entries(shown).filter(([, value]) => numberOf(value) !== undefined).slice(0, TILES);
  const more = best === undefined ? "" : `point ${best.best.number}, the best by ${best.metric}`;
  const made = [
    ...numbers.map(([name, value]) => tile(name, scalarText(value), more)),
    tile("Time", result.durationMs === undefined ? "–" : msText(result.durationMs), ""),
    count,
  ];
  return element("div", { class: "tiles" }, made.join(""));
}

function countsText(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
}

function tile(name: string, value: string, more: string): string {
  const parts = [["name", name], ["value", value], ["more", more]];
  return element(
    "div",
    { class: "card" },
    parts.map(([kind, words]) => element("div", { class: `tile-${kind}` }, text(words))).join(""),
  );
}

function scalarText(value: Scalar): string {
  return typeof value === "number" ? plainNumber(value) : String(value);
}

function list(values: Readonly<Record<string, Scalar>>): string {
  const inside = Object.entries(values).map(([name, value]) => {
    return element("div", { class: "pair" }, `<dt>${text(name)}</dt><dd>${text(scalarText(value))}</dd>`);
  });
  return inside.length === 0 ? "" : element("dl", {}, inside.join(""));
}

/** Those that have no tile. */
function metricsPart({ result: { metrics }, points }: ReportData): string {
  const onTiles = Object.keys(metrics).filter((name) => numberOf(metrics[name]) !== undefined).slice(0, TILES);
  const others = Object.fromEntries(Object.entries(metrics).filter(([name]) => !onTiles.includes(name)));
  return points.length > 0 ? "" : section("Also measured", "", list(others));
}

function parametersPart({ run, point, points }: ReportData): string {
  const swept = new Set(points.flatMap(({ parameters }) => Object.keys(parameters)));
  const all = Object.entries({ ...run.details?.parameters, ...point?.values });
  const shown = Object.fromEntries(all.filter(([name]) => !swept.has(name)));
  return section("Parameters", points.length > 0 ? "the same in all points" : "", list(shown));
}

function chartsPart({ charts }: ReportData): string {
  return section(
    "Metrics over parameters",
    "",
    charts.length === 0 ? "" : element("div", { class: "charts" }, charts.join("")),
  );
}

/** As a picture: what its style says is of no concern to the page. */
function graphPart({ graph }: ReportData): string {
  if (graph === undefined) return "";
  const uri = dataUri(new TextEncoder().encode(graph), "image/svg+xml");
  return section(
    "The pipeline",
    "",
    `<figure class="graph"><img alt="Steps and data of the pipeline" src="${uri}"></figure>`,
  );
}

function repeatPart({ commands, hidden }: ReportData): string {
  const lines = commands.map(([command, meaning]) =>
    `<dt>${text(meaning)}</dt><dd>${element("pre", {}, text(command))}</dd>`
  );
  const note = hidden.length === 0
    ? ""
    : `<p class="soft">Not kept, and to be set by hand: ${text(hidden.join(", "))}</p>`;
  return section("How to repeat it", "", element("div", { class: "commands" }, lines.join("")) + note);
}
