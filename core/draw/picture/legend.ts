/**
 * What colours and signs of a picture mean: only those that are in it.
 *
 * @module
 */

import { element } from "../../loop/look/page/markup.ts";
import type { Sketch } from "./question.ts";
import { type Colors, markMarkup, words } from "./shapes.ts";
import { fitText, textWidth } from "./text_width.ts";

const FONT = { size: 10.5 } as const;
const ROW = 21;
const SIGN = 27;
const GAP = 18;
const LONGEST = 260;

interface Item {
  readonly text: string;
  /** Room for the sign, where it is not the usual one. */
  readonly room?: number;
  /** Draws the sign around a point. */
  readonly sign?: (x: number, y: number) => string;
}

/** The legend below a picture: markup, and how high it is. `width`: where its rows must end. */
export function legendMarkup(
  sketch: Sketch,
  colors: Colors,
  place: { readonly x: number; readonly y: number; readonly width: number },
): { readonly markup: string; readonly height: number; readonly width: number } {
  let [x, y, right] = [place.x, place.y, 0];
  let markup = "";
  for (const { text, sign, room = sign === undefined ? 0 : SIGN } of itemsOf(sketch, colors)) {
    const shown = fitText(text, LONGEST, FONT);
    const width = room + textWidth(shown, FONT);
    if (x > place.x && x + width > place.x + place.width) [x, y] = [place.x, y + ROW];
    markup += (sign?.(x + 8, y) ?? "") + words("key", shown, x + room, y + 3.7);
    x += width + GAP;
    right = Math.max(right, x - GAP);
  }
  return { markup, height: markup === "" ? 0 : y - place.y + ROW, width: right - place.x };
}

const STATES = ["fresh", "stale", "missing", "modified", "never run", "no outputs"];

function itemsOf({ graph: { nodes, sweep }, boxes }: Sketch, colors: Colors): readonly Item[] {
  const drawn = boxes.map(({ node }) => node);
  const data = drawn.filter(({ kind }) => kind === "data");
  const types = new Set(data.flatMap(({ type }) => type === undefined ? [] : [type]));
  const states = new Set(nodes.filter(({ kind }) => kind !== "data").map(({ state }) => state));
  return [
    ...Array.from(types, (type) => ({ text: type, sign: pill("data", colors.get(type)!) })),
    ...(data.some(({ state }) => state === "missing")
      ? [{ text: "not there yet", sign: pill("data absent", "#7d889c") }]
      : []),
    ...STATES.filter((state) => states.has(state)).map((state) => ({
      text: state,
      room: 19,
      sign: (x: number, y: number) => markMarkup(state, x - 1, y),
    })),
    ...(drawn.some(({ each }) => each !== undefined) ? [{ text: "once for each file", sign: stack }] : []),
    ...(nodes.some(({ iterations }) => iterations !== undefined) ? [{ text: "repeated", sign: again }] : []),
    ...(nodes.some(({ optional, disabled }) => optional || disabled) ? [{ text: "faded: optional or disabled" }] : []),
    ...(sweep.length === 0
      ? []
      : [{ text: `sweep: ${sweep.map(({ name, tries }) => `${name} (${tries})`).join(" × ")}` }]),
  ];
}

function pill(name: string, color: string): Item["sign"] {
  return (x, y) =>
    element("rect", { class: name, x: x - 8, y: y - 5.5, width: 20, height: 11, rx: 5.5, fill: color, stroke: color });
}

function stack(x: number, y: number): string {
  return [3, 0].map((by) =>
    element("rect", { class: "box", x: x - 7 + by, y: y - 6 + by, width: 15, height: 9, rx: 2.5 })
  ).join("");
}

function again(x: number, y: number): string {
  return element("rect", { class: "again", x: x - 8, y: y - 6, width: 20, height: 12, rx: 3 });
}
