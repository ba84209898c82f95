/**
 * States as they lie in the store: small ones as they are, long ones compressed or as what changed since another one.
 *
 * @module
 */

import type { Blob, Later, StateTools } from "../../ports/loop_store.ts";
import { StoreCorrupt } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { applyDelta, makeDelta } from "./delta.ts";

/** Up to this length a state is not worth a thought. */
const SMALL = 4_096;

/** Deltas that may stand on each other: the sixteenth text is a whole one. */
const MAX_DEPTH = 15;

/** A whole text is kept compressed when that saves at least a tenth. */
const WORTH = 0.9;

/** A text that is in the store. */
export interface StoredText {
  /** SHA-256 of the text. */
  readonly ref: string;
  readonly text: string;
  /** How many deltas have to be read to get it. */
  readonly depth: number;
}

/** Where blobs are read from. */
export type ReadBlob = (ref: string) => Later<Blob | undefined>;

const utf8 = { encoder: new TextEncoder(), decoder: new TextDecoder("utf-8", { ignoreBOM: true }) };

/**
 * The blob of a text. `base`: a text in the store that it probably has much in common with; `ref`: its digest, if that is
 * known already.
 */
export function blobOf(
  text: string,
  tools: StateTools,
  { base, ref = tools.sha256(text) }: { readonly base?: StoredText; readonly ref?: string } = {},
): { readonly blob: Blob; readonly depth: number } {
  const delta = deltaOn(base, text, ref);
  if (delta !== undefined && base !== undefined) {
    const blob: Blob = { ref, codec: "delta", baseRef: base.ref, bytes: utf8.encoder.encode(delta) };
    return { blob, depth: base.depth + 1 };
  }
  return { blob: wholeBlob(text, ref, tools), depth: 0 };
}

function deltaOn(base: StoredText | undefined, text: string, ref: string): string | undefined {
  if (base === undefined || text.length <= SMALL || base.depth >= MAX_DEPTH || base.ref === ref) return undefined;
  return makeDelta(base.text, text);
}

function wholeBlob(text: string, ref: string, tools: StateTools): Blob {
  const plain = utf8.encoder.encode(text);
  if (text.length <= SMALL) return { ref, codec: "json", bytes: plain };
  const deflated = tools.deflate(text);
  return deflated.length < plain.length * WORTH
    ? { ref, codec: "deflate", bytes: deflated }
    : { ref, codec: "json", bytes: plain };
}

/**
 * The text of a blob, made of all that it stands on.
 *
 * @throws {StoreCorrupt} If something is missing, or the text is not the one that was stored.
 */
export function* storedText(ref: string, read: ReadBlob, tools: StateTools): Flow<StoredText> {
  const deltas: string[] = [];
  const seen = new Set<string>();
  for (let next = ref;;) {
    const blob = yield* wait(read(next));
    if (blob === undefined || seen.has(next)) throw corrupt(ref, `${next} is ${blob ? "its own base" : "missing"}`);
    seen.add(next);
    if (blob.codec !== "delta") return finish(ref, { whole: wholeText(blob, tools), deltas, tools });
    if (blob.baseRef === undefined) throw corrupt(ref, `${next} is a delta of nothing`);
    deltas.push(utf8.decoder.decode(blob.bytes));
    next = blob.baseRef;
  }
}

/** {@linkcode storedText}, the text alone. */
export function* textOf(ref: string, read: ReadBlob, tools: StateTools): Flow<string> {
  return (yield* storedText(ref, read, tools)).text;
}

function wholeText(blob: Blob, tools: StateTools): string {
  return blob.codec === "deflate" ? tools.inflate(blob.bytes) : utf8.decoder.decode(blob.bytes);
}

function finish(
  ref: string,
  { whole, deltas, tools }: { whole: string; deltas: readonly string[]; tools: StateTools },
): StoredText {
  const text = deltas.reduceRight((base, delta) => apply(ref, base, delta), whole);
  if (tools.sha256(text) !== ref) throw corrupt(ref, "the text has changed");
  return { ref, text, depth: deltas.length };
}

function apply(ref: string, base: string, delta: string): string {
  try {
    return applyDelta(base, delta);
  } catch (cause) {
    throw corrupt(ref, "a delta does not fit its base", cause);
  }
}

function corrupt(ref: string, why: string, cause?: unknown): StoreCorrupt {
  return new StoreCorrupt(`Cannot read the stored state ${ref}: ${why}`, { data: { ref }, cause });
}
