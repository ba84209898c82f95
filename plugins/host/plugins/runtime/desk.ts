import type { LoomError } from "../../../../core/errors.ts";
import type { PluginCall, PluginCallOptions } from "../../../../core/ports/plugin.ts";
import { type CallSide, OpenCall } from "./call.ts";
import { pluginBrokeContract, pluginTooMuch } from "./errors.ts";
import { MAX_LATE, MAX_LINES, MAX_STRAYS } from "./limits.ts";
import { type FromPlugin, fromPlugin } from "./messages.ts";

/** What loom may want to know of a plugin beside its answers. */
export type PluginNotice =
  | { readonly kind: "said"; readonly text: string }
  /** A message about a call that is over, or never was. */
  | { readonly kind: "stray"; readonly about: string; readonly id: number }
  /** It was ended for what it did, or has ended by itself. */
  | { readonly kind: "ended"; readonly error: LoomError };

/** Hears what becomes of a plugin. */
export type PluginListener = (notice: PluginNotice) => void;

/** The calls of one plugin that is running, whatever carries its messages. */
export class CallDesk {
  readonly #side: CallSide;
  readonly #notice: PluginListener;
  readonly #calls = new Map<number, OpenCall>();
  /** Calls that loom gave up: how many messages about each may still be under way. */
  readonly #abandoned = new Map<number, number>();
  #nextId = 0;
  #strays = 0;
  #lines = 0;

  constructor(side: CallSide, notice: PluginListener) {
    [this.#side, this.#notice] = [side, notice];
  }

  async call(call: PluginCall, options: PluginCallOptions): Promise<unknown> {
    const open = new OpenCall(this.#nextId++, this.#side, options);
    this.#calls.set(open.id, open);
    this.#lines = 0;
    open.start(call);
    try {
      return await open.result;
    } finally {
      this.#calls.delete(open.id);
      if (open.isAbandoned) this.#abandoned.set(open.id, MAX_LATE);
    }
  }

  /** The message, if it is one; otherwise the plugin is ended. */
  read(data: unknown): FromPlugin | undefined {
    const read = fromPlugin.safeParse(data);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    this.#side.breach(pluginBrokeContract(this.#side.plugin, `a message that is none: ${issue.message}`));
    return undefined;
  }

  take(message: FromPlugin): void {
    if (message.kind === "said") return this.#hear(message.text);
    if (!("id" in message)) return;
    const open = this.#calls.get(message.id);
    if (open !== undefined) return open.take(message);
    if (this.#isLate(message)) return;
    this.#notice({ kind: "stray", about: message.kind, id: message.id });
    if (++this.#strays > MAX_STRAYS) {
      this.#side.breach(pluginTooMuch(this.#side.plugin, "it talks of calls that nobody made"));
    }
  }

  #isLate({ kind, id }: Extract<FromPlugin, { id: number }>): boolean {
    const left = this.#abandoned.get(id) ?? 0;
    if (kind === "result" || kind === "failed" || left <= 1) this.#abandoned.delete(id);
    else this.#abandoned.set(id, left - 1);
    return left > 0;
  }

  #hear(text: string): void {
    if (++this.#lines > MAX_LINES) {
      return this.#side.breach(pluginTooMuch(this.#side.plugin, `it prints more than ${MAX_LINES} lines`));
    }
    this.#notice({ kind: "said", text });
  }

  /** Ends every call with this. */
  fail(error: LoomError): void {
    for (const open of this.#calls.values()) open.fail(error);
    this.#calls.clear();
  }
}
