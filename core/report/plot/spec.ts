import { hasManyCategories } from "./choose.ts";
import type { Axis, Dot, Plot } from "./plot.ts";
import { scaleOf } from "./scale.ts";

const DAY_MS = 86_400_000;
const LOG_TICKS = 6;

/** A JSON object. */
type Json = Readonly<Record<string, unknown>>;

/** Colours that people tell apart who see few. Source: Okabe and Ito, "Color Universal Design", 2008. */
const COLORS = [
  ...["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"],
  ...["#56B4E9", "#8C564B", "#000000", "#7F7F7F", "#BCBD22"],
];

/** How a picture looks. */
export interface PlotStyle {
  /** `paper`: black on white, on its own; `page`: without a ground, in the colours of the text around it. */
  readonly theme?: "paper" | "page";
  readonly width?: number;
  readonly height?: number;
}

/** The Vega-Lite specification of a plot, its data included. */
export function plotSpec(plot: Plot, { theme = "paper", width = 420, height = 280 }: PlotStyle = {}): Json {
  const { x, y, dots } = plot;
  const isNarrow = x.kind === "category" && !hasManyCategories(plot);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description: `${y.name} over ${x.name}`,
    width: isNarrow ? stepOf(plot, width) : width,
    height,
    data: { values: dots.map(({ x, y, color }) => ({ x, y, ...(color !== undefined && { color }) })) },
    encoding: { x: channel(x, "x", dots), ...colorChannel(plot) },
    layer: layers(plot),
    config: configOf(theme),
  };
}

/** Few categories need no broad picture. */
function stepOf({ dots, color }: Plot, width: number): Json {
  const count = new Set(dots.map(({ x }) => x)).size;
  const groups = color?.groups.length ?? 1;
  return { step: Math.max(28, Math.min(48 + 18 * groups, width / count)), for: "position" };
}

function layers(plot: Plot): readonly Json[] {
  const { y, x, dots: all, hasMeans, isJoined } = plot;
  const raw = channel(y, "y", all);
  const dots = {
    mark: { type: "point", filled: true, size: 42, opacity: hasMeans ? 0.55 : 0.9 },
    encoding: { y: raw },
  };
  if (!hasMeans) return isJoined ? [{ mark: { type: "line", opacity: 0.5 }, encoding: { y: raw } }, dots] : [dots];
  const mean = { ...raw, aggregate: "mean" };
  const mark = x.kind === "category" ? { type: "tick", thickness: 2.5, size: 22 } : { type: "line", strokeWidth: 2 };
  return [{ mark, encoding: { y: mean } }, dots];
}

function channel({ name, kind, isLog }: Axis, field: "x" | "y", dots: readonly Dot[]): Json {
  if (kind === "category") return { field, type: "nominal", title: name, sort: null, axis: { labelAngle: -30 } };
  const values = dots.map((dot) => Number(dot[field]));
  if (kind === "time") {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const format = high - low > 3 * DAY_MS ? "%Y-%m-%d" : "%m-%d %H:%M";
    return { field, type: "temporal", title: name, scale: { type: "utc", padding: 8 }, axis: { format, tickCount: 5 } };
  }
  const plain = { field, type: "quantitative", title: name };
  const whole = values.every(Number.isInteger) ? { axis: { tickMinStep: 1 } } : {};
  if (!isLog) return { ...plain, scale: { zero: false, padding: 8 }, ...whole };
  // Vega's own choice has numbers such as 0.02 between powers of ten.
  const { domain, ticks } = scaleOf({ name, kind, isLog }, values, LOG_TICKS);
  return {
    ...plain,
    scale: { type: "log", domain, nice: false },
    axis: { values: ticks.map(({ value }) => tidy(value)) },
  };
}

function tidy(value: number): number {
  return Number(value.toPrecision(6));
}

function colorChannel({ color, x }: Plot): Json {
  if (color === undefined) return {};
  // Side by side, or they would hide each other.
  const beside = x.kind === "category" ? { xOffset: { field: "color", type: "nominal", sort: color.groups } } : {};
  const scale = { domain: color.groups, range: COLORS.slice(0, color.groups.length) };
  return { color: { field: "color", type: "nominal", title: color.name, scale, sort: null }, ...beside };
}

function configOf(theme: "paper" | "page"): Json {
  const ink = theme === "paper" ? "#222222" : "currentColor";
  const font = "Helvetica, Arial, sans-serif";
  const text = {
    labelFont: font,
    titleFont: font,
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 11,
    titleFontSize: 12,
  };
  return {
    background: theme === "paper" ? "white" : null,
    font,
    view: { stroke: null },
    range: { category: COLORS },
    mark: { color: COLORS[0] },
    axis: {
      ...{ ...text, titleFontWeight: "normal", titlePadding: 8 },
      ...{
        grid: true,
        gridColor: ink,
        gridOpacity: 0.12,
        domainColor: ink,
        tickColor: ink,
        tickSize: 4,
        labelFlush: false,
      },
    },
    axisX: { grid: false },
    legend: { ...text, titleFontWeight: "normal", symbolOpacity: 1 },
  };
}
