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
import { createElement } from "npm:react@19.3.1";
import { createRoot } from "npm:react-dom@19.3.1/client";

/** What is shown. */
export interface Plain {
  readonly nodes: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  readonly edges: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

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
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  while (document.querySelectorAll(".react-flow__node").length < nodes.length) await frame();
  await frame();
  return performance.now() - start;
}

Object.assign(globalThis, { show });
