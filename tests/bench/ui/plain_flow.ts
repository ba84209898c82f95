/**
 * The same graph in React Flow as it comes: what the canvas is compared with. Runs in a browser.
 *
 * @module
 */

// The page's packages are named in the page's own deno.json, which is not the tests'.
// deno-lint-ignore-file no-import-prefix

/// <reference lib="dom" />

import "npm:@xyflow/react@12.12.1/dist/style.css";
import { ReactFlow } from "npm:@xyflow/react@12.12.1";
import Elk from "npm:elkjs@0.12.1/lib/elk.bundled.js";
import { createElement } from "npm:react@19.3.1";
import { createRoot } from "npm:react-dom@19.3.1/client";

/** What is shown. */
export interface Plain {
  readonly nodes: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

/** How long it took until boxes were placed, and until they were painted; milliseconds. */
export interface PlainLayout {
  readonly layout: number;
  readonly whole: number;
  /** The longest time in which the page could do nothing else. */
  readonly blocked: number;
}

/** About as large as boxes of steps are. */
const SIZE = { width: 240, height: 80 };

/** Shows a graph; the time until it is painted, in milliseconds. */
async function show({ nodes, edges }: Plain): Promise<number> {
  const start = performance.now();
  const flow = createElement(ReactFlow, {
    defaultNodes: nodes.map(({ id, x, y }) => ({ id, position: { x, y }, data: { label: id } })),
    defaultEdges: [...edges],
    minZoom: 0.02,
    panOnScroll: true,
    fitView: true,
  });
  createRoot(document.getElementById("root")!).render(flow);
  const shown = document.getElementsByClassName("react-flow__node") as HTMLCollectionOf<HTMLElement>;
  const isWhole = () => shown.length === nodes.length && shown[shown.length - 1].style.visibility !== "hidden";
  while (!isWhole()) await frame();
  await frame();
  return performance.now() - start;
}

function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Places a graph by ELK on the page's own thread, as examples do it, and shows it. */
async function layOut({ nodes, edges }: Plain): Promise<PlainLayout> {
  // Its types speak of a module that it is not.
  const elk = new (Elk as unknown as new () => {
    layout(graph: unknown): Promise<{ readonly children: readonly { id: string; x: number; y: number }[] }>;
  })();
  const [start, pauses] = [performance.now(), listenForPauses()];
  const { children } = await elk.layout({
    id: "root",
    layoutOptions: { "elk.algorithm": "layered", "elk.direction": "RIGHT" },
    children: nodes.map(({ id }) => ({ id, ...SIZE })),
    edges: edges.map(({ id, source, target }) => ({ id, sources: [source], targets: [target] })),
  });
  const layout = performance.now() - start;
  await show({ nodes: children, edges });
  return { layout, whole: performance.now() - start, blocked: pauses() };
}

function listenForPauses(): () => number {
  let [last, longest, isOver] = [performance.now(), 0, false];
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setTimeout(tick, 0);
  };
  setTimeout(tick, 0);
  return () => {
    tick();
    isOver = true;
    return longest;
  };
}

Object.assign(globalThis, { show, layOut });
