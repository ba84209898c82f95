import type { Area, Layouter, LayoutQuestion, Placed, Point } from "../../ports/layout.ts";
import { element, text } from "../../loop/look/page/markup.ts";
import type { Graph } from "../model/graph.ts";
import { legendMarkup } from "./legend.ts";
import { labelMarkup, lineMarkup } from "./lines.ts";
import { type Sketch, sketch } from "./question.ts";
import { boxMarkup, frameMarkup } from "./shapes.ts";
import { aroundBoxes, simplePlaces } from "./simple.ts";
import { STYLE, typeColors } from "./style.ts";
import { shownText } from "./text_width.ts";

/** How a picture is made. */
export interface SvgOptions {
  /** Finds places; without one everything stands in plain columns. */
  readonly layouter?: Layouter;
  /** @default "right" */
  readonly direction?: LayoutQuestion["direction"];
  /** Upper left corners by id of the node, as on a canvas; used if all that is drawn has one and nothing overlaps. */
  readonly positions?: ReadonlyMap<string, Point>;
  readonly signal?: AbortSignal;
  /** Hears that there was a layouter, but no good places in time. */
  readonly onPlain?: () => void;
}

/** How long places are looked for. */
const TIMEOUT_MS = 15_000;
/** With more boxes and lines than this, good places take longer than anybody waits. */
const MOST = 3_000;
const MARGIN = 20;

/** The graph as an SVG document: no scripts, nothing from elsewhere. */
export async function graphSvg(graph: Graph, options: SvgOptions = {}): Promise<string> {
  const drawn = sketch(graph, options.direction ?? "right");
  return documentOf(drawn, await placesOf(drawn, options));
}

async function placesOf({ question }: Sketch, options: SvgOptions): Promise<Placed> {
  const { layouter, positions, signal, onPlain } = options;
  const given = positions && givenPlaces(question, positions);
  if (given !== undefined) return given;
  const isSmall = question.boxes.length + question.lines.length <= MOST;
  const placed = isSmall ? await layouter?.place(question, { timeoutMs: TIMEOUT_MS, signal }) : undefined;
  if (placed !== undefined) return placed;
  if (layouter !== undefined) onPlain?.();
  return simplePlaces(question);
}

function givenPlaces(question: LayoutQuestion, positions: ReadonlyMap<string, Point>): Placed | undefined {
  const placed = new Map<string, Area>();
  for (const { id, width, height } of question.boxes) {
    const point = positions.get(id);
    if (point === undefined) return undefined;
    placed.set(id, { x: point.x, y: point.y, width, height });
  }
  return hasOverlaps([...placed.values()]) ? undefined : aroundBoxes(question, placed);
}

function hasOverlaps(areas: readonly Area[]): boolean {
  const sorted = areas.toSorted((a, b) => a.x - b.x);
  return sorted.some((area, at) => {
    for (let i = at + 1; i < sorted.length && sorted[i].x < area.x + area.width; i++) {
      const other = sorted[i];
      if (other.y < area.y + area.height && area.y < other.y + other.height) return true;
    }
    return false;
  });
}

function documentOf(drawn: Sketch, placed: Placed): string {
  const colors = typeColors(drawn.boxes.map(({ node }) => node.type));
  const faded = new Set(drawn.boxes.filter(({ node }) => node.optional || node.disabled).map(({ node }) => node.id));
  const isFaded = (line: Sketch["lines"][number]) =>
    line.edges.some((edge) => faded.has(edge.source) || faded.has(edge.target));
  const inside = [
    ...drawn.frames.map((node) => frameMarkup(node, placed.frames.get(node.id)!)),
    ...drawn.lines.map((line, at) => lineMarkup(line, placed.lines[at], isFaded(line))),
    ...drawn.boxes.map((box) => boxMarkup(box, placed.boxes.get(box.node.id)!, colors)),
    ...drawn.lines.map((line, at) => labelMarkup(line, placed.lines[at])),
  ];
  const area = extent(placed);
  const legend = legendMarkup(drawn, colors, {
    x: area.x,
    y: area.y + area.height + 26,
    width: Math.max(area.width, 420),
  });
  const size = {
    width: Math.ceil(Math.max(area.width, legend.width) + 2 * MARGIN),
    height: Math.ceil(area.height + (legend.height === 0 ? 0 : legend.height + 12) + 2 * MARGIN),
  };
  const [x, y] = [Math.floor(area.x - MARGIN), Math.floor(area.y - MARGIN)];
  const name = shownText(drawn.graph.name);
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      ...size,
      viewBox: `${x} ${y} ${size.width} ${size.height}`,
      role: "img",
      "aria-label": `Steps and data of ${name}`,
    },
    [
      "",
      element("title", {}, text(name)),
      element("style", {}, STYLE),
      element("rect", { class: "paper", x, y, ...size }),
      ...inside,
      legend.markup,
      "",
    ].filter((part, at) => part !== "" || at === 0).join("\n"),
  ) + "\n";
}

/** What everything takes up together. */
function extent({ boxes, frames, lines }: Placed): Area {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  let isFirst = true;
  const include = (x: number, y: number) => {
    if (isFirst) [left, top, right, bottom, isFirst] = [x, y, x, y, false];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  };
  for (const { x, y, width, height } of [...boxes.values(), ...frames.values()]) {
    include(x, y);
    include(x + width + 1, y + height + 1);
  }
  for (const { points } of lines) for (const { x, y } of points) include(x, y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
