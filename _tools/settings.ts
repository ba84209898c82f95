/**
 * Writes the page of all settings, `.github/SETTINGS.md`.
 *
 * `deno run -A _tools/settings.ts`
 *
 * @module
 */

import { settingsReference } from "../core/config/mod.ts";

if (import.meta.main) {
  Deno.writeTextFileSync(new URL("../.github/SETTINGS.md", import.meta.url), settingsReference());
}
