/**
 * Which file of a folder is the plugin.
 *
 * @module
 */

import { exports as packageExports } from "resolve.exports";
import { sourceError } from "./limits.ts";
import type { SourceTree } from "./tree.ts";

const USUAL = ["mod.ts", "mod.js", "main.ts", "main.js", "plugin.ts", "plugin.js", "index.ts", "index.js"];

/** What a package's module is chosen by, best first. */
export const CONDITIONS = ["deno", "worker", "import"];

/**
 * Path of the file to begin with: what `deno.json` or `package.json` say, or one with a usual name.
 *
 * @throws {LoomError} `plugin-source` if there is none.
 */
export function entryOf(tree: SourceTree): string {
  const named = denoEntry(readJson(tree, "deno.json")) ?? packageEntry(readJson(tree, "package.json"));
  const entry = named === undefined ? USUAL.find((name) => tree.kind(name) === "file") : inside(named);
  if (entry === undefined) throw sourceError(tree.label, "no file in it is a plugin", "name the file mod.ts");
  if (tree.kind(entry) !== "file") throw sourceError(tree.label, `the file it names is not there: ${entry}`);
  return entry;
}

function denoEntry(settings: unknown): string | undefined {
  if (typeof settings !== "object" || settings === null || !("exports" in settings)) return undefined;
  const { exports } = settings;
  if (typeof exports === "string") return exports;
  return typeof exports === "object" && exports !== null && "." in exports && typeof exports["."] === "string"
    ? exports["."]
    : undefined;
}

function packageEntry(settings: unknown): string | undefined {
  if (typeof settings !== "object" || settings === null) return undefined;
  return exportOf(settings, ".") ?? field(settings, "module") ?? field(settings, "main");
}

/** What a `package.json` exports under `subpath`; `undefined` if it does not say. */
export function exportOf(settings: object, subpath: string, conditions = CONDITIONS): string | undefined {
  if (!("exports" in settings)) return undefined;
  try {
    return packageExports(settings, subpath, { unsafe: true, conditions: [...conditions, "default"] })?.[0];
  } catch {
    // The library throws for what is not exported, which is an answer.
    return undefined;
  }
}

function field(settings: object, name: "main" | "module"): string | undefined {
  const value = (settings as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** `./a/../b.ts` as `b.ts`; what leaves the folder is no file of it. */
function inside(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** A JSON file of the tree; `undefined` if it is not there. */
export function readJson(tree: SourceTree, path: string): unknown {
  if (tree.kind(path) !== "file") return undefined;
  const text = new TextDecoder().decode(tree.read(path));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw sourceError(tree.nameOf(path), `it is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
