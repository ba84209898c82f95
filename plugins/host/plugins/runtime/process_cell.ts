import type { LoomError } from "../../../../core/errors.ts";
import type { PluginCall, PluginCallOptions } from "../../../../core/ports/plugin.ts";
import type { Sandboxed, Sandboxes, SandboxExit, SandboxSpec } from "../../../../core/ports/sandbox.ts";
import { CallDesk, type PluginListener } from "./desk.ts";
import { pluginBrokeContract, pluginCrashed, pluginFailed, pluginTimeout, pluginTooMuch } from "./errors.ts";
import type { Cell } from "./lazy_plugin.ts";
import { GRACE_MS, MAX_MESSAGE_BYTES, START_MS } from "./limits.ts";
import type { Claims, ToPlugin } from "./messages.ts";
import { Interpreter, startLine } from "./process_messages.ts";

/** Base64 takes a third more. */
const MAX_LINE = MAX_MESSAGE_BYTES * 1.5;

/** What a program is started with. */
export interface ProcessSpec extends Omit<SandboxSpec, "onOutput" | "feedStdin" | "passStdin"> {
  readonly plugin: string;
}

/** One running program that is a plugin. */
export class ProcessCell implements Cell {
  readonly #plugin: string;
  readonly #desk: CallDesk;
  readonly #notice: PluginListener;
  readonly #lines = new Interpreter();
  readonly #ready = Promise.withResolvers<Claims>();
  #program: Sandboxed | undefined;
  #rest = "";
  #ended: LoomError | undefined;

  private constructor(plugin: string, notice: PluginListener) {
    [this.#plugin, this.#notice] = [plugin, notice];
    // It may fail before somebody waits for it.
    this.#ready.promise.catch(() => {});
    this.#desk = new CallDesk({ plugin, send: (it) => this.#send(it), breach: (error) => this.end(error) }, notice);
  }

  /** @throws {LoomError} As `Sandboxes.start`. */
  static async start(
    { plugin, ...spec }: ProcessSpec,
    sandboxes: Pick<Sandboxes, "start">,
    notice: PluginListener = () => {},
  ): Promise<ProcessCell> {
    const cell = new ProcessCell(plugin, notice);
    const onOutput = (stream: "stdout" | "stderr", text: string) => cell.#hear(stream, text);
    const program = await sandboxes.start({ ...spec, feedStdin: true, onOutput });
    cell.#program = program;
    program.exit.then((exit) => cell.end(pluginCrashed(plugin, ending(exit))));
    await program.input!.write(startLine());
    return cell;
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  async started(): Promise<Claims> {
    const timer = setTimeout(() => this.end(pluginTimeout(this.#plugin, "start", START_MS)), START_MS);
    try {
      return await this.#ready.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  call(call: PluginCall, options: PluginCallOptions): Promise<unknown> {
    return this.#ended === undefined ? this.#desk.call(call, options) : Promise.reject(this.#ended);
  }

  end(reason: LoomError, quietly = false): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#rest = "";
    this.#program?.input?.close();
    this.#program?.stop(GRACE_MS);
    this.#desk.fail(reason);
    this.#ready.reject(reason);
    if (!quietly) this.#notice({ kind: "ended", error: reason });
  }

  #send(message: ToPlugin): void {
    const text = this.#lines.write(message);
    if (text !== undefined) this.#program?.input?.write(text);
  }

  /** What it prints on the other stream is for its author. */
  #hear(stream: "stdout" | "stderr", text: string): void {
    if (this.#ended !== undefined) return;
    if (stream === "stderr") return this.#notice({ kind: "said", text });
    const [first, ...more] = text.split("\n");
    this.#rest += first;
    for (const next of more) {
      this.#read(this.#rest);
      this.#rest = next;
    }
    if (this.#rest.length <= MAX_LINE) return;
    this.end(pluginTooMuch(this.#plugin, `a message of more than ${MAX_LINE} characters`));
  }

  #read(line: string): void {
    if (this.#ended !== undefined || line.trim() === "") return;
    const message = this.#desk.read(this.#parse(line));
    if (message?.kind === "ready") this.#ready.resolve(message.claims);
    else if (message?.kind === "refused") this.end(pluginFailed(this.#plugin, message.error));
    else if (message !== undefined) this.#desk.take(message);
  }

  #parse(line: string): unknown {
    try {
      return this.#lines.read(line);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError)) throw error;
      this.end(pluginBrokeContract(this.#plugin, `it prints what is no JSON: ${line.slice(0, 80)}`));
      return undefined;
    }
  }
}

function ending({ exitCode, signal, limit }: SandboxExit): string {
  if (limit !== undefined) return `it was ended for its ${limit}`;
  return signal === undefined ? `it exited with code ${exitCode}` : `it was ended by ${signal}`;
}
