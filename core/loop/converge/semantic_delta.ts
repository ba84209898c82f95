import { Faults } from "../base/faults.ts";
import { LoopConfigError } from "../base/errors.ts";
import type { Later } from "../../ports/loop_store.ts";
import type { Detector } from "../types/mod.ts";
import { checkCount, checkKeys, checkNumber } from "./checks.ts";
import { whenReady } from "./ready.ts";
import { cosineDistance, embedLocally, textKey } from "./text_vector.ts";

/** Texts to vectors of one length, in the same order. */
export type Embed = (texts: string[]) => Later<readonly (readonly number[])[]>;

/** When texts count as the same. */
export interface SemanticDeltaOptions<S> {
  /** The text of a state. */
  readonly text: (state: S) => string;
  /** Cosine distance, from 0 to 2, below which two texts are the same. @default {0.05} */
  readonly threshold?: number;
  /** Default: counts of character trigrams, computed here; it needs no model and sees wording, not meaning. */
  readonly embed?: Embed;
  /** Distances in a row that must be below the threshold. @default {1} */
  readonly window?: number;
}

/** The newest text and its vector, and small distances in a row. JSON. */
export interface SemanticDeltaMemory {
  readonly key: string | null;
  /** Absent for a text without any character. */
  readonly vector: readonly number[] | null;
  readonly close: number;
}

/**
 * Ends a loop when what it writes hardly changes any more: when the cosine distance of the last two states that succeeded
 * is below `threshold`, `window` times in a row.
 *
 * Equal texts are at distance 0, an empty and another one at 1. A failed step is no change, and does not count. A text is
 * embedded once, and not at all if it equals the one before. `embed` is called with a list of one text.
 *
 * @example Usage
 * ```ts
 * import { semanticDelta } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const detector = semanticDelta({ threshold: 0.02, text: (state: { draft: string }) => state.draft });
 * deepEqual(detector.descriptor, { kind: "semanticDelta", threshold: 0.02, window: 1, embed: "local" });
 * ```
 *
 * @param options The text, the threshold, and how texts become vectors.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} With everything that is wrong with the options; in a run, if `text` gives no text or `embed`
 * no vectors.
 */
export function semanticDelta<S = unknown>(options: SemanticDeltaOptions<S>): Detector<S, SemanticDeltaMemory> {
  const { text, embed, threshold, window, descriptor } = settingsOf(options);
  return {
    descriptor,
    begin: () => ({ key: null, vector: null, close: 0 }),
    observe(memory, entry) {
      if (entry.status === "error") return { memory };
      return whenReady(seen(textOf(text(entry.state)), memory, embed), (now) => {
        const isClose = memory.key !== null && distance(memory, now) < threshold;
        const close = isClose ? Math.min(window, memory.close + 1) : 0;
        return { memory: { ...now, close }, ...(close === window && { reason: "semanticDelta" }) };
      });
    },
  };
}

function settingsOf<S>(options: SemanticDeltaOptions<S>) {
  const faults = new Faults();
  checkKeys(faults, options, ["text", "threshold", "embed", "window"]);
  const { text, embed, threshold = 0.05, window = 1 } = options ?? {};
  faults.function(text, "text", true);
  faults.function(embed, "embed");
  checkNumber(faults, threshold, "threshold", { least: 0, most: 2 });
  checkCount(faults, window, "window", 1);
  faults.throwIfAny("semanticDelta() cannot be made");
  const parameters = { threshold, window, embed: embed === undefined ? "local" : "custom" };
  return { ...parameters, text, embed: embed ?? embedLocally, descriptor: { kind: "semanticDelta", ...parameters } };
}

type Seen = Pick<SemanticDeltaMemory, "key" | "vector">;

function seen(text: string, { key, vector }: Seen, embed: Embed): Later<Seen> {
  const newKey = textKey(text);
  if (newKey === key) return { key, vector };
  if (text === "") return { key: newKey, vector: null };
  return whenReady(embed([text]), (vectors) => ({ key: newKey, vector: vectorOf(vectors, vector?.length) }));
}

function distance(a: Seen, b: Seen): number {
  if (a.key === b.key) return 0;
  return a.vector === null || b.vector === null ? 1 : cosineDistance(a.vector, b.vector);
}

function textOf(text: unknown): string {
  if (typeof text === "string") return text;
  throw new LoopConfigError(`semanticDelta() needs a text of each state, but got ${String(text)}`, {
    hint: "let text return a string",
  });
}

/** The one vector that was asked for. Typed arrays become lists, and -0 becomes 0, as JSON has neither. */
function vectorOf(vectors: unknown, length: number | undefined): readonly number[] {
  const [vector] = Array.isArray(vectors) && vectors.length === 1 ? vectors : [undefined];
  const numbers = isListLike(vector) ? Array.from(vector, (it) => it + 0) : [];
  const isVector = numbers.length > 0 && numbers.every((it) => Number.isFinite(it));
  if (isVector && numbers.length === (length ?? numbers.length)) return numbers;
  const expected = length === undefined ? "of finite numbers" : `of ${length} finite numbers, as before`;
  throw new LoopConfigError(`semanticDelta() asked embed for one vector ${expected}, and got something else`, {
    hint: "let embed return one list of numbers for each text",
  });
}

function isListLike(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || ArrayBuffer.isView(value) && "length" in value;
}
