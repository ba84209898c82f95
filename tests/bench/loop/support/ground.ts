/**
 * A folder in which every round finds a file of its own, and the state that all are given.
 *
 * @module
 */

import { join } from "node:path";
import { Arena } from "../../support/arena.ts";
import { type Doc, docOf } from "./states.ts";

/** Removed when disposed of. */
export class Ground implements Disposable {
  readonly #arena = new Arena();
  #places = 0;
  /** What the loops start from. */
  readonly state: Doc;
  /** The same as JSON. */
  readonly stateText: string;
  /** A file with that JSON, for programs that do not share this process. */
  readonly stateFile: string;

  constructor(sizeBytes: number) {
    this.state = docOf(sizeBytes);
    this.stateText = JSON.stringify(this.state);
    this.stateFile = join(this.#arena.folder, "state.json");
    Deno.writeTextFileSync(this.stateFile, this.stateText);
  }

  /** Where a file of this name can be made; never the same place twice. */
  newPath(name: string): string {
    return join(this.newFolder(), name);
  }

  /** An empty folder. */
  newFolder(): string {
    this.#places += 1;
    return this.#arena.place(`${this.#places}`);
  }

  /** Variables for a program that is started. */
  get env(): Readonly<Record<string, string>> {
    return this.#arena.env;
  }

  [Symbol.dispose](): void {
    this.#arena[Symbol.dispose]();
  }
}
