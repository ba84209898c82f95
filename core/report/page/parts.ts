import { element, text } from "../../loop/look/page/markup.ts";
import { msText } from "../../loop/look/page/charts.ts";
import { displayCommand } from "../../graph/display.ts";
import { FIXED, pointTable } from "../table/column.ts";
import { columnTexts, isNumeric } from "../table/text.ts";
import type { ReportData } from "./data.ts";
import { bytesText, code, number, pill, section, table, words } from "./markup.ts";

/** Letters of a digest that tell it from others. */
const DIGEST_LETTERS = 12;

/** Rows of a table at most: a page of more is of no use, and the numbers are in the export. */
const MOST_ROWS = 200;

const NONE = "–";

const TIMES = { time: (ms: number) => new Date(ms).toISOString().slice(0, 19), duration: msText };

/** What became of each step. */
export function stepsPart({ steps, sums, run }: ReportData): string {
  if (sums.length > 0) return sumsPart({ sums });
  const rows = steps.slice(0, MOST_ROWS).map(({ name, standing, durationMs, peakBytes, commands, doneBy, error }) => [
    words(name),
    {
      html: pill(standing) +
        (doneBy === undefined || doneBy === run.id ? "" : ` <span class="soft">by ${text(doneBy)}</span>`),
    },
    number(durationMs === undefined ? NONE : msText(durationMs)),
    number(peakBytes === undefined ? NONE : bytesText(peakBytes)),
    { html: commandsMarkup(commands) + (error === undefined ? "" : `<div class="error-text">${text(error)}</div>`) },
  ]);
  const more = left(steps.length);
  return section(
    "What ran",
    "",
    rows.length === 0 ? "No step was run." : table(["Step", "", "Time", "Memory", "Command"], rows) + more,
  );
}

function commandsMarkup(commands: readonly (readonly string[])[]): string {
  const [first, ...others] = commands;
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : ` <span class="soft">and ${others.length} more</span>`;
  return element("code", {}, text(displayCommand(first))) + more;
}

function sumsPart({ sums }: Pick<ReportData, "sums">): string {
  const rows = sums.map(({ name, standings, durationMs }) => [
    words(name),
    { html: [...standings].map(([standing, count]) => `${pill(standing)} ${count}`).join(" ") },
    number(msText(durationMs)),
  ]);
  return section("What ran", "all points together", rows.length === 0 ? "" : table(["Step", "", "Time"], rows));
}

function left(count: number): string {
  return count > MOST_ROWS ? `<p class="soft">${count - MOST_ROWS} more rows: loom table has them</p>` : "";
}

/** What went in. */
export function inputsPart({ inputs, best }: ReportData): string {
  const kinds = { script: "script", module: "module", input: "input", file: "file" } as const;
  const rows = inputs.slice(0, MOST_ROWS).map(({ path, digest, kind, steps }) => [
    code(path),
    words(kinds[kind]),
    code(/^[0-9a-f]{64}$/.test(digest) ? digest.slice(0, DIGEST_LETTERS) : digest),
    words(steps.slice(0, 6).join(", ") + (steps.length > 6 ? " …" : "")),
  ]);
  const note = best === undefined
    ? "SHA-256 of what was read"
    : `SHA-256 of what was read, of point ${best.best.number}`;
  return section(
    "Files that went in",
    note,
    rows.length === 0 ? "" : table(["File", "", "SHA-256", "Steps"], rows) + left(inputs.length),
  );
}

/** The points of a sweep. */
export function pointsPart({ points, best }: ReportData): string {
  if (points.length === 0) return "";
  const { columns } = pointTable(points);
  const shown = points.slice(0, MOST_ROWS);
  const cells = columns.map((column) => {
    const values = points.map((row) => column.cell(row));
    return { column, texts: columnTexts(column, values, TIMES), toRight: isNumeric(column, values) };
  });
  const rows = shown.map((row, at) => {
    const inside = cells.map(({ column, texts, toRight }) => {
      const html = column === FIXED.status ? pill(row.status) : text(texts[at]);
      return element("td", { class: toRight ? "number" : undefined }, html);
    });
    return element("tr", { class: row.number === best?.best.number ? "best" : undefined }, inside.join(""));
  });
  const head = cells.map(({ column, toRight }) =>
    element("th", { class: toRight ? "number" : undefined }, text(column.name))
  );
  const whole = element("table", {}, `<thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody>`);
  const note = best === undefined
    ? ""
    : `best by ${best.metric}, ${best.mode === "max" ? "more" : "less"} is better: point ${best.best.number}`;
  return section(`${points.length} points`, note, element("div", { class: "scroll" }, whole) + left(points.length));
}

/** Pictures say most; what cannot be shown is named at the end. */
const ORDER = ["image", "table", "text", "none"] as const;

/** What was made, as far as it can be shown. */
export function outputsPart({ outputs, best }: ReportData): string {
  const sorted = ORDER.flatMap((kind) => outputs.filter(({ preview }) => preview.kind === kind));
  const [shown, named] = [
    sorted.filter(({ preview }) => preview.kind !== "none"),
    sorted.filter(({ preview }) => preview.kind === "none"),
  ];
  const grid = shown.length === 0 ? "" : element("div", { class: "outputs" }, shown.map(outputMarkup).join(""));
  const others = named.length === 0 ? "" : element("div", { class: "others" }, named.map(outputMarkup).join(""));
  const note = best === undefined ? "" : `of point ${best.best.number}, the best`;
  return section("What came out", note, grid + others);
}

function outputMarkup({ path, step, sizeBytes, digest, isSame, kind, preview }: ReportData["outputs"][number]): string {
  const state = isSame ? "" : `<span class="mark">${kind === "absent" ? "gone" : "changed since this run"}</span>`;
  const why = preview.kind === "none" && preview.why !== undefined && kind !== "absent" ? [preview.why] : [];
  const facts = [step, ...(kind === "absent" ? [] : [bytesText(sizeBytes)]), ...why, digest.slice(0, DIGEST_LETTERS)];
  const caption = `<code>${text(path)}</code> ${state}<small>${text(facts.join(" · "))}</small>`;
  return element("figure", {}, element("figcaption", {}, caption) + previewMarkup(preview, path));
}

function previewMarkup(preview: ReportData["outputs"][number]["preview"], path: string): string {
  switch (preview.kind) {
    case "image":
      return `<img alt="${text(path)}" src="${text(preview.uri)}">`;
    case "table": {
      const [head = [], ...body] = preview.rows;
      const more = preview.more > 0 ? `<p class="soft">${preview.more} more rows</p>` : "";
      return table(head, body.map((cells) => cells.map((cell) => isNumber(cell) ? number(cell) : words(cell)))) + more;
    }
    case "text":
      return element("pre", {}, text(preview.text) + (preview.isCut ? "\n…" : ""));
    case "none":
      return "";
  }
}

function isNumber(cell: string): boolean {
  return cell.trim() !== "" && !Number.isNaN(Number(cell));
}
