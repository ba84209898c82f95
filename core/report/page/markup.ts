import { element, text } from "../../loop/look/page/markup.ts";

/** A part of the page under a heading. `inside` is markup. */
export function section(title: string, note: string, inside: string): string {
  if (inside === "") return "";
  const small = note === "" ? "" : element("small", {}, text(note));
  return element("section", { class: "card" }, element("h2", {}, `${text(title)}${small}`) + inside);
}

/** A cell of a table: markup, and whether it is a number. */
export interface CellMarkup {
  readonly html: string;
  readonly isNumber?: boolean;
}

/** A table. `headings` are texts, cells markup. */
export function table(headings: readonly string[], rows: readonly (readonly CellMarkup[])[]): string {
  const head = headings.map((name, at) =>
    element("th", { class: rows[0]?.[at]?.isNumber ? "number" : undefined }, text(name))
  );
  const body = rows.map((cells) => {
    const inside = cells.map(({ html, isNumber }) => element("td", { class: isNumber ? "number" : undefined }, html));
    return element("tr", {}, inside.join(""));
  });
  const whole = element("table", {}, `<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody>`);
  return element("div", { class: "scroll" }, whole);
}

/** Words as a cell. */
export function words(value: string): CellMarkup {
  return { html: text(value) };
}

/** A number as a cell. */
export function number(value: string): CellMarkup {
  return { html: text(value), isNumber: true };
}

/** Code as a cell. */
export function code(value: string): CellMarkup {
  return { html: element("code", {}, text(value)) };
}

/** Names with their values, in columns. */
export function pairs(values: readonly (readonly [name: string, value: string])[]): string {
  const inside = values.map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join("");
  return inside === "" ? "" : element("dl", {}, inside);
}

/** How something stands, as a word with a ground. */
export function pill(status: string): string {
  return element("span", { class: `pill ${/^[a-z_]+$/.test(status) ? status : ""}` }, text(status));
}

/** `1.5 MiB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let [size, unit] = [bytes / 1024, 0];
  while (size >= 1024 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
