import type { SubprocessSpec } from "../../../core/ports/subprocess.ts";
import { secretForms, SecretMask } from "../../../core/redact.ts";
import { fileError } from "../files/errors.ts";

/** Which of the two streams. */
export type StreamName = "stdout" | "stderr";

/** The most that is read, and handed on, at once. */
export const pieceBytes: number = 64 * 1024;

const streams: readonly StreamName[] = ["stdout", "stderr"];

/** A byte-order mark is a byte of the program's like any other. */
const keepMark = { ignoreBOM: true };

/** Takes what a program prints: into the log, and as text to whoever listens; secrets are masked in both. */
export class OutputSink {
  readonly #spec: SubprocessSpec;
  readonly #decoders = new Map<StreamName, TextDecoder>();
  readonly #masks = new Map<StreamName, SecretMask>();
  #log: Deno.FsFile | undefined;
  #failure: unknown;

  constructor(spec: SubprocessSpec) {
    this.#spec = spec;
    const secrets = spec.secrets?.filter((secret) => secret !== "") ?? [];
    if (secrets.length === 0) return;
    // The program may print a secret inside base64 or an address.
    const texts = [...new Set([...secrets, ...secrets.flatMap(secretForms)])];
    for (const stream of streams) this.#masks.set(stream, new SecretMask(texts));
  }

  /** Takes up to {@linkcode pieceBytes}. A failure is kept for {@linkcode OutputSink.close}: the program runs on. */
  take(stream: StreamName, bytes: Uint8Array): void {
    this.#pass(stream, this.#masks.get(stream)?.take(bytes) ?? bytes);
  }

  /**
   * Delivers what is left of half-read characters and closes the log.
   *
   * @throws {LoomError} `disk-full` and others, if the log could not be written. What the listener threw, if it did.
   */
  close(): void {
    for (const [stream, mask] of this.#masks) this.#pass(stream, mask.end());
    for (const [stream, decoder] of this.#decoders) this.#attempt(() => this.#deliver(stream, decoder.decode()));
    this.#log?.close();
    this.#log = undefined;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #pass(stream: StreamName, bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#failure !== undefined) return;
    this.#attempt(() => {
      this.#writeLog(bytes);
      if (this.#spec.onOutput !== undefined) this.#deliver(stream, this.#decode(stream, bytes));
    });
  }

  #decode(stream: StreamName, bytes: Uint8Array): string {
    const decoder = this.#decoders.get(stream) ?? new TextDecoder("utf-8", keepMark);
    this.#decoders.set(stream, decoder);
    return decoder.decode(bytes, { stream: true });
  }

  #deliver(stream: StreamName, text: string): void {
    if (text !== "") this.#spec.onOutput?.(stream, text);
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #writeLog(bytes: Uint8Array): void {
    const { logPath } = this.#spec;
    if (logPath === undefined) return;
    try {
      this.#log ??= Deno.openSync(logPath, { write: true, create: true, append: true });
      for (let at = 0; at < bytes.length;) at += this.#log.writeSync(bytes.subarray(at));
    } catch (error) {
      // Someone removed the folder of the logs, with the history they belong to: no reason for the work to fail.
      if (error instanceof Deno.errors.NotFound) return;
      throw fileError("write", logPath, error);
    }
  }
}
