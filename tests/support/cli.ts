/**
 * loom as a person starts it: whole commands in a folder of their own, from source and as the compiled binary.
 *
 * @module
 */

import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import settings from "../../deno.json" with { type: "json" };
import { Outcome } from "./outcome.ts";
import { SCRIPTS } from "./pipelines.ts";
import { sendSignal } from "./send_signal.ts";

/** One way to start loom. */
export interface Loom {
  readonly name: "source" | "binary";
  readonly argv: readonly string[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BINARY = join(ROOT, "dist", Deno.build.os === "windows" ? "loom.exe" : "loom");

/** The source with the rights that the task gives it, and the binary. Tests run on both. */
export const looms: readonly Loom[] = [
  {
    name: "source",
    argv: [
      Deno.execPath(),
      "run",
      "--config",
      join(ROOT, "deno.json"),
      ...settings.tasks.loom.command.match(/(?<= )(--allow-\w+|-A|--no-prompt)(?= )/g)!,
      join(ROOT, "main.ts"),
    ],
  },
  { name: "binary", argv: [BINARY] },
];

/** The interpreter itself, absolute: what is first on the path may be a shim, which costs 0.2 s at each start. */
export const realPython: string = new TextDecoder().decode(
  new Deno.Command("python3", { args: ["-c", "import os, sys; print(os.path.realpath(sys.executable))"] }).outputSync()
    .stdout,
).trim();

/** Settings of one command. */
export interface RunSettings {
  /** Added to an environment that is otherwise the same for every test. */
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds; empty when absent. */
  readonly stdin?: string;
  /** Relative to the project's folder. */
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/** Files by path relative to the project; a key ending in `/` is an empty folder. */
export type FileSet = Readonly<Record<string, string | Uint8Array>>;

/**
 * A temporary folder with pipelines in it, and the loom that runs them. It lies in a home folder of its own, so that
 * nothing of this machine's is found or touched. Removed when disposed of.
 */
export class Project implements AsyncDisposable {
  readonly loom: Loom;
  /** Absolute, links resolved; the home folder is its parent. */
  readonly folder: string;

  private constructor(loom: Loom, folder: string) {
    [this.loom, this.folder] = [loom, folder];
  }

  /** A folder with the usual scripts (see {@linkcode SCRIPTS}) and `files`. */
  static async make(loom: Loom, files: FileSet = {}): Promise<Project> {
    const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "loom-cli-" }));
    const project = new Project(loom, join(home, "p"));
    await Deno.mkdir(project.folder);
    await project.write({ ...SCRIPTS, ...files });
    return project;
  }

  /** Absolute path of a file of the project. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes files, and the folders above them. */
  async write(files: FileSet): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      const path = this.path(name);
      await Deno.mkdir(name.endsWith("/") ? path : dirname(path), { recursive: true });
      if (name.endsWith("/")) continue;
      if (typeof content === "string") await Deno.writeTextFile(path, content);
      else await Deno.writeFile(path, content);
    }
  }

  /** Text of a file, or `undefined` if it is not there. */
  async read(name: string): Promise<string | undefined> {
    return await Deno.readTextFile(this.path(name)).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return undefined;
    });
  }

  /** Whether something is there, a broken link too. */
  async has(name: string): Promise<boolean> {
    return await Deno.lstat(this.path(name)).then(() => true, (error) => {
      if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
      return false;
    });
  }

  /** Removes a file or a folder with what is in it. */
  async remove(name: string): Promise<void> {
    await Deno.remove(this.path(name), { recursive: true });
  }

  /** Names in a folder, sorted. */
  list(name: string): readonly string[] {
    return [...Deno.readDirSync(this.path(name))].map((entry) => entry.name).sort();
  }

  /** Runs loom with these words and waits until it has ended. */
  async run(args: readonly string[], options: RunSettings = {}): Promise<Outcome> {
    const child = this.start(args, options);
    const writer = child.stdin.getWriter();
    // A loom that does not read may be gone before everything is written.
    await writer.write(new TextEncoder().encode(options.stdin ?? "")).catch(brokenPipe);
    await writer.close().catch(brokenPipe);
    const timer = setTimeout(() => sendSignal(child, "SIGKILL"), options.timeoutMs ?? 60_000);
    const { code, signal, stdout, stderr } = await child.output();
    clearTimeout(timer);
    const decoder = new TextDecoder();
    return new Outcome({ args, code, signal, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) });
  }

  /** Starts loom and does not wait; all three streams are pipes. */
  start(args: readonly string[], options: RunSettings = {}): Deno.ChildProcess {
    if (this.loom.name === "binary") requireBinary();
    const [program, ...words] = [...this.loom.argv, ...args];
    return new Deno.Command(program, {
      args: words,
      cwd: this.path(options.cwd ?? "."),
      clearEnv: true,
      env: { ...this.environment(), ...options.env },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** The variables that every command gets. */
  environment(): Readonly<Record<string, string>> {
    const home = dirname(this.folder);
    const path = `${dirname(realPython)}:${Deno.env.get("PATH")}`;
    return { PATH: path, HOME: home, LOOM_HOME: join(home, ".loom"), DENO_DIR: denoFolder() };
  }

  /** Argument vectors that `record.py` and `mix.py` received since the last call, without the script: in order. */
  async received(): Promise<readonly (readonly string[])[]> {
    const text = await this.read("received.jsonl") ?? "";
    if (text !== "") await this.remove("received.jsonl");
    return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line).slice(1));
  }

  /** Checks the words that came after `--name`, in the order in which scripts were run; forgets them. */
  async ran(names: readonly string[]): Promise<void> {
    deepEqual((await this.received()).map((words) => words[words.indexOf("--name") + 1]), names);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(dirname(this.folder), { recursive: true });
  }
}

/** One test for each way to start loom. */
export function eachLoom(name: string, test: (loom: Loom) => Promise<void>): void {
  for (const loom of looms) Deno.test(`${name} [${loom.name}]`, () => test(loom));
}

/** One test for each way to start loom, in a project of these files. */
export function eachProject(name: string, files: FileSet, test: (project: Project) => Promise<void>): void {
  eachLoom(name, async (loom) => {
    await using project = await Project.make(loom, files);
    await test(project);
  });
}

/** @throws {Error} If the binary is not there: these tests are never skipped. */
function requireBinary(): void {
  try {
    Deno.statSync(BINARY);
  } catch (cause) {
    throw new Error(`${BINARY} is missing; make it with 'deno task compile'`, { cause });
  }
}

/** Where this Deno keeps its packages: the tests give loom another home folder. */
function denoFolder(): string {
  const home = Deno.env.get("HOME") ?? ".";
  return Deno.env.get("DENO_DIR") ?? join(Deno.env.get("XDG_CACHE_HOME") ?? join(home, ".cache"), "deno");
}

function brokenPipe(error: unknown): void {
  if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
}
