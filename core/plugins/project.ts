/**
 * Plugins that a project wants, from its `.loom/plugins.yaml`. Naming one there gives it nothing: it is used when a person
 * has added it, and is the very one that is named.
 *
 * @module
 */

import { z } from "zod";
import { isLoomError, LoomError, type Problem } from "../errors.ts";
import { collapsePath, joinPath } from "../paths.ts";
import type { InstalledPlugin } from "../ports/plugin_store.ts";
import { locateProblems } from "../yaml/position.ts";
import { readYaml } from "../yaml/read.ts";
import { valueToJson } from "../yaml/value.ts";
import { NAME } from "./manifest.ts";

/** One plugin that a project wants. */
export interface WantedPlugin {
  readonly name: string;
  /** What `loom plugin add` takes, paths absolute. */
  readonly source: string;
  /** SHA-256 of its module; any will do if it is absent. */
  readonly digest?: string;
}

/** A plugin that a project wants, and whether it is there. */
export interface WantedState extends WantedPlugin {
  /** `differs`: one of this name was added, and is not the one that the project names. */
  readonly state: "ok" | "not-added" | "differs";
}

const wanted = z.record(
  z.string().regex(NAME, "no plugin can have this name"),
  z.union([
    z.string().min(1).transform((source) => ({ source })),
    z.strictObject({ source: z.string().min(1), digest: z.string().regex(/^[0-9a-f]{64}$/).optional() }),
  ], "write the plugin's source, or { source: …, digest: … } with the SHA-256 of its module"),
).nullable();

/** Where it is looked for, from the project's folder. */
export const PROJECT_PLUGINS = ".loom/plugins.yaml";

/**
 * Reads the list.
 *
 * @param text Its content; `undefined` if there is none.
 * @param project Folder of the project, absolute; relative sources begin there.
 * @throws {LoomError} `plugins-invalid`, with everything that is wrong, located.
 */
export async function readWanted(text: string | undefined, project: string): Promise<readonly WantedPlugin[]> {
  if (text === undefined) return [];
  const file = joinPath(project, PROJECT_PLUGINS);
  const read = wanted.safeParse(parsed(text, file));
  if (read.success) {
    const entries = Object.entries(read.data ?? {});
    return entries.map(([name, it]) => ({ name, ...it, source: absolute(it.source, project) }));
  }
  const problems = read.error.issues.map(({ message, path }): Problem => {
    const place = path.map((key) => typeof key === "number" ? key : String(key));
    const name = place.length === 0 ? "" : `${place.join(".")}: `;
    return { level: "error", code: "plugins-invalid", message: `${name}${message}`, path: place };
  });
  throw invalid(file, await locateProblems(text, file, problems));
}

/** What of it is there. */
export function wantedStates(
  list: readonly WantedPlugin[],
  installed: readonly InstalledPlugin[],
): readonly WantedState[] {
  return list.map((plugin) => {
    const found = installed.find(({ name }) => name === plugin.name);
    if (found === undefined) return { ...plugin, state: "not-added" };
    const isSame = plugin.digest === undefined ? found.source.asked === plugin.source : found.digest === plugin.digest;
    return { ...plugin, state: isSame ? "ok" : "differs" };
  });
}

function absolute(source: string, project: string): string {
  return /^\.\.?(\/|$)/.test(source) ? collapsePath(joinPath(project, source)) : source;
}

function parsed(text: string, file: string): unknown {
  try {
    return valueToJson(readYaml(text, file).value);
  } catch (error) {
    throw isLoomError(error) ? invalid(file, error.problems, error) : error;
  }
}

function invalid(file: string, problems: readonly Problem[], cause?: unknown): LoomError {
  return new LoomError("plugins-invalid", `Cannot read the plugins in ${file}`, { data: { file }, problems, cause });
}
