/**
 * Texts with everything put in that stands between braces.
 *
 * @module
 */

import { type Env, expandEnv } from "./env.ts";
import { piecesOf } from "./interpolation.ts";
import { isAbsolute, isUrl, pathStyle } from "../paths.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Unresolved } from "./resolved.ts";

/** What a text was put together from. */
export interface Uses {
  /** Parameters and their texts, also those that stand in other parameters. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Data entries and branches of switches: what is read by whoever uses the text. */
  readonly names: ReadonlySet<string>;
}

/** A text with everything put in. */
export interface Whole {
  readonly ok: string;
  readonly uses?: Uses;
}

/** Whether texts are in the form of version 2: those of a file with included ones always are. */
export function isInterpolated({ version, included }: Pick<Pipeline, "version" | "included">): boolean {
  return version === 2 || included !== undefined;
}

/** How a text is put together. `textOf` says what a name stands for. */
export interface ExpandOptions {
  readonly env: Env;
  readonly textOf: (name: string) => Whole | Unresolved;
}

/** The text with its variables, and under version 2 its names, put in. What is put in is not looked at again. */
export function expandText(pipeline: Pipeline, text: string, options: ExpandOptions): Whole | Unresolved {
  if (!text.includes("${")) return { ok: text };
  if (isInterpolated(pipeline)) return putTogether(pipeline, text, options);
  const expanded = expandEnv(text, options.env);
  return "ok" in expanded ? expanded : { kind: "unset", variable: expanded.missing };
}

/** No system takes a longer word; texts that name others twice double with each of them. */
const LONGEST = 1024 * 1024;

function putTogether(pipeline: Pipeline, text: string, { env, textOf }: ExpandOptions): Whole | Unresolved {
  let made = "";
  let folder: string | undefined;
  const parameters = new Map<string, string>();
  const names = new Set<string>();
  for (const piece of piecesOf(text)) {
    if (piece.kind === "text") made += piece.text;
    else if (piece.kind === "folder") folder = piece.path;
    else if (piece.kind === "variable") {
      if (env[piece.name] === undefined) return { kind: "unset", variable: piece.name };
      made += env[piece.name];
    } else {
      const found = textOf(piece.name);
      if (!("ok" in found)) return found;
      made += found.ok;
      for (const [name, value] of found.uses?.parameters ?? []) parameters.set(name, value);
      for (const name of found.uses?.names ?? []) names.add(name);
    }
    if (made.length > LONGEST) return { kind: "long" };
  }
  const ok = folder === undefined ? made : fromFolder(made, folder, pipeline);
  return parameters.size + names.size === 0 ? { ok } : { ok, uses: { parameters, names } };
}

function fromFolder(text: string, folder: string, { baseDir }: Pipeline): string {
  if (text === "" || isUrl(text) || isAbsolute(text, pathStyle(baseDir))) return text;
  return folder.endsWith("/") ? `${folder}${text}` : `${folder}/${text}`;
}
