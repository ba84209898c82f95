import type { Context } from "../../context.ts";
import { isLoomError, LoomError } from "../../errors.ts";
import { type Language, languageOfFile, type Started, type Starter, starterOf } from "../../languages/starter.ts";
import { basename, isAbsolute, relativePath } from "../../paths.ts";
import type { Digests } from "../../ports/store.ts";
import { onPath } from "./interpreter.ts";
import { programVersion } from "./interpreter_version.ts";

/** How one task is started, with everything found. */
export interface Launcher {
  readonly language: Language;
  /** By the Python of the pipeline. */
  readonly isPython: boolean;
  /** What stands before the script, the program absolute; nothing for one that is run itself. */
  readonly words: readonly string[];
  /** The program and what it calls itself, where that is known; absent for Python and for what is run itself. */
  readonly interpreter?: string;
}

/** Programs that say what they are and end. Others may not, and are known by their names alone. */
const TELLING = /^(bash|zsh|node|deno|bun|Rscript|julia|perl|ruby)(\.exe)?$/;

/** How to get a program, by its name. */
const SOURCES: Readonly<Record<string, string>> = {
  deno: "install Deno from https://deno.com",
  node: "install Node.js from https://nodejs.org",
  bash: "install bash",
  Rscript: "install R from https://www.r-project.org",
  julia: "install Julia from https://julialang.org",
  perl: "install Perl",
  ruby: "install Ruby",
};

const NOT_FOUND = "interpreter-not-found";

/** Finds the programs that start tasks; each is looked for once. */
export class Launchers {
  readonly #context: Context;
  /** Of every script that the Python of the pipeline starts. */
  readonly #pythons: Launcher;
  readonly #baseDir: string;
  readonly #found = new Map<string, readonly string[]>();
  readonly #versions = new Map<string, string>();
  /** By script and the state it was in. */
  readonly #launchers = new Map<string, Launcher>();

  constructor(
    context: Context,
    { python, baseDir }: { readonly python: string | undefined; readonly baseDir: string },
  ) {
    this.#context = context;
    this.#pythons = { language: "python", isPython: true, words: [python ?? "python3"] };
    this.#baseDir = baseDir;
  }

  /**
   * How a task is started.
   *
   * @throws {LoomError} `interpreter-not-found`, naming what was looked for.
   */
  of(task: Started): Launcher {
    // Nearly all scripts are Python's, and of those nothing need be asked.
    if (task.script.endsWith(".py")) return this.#pythons;
    const info = this.#context.files.stat(task.script);
    const state = info && [info.mtimeMs, info.sizeBytes, info.inode, info.executable].join(" ");
    const key = `${task.script}\0${task.scriptIsAbsolute}\0${state}`;
    let launcher = this.#launchers.get(key);
    if (launcher === undefined) {
      launcher = this.#make(task, starterOf(task, this.#context.files));
      this.#launchers.set(key, launcher);
    }
    return launcher;
  }

  /**
   * Looks for everything that starts these tasks.
   *
   * @throws {LoomError} `interpreter-not-found`, naming all that is missing.
   */
  findAll(tasks: readonly Started[]): void {
    const missing = new Map<string, LoomError>();
    for (const task of tasks) {
      try {
        this.of(task);
      } catch (error) {
        if (!isLoomError(error) || error.code !== NOT_FOUND) throw error;
        missing.set(JSON.stringify(error.data.programs), error);
      }
    }
    const [first, ...others] = [...missing.values()];
    if (others.length === 0 && first === undefined) return;
    const message = [first, ...others].map((error) => error.message).join("; ");
    throw new LoomError(NOT_FOUND, message, { hint: first.hint, data: first.data });
  }

  #make(task: Started, starter: Starter): Launcher {
    const { language, by } = starter;
    if (by === "python") return this.#pythons;
    if (by === "itself") return { language: this.#ownLanguage(task.script), isPython: false, words: [] };
    const words = this.#find(starter, task.script);
    const name = basename(words[0]);
    return { language, isPython: false, words, interpreter: `${name} ${this.#versions.get(words[0]) ?? ""}`.trim() };
  }

  /** What a program of the project may load; of those from elsewhere nobody reads the source. */
  #ownLanguage(script: string): Language {
    const { files } = this.#context;
    const isOwn = !relativePath(script, this.#baseDir).startsWith("..");
    return isOwn ? languageOfFile(script, files.stat(script), files) : "other";
  }

  #find(starter: Starter, script: string): readonly string[] {
    const key = JSON.stringify(starter.programs);
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    for (const [program, ...words] of starter.programs) {
      const path = this.#locate(program);
      if (path === undefined) continue;
      const found = [path, ...words];
      this.#found.set(key, found);
      return found;
    }
    throw notFound(starter, relativePath(script, this.#baseDir));
  }

  // A program that stands elsewhere on this machine is still the one that is meant.
  #locate(program: string): string | undefined {
    const { files, deno } = this.#context;
    if (program === "deno" && deno !== undefined) return deno;
    if (isAbsolute(program) && files.stat(program)?.kind === "file") return program;
    return onPath(basename(program), files, this.#context);
  }

  /** Asks every program that was found so far what it calls itself; what was started before has to be asked for again. */
  async askVersions(digests: Digests | undefined): Promise<void> {
    const programs = new Set([...this.#found.values()].map(([program]) => program));
    await Promise.all(
      [...programs].filter((program) => TELLING.test(basename(program))).map(async (program) => {
        this.#versions.set(program, await programVersion(program, this.#context, digests));
      }),
    );
    this.#launchers.clear();
  }
}

function notFound({ programs }: Starter, script: string): LoomError {
  const names = programs.map(([program]) => program);
  const what = names.length === 1 ? `'${names[0]}'` : `any of ${names.map((name) => `'${name}'`).join(", ")}`;
  const source = SOURCES[basename(names[0])] ?? `install '${basename(names[0])}'`;
  return new LoomError(NOT_FOUND, `Cannot start ${script}: looked for ${what} on PATH`, {
    hint: `${source}, or name another program behind '#!' in the first line of the script`,
    data: { programs: names, script },
  });
}
