/**
 * What is wrong with the open pipeline: found by the page at once where it can, and by the server when typing pauses.
 *
 * @module
 */

import { Store } from "../../graph/store.ts";
import { ask, ServerError } from "../api/client.ts";
import type { FoundProblem } from "../api/types.ts";

/** What a check of a text found. */
export interface Checked {
  /** The text that was checked. */
  readonly text: string;
  readonly problems: readonly FoundProblem[];
}

const NOTHING: Checked = { text: "", problems: [] };

/** Knows the newest answer. */
export class ProblemStore extends Store<Checked> {
  #asked = 0;

  constructor() {
    super(NOTHING);
  }

  clear(): void {
    this.#asked++;
    this.set(NOTHING);
  }

  async check(path: string, text: string): Promise<void> {
    const number = ++this.#asked;
    try {
      const { problems } = await ask("POST /api/check", { body: { path, text } });
      if (number === this.#asked) this.set({ text, problems });
    } catch (error) {
      // What the server cannot check keeps what the page found by itself.
      if (!(error instanceof ServerError)) throw error;
    }
  }
}

/** Both lists as one: the server knows more than the page, which is quicker. */
export function allProblems(
  checked: Checked,
  here: readonly FoundProblem[],
  text: string | undefined,
): readonly FoundProblem[] {
  return checked.text === text ? checked.problems : here;
}
