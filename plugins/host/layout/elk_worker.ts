import { embedded, moduleUrl } from "../embedded.ts";

/** Starts the layouter: a program of its own that speaks by messages and has no rights. `failed` hears that it broke. */
export async function startElk(failed: () => void): Promise<Worker> {
  const url = moduleUrl(await program());
  const worker = new Worker(url, { type: "module", name: "layout", deno: { permissions: "none" } });
  // At once: it may have failed already, and what nobody hears ends loom.
  worker.onerror = (event) => {
    event.preventDefault();
    failed();
  };
  return worker;
}

/** Carried by the binary, in Deno's cache otherwise. */
async function program(): Promise<Uint8Array<ArrayBuffer>> {
  const carried = Deno.build.standalone ? embedded("elk") : undefined;
  if (carried !== undefined) return carried;
  // Where a package lies is known once something of it was imported; this is its smallest part.
  await import("elkjs/lib/elk-api.js");
  return await Deno.readFile(new URL(import.meta.resolve("elkjs/lib/elk-worker.min.js")));
}
