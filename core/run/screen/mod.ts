/**
 * Where people see what a run's programs write.
 *
 * @module
 */

import type { Subprocess, TerminalSize } from "../../ports/subprocess.ts";

/** What a person sees the output of a run in: a terminal whose size may change while programs write to it. */
export class Screen {
  #size: TerminalSize;
  readonly #programs = new Set<Subprocess>();

  constructor(size: TerminalSize) {
    this.#size = size;
  }

  get size(): TerminalSize {
    return this.#size;
  }

  /** Tells those that write to it now, and those that will. */
  resize(size: TerminalSize): void {
    this.#size = size;
    for (const program of this.#programs) program.resize?.(size);
  }

  /** A program writes to it until its end. */
  show(program: Subprocess): void {
    this.#programs.add(program);
    const over = () => void this.#programs.delete(program);
    // Whoever waits for the end hears of a failure.
    program.exit.then(over, over);
  }

  /** The environment of a program that writes to it: nobody turns the pages of a pager here. */
  environment(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return { ...env, TERM: "xterm-256color", PAGER: "cat", GIT_PAGER: "cat" };
  }
}
