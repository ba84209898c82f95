import { LoomError } from "../../../core/errors.ts";
import type { SubprocessSpec } from "../../../core/ports/subprocess.ts";
import { hostFileReader } from "../files/reader.ts";

const isWindows = Deno.build.os === "windows";

/** Where programs were found, by search path and name: a run starts the same few thousands of times. */
const found = new Map<string, string>();

/**
 * Absolute path of the program that `spec` starts, searched in the `PATH` that it will see.
 *
 * @throws {LoomError} `program-not-found`, `program-not-executable`.
 */
export function findProgram(spec: SubprocessSpec): string {
  const name = spec.argv[0] ?? "";
  if (name.includes("/") || (isWindows && name.includes("\\"))) return named(name, spec.cwd);
  const searchPath = spec.env.PATH ?? spec.env.Path ?? "/usr/local/bin:/usr/bin:/bin";
  const key = `${searchPath}\0${name}`;
  const known = found.get(key) ?? search(name, searchPath, spec.cwd);
  found.set(key, known);
  return known;
}

/** Forgets where programs were found: one of them is no longer there. */
export function forgetPrograms(): void {
  found.clear();
}

function named(name: string, cwd: string): string {
  const path = isAbsolute(name) ? name : `${cwd}/${name}`;
  const info = hostFileReader.stat(path);
  if (info === undefined) throw programNotFound(name, [path]);
  if (info.kind !== "file" || (!isWindows && !info.executable)) throw programNotExecutable(path);
  return path;
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || (isWindows && /^([A-Za-z]:)?[\\/]/.test(path));
}

function search(name: string, searchPath: string, cwd: string): string {
  const folders = searchPath.split(isWindows ? ";" : ":");
  const endings = isWindows && !/\.\w+$/.test(name) ? [".exe", ".cmd", ".bat", ".com"] : [""];
  for (const folder of folders) {
    for (const ending of endings) {
      const path = `${isAbsolute(folder) ? folder : `${cwd}/${folder}`}/${name}${ending}`;
      const info = hostFileReader.stat(path);
      if (info?.kind === "file" && (isWindows || info.executable)) return path;
    }
  }
  throw programNotFound(name, folders);
}

function programNotFound(program: string, searched: readonly string[]): LoomError {
  return new LoomError("program-not-found", `Cannot start '${program}': no such program`, {
    hint: "install it, or give the path of the program",
    data: { program, searched },
  });
}

/** The file is there, but the system will not run it. */
export function programNotExecutable(program: string, why = "it is not executable", cause?: unknown): LoomError {
  return new LoomError("program-not-executable", `Cannot start '${program}': ${why}`, {
    hint: `make it executable (chmod +x '${program}') and check its first line (#!)`,
    data: { program },
    cause,
  });
}

/** @throws {LoomError} `cwd-not-found` if the folder to start in is not one. */
export function requireFolder(cwd: string): void {
  if (hostFileReader.stat(cwd)?.kind === "directory") return;
  throw new LoomError("cwd-not-found", `Cannot start a program in ${cwd}: there is no such folder`, {
    hint: "make the folder, or correct 'cwd'",
    data: { cwd },
  });
}
