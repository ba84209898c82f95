/**
 * The scripts of a pipeline, each read once.
 *
 * @module
 */

import type { FileReader } from "../../ports/files.ts";
import { basename, extension } from "../../paths.ts";
import { readArgparse, type ScriptArguments } from "../../python/argparse.ts";
import { readTaskSchema, type TaskSchema } from "../../python/front_matter.ts";
import { syntaxProblem } from "../../python/syntax.ts";

/** What a script says of itself. */
export interface Script {
  /** File name, for people. */
  readonly name: string;
  readonly schema: TaskSchema;
  /** Of a Python script; of any other one nothing is found. */
  readonly arguments: ScriptArguments;
  /** Why Python would not compile it. */
  readonly broken?: string;
}

/** A script that was read, and what its file was like then. */
export interface KeptScript {
  readonly stamp: string;
  readonly script: Script;
}

/** Scripts by absolute path. Kept between checks, it spares reading what has not changed. */
export type ScriptCache = Map<string, KeptScript>;

/** Reads scripts through a cache. */
export class Scripts {
  readonly #files: FileReader;
  readonly #cache: ScriptCache;
  readonly #known = new Map<string, Script | undefined>();

  constructor(files: FileReader, cache: ScriptCache) {
    [this.#files, this.#cache] = [files, cache];
  }

  /** How many scripts were found. */
  get count(): number {
    return [...this.#known.values()].filter((script) => script !== undefined).length;
  }

  /** What a script says; `undefined` if there is no such file. */
  read(path: string): Script | undefined {
    if (!this.#known.has(path)) this.#known.set(path, this.#find(path));
    return this.#known.get(path);
  }

  #find(path: string): Script | undefined {
    const info = this.#files.stat(path);
    if (info?.kind !== "file") return undefined;
    const stamp = `${info.sizeBytes} ${info.mtimeMs} ${info.ctimeMs} ${info.inode}`;
    const kept = this.#cache.get(path);
    if (kept?.stamp === stamp) return kept.script;
    const script = isText(path) ? readScript(this.#files.readText(path) ?? "", path) : program(path);
    this.#cache.set(path, { stamp, script });
    return script;
  }
}

// What has no extension, or that of a program, may be of any size and hold anything.
const TEXTS = new Set([
  ...[".py", ".pyw", ".sh", ".bash", ".zsh", ".r", ".jl", ".pl", ".rb"],
  ...[".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"],
]);

function isText(path: string): boolean {
  return TEXTS.has(extension(path).toLowerCase());
}

function readScript(source: string, path: string): Script {
  const isPython = extension(path).toLowerCase() === ".py";
  return {
    name: basename(path),
    schema: readTaskSchema(source, path),
    arguments: readArgparse(isPython ? source : ""),
    broken: isPython ? syntaxProblem(source) : undefined,
  };
}

function program(path: string): Script {
  return { name: basename(path), schema: readTaskSchema("", path), arguments: readArgparse("") };
}
