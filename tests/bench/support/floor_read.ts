/**
 * The least a runner in this language has to do when there is nothing to do: start, read the YAML, look at every file.
 *
 * ```sh
 * deno run -A floor_read.ts pipeline.yml [--stat]
 * ```
 *
 * @module
 */

import { load } from "js-yaml";

const [file, mode] = Deno.args;
const { data } = load(await Deno.readTextFile(file)) as { data: Record<string, string> };
if (mode === "--stat") { for (const path of Object.values(data)) Deno.statSync(path); }
