/**
 * The program as a few plain JavaScript files, so that a start reads one small file instead of a tree of modules.
 *
 * @module
 */

import { inRepository, must } from "./_run.ts";

/**
 * Bundle `main.ts` with everything it needs into `folder`. What is imported lazily stays in files of its own.
 *
 * @param folder Emptied first.
 * @returns The path of the file to start.
 */
export async function bundle(folder: string): Promise<string> {
  await Deno.remove(folder, { recursive: true }).catch(ignoreAbsent);
  const flags = ["--platform", "deno", "--code-splitting", "--minify", "--keep-names", "--outdir", folder];
  await must([Deno.execPath(), "bundle", "--quiet", ...flags, inRepository("main.ts")]);
  return `${folder}/main.js`;
}

/**
 * Bundle one of loom's own plugins, by the name of its folder, into one file.
 *
 * @returns The path of that file.
 */
export function bundlePlugin(name: string): Promise<string> {
  return bundleModule(`plugins/tool/${name}/mod.ts`, name);
}

/**
 * Bundle a module with everything it needs into one file.
 *
 * @param path From the root of the repository.
 * @param name What the file is called, without its extension.
 * @returns The path of that file.
 */
export async function bundleModule(path: string, name: string): Promise<string> {
  const file = inRepository(`dist/plugins/${name}.js`);
  const flags = ["--platform", "deno", "--minify", "--keep-names", "--output", file];
  await must([Deno.execPath(), "bundle", "--quiet", ...flags, inRepository(path)]);
  return file;
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
