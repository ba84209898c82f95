/**
 * Questions to the person: one at a time, each with an answer that the code which asked waits for.
 *
 * @module
 */

import { Store } from "../../graph/store.ts";

/** A question. */
export type Question =
  | { readonly kind: "save"; readonly path: string }
  | { readonly kind: "save-first" }
  | { readonly kind: "switch"; readonly path: string }
  | { readonly kind: "trust"; readonly folder: string }
  | { readonly kind: "clean" }
  | { readonly kind: "new" }
  | { readonly kind: "help" }
  /** Answered with the id of a box. */
  | { readonly kind: "find" }
  | { readonly kind: "conflict" }
  | { readonly kind: "preview"; readonly key: string; readonly file?: string }
  | { readonly kind: "confirm"; readonly title: string; readonly text: string; readonly yes: string };

/** One that waits for its answer. */
export interface Asked {
  readonly id: number;
  readonly question: Question;
  readonly answer: (answer: string | undefined) => void;
}

/** The questions that wait, the first of them shown. */
export class DialogStore extends Store<readonly Asked[]> {
  #number = 0;

  constructor() {
    super([]);
  }

  /** Asks; `undefined` when the person turns away. */
  ask(question: Question): Promise<string | undefined> {
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const id = ++this.#number;
    const answer = (given: string | undefined) => {
      this.update((asked) => asked.filter((other) => other.id !== id));
      resolve(given);
    };
    this.update((asked) => [...asked, { id, question, answer }]);
    return promise;
  }
}
