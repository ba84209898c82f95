/**
 * Fetching with limits: so many bytes, so long, and no redirect to where the person did not mean to go.
 *
 * @module
 */

import { isLoomError } from "../../../../core/errors.ts";
import { isLoopback, isPrivateHost } from "./address.ts";
import { FETCH_TIMEOUT_MS, sourceError, tooLarge } from "./limits.ts";

/** Limits of one fetch. */
export interface FetchLimits {
  readonly maxBytes: number;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** What was fetched, and from where in the end. */
export interface Fetched {
  readonly bytes: Uint8Array;
  readonly url: URL;
}

const MAX_REDIRECTS = 5;

/**
 * The bytes at an address.
 *
 * @param start Over https, or on this machine.
 * @throws {LoomError} `plugin-source`, `plugin-too-large`.
 */
export async function fetchBytes(start: URL, limits: FetchLimits): Promise<Fetched> {
  let url = start;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const answer = await ask(url, start, limits);
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
    if (location === null) return { bytes: await bodyOf(answer, url, limits), url };
    await answer.body?.cancel();
    url = await nextUrl(location, url, start);
  }
  throw sourceError(start.href, `it was sent on more than ${MAX_REDIRECTS} times`);
}

async function ask(url: URL, start: URL, { accept, signal }: FetchLimits): Promise<Response> {
  const timeout = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const headers = { "user-agent": "loom", ...(accept !== undefined && { accept }) };
  try {
    const signals = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    return await fetch(url, { headers, redirect: "manual", signal: signals });
  } catch (error) {
    signal?.throwIfAborted();
    throw sourceError(start.href, reasonOf(error), "check the address and the connection", error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return "no answer";
  return error instanceof Error ? error.message : String(error);
}

async function bodyOf(answer: Response, url: URL, { maxBytes, signal }: FetchLimits): Promise<Uint8Array> {
  if (!answer.ok) {
    await answer.body?.cancel();
    throw sourceError(url.href, `the server answers ${answer.status} ${answer.statusText}`.trim());
  }
  try {
    return await collect(answer.body ?? new Blob().stream(), maxBytes, url.href);
  } catch (error) {
    signal?.throwIfAborted();
    throw isLoomError(error) ? error : sourceError(url.href, reasonOf(error), undefined, error);
  }
}

/**
 * All bytes of a stream, which is given up as soon as there are too many.
 *
 * @throws {LoomError} `plugin-too-large`.
 */
export async function collect(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
  what: string,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > maxBytes) throw tooLarge(what, maxBytes);
    pieces.push(piece);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Where a redirect leads, if it may: still https, and from the public net to the public net only. */
async function nextUrl(location: string, from: URL, start: URL): Promise<URL> {
  const url = URL.parse(location, from);
  if (url === null) throw sourceError(start.href, "it is sent on to no address");
  const isSecret = url.protocol === "https:" ||
    url.protocol === "http:" && isLoopback(url.hostname) && isLoopback(start.hostname);
  if (!isSecret) throw sourceError(start.href, `it is sent on to ${url.protocol}//${url.host}, which is not https`);
  if (url.username !== "" || url.password !== "") throw sourceError(start.href, "it is sent on with a password");
  if (!isPrivateHost(start.hostname) && await leadsInside(url)) {
    throw sourceError(start.href, `it is sent on to ${url.host}, which is not public`);
  }
  return url;
}

async function leadsInside(url: URL): Promise<boolean> {
  if (isPrivateHost(url.hostname)) return true;
  if (/^[\d.]+$|^\[/.test(url.hostname)) return false;
  const found = await Promise.all([addresses(url.hostname, "A"), addresses(url.hostname, "AAAA")]);
  return found.flat().some((address) => isPrivateHost(address.includes(":") ? `[${address}]` : address));
}

async function addresses(host: string, type: "A" | "AAAA"): Promise<readonly string[]> {
  try {
    return await Deno.resolveDns(host, type);
  } catch {
    // Names that this resolver does not know (a proxy may know them) are left to the fetch that follows.
    return [];
  }
}
