import { isLoomError, LoomError } from "../../core/errors.ts";
import type { Downloaded, Net, Validators } from "../../core/ports/net.ts";
import { fileError } from "./files/errors.ts";
import { hostFileWriter } from "./files/writer.ts";
import { hostRandom } from "./machine/random.ts";

/** Downloads over HTTP and HTTPS. The timeout is for silence: a large file may take as long as bytes arrive. */
export const hostNet: Net = { download };

/** Some servers refuse requests that do not say who asks. */
const userAgent = "loom";

type DownloadOptions = Parameters<Net["download"]>[2];

async function download(url: string, to: string, options: DownloadOptions): Promise<Downloaded> {
  const silence = new SilenceTimer(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, silence.signal]) : silence.signal;
  try {
    const response = await fetch(url, { headers: requestHeaders(options.previous), redirect: "follow", signal });
    silence.restart();
    return await receive(response, to, { url, previous: options.previous, silence });
  } catch (error) {
    // Whoever aborted knows why; the reason is theirs.
    options.signal?.throwIfAborted();
    throw isLoomError(error) ? error : downloadFailed(url, reasonOf(error, silence, options.timeoutMs), error);
  } finally {
    silence.stop();
  }
}

function requestHeaders(previous: Validators | undefined): Headers {
  const headers = new Headers({ "user-agent": userAgent });
  if (previous?.etag !== undefined) headers.set("if-none-match", previous.etag);
  if (previous?.lastModified !== undefined) headers.set("if-modified-since", previous.lastModified);
  return headers;
}

interface Receiving {
  readonly url: string;
  readonly previous?: Validators;
  readonly silence: SilenceTimer;
}

async function receive(response: Response, to: string, { url, previous, silence }: Receiving): Promise<Downloaded> {
  const unchanged = response.status === 304;
  if (unchanged || !response.ok) await response.body?.cancel();
  if (unchanged) return { ...previous, ...validatorsOf(response), unchanged };
  if (!response.ok) throw downloadFailed(url, `the server answers ${response.status} ${response.statusText}`.trim());
  await saveBody(response, to, silence);
  return { ...validatorsOf(response), unchanged };
}

function validatorsOf({ headers }: Response): Validators {
  const [etag, lastModified] = [headers.get("etag"), headers.get("last-modified")];
  return { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) };
}

async function saveBody(response: Response, to: string, silence: SilenceTimer): Promise<void> {
  const temporary = `${to}.${hostRandom.hex(8)}.loom-tmp`;
  try {
    await writePieces(response, temporary, silence);
    hostFileWriter.move(temporary, to);
  } catch (error) {
    hostFileWriter.remove(temporary);
    throw error;
  }
}

async function writePieces(response: Response, path: string, silence: SilenceTimer): Promise<void> {
  using file = openNew(path);
  for await (const piece of response.body ?? []) {
    silence.restart();
    try {
      for (let at = 0; at < piece.length;) at += file.writeSync(piece.subarray(at));
    } catch (error) {
      throw fileError("write", path, error);
    }
  }
  file.syncDataSync();
}

function openNew(path: string): Deno.FsFile {
  try {
    return Deno.openSync(path, { write: true, createNew: true });
  } catch (error) {
    throw fileError("write", path, error);
  }
}

/** Aborts when it was not restarted for `timeoutMs`. */
class SilenceTimer {
  readonly #controller = new AbortController();
  readonly #timeoutMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.restart();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#controller.abort(), this.#timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function reasonOf(error: unknown, silence: SilenceTimer, timeoutMs: number): string {
  if (silence.signal.aborted) return `no answer for ${timeoutMs / 1000} s`;
  return error instanceof Error ? error.message : String(error);
}

function downloadFailed(url: string, reason: string, cause?: unknown): LoomError {
  return new LoomError("download-failed", `Cannot download ${url}: ${reason}`, {
    hint: "check the address and the connection",
    data: { url, reason },
    retryable: true,
    cause,
  });
}
