/**
 * Messages of plugins that are programs: JSON-RPC 2.0, one message a line.
 *
 * loom asks `start` (answered by what the plugin says of itself) and `call`, and says `cancel` and `more`. The plugin asks
 * `service`, and says `item` and `said`. Bytes are `{ "$bytes": "base64" }`.
 *
 * @module
 */

import { z } from "zod";
import type { FromPlugin, ToPlugin } from "./messages.ts";

/** Identifies the question that is asked before everything else. */
export const START_ID = "start";

const version = z.literal("2.0");
const callId = z.int().nonnegative();
const serviceId = z.union([z.string().max(200), z.number()]);
const text = z.string().transform((it) => it.slice(0, 4_000));

const failure = z.object({
  message: text,
  data: z.object({ name: text.optional(), code: text.optional(), stack: text.optional() }).optional(),
});

const line = z.union([
  z.strictObject({ jsonrpc: version, id: z.union([callId, z.literal(START_ID)]), result: z.unknown() }),
  z.strictObject({ jsonrpc: version, id: z.union([callId, z.literal(START_ID)]), error: failure }),
  z.strictObject({
    jsonrpc: version,
    id: serviceId,
    method: z.literal("service"),
    params: z.strictObject({ call: callId, service: z.string(), args: z.array(z.unknown()).default([]) }),
  }),
  z.strictObject({
    jsonrpc: version,
    method: z.literal("item"),
    params: z.strictObject({ call: callId, value: z.unknown() }),
  }),
  z.strictObject({ jsonrpc: version, method: z.literal("said"), params: z.strictObject({ text }) }),
]);

/** Translates both ways; remembers under which names the plugin asked. */
export class Interpreter {
  readonly #asks = new Map<number, string | number>();
  #nextAsk = 0;

  /** A line of the plugin's, as the message that it is; what is none comes back as it was read. */
  read(textLine: string): unknown {
    const raw: unknown = JSON.parse(textLine, (_, value) => revived(value));
    const parsed = line.safeParse(raw);
    return parsed.success ? this.#translate(parsed.data) : raw;
  }

  #translate(message: z.infer<typeof line>): unknown {
    if ("result" in message) {
      const { id, result: value } = message;
      return id === START_ID ? { kind: "ready", claims: value } : { kind: "result", id, value };
    }
    if ("error" in message) return refusal(message);
    switch (message.method) {
      case "service":
        return this.#question(message.id, message.params);
      case "item":
        return { kind: "item", id: message.params.call, value: message.params.value } satisfies FromPlugin;
      case "said":
        return { kind: "said", text: message.params.text } satisfies FromPlugin;
    }
  }

  #question(
    id: string | number,
    { call, service, args }: { readonly call: number; readonly service: string; readonly args: unknown[] },
  ): FromPlugin {
    const ask = this.#nextAsk++;
    this.#asks.set(ask, id);
    return { kind: "ask", id: call, ask, service, args };
  }

  /** A message of loom's, as a line; `undefined` for what programs are not told. */
  write(message: ToPlugin): string | undefined {
    switch (message.kind) {
      case "call": {
        const { id, kind: method, ...params } = message;
        return written({ id, method, params });
      }
      case "cancel":
        return written({ method: "cancel", params: { call: message.id } });
      case "more":
        return written({ method: "more", params: { call: message.id, credits: message.credits } });
      case "answer":
        return this.#answer(message);
      case "size":
        return undefined;
    }
  }

  #answer(message: Extract<ToPlugin, { kind: "answer" }>): string {
    const id = this.#asks.get(message.ask);
    this.#asks.delete(message.ask);
    if (!("error" in message)) return written({ id, result: message.value ?? null });
    const { message: why, ...data } = message.error;
    return written({ id, error: { code: -32000, message: why, data } });
  }
}

/** The first line that a plugin reads. */
export function startLine(): string {
  return written({ id: START_ID, method: "start", params: { api: 1 } });
}

function refusal(
  { id, error: { message, data = {} } }: { readonly id: number | string; error: z.infer<typeof failure> },
) {
  const error = { name: data.name ?? "Error", message, code: data.code, stack: data.stack };
  return id === START_ID ? { kind: "refused", error } : { kind: "failed", id, error };
}

function written(fields: object): string {
  return `${JSON.stringify({ jsonrpc: "2.0", ...fields }, (_, value) => flattened(value))}\n`;
}

function flattened(value: unknown): unknown {
  return value instanceof Uint8Array ? { $bytes: value.toBase64() } : value;
}

function revived(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "$bytes")) return value;
  const { $bytes } = value as { readonly $bytes: unknown };
  return typeof $bytes === "string" ? Uint8Array.fromBase64($bytes) : value;
}
