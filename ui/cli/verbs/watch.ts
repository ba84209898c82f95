/**
 * `loom FILE.yml --watch`: run it, and again whenever a file that counts has changed.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { isLoomError, type LoomError, usage } from "../../../core/errors.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import type { WatchFact } from "../../../core/run/watch/mod.ts";
import { EXIT } from "../base/exit_code.ts";
import type { Host } from "../base/host.ts";
import { type Interrupts, listenForInterrupts } from "../base/signals.ts";
import { palette } from "../view/colors.ts";
import { displayPath, errorJson, errorLines } from "../view/problems.ts";
import type { Command } from "../words/command.ts";
import type { RunFlags } from "../words/flags.ts";
import { kebab } from "../words/verbs.ts";
import { chooseView } from "./choose_view.ts";

type RunCommand = Extract<Command, { verb: "run" }>;

/** Options that ask for one look or one deed. */
const ONCE: readonly (keyof RunFlags)[] = ["dryRun", "list", "investigate", "cleanList", "clean"];

/** How many names of changed files are shown. */
const SHOWN = 5;

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function watchParts(): Promise<typeof import("../../../core/run/watch/mod.ts")> {
  return import(isReached ? "../../../core/run/watch/mod.ts" : "../../../core/run/watch/mod.ts");
}

/**
 * Runs and watches until it is interrupted.
 *
 * @throws {LoomError} `usage`; and what no change of a file can mend, if it is wrong from the start.
 */
export async function watchVerb({ flags }: RunCommand, host: Host, request: RunRequest): Promise<number> {
  const clashes = ONCE.filter((name) => flags[name] !== undefined);
  if (clashes.length > 0) {
    throw usage(clashes.map((name) => `--watch and --${kebab(name)} exclude each other`).join("; "));
  }
  const [context, watcher, { watchPipeline }] = [await host.context(), await host.watcher(), await watchParts()];
  context.stores.noteProject(request.project ?? context.stores.projectOf(request.file));
  const face = new WatchFace(flags, host, context);
  const interrupts = listenForInterrupts(host.terminal, (text) => face.stopping(text));
  try {
    await watchPipeline(request, {
      context,
      watcher,
      signal: interrupts.signal,
      run: (request) => face.run(request, interrupts),
      tell: (fact) => face.tell(fact),
    });
    return EXIT.interrupted;
  } finally {
    interrupts.release();
  }
}

/** What a person sees of it. */
class WatchFace {
  readonly #flags: RunFlags;
  readonly #host: Host;
  readonly #context: Context;
  #hasRun = false;
  /** Says something while a run is drawn; absent between runs. */
  #note: ((text: string) => void) | undefined;

  constructor(flags: RunFlags, host: Host, context: Context) {
    [this.#flags, this.#host, this.#context] = [flags, host, context];
  }

  async run(request: RunRequest, interrupts: Interrupts): Promise<void> {
    const { runPipeline } = await this.#host.engine();
    const view = await chooseView(this.#host.terminal, this.#flags, { cwd: this.#context.cwd });
    this.#note = view.note;
    try {
      await runPipeline(request, this.#context, { sink: view.sink, ...interrupts });
    } catch (error) {
      if (!isLoomError(error) || !this.#hasRun && error.code !== "pipeline-invalid") throw error;
      this.#complain(error);
    } finally {
      view.end();
      this.#note = undefined;
      this.#hasRun = true;
    }
  }

  /** The first Ctrl-C. There is nothing to kill between runs. */
  stopping(text: string): void {
    this.#note?.(text);
  }

  tell(fact: WatchFact): void {
    const paint = palette(this.#flags.json ? this.#host.terminal.errorColor : this.#host.terminal.color);
    const line = `${paint.strong(`[${fact.kind === "changed" ? "CHANGED" : "WATCH"}]`)} ${this.#words(fact)}\n`;
    if (this.#flags.json) this.#host.terminal.writeError(line);
    else this.#host.terminal.write(line);
    this.#host.terminal.flush();
  }

  #words(fact: WatchFact): string {
    switch (fact.kind) {
      case "waiting":
        return `${fact.files === 1 ? "1 file" : `${fact.files} files`}; Ctrl-C ends it`;
      case "changed":
        return this.#names(fact.paths);
      case "unsteady":
        return `${this.#names(fact.paths)} changed while it ran, twice: the steps write it, so it is not run for that`;
      case "polling":
        return `${fact.why}; looking once a second instead`;
    }
  }

  #names(paths: readonly string[]): string {
    const names = paths.slice(0, SHOWN).map((path) => displayPath(path, this.#context.cwd));
    return paths.length <= SHOWN ? names.join(", ") : `${names.join(", ")} and ${paths.length - SHOWN} more`;
  }

  #complain(error: LoomError): void {
    const { terminal } = this.#host;
    if (this.#flags.json) terminal.write(`${errorJson(error)}\n`);
    const lines = errorLines(error, { cwd: this.#context.cwd, color: terminal.errorColor });
    terminal.writeError(lines.map((line) => `${line}\n`).join(""));
  }
}
