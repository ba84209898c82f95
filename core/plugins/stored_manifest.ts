/**
 * The manifest beside the code of a plugin that was added.
 *
 * @module
 */

import { LoomError } from "../errors.ts";
import { type CheckedPlugin, checkPlugin } from "./manifest.ts";

/**
 * Reads it. Its digest was checked, so that it is what loom wrote.
 *
 * @throws {LoomError} `plugin-invalid` if this loom cannot read what another wrote.
 */
export function manifestOf(text: string, path: string, { name }: { readonly name: string }): CheckedPlugin {
  const { provides, command, ...manifest } = JSON.parse(text);
  const checked = checkPlugin({ manifest, provides, ...(command !== undefined && { program: { command } }) }, path);
  if (checked.manifest.name === name) return checked;
  throw new LoomError("plugin-invalid", `Cannot use ${path}: it is the manifest of ${checked.manifest.name}`, {
    hint: `add ${name} again`,
    data: { name, path },
  });
}
