/**
 * States between a step and the store: checked, and as text.
 *
 * @module
 */

import { core, safeDecode, safeDecodeAsync, safeEncode, safeEncodeAsync, type ZodType } from "zod";
import type { Problem } from "../../errors.ts";
import type { Later } from "../../ports/loop_store.ts";
import { StateInvalid, StoreCorrupt } from "../base/errors.ts";
import { canonicalJson } from "./canonical.ts";
import { pathText } from "./not_serialisable.ts";
import { schemaKind } from "./schema_kind.ts";

/** A state as it is stored. */
export interface EncodedState {
  /** Canonical JSON. */
  readonly text: string;
  /** What the text holds. */
  readonly encoded: unknown;
}

/** Brings states of one schema into the form they are stored in, and back. Answers at once unless the schema waits. */
export interface StateCodec<S> {
  /**
   * @throws {StateInvalid} If it does not fit the schema.
   * @throws {StateNotSerialisable} If JSON cannot hold it.
   */
  encode(value: S): Later<EncodedState>;
  /**
   * @throws {StateInvalid} If what was stored does not fit the schema.
   * @throws {StoreCorrupt} If it is not JSON.
   */
  decode(text: string): Later<S>;
  /** {@linkcode decode} for a text that {@linkcode encode} of this codec has just given: not checked again in vain. */
  copy(text: string): Later<S>;
}

type Parsed = { readonly success: boolean; readonly data?: unknown; readonly error?: { readonly issues: Issues } };
type Issues = readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];

/** Issues that a message names; `problems` of the error has them all. */
const NAMED_ISSUES = 20;

/**
 * The codec of a schema.
 *
 * @throws {LoopConfigError} If some part of the schema changes values and has no way back.
 */
export function stateCodec<S>(schema: ZodType<S>): StateCodec<S> {
  const kind = schemaKind(schema);
  const inward = way((value) => safeDecode(schema, value), (value) => safeDecodeAsync(schema, value), kind.isAsync);
  const outward = kind.isPlain
    ? inward
    : way((value) => safeEncode(schema, value as S), (value) => safeEncodeAsync(schema, value as S), kind.isAsync);
  const decode = (text: string) => inward(parse(text)) as Later<S>;
  return {
    encode: (value) => then(outward(value), (encoded) => ({ text: canonicalJson(encoded), encoded })),
    decode,
    copy: kind.isPlain ? (text) => JSON.parse(text) : decode,
  };
}

/** One direction through a schema; after the first promise of a refinement it always waits. */
function way(
  sync: (value: unknown) => Parsed,
  async: (value: unknown) => Promise<Parsed>,
  isAsync: boolean,
): (value: unknown) => Later<unknown> {
  let waits = isAsync;
  return (value) => {
    if (!waits) {
      try {
        return dataOf(sync(value));
      } catch (error) {
        if (!isAsyncNeeded(error)) throw error;
        waits = true;
      }
    }
    return async(value).then(dataOf);
  };
}

function isAsyncNeeded(error: unknown): boolean {
  return error instanceof core.$ZodAsyncError;
}

function dataOf({ success, data, error }: Parsed): unknown {
  if (success) return data;
  throw invalid(error?.issues ?? []);
}

function invalid(issues: Issues): StateInvalid {
  const messages = issues.map(({ path, message }) => `${pathText("state", path)}: ${message}`);
  const more = issues.length > NAMED_ISSUES ? `; and ${issues.length - NAMED_ISSUES} more` : "";
  const problems = messages.map((message): Problem => ({ level: "error", code: "state-invalid", message }));
  return new StateInvalid(`The state does not fit its schema: ${messages.slice(0, NAMED_ISSUES).join("; ")}${more}`, {
    problems,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StoreCorrupt("A stored state is not JSON", { cause });
  }
}

function then<A, B>(value: Later<A>, next: (value: A) => B): Later<B> {
  return value instanceof Promise ? value.then(next) : next(value);
}
