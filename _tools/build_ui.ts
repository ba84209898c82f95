/**
 * Bundles the page of `loom ui` into `dist/page.json`.
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
  const page = await buildPage(inRepository("."));
  for (const [path, text] of Object.entries(page)) console.log(`${path}: ${(text.length / 1024).toFixed(1)} KiB`);
}
