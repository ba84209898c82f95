import type { Blob, LoopStore, StateTools } from "../../ports/loop_store.ts";
import { LoopError } from "../base/errors.ts";
import { type Flow, runSync } from "../base/flow.ts";
import { blobOf, type StoredText, textOf } from "../state/blobs.ts";

/** Texts that are kept at hand: the newest states, and those that are gone back to. */
const kept = 8;

/** States of one run as canonical texts, stored by digest. */
export class StateBook {
  readonly #store: LoopStore;
  readonly #tools: StateTools;
  /** By digest, the least lately used first. */
  readonly #texts = new Map<string, string>();
  #base: StoredText | undefined;

  constructor(store: LoopStore, tools: StateTools) {
    [this.#store, this.#tools] = [store, tools];
  }

  /** The digest of a state, and the blob to store unless it is the same as the one before. */
  add(text: string): { readonly ref: string; readonly blob?: Blob } {
    if (this.#base?.text === text) return { ref: this.#base.ref };
    const { blob, depth } = blobOf(text, this.#tools, { base: this.#base });
    this.#base = { ref: blob.ref, text, depth };
    this.#keep(blob.ref, text);
    return { ref: blob.ref, blob };
  }

  /** The text of a stored state. */
  *text(ref: string): Flow<string> {
    const known = this.#texts.get(ref);
    if (known !== undefined) return known;
    const text = yield* textOf(ref, (it) => this.#store.blob(it), this.#tools);
    this.#keep(ref, text);
    return text;
  }

  /** {@linkcode text}, for callers that cannot wait. */
  textNow(ref: string): string {
    const known = this.#texts.get(ref);
    if (known !== undefined) return known;
    if (this.#store.isSync) return runSync(this.text(ref));
    throw new LoopError("This state is not at hand: its store answers by promise", {
      hint: "the newest states are; keep what you need of older ones in the state",
    });
  }

  #keep(ref: string, text: string): void {
    this.#texts.delete(ref);
    this.#texts.set(ref, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= kept) break;
      this.#texts.delete(oldest);
    }
  }
}
