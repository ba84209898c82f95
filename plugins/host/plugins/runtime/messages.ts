/**
 * What loom and a plugin say to each other, and the schemas by which the plugin's words are judged.
 *
 * @module
 */

import { z } from "zod";

const id = z.int().nonnegative();
const text = z.string().max(4_000);
const names = z.array(z.string().max(200)).max(1_000);

const described = z.strictObject({
  name: text,
  message: text,
  code: text.optional(),
  stack: text.optional(),
  cause: text.optional(),
  fault: text.optional(),
});

/** An error of the plugin's, as data. */
export type Described = z.infer<typeof described>;

const claims = z.strictObject({
  name: z.unknown(),
  version: z.unknown(),
  api: z.unknown(),
  provides: z.record(z.string().max(200), names),
});

/** What a plugin says of itself when it is there. */
export type Claims = z.infer<typeof claims>;

/** What comes from a plugin. `id` names a call of loom's, `ask` a service that the plugin waits for. */
export const fromPlugin = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready"), claims }),
  z.strictObject({ kind: z.literal("refused"), error: described }),
  z.strictObject({ kind: z.literal("result"), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal("failed"), id, error: described }),
  z.strictObject({ kind: z.literal("item"), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal("ask"), id, ask: id, service: z.string().max(200), args: z.array(z.unknown()) }),
  z.strictObject({ kind: z.literal("said"), text }),
  z.strictObject({ kind: z.literal("size"), bytes: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal("full") }),
  z.strictObject({ kind: z.literal("left") }),
  z.strictObject({ kind: z.literal("fault"), error: described }),
]);

/** One message of a plugin's. */
export type FromPlugin = z.infer<typeof fromPlugin>;

/** A call as it is sent. */
export interface CallMessage {
  readonly kind: "call";
  readonly id: number;
  readonly port: string;
  readonly name: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** Names of what it may ask for. */
  readonly services: readonly string[];
  /** Items it may send before it has to wait. */
  readonly credits: number;
}

/** One message to a plugin. */
export type ToPlugin =
  | CallMessage
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "more"; readonly id: number; readonly credits: number }
  | { readonly kind: "answer"; readonly id: number; readonly ask: number; readonly value?: unknown }
  | { readonly kind: "answer"; readonly id: number; readonly ask: number; readonly error: AnswerError }
  | { readonly kind: "size" };

/** Why a service was refused. */
export interface AnswerError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
}
