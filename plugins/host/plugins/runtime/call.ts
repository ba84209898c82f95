import { interrupted, isLoomError, type LoomError } from "../../../../core/errors.ts";
import type { PluginCall, PluginCallOptions } from "../../../../core/ports/plugin.ts";
import { pluginBrokeContract, pluginFailed, pluginTimeout, pluginTooMuch } from "./errors.ts";
import { CREDITS, GRACE_MS, MAX_ASKS, MAX_MESSAGE_BYTES } from "./limits.ts";
import type { AnswerError, CallMessage, Described, FromPlugin, ToPlugin } from "./messages.ts";
import { weigh } from "./inside/weigh.js";

/** What a call needs of whoever holds the plugin. */
export interface CallSide {
  readonly plugin: string;
  send(message: ToPlugin): void;
  /** Ends the plugin: it does not do what it has to. */
  breach(error: LoomError): void;
}

type About<K> = Extract<FromPlugin, { kind: K }>;

/** One call in progress, from loom's side. */
export class OpenCall {
  readonly id: number;
  readonly result: Promise<unknown>;
  readonly #side: CallSide;
  readonly #options: PluginCallOptions;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  #settle!: { resolve(value: unknown): void; reject(error: unknown): void };
  #items: Promise<void> = Promise.resolve();
  /** Items that the plugin was not told of yet that they were heard. */
  #underway = 0;
  #heard = 0;
  #asks = 0;
  #done = false;
  /** The plugin has said how it ended. */
  #told = false;
  /** Why it was told to stop. */
  #stopped: LoomError | undefined;

  constructor(id: number, side: CallSide, options: PluginCallOptions) {
    [this.id, this.#side, this.#options] = [id, side, options];
    this.result = new Promise((resolve, reject) => this.#settle = { resolve, reject });
  }

  /** Sends it on its way. */
  start(call: PluginCall): void {
    const { signal, timeoutMs, services = {} } = this.#options;
    signal?.addEventListener("abort", this.#onAbort);
    if (timeoutMs !== undefined) this.#after(timeoutMs, () => this.#stop(this.#late(timeoutMs)));
    const message: CallMessage = {
      kind: "call",
      id: this.id,
      port: call.port,
      name: call.name,
      method: call.method,
      args: call.args,
      services: Object.keys(services),
      credits: CREDITS,
    };
    this.#post(message);
    if (signal?.aborted) this.#onAbort();
  }

  /** Whether it is over for loom and, for all that is known, not for the plugin. */
  get isAbandoned(): boolean {
    return this.#done && !this.#told;
  }

  take(message: FromPlugin): void {
    if (message.kind === "result" || message.kind === "failed") this.#told = true;
    switch (message.kind) {
      case "result":
        return this.#finish(message.value);
      case "failed":
        return this.fail(this.#stopped ?? this.#failure(message.error));
      case "item":
        return this.#takeItem(message);
      case "ask":
        return void this.#answer(message);
    }
  }

  /** Ends it without the plugin's help. */
  fail(error: unknown): void {
    if (this.#done) return;
    this.#close();
    this.#settle.reject(error);
  }

  /** Items come first: the call is over when the last of them was heard. */
  #finish(value: unknown): void {
    if (this.#stopped?.code === "plugin-timeout") return this.fail(this.#stopped);
    if (weigh(value, MAX_MESSAGE_BYTES) === Infinity) return this.#side.breach(this.#tooLarge("its result"));
    this.#items.then(() => {
      this.#close();
      this.#settle.resolve(value);
    });
  }

  #takeItem({ value }: About<"item">): void {
    if (++this.#underway > CREDITS) {
      return this.#side.breach(pluginTooMuch(this.#side.plugin, "it sends items and does not wait"));
    }
    if (weigh(value, MAX_MESSAGE_BYTES) === Infinity) return this.#side.breach(this.#tooLarge("an item"));
    this.#items = this.#items.then(() => this.#hear(value));
  }

  async #hear(value: unknown): Promise<void> {
    if (this.#done) return;
    try {
      await this.#options.onItem?.(value);
    } catch (error) {
      // Loom's own listener has failed: the plugin is told to stop, and the caller hears what it was.
      this.#side.send({ kind: "cancel", id: this.id });
      return this.fail(error);
    }
    if (++this.#heard === 1) setTimeout(() => this.#grant(), 0);
  }

  /** Not at once: while messages pour in, no timer runs, and who did not wait is found out. */
  #grant(): void {
    const credits = this.#heard;
    this.#heard = 0;
    this.#underway -= credits;
    if (!this.#done) this.#side.send({ kind: "more", id: this.id, credits });
  }

  async #answer({ ask, service, args }: About<"ask">): Promise<void> {
    const { plugin } = this.#side;
    if (++this.#asks > MAX_ASKS) {
      return this.#side.breach(pluginTooMuch(plugin, `it waits for more than ${MAX_ASKS} services at a time`));
    }
    if (weigh(args, MAX_MESSAGE_BYTES) === Infinity) return this.#side.breach(this.#tooLarge("what it asks"));
    const answer = await this.#serve(service, args);
    this.#asks--;
    if (!this.#done) this.#post({ kind: "answer", id: this.id, ask, ...answer });
  }

  async #serve(name: string, args: readonly unknown[]): Promise<{ value: unknown } | { error: AnswerError }> {
    const services = this.#options.services ?? {};
    if (!Object.hasOwn(services, name)) {
      return { error: { name: "LoomError", code: "unknown-service", message: `There is no service '${name}'` } };
    }
    try {
      return { value: await services[name](...args as never[]) };
    } catch (error) {
      return { error: errorData(error) };
    }
  }

  /** What cannot be sent is the caller's mistake, and no reason to end the plugin. */
  #post(message: ToPlugin): void {
    try {
      if (weigh(message, MAX_MESSAGE_BYTES) === Infinity) throw this.#tooLarge("what it is given");
      this.#side.send(message);
    } catch (error) {
      this.fail(error);
    }
  }

  readonly #onAbort = (): void => this.#stop(interrupted(`Plugin ${this.#side.plugin} was told to stop`));

  /** Told first, ended if it does not listen. */
  #stop(reason: LoomError): void {
    if (this.#done || this.#stopped !== undefined) return;
    this.#stopped = reason;
    this.#side.send({ kind: "cancel", id: this.id });
    this.#after(GRACE_MS, () => {
      this.fail(reason);
      this.#side.breach(reason);
    });
  }

  #after(ms: number, work: () => void): void {
    this.#timers.push(setTimeout(work, ms));
  }

  #close(): void {
    this.#done = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
  }

  #late(ms: number): LoomError {
    return pluginTimeout(this.#side.plugin, "answer", ms);
  }

  #failure(error: Described): LoomError {
    const { plugin } = this.#side;
    if (error.fault === "too-much") return pluginTooMuch(plugin, error.message);
    return error.fault === undefined ? pluginFailed(plugin, error) : pluginBrokeContract(plugin, error.message);
  }

  #tooLarge(what: string): LoomError {
    return pluginTooMuch(this.#side.plugin, `${what} is larger than ${MAX_MESSAGE_BYTES} bytes, or nested too deep`);
  }
}

function errorData(error: unknown): AnswerError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  if (!isLoomError(error)) return { name, message };
  return { name, message, code: error.code, ...(error.hint !== undefined && { hint: error.hint }) };
}
