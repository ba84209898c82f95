/**
 * Scripts of conditions, asked in the background as a dry run asks them, and remembered while nothing that counts for
 * them changes.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { isLoomError } from "../../../core/errors.ts";
import { type ScriptAsked, sightOf, type Told } from "../../../core/look/mod.ts";
import { PLAIN } from "./run_request.ts";
import type { RunPipeline } from "./runs.ts";

/** What asking takes. */
export interface ScriptParts {
  readonly run: RunPipeline;
  readonly context: Context;
  /** An answer has come. */
  readonly onNews: (file: string) => void;
}

/** A script that takes longer is ended. */
const DEADLINE_MS = 10_000;

const MOST_KEPT = 200;

const ASKING: Told = { why: "Its script is being asked" };

/** Asks one after the other, and remembers. */
export class ConditionScripts {
  readonly #parts: ScriptParts;
  readonly #known = new Map<string, Told>();
  readonly #over = new AbortController();
  #going: Promise<void> = Promise.resolve();

  constructor(parts: ScriptParts) {
    this.#parts = parts;
  }

  /** What is known; if that is nothing, it is asked now, and there will be news. `file` is as it is on the disk. */
  ask(file: string, { step, paths }: ScriptAsked, texts: readonly string[]): Told {
    const sights = paths.map((path) => sightOf(path, this.#parts.context.files));
    const name = JSON.stringify([file, step.name, this.#parts.context.files.digestText(texts.join("\0")), sights]);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#keep(name, ASKING);
    this.#going = this.#going.then(async () => {
      if (this.#over.signal.aborted) return;
      const told = await this.#asked(file, step.name);
      if (this.#over.signal.aborted) return;
      this.#keep(name, told);
      this.#parts.onNews(file);
    });
    return ASKING;
  }

  /** Ends what is being asked. */
  close(): void {
    this.#over.abort();
  }

  #keep(name: string, told: Told): void {
    this.#known.delete(name);
    this.#known.set(name, told);
    for (const oldest of [...this.#known.keys()].slice(0, -MOST_KEPT)) this.#known.delete(oldest);
  }

  async #asked(file: string, name: string): Promise<Told> {
    const { run, context } = this.#parts;
    const late = AbortSignal.timeout(DEADLINE_MS);
    const signal = AbortSignal.any([this.#over.signal, late]);
    let told: Told = { why: "Its script gave no answer" };
    const selection = { mode: "steps", names: [name] } as const;
    const request = { ...PLAIN, file, selection, include: [name], dryRun: true };
    try {
      await run(request, context, {
        signal,
        killSignal: signal,
        sink: (event) => {
          if (event.type !== "step_finished" || event.step !== name) return;
          const { result, error } = event;
          told = result === undefined ? { why: error ?? "Its script gave no answer" } : { answer: result === "true" };
        },
      });
    } catch (error) {
      // A file with mistakes, or a machine without Python: the box says why nothing is known.
      if (!isLoomError(error)) throw error;
      told = { why: error.message };
    }
    return late.aborted && !("answer" in told) ? { why: "Its script took longer than 10 s and was ended" } : told;
  }
}
