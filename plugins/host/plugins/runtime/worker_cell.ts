import type { LoomError } from "../../../../core/errors.ts";
import type { PluginCall, PluginCallOptions } from "../../../../core/ports/plugin.ts";
import { CallDesk, type PluginListener } from "./desk.ts";
import { pluginBrokeContract, pluginCrashed, pluginFailed, pluginTimeout } from "./errors.ts";
import { START_MS } from "./limits.ts";
import type { Cell } from "./lazy_plugin.ts";
import { type Guarded, guardMemory } from "./memory_guard.ts";
import type { Claims, FromPlugin, ToPlugin } from "./messages.ts";
import { requireNoPrompt } from "./no_prompt.ts";
import { keeperUrl, programUrl } from "./program.ts";

/** What a worker is started with. */
export interface CellSpec {
  readonly plugin: string;
  /** The module's text, or the address of one of loom's own. */
  readonly module: { readonly code: string } | { readonly url: string };
  readonly permissions: Deno.PermissionOptions;
  /** Values of the variables it was granted. */
  readonly variables: Readonly<Record<string, string>>;
  /** `undefined` for loom's own: they get no heap of their own. */
  readonly heapBytes?: number;
}

/** What the keeper says when its thread is gone. */
type Ended = { readonly ended: "memory" | "exit" } | { readonly ended: "error"; readonly message: string };

/** One running worker with a plugin in it. It ends once and for all. */
export class WorkerCell implements Cell, Guarded {
  readonly #spec: CellSpec;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #desk: CallDesk;
  readonly #notice: PluginListener;
  readonly #unguard: () => void;
  readonly #ready = Promise.withResolvers<Claims>();
  #size: ((bytes: number) => void) | undefined;
  #ended: LoomError | undefined;

  constructor(spec: CellSpec, notice: PluginListener = () => {}) {
    [this.#spec, this.#notice] = [spec, notice];
    requireNoPrompt(spec.plugin);
    // It may fail before somebody waits for it.
    this.#ready.promise.catch(() => {});
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const send = (message: ToPlugin) => port1.postMessage(message);
    this.#desk = new CallDesk({ plugin: spec.plugin, send, breach: (error) => this.end(error) }, notice);
    port1.onmessage = ({ data }) => this.#hear(data);
    this.#worker = startKeeper(spec, port2, (reason) => this.end(pluginCrashed(spec.plugin, reason)));
    this.#worker.onmessage = ({ data }: MessageEvent<Ended>) => this.end(this.#crash(data));
    this.#unguard = guardMemory(this);
  }

  async started(): Promise<Claims> {
    const timer = setTimeout(() => this.end(pluginTimeout(this.#spec.plugin, "start", START_MS)), START_MS);
    try {
      return await this.#ready.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  get plugin(): string {
    return this.#spec.plugin;
  }

  /** What its heap may hold. */
  get heapBytes(): number {
    return this.#spec.heapBytes ?? 0;
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  call(call: PluginCall, options: PluginCallOptions): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return this.#desk.call(call, options);
  }

  /** How much it holds, by its own account; `Infinity` if it does not say so in time. */
  async size(withinMs: number): Promise<number> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const bytes = await new Promise<number>((resolve) => {
      this.#size = resolve;
      timer = setTimeout(() => resolve(Infinity), withinMs);
      this.#port.postMessage({ kind: "size" });
    });
    clearTimeout(timer);
    return bytes;
  }

  end(reason: LoomError, quietly = false): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#unguard();
    this.#port.onmessage = null;
    this.#worker.onmessage = null;
    dropPort(this.#port, this.#worker);
    this.#worker.terminate();
    this.#desk.fail(reason);
    this.#ready.reject(reason);
    if (!quietly) this.#notice({ kind: "ended", error: reason });
  }

  #hear(data: unknown): void {
    const message = this.#desk.read(data);
    if (message === undefined) return;
    switch (message.kind) {
      case "ready":
        return this.#ready.resolve(message.claims);
      case "refused":
        return this.end(pluginFailed(this.#spec.plugin, message.error));
      case "fault":
        return this.end(this.#uncaught(message));
      case "full":
        return this.end(this.#crash({ ended: "memory" }));
      case "left":
        return this.end(this.#crash({ ended: "exit" }));
      case "size":
        return this.#size?.(message.bytes);
      default:
        this.#desk.take(message);
    }
  }

  #uncaught({ error }: Extract<FromPlugin, { kind: "fault" }>): LoomError {
    return pluginCrashed(this.#spec.plugin, `an error that nobody caught: ${error.name}: ${error.message}`);
  }

  #crash(end: Ended): LoomError {
    const { plugin, heapBytes = 0 } = this.#spec;
    switch (end.ended) {
      case "memory":
        return pluginCrashed(plugin, `it used more than ${heapBytes / 1024 / 1024} MiB of memory`);
      case "error":
        return pluginCrashed(plugin, end.message);
      case "exit":
        return pluginCrashed(plugin, "it left its worker");
      default:
        return pluginBrokeContract(plugin, "it speaks for its keeper");
    }
  }
}

/**
 * Gives the port away to a worker that is about to end, with all that waits in it: to close it would be to look at each
 * message first, and a plugin may have sent millions.
 */
function dropPort(port: MessagePort, worker: Worker): void {
  try {
    worker.postMessage(undefined, [port]);
  } catch {
    // It waits for a message right now, so there are not many of them.
    port.close();
  }
}

function startKeeper(spec: CellSpec, port: MessagePort, crashed: (reason: string) => void): Worker {
  const { module, permissions, variables, heapBytes } = spec;
  const worker = new Worker(keeperUrl, { type: "module", name: spec.plugin, deno: { permissions } });
  worker.onerror = (event) => {
    event.preventDefault();
    crashed(event.message);
  };
  const heapMb = heapBytes === undefined ? undefined : Math.ceil(heapBytes / 1024 / 1024);
  worker.postMessage({ port, ...module, variables, heapMb, program: programUrl }, [port]);
  return worker;
}
