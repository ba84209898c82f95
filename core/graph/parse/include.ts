/**
 * The `include` of a pipeline file: other files that are taken in.
 *
 * @module
 */

import type { Include } from "../pipeline.ts";
import { basename, dirname } from "../../paths.ts";
import { type Place, Section, show } from "./section.ts";
import { textMap, valueMap } from "./values.ts";
import type { Value } from "../../yaml/value.ts";

const KEYS: ReadonlySet<string> = new Set(["file", "prefix", "parameters", "data"]);
const PREFIX = /^[\p{L}\p{N}_-]+(\/[\p{L}\p{N}_-]+)*$/u;
const HINT = "name a pipeline file: 'include: [{file: prep/pipeline.yml, prefix: prep}]'";

/** The files to take in, in order; `undefined` without any. One text or one map alone counts as a list of one. */
export function parseIncludes(top: Section): readonly Include[] | undefined {
  const value = top.get("include");
  if (value === undefined) return undefined;
  const isList = Array.isArray(value);
  const entries: readonly Value[] = isList ? value : [value];
  const found = entries.flatMap((entry, index) => parseEntry(top, entry, isList ? ["include", index] : ["include"]));
  return found.length === 0 ? undefined : found;
}

function parseEntry(top: Section, entry: Value, at: Include["at"]): readonly Include[] {
  const place: Place = { at, label: typeof at[1] === "number" ? `Include ${at[1] + 1}` : "Include" };
  const section = new Section(entry instanceof Map ? entry : new Map(), place, top.problems);
  if (typeof entry === "string" && entry !== "") return [plain(entry, at, section)];
  if (!(entry instanceof Map)) {
    section.error({ code: "not-a-map", message: `must be a path or a map, not ${show(entry)}`, hint: HINT });
    return [];
  }
  section.checkKeys(KEYS);
  const file = section.requiredText("file", HINT);
  if (file === "") return [];
  const [parameters, data] = [valueMap(section, "parameters"), textMap(section, "data")];
  return [{ file, prefix: prefixOf(section, file), parameters, data, at }];
}

function plain(file: string, at: Include["at"], section: Section): Include {
  const given = defaultPrefix(file);
  return { file, prefix: checked(section, given, []), parameters: new Map(), data: new Map(), at };
}

function prefixOf(section: Section, file: string): string {
  const given = section.text("prefix");
  if (given === "") return "";
  return checked(section, given ?? defaultPrefix(file), given === undefined ? ["file"] : ["prefix"]);
}

/** The name of the file without its ending; of one that is called `pipeline`, the name of its folder. */
function defaultPrefix(file: string): string {
  const stem = basename(file).replace(/\.[^.]*$/, "");
  const folder = basename(dirname(file));
  return stem === "pipeline" && folder !== "" && !folder.startsWith(".") ? folder : stem;
}

function checked(section: Section, prefix: string, under: readonly string[]): string {
  if (PREFIX.test(prefix)) return prefix;
  const message = `'${prefix}' cannot be a prefix`;
  const hint = "give it a 'prefix' of letters, digits, '_' and '-', with '/' between parts, or '' for none";
  section.error({ code: "invalid-prefix", message, hint, under });
  return "";
}
