/**
 * What a person typed as a source, understood.
 *
 * @module
 */

import { fromFileUrl, isLoopback, joinPath } from "./address.ts";
import { sourceError } from "./limits.ts";

/** One kind of place that plugins come from. `asked` is what an update fetches again. */
export type Source =
  | { readonly kind: "path"; readonly asked: string; readonly path: string }
  | { readonly kind: "npm"; readonly asked: string; readonly name: string; readonly version: string }
  | { readonly kind: "module"; readonly asked: string; readonly url: URL }
  | { readonly kind: "git"; readonly asked: string; readonly url: string; readonly ref: string };

const NPM = /^npm:\/?(?<name>(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*)(?:@(?<version>[0-9A-Za-z.+-]+))?$/;
const SCP = /^(?<user>[A-Za-z0-9._-]+)@(?<host>[A-Za-z0-9.-]+):(?<path>[^:#][^#]*)(?:#(?<ref>.+))?$/;
const REF = /^[A-Za-z0-9][A-Za-z0-9._/+-]{0,200}$/;

/**
 * Reads a source.
 *
 * @param text As it was typed.
 * @param cwd Where relative paths begin.
 * @throws {LoomError} `plugin-source` if it is of no known kind.
 */
export function readSource(text: string, cwd: string): Source {
  // deno-lint-ignore no-control-regex
  if (text === "" || /[\u0000-\u001f]/.test(text)) throw sourceError("''", "there is no such place");
  if (text.startsWith("npm:")) return npmSource(text);
  if (/^git\+/.test(text)) return gitSource(text, text.slice("git+".length));
  if (/^ssh:\/\//.test(text) || SCP.test(text)) return gitSource(text, text);
  if (/^https?:\/\//.test(text)) return webSource(text);
  if (text.startsWith("file://")) return pathSource(fromFileUrl(text), cwd);
  if (/^[A-Za-z][A-Za-z0-9+.-]+:/.test(text)) throw unknownKind(text);
  return pathSource(text, cwd);
}

function pathSource(text: string, cwd: string): Source {
  const path = joinPath(cwd, text);
  return { kind: "path", asked: path, path };
}

function npmSource(asked: string): Source {
  const { name, version } = NPM.exec(asked)?.groups ?? {};
  if (name === undefined) {
    throw sourceError(asked, "this names no package", "write npm:NAME@VERSION, VERSION exact or a tag such as latest");
  }
  return { kind: "npm", asked, name, version: version ?? "latest" };
}

function webSource(asked: string): Source {
  if (/\.git(#.*)?$/.test(asked)) return gitSource(asked, asked);
  const url = parseUrl(asked, asked);
  if (url.protocol !== "https:" && !isLoopback(url.hostname)) throw notSecret(asked);
  if (url.username !== "" || url.password !== "") throw withSecret(asked);
  return { kind: "module", asked, url };
}

function gitSource(asked: string, address: string): Source {
  const scp = SCP.exec(address)?.groups;
  const [url, ref] = scp === undefined ? gitUrl(asked, address) : [address.replace(/#.*$/, ""), scp.ref ?? "HEAD"];
  if (!REF.test(ref) || ref.includes("..")) throw sourceError(asked, `'${ref}' names no branch, tag or commit`);
  return { kind: "git", asked, url, ref };
}

function gitUrl(asked: string, address: string): [url: string, ref: string] {
  const url = parseUrl(asked, address);
  const isKnown = url.protocol === "https:" || url.protocol === "ssh:" ||
    url.protocol === "http:" && isLoopback(url.hostname);
  if (!isKnown) throw notSecret(asked);
  if (url.password !== "" || url.protocol !== "ssh:" && url.username !== "") throw withSecret(asked);
  if (url.hostname.startsWith("-") || url.username.startsWith("-")) throw unknownKind(asked);
  const ref = decodeURIComponent(url.hash.slice(1));
  url.hash = "";
  return [url.href, ref === "" ? "HEAD" : ref];
}

function parseUrl(asked: string, address: string): URL {
  const url = URL.parse(address);
  if (url === null) throw sourceError(asked, "this is no address");
  return url;
}

function notSecret(asked: string) {
  return sourceError(asked, "what comes over this connection can be changed on its way", "use an https or ssh address");
}

function withSecret(asked: string) {
  const bare = asked.replace(/\/\/[^@/]*@/, "//");
  return sourceError(bare, "a password in an address would be kept in the lock file", "leave it out");
}

function unknownKind(asked: string) {
  return sourceError(asked, "this kind of place is not known", "use a folder, a file, npm:, https or a git address");
}
