/**
 * Who may import whom, as data.
 *
 * @module
 */

import type { Edge } from "./import_graph.ts";

/** Layers of `core/`, lowest first; a layer may import those of lower rank and its own folder. */
const CORE_RANK: Readonly<Record<string, number>> = {
  errors: 0,
  paths: 0,
  redact: 0,
  ports: 0,
  loop: 1,
  yaml: 1,
  config: 2,
  python: 2,
  languages: 2.5,
  graph: 3,
  edit: 4,
  check: 6,
  sweep: 4,
  draw: 4,
  init: 6,
  history: 6,
  report: 7,
  look: 7,
  gate: 2,
  plugins: 3,
  card: 1,
  registry: 1,
  context: 4,
  tools: 5,
  undo: 1,
  run: 5,
  doctor: 6,
  harness: 6,
  verbs: 7,
};

/** Packages that `core/` may use: they compute, and touch nothing. */
const PURE_PACKAGES = /^(npm:\/?)?(diff|js-yaml|smol-toml|zod)(@|\/|$)/;

/** Whether a file is a test, a bench or their support: those may import anything. */
export function isTest(path: string): boolean {
  return path.startsWith("tests/") || path.endsWith("_test.ts");
}

/** Why this import is not allowed, or `undefined` if it is. */
export function violation(edge: Edge): string | undefined {
  if (isTest(edge.from)) return undefined;
  const top = edge.from.split("/")[0];
  if (top === "_tools") return undefined;
  if (isTest(edge.to)) return "the product never imports its tests";
  if (edge.to.startsWith("_tools/")) return "the product never imports its tools";
  if (top === "core") return fromCore(edge);
  if (top === "plugins") return fromPlugins(edge);
  if (top === "ui") return fromUi(edge);
  return undefined;
}

function fromCore({ from, to }: Edge): string | undefined {
  if (isPackage(to)) return PURE_PACKAGES.test(to) ? undefined : "core takes only pure packages";
  if (!to.startsWith("core/")) return "core knows nothing above it";
  const [low, high] = [coreLayer(to), coreLayer(from)];
  if (!(low in CORE_RANK) || !(high in CORE_RANK)) return "this layer of core has no rank yet; give it one here";
  if (low === high || CORE_RANK[low] < CORE_RANK[high]) return undefined;
  return high === "ports" && low === "errors" ? undefined : `core/${high} stands below core/${low}`;
}

function fromPlugins({ from, to, typeOnly }: Edge): string | undefined {
  if (isPackage(to) || sameFolder(from, to)) return undefined;
  if (from === "plugins/load.ts") return to.startsWith("ui/") ? "plugins know no face" : undefined;
  if (to.startsWith("core/ports/") || to === "core/context.ts") {
    return typeOnly ? undefined : "plugins take only types from the ports";
  }
  // The host adapters are handed no context to fail with: they make it. Secrets are masked by the same code everywhere.
  return from.startsWith("plugins/host/") && /^core\/(errors|redact)\.ts$/.test(to)
    ? undefined
    : "plugins see nothing but the ports";
}

function fromUi({ from, to, typeOnly }: Edge): string | undefined {
  if (isPackage(to) || sameFolder(from, to) || to === "deno.json") return undefined;
  // What is edited and shown is the same for the server and the page; the page speaks the server's types.
  if (to.startsWith("ui/graph/") || (typeOnly && to.startsWith("ui/server/"))) return undefined;
  if (!to.startsWith("core/")) return "faces see nothing but core";
  const isFace = /^core\/(errors|context|card|redact)\.ts$|\/mod\.ts$/.test(to);
  return isFace || typeOnly ? undefined : "faces import core through its mod.ts files";
}

/** `core/run/schedule/plan.ts` is in `run`, `core/errors.ts` in `errors`. */
function coreLayer(path: string): string {
  return path.split("/")[1].replace(/\.ts$/, "");
}

function isPackage(to: string): boolean {
  return /^(npm|node|jsr|https?):/.test(to);
}

/** Plugins and faces are folders of two names: `plugins/host`, `ui/cli`. */
function sameFolder(a: string, b: string): boolean {
  return folderOf(a) === folderOf(b);
}

function folderOf(path: string): string {
  const parts = path.split("/").slice(0, -1);
  return parts.slice(0, parts[0] === "plugins" && parts[1] !== "host" ? 3 : 2).join("/");
}
