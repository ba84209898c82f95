/**
 * Plugins as people write them, for tests.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { hostSources } from "../../../plugins/host/plugins/install/sources.ts";
import { hostSubprocesses } from "../../../plugins/host/subprocess/mod.ts";
import type { PluginBundle } from "../../../core/ports/plugin_store.ts";

/** A temporary folder; removed when disposed of. */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TemporaryFolder> {
    const folder = new TemporaryFolder(await Deno.realPath(await Deno.makeTempDir({ prefix: "loom-plugin-" })));
    for (const [name, content] of Object.entries(files)) await folder.write(name, content);
    return folder;
  }

  /** Writes a file, and the folders above it. */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const path = join(this.path, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** A plugin in one file, that asks for these rights. */
export function pluginText(name: string, options: PluginTextOptions = {}): string {
  const { version = "1.0.0", permissions = {}, greeting = "Hello", imports = "" } = options;
  return `${imports}
import { definePlugin } from "@loom/loom";

const ${name}: unknown = {
  info: {
    name: "${name}",
    description: "Greet somebody by name.",
    parameters: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
    tier: "read-only",
    is_mutating: false,
  },
  run: ({ name }: { name: string }) =>
    Promise.resolve({ success: true, output: \`${greeting}, \${name}!\`, files_changed: [] }),
};

export default definePlugin({
  name: "${name}",
  version: "${version}",
  api: 1,
  permissions: ${JSON.stringify(permissions)},
  provides: { tool: { ${name} } },
});
`;
}

/** What is different in a plugin's text. */
export interface PluginTextOptions {
  readonly version?: string;
  readonly permissions?: object;
  readonly greeting?: string;
  /** Lines before everything else. */
  readonly imports?: string;
}

/** What loom makes of a source. */
export async function bundleOf(
  source: string,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<PluginBundle> {
  const { cwd = "/", env = {} } = options;
  const sources = hostSources({ subprocesses: hostSubprocesses, env: { PATH: Deno.env.get("PATH") ?? "", ...env } });
  const bundle = await sources.bundle(source, { cwd });
  if ("files" in bundle) throw new TypeError(`${source} is a program`);
  return bundle;
}

/** What loom makes of these files. */
export async function bundleFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<PluginBundle> {
  await using folder = await TemporaryFolder.make(files);
  return await bundleOf(folder.path);
}
