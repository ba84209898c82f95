import { ok, strictEqual as equal } from "node:assert/strict";
import { CONFIG_KEYS } from "./keys.ts";
import { settingsReference } from "./reference.ts";
import { VARIABLES } from "./variables.ts";

Deno.test(".github/SETTINGS.md is what the table of settings says; deno run -A _tools/settings.ts writes it", () => {
  equal(Deno.readTextFileSync(new URL("../../.github/SETTINGS.md", import.meta.url)), settingsReference());
});

Deno.test("settingsReference() names every setting and every variable", () => {
  const page = settingsReference();
  for (const name of [...CONFIG_KEYS, ...Object.keys(VARIABLES)]) ok(page.includes(`| \`${name}\``), name);
});
