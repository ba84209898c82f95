/**
 * The bundler, started when it is first needed. It runs in this process and touches neither disk nor network.
 *
 * @module
 */

import type * as Esbuild from "esbuild-wasm/esm/browser.js";
import { embedded } from "../../embedded.ts";

let started: Promise<typeof Esbuild> | undefined;

/** esbuild, ready. */
export function esbuild(): Promise<typeof Esbuild> {
  return started ??= start();
}

async function start(): Promise<typeof Esbuild> {
  const [bundler, bytes] = await Promise.all([import("esbuild-wasm/esm/browser.js"), program()]);
  await bundler.initialize({ wasmModule: await WebAssembly.compile(bytes), worker: false });
  return bundler;
}

/** Forgets it, so that the next bundle gets a new one: what it was given has broken it. */
export async function dropEsbuild(): Promise<void> {
  const bundler = await started;
  started = undefined;
  await bundler?.stop();
}

/** Carried by the binary, in Deno's cache otherwise. */
async function program(): Promise<Uint8Array<ArrayBuffer>> {
  const carried = Deno.build.standalone ? embedded("esbuild") : undefined;
  return carried ?? await Deno.readFile(new URL(import.meta.resolve("esbuild-wasm/esbuild.wasm")));
}
