/**
 * What a program asks of the proxy: the first lines of an HTTP request.
 *
 * @module
 */

/** A request, read. */
export interface ProxyRequest {
  /** `tunnel` is `CONNECT`. */
  readonly kind: "tunnel" | "plain";
  /** In lower case, without brackets and without a dot at the end. */
  readonly host: string;
  readonly port: number;
  /** Password of `Proxy-Authorization`. */
  readonly token?: string;
  /** For a plain request: what is sent on in its place. */
  readonly head?: string;
  /** Length of what follows the head. */
  readonly bodyBytes: number;
}

/** Why a request is not one that the proxy takes. */
export interface BadRequest {
  readonly status: 400 | 411;
  readonly why: string;
}

/** Fields that are between a program and its proxy, and go no further. */
const HOPS: ReadonlySet<string> = new Set([
  "proxy-authorization",
  "proxy-connection",
  "connection",
  "keep-alive",
  "host",
]);

/** Reads everything up to the empty line. */
export function readRequest(head: string): ProxyRequest | BadRequest {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(head)) return bad("a control character");
  const [first, ...lines] = head.split("\r\n");
  const words = first.split(" ");
  const [method, target, version] = words;
  if (words.length !== 3 || !/^HTTP\/1\.[01]$/.test(version) || !/^[A-Z]+$/.test(method)) return bad("its first line");
  const fields = lines.map(readField);
  if (!fields.every((field) => field !== undefined)) return bad("a field");
  const place = method === "CONNECT" ? placeOf(`http://${target}/`, 443) : placeOf(target, 80);
  if (place === undefined) return bad("where it wants to go");
  const common = { host: place.host, port: place.port, token: tokenOf(fields) };
  if (method === "CONNECT") return { ...common, kind: "tunnel", bodyBytes: 0 };
  const bodyBytes = lengthOf(fields);
  if (bodyBytes === undefined) return { status: 411, why: "the length of its body must be said" };
  return { ...common, kind: "plain", bodyBytes, head: headOf(method, place, fields) };
}

type Field = readonly [name: string, value: string];

interface Target {
  readonly host: string;
  readonly port: number;
  readonly url: URL;
}

function bad(what: string): BadRequest {
  return { status: 400, why: `cannot read ${what}` };
}

function readField(line: string): Field | undefined {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
  return match === null ? undefined : [match[1].toLowerCase(), match[2]];
}

/** The platform reads it as browsers do: `2130706433` and `0x7f.1` become the address that they mean. */
function placeOf(text: string, usualPort: number): Target | undefined {
  if (!/^http:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.hostname === "") return undefined;
  // Said to be the usual one of http is what it says of itself.
  const said = /^http:\/\/[^/?#]*:80(?=[/?#]|$)/i.test(text) ? 80 : usualPort;
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return { host, port: url.port === "" ? said : Number(url.port), url };
}

function tokenOf(fields: readonly Field[]): string | undefined {
  const value = fields.find(([name]) => name === "proxy-authorization")?.[1] ?? "";
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(value)?.[1];
  if (encoded === undefined || encoded.length % 4 !== 0) return undefined;
  return atob(encoded).split(":").slice(1).join(":");
}

/** `undefined` where it cannot be told in advance, or is told twice. */
function lengthOf(fields: readonly Field[]): number | undefined {
  if (fields.some(([name]) => name === "transfer-encoding")) return undefined;
  const lengths = fields.filter(([name]) => name === "content-length").map(([, value]) => value);
  if (lengths.length === 0) return 0;
  return lengths.length === 1 && /^\d{1,15}$/.test(lengths[0]) ? Number(lengths[0]) : undefined;
}

/** Host and way as they were checked, whatever the fields say; one request on one connection. */
function headOf(method: string, { url }: Target, fields: readonly Field[]): string {
  const kept = fields.filter(([name]) => !HOPS.has(name)).map(([name, value]) => `${name}: ${value}`);
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`, `host: ${url.host}`, ...kept, "connection: close"];
  return `${lines.join("\r\n")}\r\n\r\n`;
}
