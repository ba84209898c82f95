/**
 * Packages from an npm registry: fetched, checked against the digest that the registry has, never run.
 *
 * @module
 */

import { isLoopback } from "./address.ts";
import { fetchBytes } from "./http.ts";
import { MAX_PACKUMENT_BYTES, MAX_SOURCE_BYTES, sourceError } from "./limits.ts";
import type { Source } from "./source.ts";
import { memoryTree, type SourceTree } from "./tree.ts";
import { unpack } from "./unpack.ts";

/** A package, unpacked. */
export interface FetchedPackage {
  readonly tree: SourceTree;
  /** With the exact version. */
  readonly resolved: string;
}

type NpmSource = Extract<Source, { kind: "npm" }>;

/** What is used of what a registry says about one version. */
interface Distribution {
  readonly version: string;
  readonly tarball: string;
  readonly integrity: string;
}

/**
 * The files of one version.
 *
 * @param source Which.
 * @param env The environment, which may name another registry.
 * @throws {LoomError} `plugin-source`, `plugin-too-large`.
 */
export async function fetchPackage(
  source: NpmSource,
  { env, signal }: { readonly env: Readonly<Record<string, string>>; readonly signal?: AbortSignal },
): Promise<FetchedPackage> {
  const registry = registryOf(env);
  const found = pick(source, await packument(source, registry, signal));
  const url = URL.parse(found.tarball);
  if (url === null || url.protocol !== "https:" && !(isLoopback(url.hostname) && isLoopback(registry.hostname))) {
    throw sourceError(source.asked, "the registry names no https address of its archive");
  }
  const { bytes } = await fetchBytes(url, { maxBytes: MAX_SOURCE_BYTES, signal });
  await checkIntegrity(source.asked, bytes, found.integrity);
  const resolved = `npm:${source.name}@${found.version}`;
  return {
    tree: memoryTree(resolved, await unpack(bytes, { label: resolved, gzip: true, links: "refuse" })),
    resolved,
  };
}

/** The registry that npm itself would use, as far as the environment and the person's own `.npmrc` say so. */
function registryOf(env: Readonly<Record<string, string>>): URL {
  const text = env.NPM_CONFIG_REGISTRY || env.npm_config_registry || registryOfNpmrc(env.HOME) ||
    "https://registry.npmjs.org/";
  const url = URL.parse(text.endsWith("/") ? text : `${text}/`);
  if (url === null || url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw sourceError(text, "this registry has no https address", "set NPM_CONFIG_REGISTRY");
  }
  return url;
}

function registryOfNpmrc(home: string | undefined): string | undefined {
  if (home === undefined) return undefined;
  try {
    return /^registry\s*=\s*(\S+)\s*$/m.exec(Deno.readTextFileSync(`${home}/.npmrc`))?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw sourceError(`${home}/.npmrc`, "the file cannot be read", undefined, error);
  }
}

async function packument(source: NpmSource, registry: URL, signal?: AbortSignal): Promise<unknown> {
  const url = new URL(source.name.replace("/", "%2f"), registry);
  const { bytes } = await fetchBytes(url, {
    maxBytes: MAX_PACKUMENT_BYTES,
    accept: "application/vnd.npm.install-v1+json",
    signal,
  });
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw sourceError(source.asked, `${url.host} does not answer as a registry does`, undefined, error);
  }
}

function pick(source: NpmSource, document: unknown): Distribution {
  const tagged = member(member(document, "dist-tags"), source.version);
  const version = typeof tagged === "string" ? tagged : source.version;
  const dist = member(member(member(document, "versions"), version), "dist");
  if (dist === undefined) {
    const latest = member(member(document, "dist-tags"), "latest");
    const hint = typeof latest === "string" ? `the latest is ${source.name}@${latest}` : undefined;
    throw sourceError(source.asked, `there is no version ${source.version}`, hint);
  }
  const [tarball, integrity] = [member(dist, "tarball"), member(dist, "integrity")];
  if (typeof tarball !== "string" || typeof integrity !== "string") {
    throw sourceError(source.asked, "the registry has no SHA-512 of it, so it cannot be checked");
  }
  return { version, tarball, integrity };
}

/** A member of what came from outside: its own, never one that every object has. */
function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

async function checkIntegrity(asked: string, bytes: Uint8Array, integrity: string): Promise<void> {
  const expected = integrity.split(/\s+/).filter((it) => it.startsWith("sha512-")).map((it) => it.split("?")[0]);
  if (expected.length === 0) throw sourceError(asked, "the registry has no SHA-512 of it, so it cannot be checked");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-512", bytes as Uint8Array<ArrayBuffer>));
  const seen = `sha512-${digest.toBase64()}`;
  if (!expected.includes(seen)) {
    throw sourceError(asked, "what came is not what the registry says it is: the SHA-512 differs");
  }
}
