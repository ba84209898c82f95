/**
 * Settings of one file, in YAML or TOML.
 *
 * @module
 */

import type { Problem } from "../errors.ts";
import { basename, extension } from "../paths.ts";
import type { FileReader } from "../ports/files.ts";
import { judge, type Judged } from "./judge.ts";
import { readSmall } from "./small_file.ts";

/** Reads and judges a file; nothing if it is not there. Never throws for what is in it. */
export async function readConfigFile(file: string, files: Pick<FileReader, "stat" | "readText">): Promise<Judged> {
  const { text, problem } = readSmall(file, files);
  if (text === undefined) return { values: [], problems: problem === undefined ? [] : [problem] };
  return await judgeText(text, file);
}

/** Judges a text as the content of `file`, whose name says in which language it is. */
export async function judgeText(text: string, file: string): Promise<Judged> {
  switch (extension(file).toLowerCase()) {
    case ".yaml":
    case ".yml":
      return judge((await import("./yaml_tree.ts")).yamlTree(text, file), file);
    case ".toml":
      return judge((await import("./toml_tree.ts")).tomlTree(text, file), file);
    default:
      return { values: [], problems: [noLanguage(file)] };
  }
}

function noLanguage(file: string): Problem {
  const message = `Cannot tell in which language ${basename(file)} is written`;
  return { level: "error", code: "config-unreadable", message, hint: "name it .yaml or .toml", file };
}
