/**
 * Plugins that are programs.
 *
 * @module
 */

import type { FileSet } from "../cli.ts";

const page = await Deno.readTextFile(new URL("../../../.github/PLUGINS.md", import.meta.url));

/** The plugin that the page about plugins shows, in a folder of this name. */
export function shownProgram(folder = "greet"): FileSet {
  return { [`${folder}/plugin.json`]: blockOf("json"), [`${folder}/plugin.py`]: blockOf("python") };
}

/** The same with something else in its `plugin.json`. */
export function programJson(change: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...JSON.parse(blockOf("json")), ...change });
}

/** The same with other code that makes its output: an expression of Python, and lines that stand before everything. */
export function programAnswering(expression: string, lines = ""): string {
  const shown = `f"Hello, {params['args'][0]['name']}!"`;
  if (!blockOf("python").includes(shown)) throw new Error("The page about plugins shows another plugin");
  return lines + blockOf("python").replace(shown, () => expression);
}

/** Lines that define `ask()`, as the page shows it. */
export function shownAsk(): string {
  return blockOf("python", 1);
}

function blockOf(language: string, at = 0): string {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\n(?<text>.*?)^\`\`\`$`, "gms"));
  const found = [...blocks][at]?.groups?.text;
  if (found === undefined) throw new Error(`The page about plugins has no ${language} in it`);
  return found;
}
