/**
 * The only way out of a sandbox: connections to hosts that its policy names, and to nothing else.
 *
 * @module
 */

import { Incoming } from "./incoming.ts";
import { type ProxyRequest, readRequest } from "./request.ts";
import { checkedAddresses, type Resolve } from "./resolve.ts";

/** A connection that was not made. */
export interface EgressRefusal {
  readonly host: string;
  readonly port: number;
  /** Why, in words. */
  readonly why: string;
}

/** What a proxy is told when it is made. */
export interface ProxyOptions {
  /** Programs name it as the password of the proxy. */
  readonly token: string;
  readonly allowsHost: (host: string, port: number) => boolean;
  readonly resolve: Resolve;
  /** Only for tests, whose servers are on this machine. */
  readonly allowLoopback?: boolean;
  readonly onRefused?: (refusal: EgressRefusal) => void;
}

/** More at once are not taken on; the others wait. */
const MOST_CONNECTIONS = 128;

/** Refusals that are told of; a program that asks for ever is told of no more. */
const MOST_REFUSALS = 1_000;

const connectTimeoutMs = 30_000;

/** Serves a listener until it is closed. */
export class Proxy {
  readonly #listener: Deno.Listener;
  readonly #options: ProxyOptions;
  readonly #open = new Set<Deno.Conn>();
  #refusals = 0;

  constructor(listener: Deno.Listener, options: ProxyOptions) {
    this.#listener = listener;
    this.#options = options;
    void this.#serve();
  }

  /** Ends all connections too. */
  close(): void {
    closeQuietly(this.#listener);
    for (const conn of this.#open) closeQuietly(conn);
  }

  async #serve(): Promise<void> {
    for await (const conn of this.#listener) {
      if (this.#open.size >= MOST_CONNECTIONS) closeQuietly(conn);
      else void this.#handle(conn);
    }
  }

  async #handle(conn: Deno.Conn): Promise<void> {
    this.#open.add(conn);
    try {
      await this.#answer(conn);
    } catch (error) {
      // Either side may leave at any moment; what is wrong with the proxy itself is another error.
      if (!isConnectionError(error)) throw error;
    } finally {
      this.#open.delete(conn);
      closeQuietly(conn);
    }
  }

  async #answer(conn: Deno.Conn): Promise<void> {
    const incoming = new Incoming(conn);
    const head = await incoming.head();
    if (head === undefined) return;
    const request = readRequest(head);
    if ("why" in request) return await say(conn, request.status, request.why);
    if (request.token !== this.#options.token) return await say(conn, 407, "the token of this sandbox is missing");
    const upstream = await this.#connect(conn, request);
    if (upstream === undefined) return;
    this.#open.add(upstream);
    try {
      await passOn({ conn, incoming, upstream }, request);
    } finally {
      this.#open.delete(upstream);
      closeQuietly(upstream);
    }
  }

  async #connect(conn: Deno.Conn, { host, port }: ProxyRequest): Promise<Deno.Conn | undefined> {
    const { allowsHost } = this.#options;
    if (!allowsHost(host, port)) return await this.#refuse(conn, { host, port, why: "the policy does not name it" });
    const checked = await checkedAddresses(host, this.#options);
    if ("refused" in checked) return await this.#refuse(conn, { host, port, why: checked.refused });
    const upstream = await firstOf(checked.addresses, port);
    if (upstream === undefined) await say(conn, 502, `${host} does not answer`);
    return upstream;
  }

  async #refuse(conn: Deno.Conn, refusal: EgressRefusal): Promise<undefined> {
    if (this.#refusals++ < MOST_REFUSALS) this.#options.onRefused?.(refusal);
    await say(conn, 403, `cannot connect to ${refusal.host}:${refusal.port}: ${refusal.why}`);
  }
}

async function firstOf(addresses: readonly string[], port: number): Promise<Deno.Conn | undefined> {
  for (const hostname of addresses) {
    try {
      return await Deno.connect({ hostname, port, signal: AbortSignal.timeout(connectTimeoutMs) });
    } catch (error) {
      // The next address may answer.
      if (!isConnectionError(error)) throw error;
    }
  }
}

interface Ends {
  readonly conn: Deno.Conn;
  readonly incoming: Incoming;
  readonly upstream: Deno.Conn;
}

async function passOn({ conn, incoming, upstream }: Ends, { kind, head, bodyBytes }: ProxyRequest): Promise<void> {
  if (kind === "tunnel") {
    await writeAll(conn, encoder.encode("HTTP/1.1 200 Connection established\r\n\r\n"));
    const there = incoming.to((bytes) => writeAll(upstream, bytes)).then(() => upstream.closeWrite());
    await Promise.all([
      there,
      new Incoming(upstream).to((bytes) => writeAll(conn, bytes)).then(() => conn.closeWrite()),
    ]);
    return;
  }
  await writeAll(upstream, encoder.encode(head));
  // Not a byte more than was said: behind it there would be another request, to a host that nobody has checked.
  const there = incoming.to((bytes) => writeAll(upstream, bytes), bodyBytes);
  await Promise.all([there, new Incoming(upstream).to((bytes) => writeAll(conn, bytes))]);
}

async function say(conn: Deno.Conn, status: number, why: string): Promise<void> {
  const body = `loom: ${why}\n`;
  const fields = status === 407 ? 'proxy-authenticate: Basic realm="loom"\r\n' : "";
  const length = encoder.encode(body).length;
  const head = `HTTP/1.1 ${status} ${words[status]}\r\n${fields}content-type: text/plain\r\n`;
  await writeAll(conn, encoder.encode(`${head}content-length: ${length}\r\nconnection: close\r\n\r\n${body}`));
}

const words: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  407: "Proxy Authentication Required",
  411: "Length Required",
  502: "Bad Gateway",
};

const encoder = new TextEncoder();

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

function isConnectionError(error: unknown): boolean {
  const {
    BadResource,
    BrokenPipe,
    ConnectionRefused,
    ConnectionReset,
    Interrupted,
    NotConnected,
    TimedOut,
    UnexpectedEof,
  } = Deno.errors;
  const known = [BadResource, BrokenPipe, ConnectionRefused, ConnectionReset, Interrupted, NotConnected, TimedOut];
  if ([...known, UnexpectedEof].some((kind) => error instanceof kind)) return true;
  return error instanceof Error && (error.name === "TimeoutError" || /\(os error \d+\)/.test(error.message));
}

function closeQuietly(resource: { close(): void }): void {
  try {
    resource.close();
  } catch (error) {
    // The other side was quicker.
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
