/**
 * Long files that the binary carries, packed: see `EMBEDDED` of `_tools/compile.ts`.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";

/** Its bytes; `undefined` if this binary was made without it. */
export function embedded(name: string): Uint8Array<ArrayBuffer> | undefined {
  const packed = read(`${name}.gz`);
  return packed && new Uint8Array(gunzipSync(packed));
}

/**
 * The address of a module whose text this is, for a worker. As `data:`, because the binary's workers read nothing from a
 * `blob:`.
 */
export function moduleUrl(text: Uint8Array): string {
  return `data:text/javascript;base64,${Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString("base64")}`;
}

/** SHA-256 of its bytes, which need not be unpacked for that. */
export function embeddedDigest(name: string): string | undefined {
  const digest = read(`${name}.sha256`);
  return digest && new TextDecoder().decode(digest);
}

// All files of the bundle lie in one folder, with what it carries beside them.
function read(name: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Deno.readFileSync(new URL(`./${name}`, import.meta.url));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
