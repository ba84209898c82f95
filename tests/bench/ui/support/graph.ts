/**
 * Pipelines of any size, the same for every editor.
 *
 * @module
 */

import type { Plain } from "../plain_flow.ts";

/** A box and its data beside each other, in a square: half of the boxes are steps. */
export interface Graph {
  readonly plain: Plain;
  /** With a place for each box. */
  readonly text: string;
  /** Without places. */
  readonly unplaced: string;
  /** A step in the middle. */
  readonly middle: { readonly id: string; readonly x: number; readonly y: number };
}

/** Rows of steps, each of which reads what the one before it wrote. `count` is even. */
export function graphOf(count: number): Graph {
  const half = count >> 1;
  const columns = Math.ceil(Math.sqrt(half / 2));
  const places = Array.from({ length: half }, (_, i) => ({ x: (i % columns) * 600, y: Math.floor(i / columns) * 170 }));
  const before = (i: number) => i % columns > 0 ? `$d${i - 1}` : "raw.csv";
  const steps = [
    "data:",
    ...places.map((_, i) => `  d${i}: {path: output/${i}.csv, type: csv}`),
    "pipeline:",
    ...places.map((_, i) => `  - {name: s${i}, task: a.py, inputs: {a: ${before(i)}}, outputs: {--out: $d${i}}}`),
  ];
  const layout = [
    "layout:",
    ...places.map(({ x, y }, i) => `  s${i}: {x: ${x}, y: ${y}}\n  data_d${i}: {x: ${x + 320}, y: ${y}}`),
  ];
  const nodes = places.flatMap(({ x, y }, i) => [{ id: `s${i}`, x, y }, { id: `d${i}`, x: x + 320, y }]);
  const edges = places.flatMap((_, i) => [
    { id: `o${i}`, source: `s${i}`, target: `d${i}` },
    ...i % columns > 0 ? [{ id: `i${i}`, source: `d${i - 1}`, target: `s${i}` }] : [],
  ]);
  const middle = Math.min(half - 1, (half >> 1) + (columns >> 1));
  return {
    plain: { nodes, edges },
    text: [...steps, ...layout, ""].join("\n"),
    unplaced: [...steps, ""].join("\n"),
    middle: { id: `s${middle}`, ...places[middle] },
  };
}
