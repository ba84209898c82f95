/**
 * How a task is started: by which program, or itself.
 *
 * @module
 */

import { isLoomError } from "../errors.ts";
import { basename, extension } from "../paths.ts";
import type { FileInfo, FileReader } from "../ports/files.ts";
import { readShebang, type Shebang } from "./shebang.ts";

/** In which language a script is written, as far as it matters for what it loads. */
export type Language = "python" | "javascript" | "shell" | "r" | "julia" | "perl" | "ruby" | "other";

/** How a task is started. */
export interface Starter {
  readonly language: Language;
  /** `python`: by the Python of the pipeline; `itself`: as a program; else by the first of `programs` that is there. */
  readonly by: "python" | "itself" | "program";
  /** Each a program and the words between it and the script. */
  readonly programs: readonly (readonly string[])[];
}

/** What of a task decides how it is started. */
export interface Started {
  /** Absolute path. */
  readonly script: string;
  /** It was written as an absolute path. */
  readonly scriptIsAbsolute: boolean;
}

/** The questions that are asked about a script. */
export type ScriptReader = Pick<FileReader, "stat" | "readText">;

const DENO = ["deno", "run", "-A"];

/** Extensions of the languages whose scripts are always started by a program, in lower case. */
const LANGUAGES: ReadonlyMap<string, Starter> = new Map([
  [".py", { language: "python", by: "python", programs: [] }],
  [".ts", by("javascript", DENO, ["bun"])],
  [".mts", by("javascript", DENO, ["bun"])],
  [".js", by("javascript", ["node"], DENO, ["bun"])],
  [".mjs", by("javascript", ["node"], DENO, ["bun"])],
  [".cjs", by("javascript", ["node"], DENO, ["bun"])],
  [".sh", by("shell", ["bash"], ["sh"])],
  [".r", by("r", ["Rscript"])],
]);

/** Of those that are started so unless they have the execute bit. */
const OTHERS: ReadonlyMap<string, Starter> = new Map([
  [".jl", by("julia", ["julia"])],
  [".pl", by("perl", ["perl"])],
  [".rb", by("ruby", ["ruby"])],
]);

const PYTHON = LANGUAGES.get(".py")!;
const ITSELF: Starter = { language: "other", by: "itself", programs: [] };

function by(language: Language, ...programs: readonly (readonly string[])[]): Starter {
  return { language, by: "program", programs };
}

/**
 * How a task is started. Python's scripts: by the Python of the pipeline. Scripts of other languages: by the program in
 * their first line, else by that of their language. What has no known extension: itself, if it may be run or is named by
 * an absolute path; else by the program in its first line; else by Python, as it always was.
 */
export function starterOf({ script, scriptIsAbsolute }: Started, files: ScriptReader): Starter {
  const ending = extension(script).toLowerCase();
  const language = LANGUAGES.get(ending);
  if (language === PYTHON) return PYTHON;
  if (language !== undefined) return asked(script, files, language) ?? language;
  const info = files.stat(script);
  const isProgram = info?.kind === "file" && info.executable;
  const other = isProgram ? undefined : OTHERS.get(ending);
  if (other !== undefined) return asked(script, files, other) ?? other;
  if (isProgram) return ITSELF;
  const fromLine = info === undefined ? undefined : asked(script, files);
  return fromLine ?? (scriptIsAbsolute ? ITSELF : PYTHON);
}

/** What stands before the script where nothing is looked for: the name of the program, as a person would type it. */
export function plainLauncher({ by, programs }: Starter, python: string): readonly string[] {
  if (by === "itself") return [];
  return by === "python" ? [python] : programs[0];
}

/** By the program in the first line, if there is one. */
function asked(script: string, files: ScriptReader, known?: Starter): Starter | undefined {
  const shebang = shebangOf(script, files);
  if (shebang === undefined) return undefined;
  const language = known?.language ?? languageOfProgram(shebang);
  const isPipelines = language === "python" && shebang.words.length === 0 && !/[/\\]/.test(shebang.program);
  return isPipelines ? PYTHON : by(language, [shebang.program, ...shebang.words]);
}

function shebangOf(script: string, files: ScriptReader): Shebang | undefined {
  if (files.stat(script)?.kind !== "file") return undefined;
  try {
    return readShebang(files.readText(script) ?? "");
  } catch (error) {
    // What may not be read says nothing here; whoever runs it is told why it cannot be.
    if (isLoomError(error)) return undefined;
    throw error;
  }
}

const PROGRAMS: readonly (readonly [RegExp, Language])[] = [
  [/^python[\d.]*$/, "python"],
  [/^(node|deno|bun)$/, "javascript"],
  [/^(ba|da|z|k)?sh$/, "shell"],
  [/^Rscript$/, "r"],
  [/^julia$/, "julia"],
  [/^perl$/, "perl"],
  [/^ruby$/, "ruby"],
];

function languageOfProgram({ program }: Shebang): Language {
  const name = basename(program).replace(/\.exe$/i, "");
  return PROGRAMS.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
}

/** The language of a script, where nothing else is known of it. */
export function languageOf(script: string, files: ScriptReader): Language {
  const { by, language } = starterOf({ script, scriptIsAbsolute: false }, files);
  return by === "itself" ? languageOfFile(script, files.stat(script), files) : language;
}

/** Larger programs are no scripts that anybody wrote. */
const SCRIPT_BYTES = 1024 * 1024;

/** The language of a program that is run itself, where its first line tells. */
export function languageOfFile(script: string, info: FileInfo | undefined, files: ScriptReader): Language {
  if (info?.kind !== "file" || info.sizeBytes > SCRIPT_BYTES) return "other";
  const known = OTHERS.get(extension(script).toLowerCase())?.language;
  const shebang = known === undefined ? shebangOf(script, files) : undefined;
  return known ?? (shebang === undefined ? "other" : languageOfProgram(shebang));
}
