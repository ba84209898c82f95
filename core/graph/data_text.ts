import type { Uses, Whole } from "./expand.ts";
import { isAbsolute, isUrl, pathStyle } from "../paths.ts";
import type { DataEntry, Pipeline } from "./pipeline.ts";
import { heldBy, joined, type Unresolved, using } from "./resolved.ts";

/**
 * The path of an entry behind those of its containers; from the base directory, unless it is absolute or an address.
 * `expand` puts into a path what belongs there, given the entry that has it.
 */
export function pathOfEntry(
  pipeline: Pipeline,
  key: string,
  expand: (text: string, key: string) => Whole | Unresolved,
): Whole | Unresolved {
  let path = "";
  let uses: Uses | undefined;
  let depth = 0;
  for (let at: string | undefined = key; at !== undefined;) {
    const entry: DataEntry | undefined = pipeline.data.get(at);
    // A chain longer than there are entries goes round in a ring.
    if (entry === undefined || depth++ > pipeline.data.size) return { kind: "unknown", name: at };
    const expanded = expand(entry.path, at);
    if (!("ok" in expanded)) return heldBy({ key: at }, expanded);
    if (expanded.ok === "") return { kind: "empty", key: at };
    path = path === "" ? expanded.ok : inside(expanded.ok, path);
    uses = joined(uses, expanded.uses);
    if (isUrl(path) || isAbsolute(path, pathStyle(pipeline.baseDir))) break;
    at = entry.nestedIn;
  }
  return { ok: path, ...using(uses) };
}

// A second slash would make another root of `/`.
function inside(folder: string, path: string): string {
  return folder.endsWith("/") ? `${folder}${path}` : `${folder}/${path}`;
}
