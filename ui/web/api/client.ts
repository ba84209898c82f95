/**
 * Asking the server, with the token that stood in the address.
 *
 * @module
 */

import type { Schemas } from "./generated.ts";
import type { Answer, Operation, Sent } from "./types.ts";

type Refusal = Schemas["Error"]["error"];

const TOKEN = "loom-token";

/** Takes the token out of the address, so that it is not bookmarked or sent along; a reload finds it again. */
export function takeToken(): string {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const given = parameters.get("token");
  if (given !== null) {
    sessionStorage.setItem(TOKEN, given);
    parameters.delete("token");
    history.replaceState(null, "", `${location.pathname}${parameters.size > 0 ? `#${parameters}` : ""}`);
  }
  return sessionStorage.getItem(TOKEN) ?? "";
}

/** What the server refused, with its reasons; status 0 where there was no server to do so. */
export class ServerError extends Error {
  readonly status: number;
  readonly body: Refusal;

  constructor(status: number, body: Refusal) {
    super(body.hint === undefined ? body.message : `${body.message}; ${body.hint}`);
    this.status = status;
    this.body = body;
  }
}

/** Values behind the `?` of an address; those that are absent or empty are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** An address with its values. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  if (given.length === 0) return path;
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** What a question is about; `run` and `step` take the places of `{run}` and `{step}` in its address. */
interface Asked<O extends Operation> {
  readonly run?: string;
  readonly step?: number;
  readonly query?: Query;
  readonly body?: Sent<O>;
}

/** A question in the words of the server's document. */
export async function ask<O extends Operation>(
  operation: O,
  { run = "", step, query, body }: Asked<O> = {},
): Promise<Answer<O>> {
  const [method, path] = operation.split(" ");
  const place = path.replace("{run}", encodeURIComponent(run)).replace("{step}", String(step));
  const isChange = method !== "GET";
  const response = await fetched(address(place, query), {
    method,
    headers: {
      authorization: `Bearer ${takeToken()}`,
      ...(isChange && { "content-type": "application/json" }),
    },
    body: isChange ? JSON.stringify(body ?? {}) : undefined,
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new ServerError(response.status, answer.error);
  return answer;
}

async function fetched(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, options);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new ServerError(0, { code: "unreachable", message: "The server cannot be reached" });
  }
}

/** The text of an answer that is no JSON of the server's own. */
export async function askText(path: string): Promise<string> {
  const response = await fetched(path, { headers: { authorization: `Bearer ${takeToken()}` } });
  if (!response.ok) throw new ServerError(response.status, (await response.json()).error);
  return await response.text();
}
