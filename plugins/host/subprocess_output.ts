import type { SubprocessSpec } from "../../core/ports/subprocess.ts";
import { fileError } from "./file_errors.ts";

/** Which of the two streams. */
export type StreamName = "stdout" | "stderr";

/** The most that is read, and handed on, at once. */
export const pieceBytes: number = 64 * 1024;

/** Takes what a program prints: every byte into the log, text to whoever listens. */
export class OutputSink {
  readonly #spec: SubprocessSpec;
  readonly #decoders: Record<StreamName, TextDecoder>;
  #log: Deno.FsFile | undefined;
  #failure: unknown;

  constructor(spec: SubprocessSpec) {
    this.#spec = spec;
    this.#decoders = { stdout: new TextDecoder("utf-8", keepMark), stderr: new TextDecoder("utf-8", keepMark) };
  }

  /** Takes up to {@linkcode pieceBytes}. A failure to write the log is kept for {@linkcode OutputSink.close}. */
  take(stream: StreamName, bytes: Uint8Array): void {
    if (this.#failure === undefined) this.#attempt(() => this.#writeLog(bytes));
    this.#deliver(stream, this.#decoders[stream].decode(bytes, { stream: true }));
  }

  /**
   * Delivers what is left of half-read characters and closes the log.
   *
   * @throws {LoomError} `disk-full` and others, if the log could not be written.
   */
  close(): void {
    for (const stream of ["stdout", "stderr"] as const) this.#deliver(stream, this.#decoders[stream].decode());
    this.#log?.close();
    this.#log = undefined;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #deliver(stream: StreamName, text: string): void {
    if (text !== "") this.#spec.onOutput?.(stream, text);
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#failure = fileError("write", this.#spec.logPath ?? "", error);
    }
  }

  #writeLog(bytes: Uint8Array): void {
    if (this.#spec.logPath === undefined) return;
    this.#log ??= Deno.openSync(this.#spec.logPath, { write: true, create: true, append: true });
    for (let at = 0; at < bytes.length;) at += this.#log.writeSync(bytes.subarray(at));
  }
}

/** A byte-order mark is a byte of the program's like any other. */
const keepMark = { ignoreBOM: true };
