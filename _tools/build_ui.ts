/**
 * Bundles the page of `loom ui` into `dist/ui`.
 *
 * ```sh
 * deno task build:ui
 * ```
 *
 * @module
 */

import { inRepository } from "./_run.ts";
import { buildPage } from "../compose/page.ts";

if (import.meta.main) {
  const files = await buildPage(inRepository("."));
  for (const { path, size } of files) console.log(`${path}: ${(size / 1024).toFixed(1)} KiB`);
}
