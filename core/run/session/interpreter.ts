import type { Context } from "../../context.ts";
import { setUp } from "../../errors.ts";
import { dirname, isAbsolute, joinPath } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";

/** Where a Python may be named, in order of preference. */
export interface PythonChoice {
  /** `--python`: must exist when given. */
  readonly flag?: string;
  /** `execution.python`, from the base directory. */
  readonly configured?: string;
  /** `python` of a file of settings. */
  readonly setting?: string;
  readonly baseDir: string;
}

/**
 * The Python that runs the scripts; the first of: `--python`, `LOOM_PYTHON`, `execution.python`, `python` of the settings,
 * `$VIRTUAL_ENV`, `.venv` or `venv` in the base directory or above it, `python3`, `python`.
 *
 * @throws {LoomError} `python-not-found`, naming what was looked for.
 */
export function findPython(choice: PythonChoice, context: Context): string {
  const { env, files, cwd } = context;
  const named = (text: string | undefined, from: string) =>
    text === undefined || text === "" ? undefined : program(text, from, context);
  const flag = named(choice.flag, cwd);
  if (choice.flag !== undefined && flag === undefined) {
    throw setUp(
      "python-not-found",
      `Cannot find the Python named by --python: ${choice.flag}`,
      "name a file that exists",
    );
  }
  const found = flag ?? named(env.LOOM_PYTHON, cwd) ?? named(choice.configured, choice.baseDir) ??
    named(choice.setting, choice.baseDir) ?? inVirtualEnv(env.VIRTUAL_ENV, context) ??
    besidePipeline(choice.baseDir, context) ??
    onPath("python3", files, context) ?? onPath("python", files, context);
  if (found !== undefined) return found;
  throw setUp(
    "python-not-found",
    "No Python found: looked at --python, LOOM_PYTHON, execution.python, the setting python, VIRTUAL_ENV, .venv and venv " +
      "beside the pipeline and above it, and for python3 and python on PATH",
    "install Python, or name one with --python",
  );
}

function program(text: string, from: string, context: Context): string | undefined {
  const isPath = text.includes("/") || (context.platform === "windows" && text.includes("\\")) || isAbsolute(text);
  if (!isPath) return onPath(text, context.files, context);
  const path = joinPath(from, text);
  return context.files.stat(path)?.kind === "file" ? path : undefined;
}

function inVirtualEnv(folder: string | undefined, context: Context): string | undefined {
  if (folder === undefined || folder === "") return undefined;
  const path = context.platform === "windows" ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`;
  return context.files.stat(path)?.kind === "file" ? path : undefined;
}

function besidePipeline(baseDir: string, context: Context): string | undefined {
  for (let folder = baseDir;; folder = dirname(folder)) {
    const found = inVirtualEnv(`${folder}/.venv`, context) ?? inVirtualEnv(`${folder}/venv`, context);
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}

/** A program that the environment's PATH leads to. */
export function onPath(name: string, files: FileReader, context: Context): string | undefined {
  const isWindows = context.platform === "windows";
  for (const folder of (context.env.PATH ?? "").split(isWindows ? ";" : ":")) {
    const path = joinPath(folder === "" ? context.cwd : folder, isWindows ? `${name}.exe` : name);
    const info = files.stat(path);
    if (info?.kind === "file" && (isWindows || info.executable)) return path;
  }
  return undefined;
}
